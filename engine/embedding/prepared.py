"""Encoders that were made ready for ONNX Runtime: where they lie, and what is known of them without loading them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from engine.embedding.encoder import Role
from engine.errors import Misconfigured
from engine.files import replacing
from engine.ports import EmbedderInfo

__all__ = ["Precision", "Prepared", "encoder_root", "find_prepared", "folder_for", "read_prepared"]

FORMAT = 1
MANIFEST = "prepared.json"


class Precision(StrEnum):
    """Numbers that a model computes with.

    `int8` gives vectors that differ a little from the model's own, so an index counts it as another revision.
    """

    FP32 = "fp32"
    INT8 = "int8"

    def revision(self, original: str) -> str:
        """Return what an index remembers as the revision of the model."""
        return original if self is Precision.FP32 else f"{original}-{self}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A model that was made ready, in a folder with `model.onnx` and `tokenizer.json`.

    `info` is that of the original but for the revision of int8. `asked` is the revision that was asked of the hub.
    `agreement` and `least_agreement` are the mean and the
    lowest cosine with the original's vectors, over the built-in sentences.
    """

    folder: Path
    info: EmbedderInfo
    asked: str
    precision: Precision
    prompts: dict[Role, str]
    agreement: float
    least_agreement: float

    def write(self) -> None:
        """Keep what is known beside the model, as the last of its files: the folder is complete then."""
        fields = asdict(self) | {"format": FORMAT}
        del fields["folder"]
        fields["info"]["languages"] = sorted(self.info.languages)
        with replacing(self.folder / MANIFEST) as draft:
            draft.write_text(json.dumps(fields, indent=1), encoding="utf-8")


def folder_for(root: Path, model: str, revision: str, precision: Precision) -> Path:
    """Return the folder for a model of that content: its name, a hash of name and revision, the precision."""
    content = hashlib.sha256(f"{model}\n{revision}".encode()).hexdigest()[:16]
    return encoder_root(root) / f"{_slug(model)}-{content}-{precision}"


def encoder_root(root: Path) -> Path:
    """Return the folder of prepared encoders; as it is written where this user has no home."""
    try:
        return root.expanduser()
    except RuntimeError:
        return root


def read_prepared(folder: Path) -> Prepared | None:
    """Return what lies in a folder; None if nothing does, Misconfigured if it cannot be read."""
    try:
        fields = json.loads((folder / MANIFEST).read_text("utf-8"))
        if fields.pop("format") != FORMAT:
            raise ValueError
        info = fields.pop("info")
        info = EmbedderInfo(**info | {"languages": frozenset(info["languages"])})
        prompts = {Role(role): prompt for role, prompt in fields.pop("prompts").items()}
        return Prepared(folder, info, precision=Precision(fields.pop("precision")), prompts=prompts, **fields)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Misconfigured(
            f"The prepared encoder in {folder} cannot be read.", remedy="Run: knowdesk encoder prepare --again"
        ) from error


def find_prepared(root: Path, model: str, precision: Precision, *, asked: str = "") -> Prepared | None:
    """Return the model as it was prepared, if it was; `model` is as in the settings, empty for the bundled MiniLM.

    What lies in a folder is known by its content: a model that was trained further is not found. Of a hub model
    the one of the revision that is asked for, or the newest.
    """
    from engine.embedding.identity import identity_of

    if not encoder_root(root).is_dir():
        return None
    if identity := identity_of(model):
        return read_prepared(folder_for(root, *identity, precision))
    pattern = f"{_slug(model)}-*-{precision}/{MANIFEST}"
    for manifest in sorted(encoder_root(root).glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True):
        found = read_prepared(manifest.parent)
        if found and found.info.model == model and (not asked or asked == found.asked or _is_of(found, asked)):
            return found
    return None


def _is_of(found: Prepared, revision: str) -> bool:
    return found.info.revision == found.precision.revision(revision)


def _slug(model: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", model).strip("-.") or "model"
