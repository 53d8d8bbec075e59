"""Small valid files in every format, made of the sample knowledge base, to be broken by the fuzz run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path, PurePosixPath

from engine.errors import Misconfigured
from evals.bench.fuzz.containers import docx, epub, open_document, pptx, xlsx, zipped
from evals.bench.fuzz.images import image, scanned_pdf
from evals.bench.fuzz.mutations import Sample
from evals.datasets.golden import SAMPLE_FOLDER
from ingestion.parsers.registry import parsers
from ingestion.sources import open_source

__all__ = ["corpus"]

_AS_THEY_ARE = (
    *("en/billing-faq.md", "ja/returns-policy.md", "en/delivery-abroad.html", "zh-Hans/shipping.html"),
    *("en/chat-gift-cora-noise.txt", "zh-Hant/chat-carrier-cvs.txt", "en/recall-breva-k2.pdf"),
    *("ja/warranty-registration.pdf", "zh-Hans/c1-coffee-machine.docx", "ja/repair-and-loan.docx"),
)
_TEXTS = ("en/returns-policy.md", "zh-Hans/returns-policy.md", "zh-Hant/return-policy.md", "ja/delivery-japan.md")
_CHARS = 900
_SMALL = 200_000  # bytes


def corpus(more: Path | None = None) -> tuple[tuple[Sample, ...], tuple[str, ...]]:
    """Return the samples, and the formats that there is none for; small files of the folder `more` are samples too."""
    knowledge = SAMPLE_FOLDER / "knowledge"
    if not knowledge.is_dir():
        raise Misconfigured("The sample knowledge base is not there.", remedy="Run it in a checkout.")
    samples = [Sample(Path(name).name, (knowledge / name).read_bytes()) for name in _AS_THEY_ARE]
    for number, name in enumerate(_TEXTS):
        text = (knowledge / name).read_text(encoding="utf-8")[:_CHARS]
        lines = [line.strip("#-* |") for line in text.splitlines() if line.strip("#-* |")]
        samples += (Sample(f"sample{number}{extension}", make(lines)) for extension, make in _makers().items())
    inner = {sample.name: sample.data for sample in samples if sample.name.endswith(("0.csv", "0.eml", "0.docx"))}
    samples.append(Sample("sample.zip", zipped(inner)))
    samples += _small_files(more) if more else ()
    made = {Path(sample.name).suffix for sample in samples}
    without = (each.format for each in parsers() if each.extensions and not made & set(each.extensions))
    return tuple(samples), tuple(without)


def _small_files(folder: Path) -> Iterator[Sample]:
    known = {extension for parser in parsers() for extension in parser.extensions}
    for file in open_source(folder).files:
        if PurePosixPath(file.name).suffix.lower() in known and 0 < file.size <= _SMALL:
            yield Sample(file.uri.replace("/", "_"), file.read())


def _makers() -> dict[str, Callable[[list[str]], bytes]]:
    return (
        {".csv": _csv, ".tsv": _tsv, ".json": _json, ".jsonl": _jsonl, ".xml": _xml, ".eml": _mail}
        | {".rst": _rst, ".org": _org, ".adoc": _adoc, ".rtf": _rtf, ".vtt": _vtt, ".srt": _srt}
        | {".docx": docx, ".xlsx": xlsx, ".pptx": pptx, ".epub": epub, ".pdf": scanned_pdf}
        | {f".{kind}": open_document(kind) for kind in ("odt", "ods", "odp")}
        | {f".{kind}": image(kind) for kind in ("png", "jpg", "webp", "tiff", "bmp", "gif")}
    )


def _table(lines: list[str], delimiter: str) -> bytes:
    found = io.StringIO()
    writer = csv.writer(found, delimiter=delimiter)
    writer.writerows([["Number", "Topic", "Text"], *([n, line[:12], line] for n, line in enumerate(lines))])
    return found.getvalue().encode()


def _csv(lines: list[str]) -> bytes:
    return _table(lines, ",")


def _tsv(lines: list[str]) -> bytes:
    return _table(lines, "\t").decode().encode("utf-16")


def _turns(lines: list[str]) -> list[dict[str, object]]:
    return [
        {
            "role": ("customer", "agent")[n % 2],
            "time": f"2026-03-01T10:{n % 60:02}:00Z",
            "text": line,
            "tags": [n, None],
        }
        for n, line in enumerate(lines)
    ]


def _json(lines: list[str]) -> bytes:
    return json.dumps({"id": "c-1", "messages": _turns(lines)}, ensure_ascii=False, indent=1).encode()


def _jsonl(lines: list[str]) -> bytes:
    return "\n".join(map(json.dumps, _turns(lines))).encode()


def _xml(lines: list[str]) -> bytes:
    items = (
        f'<item id="{n}"><title>T{n}</title><body><![CDATA[{line}]]></body></item>' for n, line in enumerate(lines)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><faq xmlns:x="urn:x">{"".join(items)}</faq>'.encode()


def _mail(lines: list[str]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Mina Vale <mina@example.com>", "help@example.com"
    mail["Subject"], mail["Date"] = lines[0], "Mon, 02 Mar 2026 10:00:00 +0000"
    mail["Message-ID"], mail["In-Reply-To"] = "<2@example.com>", "<1@example.com>"
    mail.set_content("\n".join(lines))
    mail.add_alternative(f"<html><body><p>{'</p><p>'.join(lines)}</p></body></html>", subtype="html")
    mail.add_attachment(_csv(lines), maintype="text", subtype="csv", filename="table.csv")
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=={number}==")
    return mail.as_bytes()


def _rst(lines: list[str]) -> bytes:
    table = "===== =====\nA     B\n===== =====\n1     2\n===== =====\n"
    head = f"{lines[0]}\n{'=' * 80}\n\n.. note:: {lines[-1]}\n\n{table}\n"
    return (head + "\n".join(f"* {line}" for line in lines) + "\n\n::\n\n  code\n").encode()


def _org(lines: list[str]) -> bytes:
    head = f"#+TITLE: {lines[0]}\n* {lines[0]}\n| a | b |\n|---+---|\n| 1 | 2 |\n** More\n"
    return (head + "\n".join(f"- {line}" for line in lines) + "\n#+BEGIN_SRC sh\nls\n#+END_SRC\n").encode()


def _adoc(lines: list[str]) -> bytes:
    head = f"= {lines[0]}\n:author: M\n\n== {lines[0]}\n\n|===\n|a |b\n\n|1 |2\n|===\n\n"
    return (head + "\n".join(f"* {line}" for line in lines) + "\n\n----\ncode\n----\n").encode()


def _rtf(lines: list[str]) -> bytes:
    paragraphs = "".join("\\par " + _rtf_escaped(line) for line in lines)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Arial;}}}}{{\\b Title}}{paragraphs}}}".encode()


def _rtf_escaped(line: str) -> str:
    units = line.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(chr(code) if 32 <= code < 127 and chr(code) not in "\\{}" else f"\\u{code}?" for code in codes)


def _vtt(lines: list[str]) -> bytes:
    cues = (f"{n}\n00:{n:02}:00.000 --> 00:{n:02}:30.000\n<v Agent>{line}" for n, line in enumerate(lines[:50]))
    return ("WEBVTT\n\n" + "\n\n".join(cues)).encode()


def _srt(lines: list[str]) -> bytes:
    cues = (f"{n + 1}\n00:{n:02}:00,000 --> 00:{n:02}:30,000\n- {line}" for n, line in enumerate(lines[:50]))
    return "\r\n\r\n".join(cues).encode("utf-8-sig")
