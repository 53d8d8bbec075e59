"""Write records of any shape: each line carries its keys, questions with answers become headings with text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.languages.folding import fold
from engine.languages.profile import folded_words
from ingestion.normalize import clean_line
from ingestion.parsers.tables import Table
from ingestion.parsers.writer import PieceWriter

__all__ = ["faq_share", "write_records"]

Record = Mapping[str, object]

_QUESTION = folded_words(
    """question q query faq prompt 问题 提问 标准问 標準問題 問い 質問 ご質問 질문 frage pregunta domanda pergunta
    вопрос"""
)
_ANSWER = folded_words(
    """answer a answers response reply solution completion 答案 回答 答复 解答 答覆 回复 回覆 ご回答 답변 antwort
    réponse respuesta risposta resposta ответ"""
)
_TITLE = (
    "title",
    "name",
    "subject",
    "heading",
    "headline",
    "标题",
    "標題",
    "名称",
    "名稱",
    "件名",
    "タイトル",
    "名前",
    "제목",
    "이름",
)
_LONG = 200  # characters; a longer value is a text of its own
_DEEPEST = 8  # levels; what lies deeper is written with its path


def write_records(records: Sequence[object], writer: PieceWriter, *, level: int = 1) -> None:
    """Write values in order: flat records as rows of a table, others as lines, or texts below a heading."""
    flat: list[Record] = []
    for value in records:
        record = _record(value)
        if record is not None and _is_row(record):
            flat.append(record)
            continue
        _write_rows(flat, writer)
        flat = []
        if record is None:
            _write_value("", value, writer, level)
        else:
            _write_record(record, writer, level)
    _write_rows(flat, writer)


def faq_share(records: Sequence[object]) -> float:
    """Return which share of the records is a question with its answer, 0..1."""
    found = [_faq(record) for value in records if (record := _record(value)) is not None]
    return sum(pair is not None for pair in found) / len(records) if records else 0.0


def _write_record(record: Record, writer: PieceWriter, level: int) -> None:
    pair = _faq(record)
    heading = pair[0] if pair else _title(record)
    if heading and level <= 6:
        writer.heading(_scalar(record[heading]), level)
    skipped = {heading} if heading else set[str]()
    if pair:
        for text in _texts(record[pair[1]]):
            writer.paragraph(text)
        skipped.add(pair[1])
    lines: list[str] = []
    for key, value in record.items():
        if key in skipped or next(_leaves(key, value), None) is None:
            continue
        if isinstance(value, (dict, list)) or len(_scalar(value)) > _LONG:
            _write_lines(lines, writer)
            lines = []
            _write_value(key, value, writer, level + 1)
        else:
            lines.append(f"{key}: {_scalar(value)}")
    _write_lines(lines, writer)


def _write_value(key: str, value: object, writer: PieceWriter, level: int) -> None:
    """Write one value below its key: objects and lists as records, long texts as paragraphs."""
    if level > _DEEPEST:
        _write_lines([f"{path}: {text}" for path, text in _leaves(key, value)], writer)
    elif isinstance(value, dict):
        if key and level <= 6:
            writer.heading(key, level)
        write_records([value], writer, level=level + bool(key))
    elif isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        texts = [_scalar(item) for item in value if _scalar(item)]
        if sum(map(len, texts)) <= _LONG:
            _write_lines([f"{key}: {', '.join(texts)}" if key else ", ".join(texts)], writer)
        else:
            _write_long(key, texts, writer, level)
    elif isinstance(value, list):
        if key and level <= 6:
            writer.heading(key, level)
        write_records(value, writer, level=level + bool(key))
    else:
        _write_long(key, [_scalar(value)], writer, level)


def _write_long(key: str, texts: Sequence[str], writer: PieceWriter, level: int) -> None:
    if key and level <= 6:
        writer.heading(key, level)
    for text in texts:
        for paragraph in text.split("\n\n"):
            writer.paragraph(paragraph)


def _write_lines(lines: list[str], writer: PieceWriter) -> None:
    if any(lines):
        writer.lines([line for line in lines if line])


def _write_rows(records: Sequence[Record], writer: PieceWriter) -> None:
    columns = tuple(dict.fromkeys(key for record in records for key in record if _scalar(record[key])))
    if columns:
        writer.table(Table(columns, tuple(tuple(_scalar(record.get(key)) for key in columns) for record in records)))


def _is_row(record: Record) -> bool:
    """Tell whether a record fits on a line: no lists of objects, no long texts, no question with an answer."""
    values = (_scalar(value) for value in record.values())
    flat = not any(isinstance(value, (dict, list)) for value in record.values())
    return flat and _faq(record) is None and all(len(text) <= _LONG and "\n" not in text for text in values)


def _faq(record: Record) -> tuple[str, str] | None:
    """Return the keys of a question and of its answer."""
    by_name = {fold(key.strip()): key for key in record}
    question = next((by_name[name] for name in by_name if name in _QUESTION and _scalar(record[by_name[name]])), None)
    answer = next((by_name[name] for name in by_name if name in _ANSWER and _is_said(record[by_name[name]])), None)
    return (question, answer) if question and answer else None


def _is_said(value: object) -> bool:
    """Tell whether an answer is texts and nothing else."""
    nested = isinstance(value, list) and any(isinstance(each, (dict, list)) for each in value)
    return not nested and any(True for _ in _texts(value))


def _title(record: Record) -> str:
    """Return the key of a value that names the record; empty for none."""
    by_name = {key.strip().lower(): key for key in record}
    named = (by_name[name] for name in _TITLE if name in by_name)
    return next((key for key in named if 0 < len(_scalar(record[key])) <= _LONG), "")


def _record(value: object) -> Record | None:
    return {clean_line(str(key)): inner for key, inner in value.items()} if isinstance(value, dict) else None


def _texts(value: object) -> Iterator[str]:
    """Yield the paragraphs of an answer: a text, or a list of texts."""
    for text in value if isinstance(value, list) else [value]:
        yield from (part for part in _scalar(text).split("\n\n") if part.strip())


def _leaves(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield each scalar below a value with its path, without recursion."""
    left = [(path, value)]
    while left:
        at, inner = left.pop()
        if isinstance(inner, dict):
            left += [(f"{at}.{key}", each) for key, each in reversed(inner.items())]
        elif isinstance(inner, list):
            left += [(at, each) for each in reversed(inner)]
        elif _scalar(inner):
            yield at, _scalar(inner)


def _scalar(value: object) -> str:
    """Return a text, a number or a truth value as it stands in JSON; empty for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.strip() if isinstance(value, str) else ""
