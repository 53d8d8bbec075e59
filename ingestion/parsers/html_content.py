"""Find the main content of a web page: what is left without navigation, banners, forms and the like."""

from __future__ import annotations

import re

from ingestion.parsers.html_tree import SILENT_TAGS, Element, attribute, flat_text, tag_of

__all__ = ["main_content"]

_DROPPED_TAGS = {"nav", "footer", "aside", "header", "form"}
_DROPPED_ROLES = {
    *("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar"),
}
_DROPPED_NAMES = {
    *("cookie", "cookies", "consent", "gdpr", "breadcrumb", "breadcrumbs", "sidebar", "share", "sharing", "social"),
    *("feedback", "helpful", "pagination", "pager", "newsletter", "skip", "related", "navbar", "popup", "modal"),
}
_NOTES = {"note", "tip", "warning", "caution", "important", "callout", "admonition", "alert", "info"}
_CONTENT = "descendant-or-self::main | descendant-or-self::article | descendant-or-self::h1"
_MOST = 0.5  # what holds more of the page's text than this is no boilerplate, whatever it is called
_ICON = 40  # characters; what is hidden from screen readers and shorter than this is an icon or a symbol
_NAME = re.compile("[a-z0-9]+")


def main_content(root: Element) -> list[Element]:
    """Return the elements that hold the page's content, boilerplate removed from the tree."""
    for element in [node for node in root.iter() if tag_of(node) in SILENT_TAGS - {"head", "title", "meta"}]:
        element.drop_tree()
    total = max(1, len(flat_text(root)))
    for element in list(root.iter()):
        if element.getparent() is not None and _is_boilerplate(element, total):
            element.drop_tree()
    mains = _outermost(root.xpath("//main | //*[@role='main']"))
    articles = _outermost(root.xpath("//article"))
    for found, least in ((mains, 0.1), (articles, 0.3)):
        if sum(len(flat_text(element)) for element in found) > least * _body_length(root):
            return found
    return root.xpath("//body") or [root]


def _is_boilerplate(element: Element, total: int) -> bool:
    if not _looks_like_boilerplate(element) or tag_of(element) in {"html", "body", "main", "article"}:
        return False
    if tag_of(element) in {"nav", "footer"}:
        return True
    return not element.xpath(_CONTENT) and len(flat_text(element)) < _MOST * total


def _looks_like_boilerplate(element: Element) -> bool:
    tag = tag_of(element)
    names = set(_NAME.findall(f"{attribute(element, 'class')} {attribute(element, 'id')}".lower()))
    if tag in _DROPPED_TAGS:
        inside = tag == "header" and element.xpath("ancestor::main | ancestor::article")
        return not inside and not (tag == "aside" and names & _NOTES)
    if attribute(element, "aria-hidden") == "true" and len(flat_text(element)) < _ICON:
        return True
    return bool(attribute(element, "role") in _DROPPED_ROLES or names & _DROPPED_NAMES)


def _outermost(elements: list[Element]) -> list[Element]:
    chosen = set(elements)
    return [element for element in elements if not any(parent in chosen for parent in element.iterancestors())]


def _body_length(root: Element) -> int:
    return sum(len(flat_text(body)) for body in root.xpath("//body") or [root])
