"""Embedders for tests: one without a model, and a tiny real model on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from engine.ports import EmbedderInfo, Vector

__all__ = ["HashEmbedder", "save_tiny_model", "save_tiny_transformer"]


class HashEmbedder:
    """Adds up a fixed random direction for each character trigram, so that texts that share some are alike."""

    def __init__(self, dimension: int = 64, *, model: str = "hash", languages: Sequence[str] = ()) -> None:
        self.info = EmbedderInfo(model, "1", dimension, normalized=True, languages=frozenset(languages))

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed each text."""
        if not texts:
            return np.empty((0, self.info.dimension), dtype=np.float32)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vector:
        """Embed one text."""
        padded = f" {text.strip().lower()} "
        grams = {padded[at : at + 3] for at in range(max(1, len(padded) - 2))}
        total = np.sum([self._direction(gram) for gram in sorted(grams)], axis=0)
        unit: Vector = (total / np.linalg.norm(total)).astype(np.float32)
        return unit

    def _direction(self, gram: str) -> Vector:
        seed = crc32(gram.encode("utf-8", "surrogatepass"))
        return np.random.default_rng(seed).standard_normal(self.info.dimension).astype(np.float32)


def save_tiny_model(folder: Path, *, languages: Sequence[str] = (), scale: float = 1.0) -> Path:
    """Save a sentence-transformers model of four dimensions and ten words, with prompts that change its vectors."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = ["[UNK]", "query", "passage", ":", "refund", "kettle", "battery", "delivery", "返品", "退款"]
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = torch.randn(len(words), 4, generator=torch.Generator().manual_seed(0)) * scale
    module = StaticEmbedding(tokenizer, embedding_weights=weights.numpy())
    prompts = {"query": "query: ", "document": "passage: "}
    SentenceTransformer(modules=[module], prompts=prompts, device="cpu").save_pretrained(str(folder))
    declared = "".join(f"\n- {language}" for language in languages)
    (folder / "README.md").write_text(f"---\nlanguage:{declared}\n---\n# Tiny\n" if languages else "# Tiny\n")
    return folder


def save_tiny_transformer(folder: Path, *, pooling: str = "mean", prompts: bool = True) -> Path:
    """Save a sentence-transformers model of two small layers of BERT with random weights, a Dense layer above them."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ":", "query", "passage", "refund", "kettle", "battery", "delivery"]
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    special = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep")}
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2)
    config.update({"intermediate_size": 64, "max_position_embeddings": 40, "initializer_range": 0.5})
    BertModel(config).save_pretrained(folder / "bert")
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special).save_pretrained(folder / "bert")  # type: ignore[no-untyped-call]
    modules = [Transformer(str(folder / "bert"), max_seq_length=32), Pooling(32, pooling), Dense(32, 16), Normalize()]
    named = {"query": "query: ", "document": "passage: "} if prompts else None
    SentenceTransformer(modules=modules, prompts=named, device="cpu").save_pretrained(str(folder / "model"))
    return folder / "model"
