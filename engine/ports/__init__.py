"""What the engine needs from outside, as protocols; adapters live in the folders named after each port.

Every port has a contract suite under tests/contract that each adapter must pass, and a deterministic fake.
"""

from engine.ports.embedding import Embedder, EmbedderInfo, Vector
from engine.ports.generation import Generator, Prompt
from engine.ports.intents import IntentRepository
from engine.ports.languages import LanguageDetector
from engine.ports.repositories import (
    CalibrationRepository,
    ConversationRepository,
    FeedbackRepository,
    KnowledgeRepository,
)
from engine.ports.reranking import Reranker
from engine.ports.sentiment import MoodReader
from engine.ports.stores import (
    ChunkRecord,
    IndexedChunk,
    IndexSignature,
    StoreHit,
    StoreQuery,
    StoreResult,
    VectorStore,
)
from engine.ports.words import WordRepository

__all__ = [
    "CalibrationRepository",
    "ChunkRecord",
    "ConversationRepository",
    "Embedder",
    "EmbedderInfo",
    "FeedbackRepository",
    "Generator",
    "IndexSignature",
    "IndexedChunk",
    "IntentRepository",
    "KnowledgeRepository",
    "LanguageDetector",
    "MoodReader",
    "Prompt",
    "Reranker",
    "StoreHit",
    "StoreQuery",
    "StoreResult",
    "Vector",
    "VectorStore",
    "WordRepository",
]
