from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from engine.domain.knowledge import Region, Span
from engine.service import Engine

PATH = "/v1/documents"
OLD = "# Kettle\n\n## Use\n\nIt boils in five minutes. Keep it dry.\n\n## Care\n\nDescale it every two months.\n"
NEW = OLD.replace("five", "three")


def _uploaded(client: TestClient, text: str, name: str = "a.md") -> dict[str, Any]:
    client.post("/v1/knowledge-bases", json={"name": "kb"})
    files = [("files", (name, text.encode(), "text/markdown"))]
    report: dict[str, Any] = client.post(PATH, data={"knowledge_base": "kb"}, files=files).json()
    assert report["failures"] == []
    return report


def _id(client: TestClient, name: str = "a.md") -> str:
    (found,) = client.get(PATH, params={"knowledge_base": "kb", "uri": name}).json()["items"]
    return str(found["id"])


def _found(client: TestClient, query: str, **filter: object) -> list[str]:
    body = {"knowledge_base": "kb", "query": query, "filter": filter}
    return [each["text"] for each in client.post("/v1/search", json=body).json()["passages"]]


@pytest.fixture
def edited(empty_client: TestClient) -> TestClient:
    """Return a client of a knowledge base with one document of two versions."""
    _uploaded(empty_client, OLD)
    _uploaded(empty_client, NEW)
    return empty_client


def test_versions_are_listed_the_newest_first(edited: TestClient) -> None:
    items = edited.get(f"{PATH}/{_id(edited)}/versions").json()["items"]
    assert [(item["version"], item["in_force"]) for item in items] == [(2, {"first": None, "last": None}), (1, None)]
    shown = edited.get(f"{PATH}/{_id(edited)}/versions/1").json()
    assert shown == items[1]


def test_versions_are_compared_by_section(edited: TestClient) -> None:
    found = edited.get(f"{PATH}/{_id(edited)}/versions/compare", params={"from": 1, "to": 2}).json()
    assert (found["older"], found["newer"]) == (1, 2)
    (section,) = found["sections"]
    assert section["change"] == "changed"
    assert "-It boils in five minutes. Keep it dry." in section["diff"]
    assert "+It boils in three minutes. Keep it dry." in section["diff"]


def test_an_upload_says_what_was_embedded(edited: TestClient) -> None:
    long = "\n\n".join(f"## Part {n}\n\n{'Keep this part dry and clean. ' * 20}" for n in range(5))
    _uploaded(edited, f"# Manual\n\n{long}", "b.md")
    report = _uploaded(edited, f"# Manual\n\n{long.replace('dry', 'cool', 1)}", "b.md")
    assert (report["embedded"], report["reused"]) == (1, report["chunks"] - 1)


def test_an_upload_is_described(edited: TestClient) -> None:
    files = [("files", (name, f"# {name}\n\nText.".encode(), "text/markdown")) for name in ("x.md", "y.md")]
    said = {
        "kind": "policy",
        "tags": ["returns", "vip"],
        "effective_from": "2026-01-01",
        "effective_until": "2999-01-01",
    }
    assert edited.post(PATH, data={"knowledge_base": "kb", **said}, files=files).json()["documents"]["added"] == 2
    for name in ("x.md", "y.md"):
        shown = edited.get(f"{PATH}/{_id(edited, name)}").json()
        assert {field: shown[field] for field in said} == said
    wrong = {"knowledge_base": "kb", "effective_from": "2026-02-01", "effective_until": "2026-01-01"}
    assert edited.post(PATH, data=wrong, files=files).status_code == 422


def test_rolling_back_makes_a_new_version_with_the_old_content(edited: TestClient) -> None:
    key = _id(edited)
    made = edited.post(f"{PATH}/{key}/rollback", json={"version": 1}).json()
    assert made["document"]["version"] == 3
    assert edited.get(f"{PATH}/{key}/text").json()["text"] == edited.get(f"{PATH}/{key}/text?version=1").json()["text"]
    assert any("five minutes" in text for text in _found(edited, "How long does it boil?"))
    assert not any("three minutes" in text for text in _found(edited, "How long does it boil?"))


def test_going_back_to_the_newest_is_a_conflict(edited: TestClient) -> None:
    assert edited.post(f"{PATH}/{_id(edited)}/rollback", json={"version": 2}).status_code == 409


def test_a_description_is_changed_without_embedding(edited: TestClient) -> None:
    key = _id(edited)
    change = {"tags": ["vip"], "kind": "faq", "metadata": {"owner": "desk"}, "effective_until": "2999-01-01"}
    made = edited.patch(f"{PATH}/{key}", json=change).json()
    assert (made["embedded"], made["document"]["version"]) == (0, 3)
    assert {name: made["document"][name] for name in change} == change
    assert made["document"]["edited"] == ["kind", "tags", "effective_until", "metadata"]
    assert _found(edited, "kettle", tags=["vip"], kinds=["faq"])
    made = edited.patch(f"{PATH}/{key}", json={"effective_until": None, "tags": None}).json()
    assert (made["document"]["effective_until"], made["document"]["tags"]) == (None, ["vip"])


def test_what_was_described_outlives_the_next_upload(edited: TestClient) -> None:
    edited.patch(f"{PATH}/{_id(edited)}", json={"tags": ["vip"]})
    _uploaded(edited, OLD)
    assert edited.get(f"{PATH}/{_id(edited)}").json()["tags"] == ["vip"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"effective_from": "2026-02-01", "effective_until": "2026-01-01"}, 422),
        ({"kind": "novel"}, 422),
        ({"title": "x"}, 422),
        ({"tags": [""]}, 422),
    ],
    ids=str,
)
def test_wrong_descriptions_are_refused(edited: TestClient, body: dict[str, object], status: int) -> None:
    assert edited.patch(f"{PATH}/{_id(edited)}", json=body).status_code == status
    assert edited.get(f"{PATH}/{_id(edited)}").json()["version"] == 2


def test_what_holds_on_a_day_is_found_on_that_day(empty_client: TestClient) -> None:
    _uploaded(empty_client, OLD)
    _uploaded(empty_client, f"---\neffective_from: 2999-01-01\n---\n{NEW}")
    query = "How long does it boil?"
    assert any("five" in text for text in _found(empty_client, query))
    assert not any("three" in text for text in _found(empty_client, query))
    later = _found(empty_client, query, as_of="2999-01-01")
    assert any("three" in text for text in later)
    assert not any("five" in text for text in later)
    shown = empty_client.get(f"{PATH}/{_id(empty_client)}").json()
    assert (shown["version"], shown["version_in_force"]) == (2, 1)
    items = empty_client.get(f"{PATH}/{_id(empty_client)}/versions").json()["items"]
    assert [item["in_force"] for item in items] == [
        {"first": "2999-01-01", "last": None},
        {"first": None, "last": "2998-12-31"},
    ]


def test_duplicates_are_shown(edited: TestClient) -> None:
    report = _uploaded(edited, NEW, "copy.md")
    assert report["duplicates"] == [{"uri": "copy.md", "other": "a.md", "similarity": 1.0}]
    (alike,) = edited.get(f"{PATH}/{_id(edited)}").json()["duplicates"]
    assert (alike["uri"], alike["similarity"]) == ("copy.md", 1.0)


def test_documents_are_filtered(edited: TestClient) -> None:
    _uploaded(edited, "---\nkind: faq\ntags: [vip]\n---\n# 保修\n\n保修期为两年，电池一年。", "b.md")

    def listed(**wanted: str) -> list[str]:
        items = edited.get(PATH, params={"knowledge_base": "kb", **wanted}).json()["items"]
        return [item["uri"] for item in items]

    assert listed() == ["a.md", "b.md"]
    assert listed(kind="faq") == listed(tag="vip") == listed(language="zh-Hans") == listed(uri="B.M") == ["b.md"]
    assert (listed(source="upload"), listed(source="x")) == (["a.md", "b.md"], [])
    assert listed(updated_since="2999-01-01T00:00:00Z") == []
    assert listed(updated_since="2000-01-01T00:00:00+09:00") == ["a.md", "b.md"]


@pytest.mark.parametrize("params", [{"updated_since": "2026-01-01"}, {"kind": "novel"}, {"tag": ""}], ids=str)
def test_wrong_filters_are_refused(edited: TestClient, params: dict[str, str]) -> None:
    assert edited.get(PATH, params={"knowledge_base": "kb", **params}).status_code == 422


def test_regions_tell_where_on_its_image_a_text_stands(edited: TestClient, engine: Engine) -> None:
    key, knowledge = _id(edited), engine.parts.knowledge
    document = knowledge.document(key)
    regions = (
        Region(Span(0, 6), 1, (0.1, 0.2, 0.5, 0.25), 0.9),
        Region(Span(7, 20), 2, (0.0, 0.5, 1.0, 0.75), 0.8),
    )
    knowledge.stage(replace(document, version=3), knowledge.stored_text(key, 2).text, (), regions=regions)
    knowledge.activate(key, 3)
    shown = edited.get(f"{PATH}/{key}/regions").json()
    assert (shown["version"], len(shown["items"])) == (3, 2)
    (second,) = edited.get(f"{PATH}/{key}/regions", params={"start": 6, "end": 8}).json()["items"]
    assert (second["page"], second["span"], second["box"]["bottom"]) == (2, {"start": 7, "end": 20}, 0.75)
    assert edited.get(f"{PATH}/{key}/regions", params={"version": 1}).json()["items"] == []


def test_what_is_not_there(edited: TestClient) -> None:
    key = _id(edited)
    for path in ("x/versions", "x/versions/1", f"{key}/versions/9", "x/regions", f"{key}/regions?version=9"):
        assert edited.get(f"{PATH}/{path}").status_code == 404, path
    assert edited.get(f"{PATH}/{key}/versions/compare", params={"from": 1, "to": 9}).status_code == 404
    assert edited.get(f"{PATH}/{key}/versions/compare", params={"from": 1}).status_code == 422
    assert edited.post(f"{PATH}/{key}/rollback", json={"version": 9}).status_code == 404
    assert edited.post(f"{PATH}/x/rollback", json={"version": 1}).status_code == 404
    assert edited.patch(f"{PATH}/x", json={}).status_code == 404
