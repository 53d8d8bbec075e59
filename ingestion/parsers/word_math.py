"""Write the formulas of Word documents on one line (Office Math, ECMA-376 part 1, 22.1)."""

from __future__ import annotations

from ingestion.parsers.xml_tree import XmlElement, local_name

__all__ = ["formula_text"]

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PROPERTIES = {"ctrlPr", "rPr", "argPr"}
_DEEPEST = 40


def formula_text(formula: XmlElement, depth: int = 0) -> str:
    """Return a formula as people type it, such as "x = (-b ± √(b^2-4ac))/(2a)"."""
    kind = local_name(formula)
    if depth > _DEEPEST or kind in {"t", "text"}:
        return "".join(formula.itertext())
    if kind in _PROPERTIES or kind.endswith("Pr"):
        return ""

    def part(name: str) -> str:
        child = formula.find(f"{_MATH}{name}")
        return "" if child is None else formula_text(child, depth + 1).strip()

    def raised(mark: str, name: str) -> str:
        text = part(name)
        return f"{mark}{_grouped(text)}" if text else ""

    if kind == "f":
        return f"{_grouped(part('num'))}/{_grouped(part('den'))}"
    if kind in {"sSup", "sSub", "sSubSup", "nary", "limLow", "limUpp"}:
        sign = _property(formula, "chr", "∫") if kind == "nary" else ""
        below = raised("_", "sub") + raised("_", "lim") * (kind == "limLow")
        above = raised("^", "sup") + raised("^", "lim") * (kind == "limUpp")
        return f"{sign}{below}{above} {part('e')}" if sign else f"{part('e')}{below}{above}"
    if kind == "rad":
        return f"{part('deg')}√{_grouped(part('e'))}"
    if kind == "func":
        return f"{part('fName')} {part('e')}"
    if kind in {"d", "m", "mr", "eqArr"}:
        between = {"d": _property(formula, "sepChr", "|"), "m": "; ", "eqArr": "; "}.get(kind, ", ")
        inner = between.join(
            formula_text(child, depth + 1) for child in formula if not local_name(child).endswith("Pr")
        )
        return (
            f"{_property(formula, 'begChr', '(')}{inner}{_property(formula, 'endChr', ')')}" if kind == "d" else inner
        )
    return "".join(formula_text(child, depth + 1) for child in formula)


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _property(formula: XmlElement, name: str, usual: str) -> str:
    """Return a sign that the formula's properties set; `usual` where they do not, nothing where they switch it off."""
    for element in formula.iterfind(f"{_MATH}{local_name(formula)}Pr/{_MATH}{name}"):
        return str(element.get(f"{_MATH}val", ""))
    return usual
