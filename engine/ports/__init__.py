"""What the engine needs from outside, as protocols; adapters live in the folders named after each port.

Every port has a contract suite under tests/contract that each adapter must pass, and a deterministic fake.
"""

from engine.ports.api_keys import ApiKeyRepository
from engine.ports.canned import CannedRepository
from engine.ports.embedding import Closing, Embedder, EmbedderInfo, Vector
from engine.ports.generation import Generator, Probed, Prompt
from engine.ports.insights import InsightRepository
from engine.ports.intents import IntentRepository
from engine.ports.languages import LanguageDetector
from engine.ports.privacy import AuditRepository, CustomerRepository
from engine.ports.proposals import ProposalRepository, Publisher
from engine.ports.repositories import (
    CalibrationRepository,
    ConversationRepository,
    FeedbackRepository,
    KnowledgeRepository,
    ReplyRepository,
)
from engine.ports.reranking import Reranker
from engine.ports.sentiment import MoodReader
from engine.ports.stores import (
    BuiltIndex,
    ChunkRecord,
    IndexedChunk,
    IndexSignature,
    StoreHit,
    StoreQuery,
    StoreResult,
    VectorStore,
)
from engine.ports.suggestions import SuggestionRepository
from engine.ports.webhooks import WebhookRepository
from engine.ports.words import WordRepository

__all__ = [
    "ApiKeyRepository",
    "AuditRepository",
    "BuiltIndex",
    "CalibrationRepository",
    "CannedRepository",
    "ChunkRecord",
    "Closing",
    "ConversationRepository",
    "CustomerRepository",
    "Embedder",
    "EmbedderInfo",
    "FeedbackRepository",
    "Generator",
    "IndexSignature",
    "IndexedChunk",
    "InsightRepository",
    "IntentRepository",
    "KnowledgeRepository",
    "LanguageDetector",
    "MoodReader",
    "Probed",
    "Prompt",
    "ProposalRepository",
    "Publisher",
    "ReplyRepository",
    "Reranker",
    "StoreHit",
    "StoreQuery",
    "StoreResult",
    "SuggestionRepository",
    "Vector",
    "VectorStore",
    "WebhookRepository",
    "WordRepository",
]
