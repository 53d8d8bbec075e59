from __future__ import annotations

from engine.domain.graph import Basis, NodeKind, Relation
from engine.domain.knowledge import DocumentKind
from engine.domain.upkeep import LINKS
from engine.insights.graph.extracting import edges_of, page
from tests.fakes.repositories import document

TEXT = (
    "Drift R3 manual\n\nCode: E4; Meaning: Cliff sensor dirty\nPart: Filter; Change: yearly\n\n"
    "If error E7 is shown, carry the robot to the dock. The Drift R3 and the Breva K2 are not for wet floors.\n"
)
MANUAL = document("manual", title="Drift R3 manual", kind=DocumentKind.MANUAL)


def told(text: str = TEXT) -> dict[tuple[str, str, str, str], str]:
    """Return the edges with the words at their spans."""
    found = edges_of(MANUAL, text, {})
    return {(each.source.label, each.relation, each.target.label, each.basis): each.span.of(text) for each in found}


def test_each_edge_says_where_it_is_told() -> None:
    found = told()
    assert found["Drift R3 manual", Relation.ABOUT, "Drift R3", Basis.STRUCTURE] == "Drift R3 manual"
    row = "Code: E4; Meaning: Cliff sensor dirty"
    assert found["Drift R3", Relation.HAS_ERROR, "Drift R3 E4", Basis.TABLE] == row
    assert found["Drift R3 manual", Relation.NAMES, "Drift R3 E4", Basis.TABLE] == row
    assert found["Drift R3", Relation.HAS_PART, "Drift R3: Filter", Basis.TABLE] == "Part: Filter; Change: yearly"
    sentence = "If error E7 is shown, carry the robot to the dock."
    assert found["Drift R3", Relation.HAS_ERROR, "Drift R3 E7", Basis.CO_OCCURRENCE].strip() == sentence
    together = found["Breva K2", Relation.TOGETHER, "Drift R3", Basis.CO_OCCURRENCE]
    assert together.startswith("The Drift R3 and the Breva K2")


def test_a_page_about_several_products_gives_no_errors_to_one() -> None:
    both = document("both", title="Drift R3 and Breva K2")
    text = "Error E7 is shown.\nCode: E1; Meaning: stuck"
    found = edges_of(both, text, {})
    assert not [each for each in found if each.relation is Relation.HAS_ERROR]
    assert {each.target.label for each in found if each.target.kind is NodeKind.ERROR_CODE} == {"E1", "E7"}


def test_links_lead_to_the_pages_that_are_there() -> None:
    policy = document("policy", kind=DocumentKind.POLICY, uri="en/policy.md")
    links = "policy.md ../en/policy.md#costs https://elsewhere.example/x missing.md #here manual.md"
    linking = document("manual", uri="en/manual.md", metadata={LINKS: links})
    pages = {each.uri: each for each in (policy, linking)}
    (edge,) = [each for each in edges_of(linking, "", pages) if each.relation is Relation.LINKS_TO]
    assert (edge.source, edge.target, edge.basis, edge.address) == (
        page(linking),
        page(policy),
        Basis.LINK,
        "policy.md",
    )
    assert edge.target.kind is NodeKind.POLICY


def test_what_is_said_often_is_told_once() -> None:
    assert len(told(TEXT * 50)) == len(told())
