"""The same facts, whatever the format: a table, its merged cells, a list, text of every language."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

import openpyxl
import pytest

from engine.domain.knowledge import BlockKind
from engine.languages.detection import ScriptDetector
from ingestion.language import document_language
from ingestion.parsing import parse
from tests.unit.ingestion.office import odf


@dataclass(frozen=True, slots=True)
class Page:
    """What a knowledge base holds in one language: a heading, a sentence, and a table with a row."""

    language: str
    heading: str
    sentence: str
    header: tuple[str, str]
    row: tuple[str, str]

    @property
    def row_text(self) -> str:
        colon, semicolon = ("：", "；") if self.language in {"zh-Hans", "zh-Hant", "ja"} else (": ", "; ")
        return semicolon.join(f"{name}{colon}{cell}" for name, cell in zip(self.header, self.row, strict=True))


PAGES = (
    Page(
        "en", "Returns", "You may return the kettle within 30 days of delivery.", ("Item", "Period"), ("Lid", "2 years")
    ),
    Page(
        "de",
        "Rückgabe",
        "Sie können den Wasserkocher in 30 Tagen zurückgeben.",
        ("Teil", "Frist"),
        ("Deckel", "2 Jahre"),
    ),
    Page(
        "fr", "Retours", "Vous pouvez renvoyer la bouilloire sous 30 jours.", ("Pièce", "Durée"), ("Couvercle", "2 ans")
    ),
    Page(
        "es", "Devoluciones", "Puede devolver la tetera en un plazo de 30 días.", ("Pieza", "Plazo"), ("Tapa", "2 años")
    ),
    Page("pt", "Devoluções", "Você pode devolver a chaleira em até 30 dias.", ("Peça", "Prazo"), ("Tampa", "2 anos")),
    Page("ru", "Возврат", "Вы можете вернуть чайник в течение 30 дней.", ("Деталь", "Срок"), ("Крышка", "2 года")),
    Page("ar", "الإرجاع", "يمكنك إرجاع الغلاية خلال 30 يومًا من التسليم.", ("القطعة", "المدة"), ("الغطاء", "سنتان")),
    Page("th", "การคืนสินค้า", "คุณสามารถคืนกาต้มน้ำได้ภายใน 30 วันหลังได้รับสินค้า", ("ชิ้นส่วน", "ระยะเวลา"), ("ฝา", "2 ปี")),
    Page(
        "vi", "Đổi trả", "Bạn có thể trả lại ấm đun nước trong vòng 30 ngày.", ("Bộ phận", "Thời hạn"), ("Nắp", "2 năm")
    ),
    Page("ko", "반품", "배송 후 30일 이내에 주전자를 반품할 수 있습니다.", ("부품", "기간"), ("뚜껑", "2년")),
    Page("ja", "返品", "ケトルはお届けから30日以内であれば返品できます。", ("部品", "期間"), ("ふた", "2年")),
    Page("zh-Hans", "退货", "收到水壶后三十天内可以退货，运费由我们承担。", ("部件", "期限"), ("壶盖", "两年")),
    Page("zh-Hant", "退貨", "收到水壺後三十天內可以退貨，運費由我們負擔。", ("零件", "期限"), ("壺蓋", "兩年")),
)


def markdown(page: Page) -> bytes:
    rows = "\n".join(f"| {left} | {right} |" for left, right in (page.header, ("---", "---"), page.row))
    return f"# {page.heading}\n\n{page.sentence}\n\n{rows}\n".encode()


def html(page: Page) -> bytes:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in page.header)
    row = "".join(f"<td>{escape(cell)}</td>" for cell in page.row)
    body = f"<h1>{page.heading}</h1><p>{page.sentence}</p><table><tr>{head}</tr><tr>{row}</tr></table>"
    return f"<!doctype html><meta charset=utf-8><body>{body}</body>".encode()


def org(page: Page) -> bytes:
    return f"* {page.heading}\n{page.sentence}\n\n|{'|'.join(page.header)}|\n|--+--|\n|{'|'.join(page.row)}|\n".encode()


def asciidoc(page: Page) -> bytes:
    table = f"|===\n|{page.header[0]} |{page.header[1]}\n\n|{page.row[0]}\n|{page.row[1]}\n|===\n"
    return f"= {page.heading}\n\n{page.sentence}\n\n{table}".encode()


def rst(page: Page) -> bytes:
    line, rule = "=" * 3 * len(page.heading), ".. list-table::\n   :header-rows: 1\n"
    cells = "\n".join(f"   * - {left}\n     - {right}" for left, right in (page.header, page.row))
    return f"{page.heading}\n{line}\n\n{page.sentence}\n\n{rule}\n{cells}\n".encode()


def odt(page: Page) -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in (page.header, page.row)
    )
    heading = f'<text:h text:outline-level="1">{page.heading}</text:h><text:p>{page.sentence}</text:p>'
    return odf("text", f"{heading}<table:table>{rows}</table:table>")


def mail(page: Page) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "desk@example.com", page.heading
    message.set_content(html(page).decode(), subtype="html")
    return bytes(message)


TEXTS: dict[str, Callable[[Page], bytes]] = {
    "md": markdown,
    "html": html,
    "org": org,
    "adoc": asciidoc,
    "rst": rst,
    "odt": odt,
    "eml": mail,
}


@pytest.mark.parametrize("extension", TEXTS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
def test_a_text_says_the_same_in_every_format_and_language(page: Page, extension: str) -> None:
    parsed = parse(TEXTS[extension](page), name=f"a.{extension}")
    assert parsed.title == page.heading
    said = [block.span.of(parsed.text) for block in parsed.blocks if block.kind is not BlockKind.HEADING]
    assert said == [page.sentence, page.row_text]
    assert parsed.warnings == ()
    assert document_language(parsed, f"a.{extension}", ScriptDetector()) == page.language


def as_csv(page: Page) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([page.header, page.row])
    return out.getvalue().encode("utf-16")


def as_json(page: Page) -> bytes:
    return json.dumps([dict(zip(page.header, page.row, strict=True))], ensure_ascii=True).encode()


def as_lines(page: Page) -> bytes:
    record = json.dumps(dict(zip(page.header, page.row, strict=True)), ensure_ascii=False)
    return f"{record}\n".encode()


def as_workbook(page: Page) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in (page.header, page.row):
        made.worksheets[0].append(list(row))
    made.save(out)
    return out.getvalue()


RECORDS: dict[str, Callable[[Page], bytes]] = {
    "csv": as_csv,
    "json": as_json,
    "jsonl": as_lines,
    "xlsx": as_workbook,
}


@pytest.mark.parametrize("extension", RECORDS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
def test_a_record_carries_its_columns_in_every_format_and_language(page: Page, extension: str) -> None:
    parsed = parse(RECORDS[extension](page), name=f"a.{extension}")
    rows = [block.span.of(parsed.text) for block in parsed.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows == [page.row_text]


MERGED = {
    "html": b"""<meta charset=utf-8><table><tr><th>Item</th><th>Part</th><th>Years</th></tr>
        <tr><td rowspan=2>Kettle</td><td>Lid</td><td>2</td></tr><tr><td>Cord</td><td>3</td></tr>
        <tr><td>Iron</td><td colspan=2>no warranty</td></tr></table>""",
    "rst": b"""
+--------+------+-------+
| Item   | Part | Years |
+========+======+=======+
| Kettle | Lid  | 2     |
|        +------+-------+
|        | Cord | 3     |
+--------+------+-------+
| Iron   | no warranty  |
+--------+--------------+
""",
    "adoc": b"""[options="header",cols="3*"]
|===
|Item |Part |Years
.2+|Kettle |Lid |2
|Cord |3
|Iron 2+|no warranty
|===
""",
    "odt": odf(
        "text",
        "<table:table>"
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell table:number-columns-spanned="{wide}" table:number-rows-spanned="{high}">'
                f"<text:p>{cell}</text:p></table:table-cell>"
                if cell
                else "<table:covered-table-cell/>"
                for cell, wide, high in row
            )
            + "</table:table-row>"
            for row in (
                (("Item", 1, 1), ("Part", 1, 1), ("Years", 1, 1)),
                (("Kettle", 1, 2), ("Lid", 1, 1), ("2", 1, 1)),
                (("", 1, 1), ("Cord", 1, 1), ("3", 1, 1)),
                (("Iron", 1, 1), ("no warranty", 2, 1), ("", 1, 1)),
            )
        )
        + "</table:table>",
    ),
}


@pytest.mark.parametrize("extension", MERGED)
def test_a_merged_cell_is_said_of_each_row_that_it_spans(extension: str) -> None:
    rows = parse(MERGED[extension], name=f"a.{extension}").text.split("\n")
    assert rows == [
        "Item: Kettle; Part: Lid; Years: 2",
        "Item: Kettle; Part: Cord; Years: 3",
        "Item: Iron; Part: no warranty",
    ]


def test_a_merged_cell_of_a_workbook_is_said_of_each_row_too() -> None:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in (("Item", "Part", "Years"), ("Kettle", "Lid", 2), (None, "Cord", 3), ("Iron", "no warranty", None)):
        made.worksheets[0].append(list(row))
    made.worksheets[0].merge_cells("A2:A3")
    made.worksheets[0].merge_cells("B4:C4")
    made.save(out)
    rows = parse(out.getvalue(), name="a.xlsx").text.split("\n")
    assert rows[-3:] == [
        "Item: Kettle; Part: Lid; Years: 2",
        "Item: Kettle; Part: Cord; Years: 3",
        "Item: Iron; Part: no warranty",
    ]
