"""A tiny cross-encoder that tells words apart: made in a test, no network."""

from __future__ import annotations

from pathlib import Path

__all__ = ["tiny_cross_encoder"]

WORDS = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "warranty",
    "kettle",
    "delivery",
    "opening",
    "hours",
    "of",
    "the",
)


def tiny_cross_encoder(folder: Path, *, labels: int = 1, seed: int = 6) -> Path:
    """Save a BERT of one layer with random weights, seeded, that reads a dozen words; return its folder."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(seed)
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    special = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, model_max_length=64, **special
    )
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=labels,  # type: ignore[call-arg]
        initializer_range=1.0,
    )
    model = BertForSequenceClassification(config)
    torch.nn.init.zeros_(model.classifier.bias)
    model.classifier.weight.data.neg_()  # with this seed, texts with the query's words score most
    model.save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder
