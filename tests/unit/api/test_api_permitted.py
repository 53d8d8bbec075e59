from __future__ import annotations

from pathlib import Path

import pytest

from api.permitted import check_permitted
from api.schemas.jobs import PlaceKind, SourceIn
from engine.errors import InvalidInput


def _refused(kind: str, location: str, *places: str) -> bool:
    try:
        check_permitted(SourceIn(kind=PlaceKind(kind), location=location), places)
    except InvalidInput as error:
        return bool(error.remedy) and location not in str(error)
    return False


def test_a_folder_and_what_is_below_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path)
    allowed = str(tmp_path / "in")
    assert not _refused("folder", allowed, "/elsewhere", allowed)
    assert not _refused("folder", f"{allowed}/deep/file.pdf", allowed)
    for outside in (tmp_path, f"{allowed}/..", f"{allowed}/link", f"{allowed}side", f"file://{allowed}"):
        assert _refused("folder", str(outside), allowed), outside
    assert _refused("folder", allowed)
    assert _refused("folder", "s3://bucket", "s3://bucket")


def test_a_storage_and_what_is_below_it() -> None:
    assert not _refused("storage", "s3://bucket/help", "s3://bucket/help/")
    assert not _refused("storage", "s3://bucket/help/a", "/srv", "s3://bucket/help")
    for outside in ("s3://bucket", "s3://bucket/helpless", "gs://bucket/help", "s3://bucket/help/../secret", "/srv/a"):
        assert _refused("storage", outside, "/srv", "s3://bucket/help"), outside


@pytest.mark.parametrize("kind", ["url", "sitemap"])
def test_the_web_is_open_and_nothing_else_is_the_web(kind: str) -> None:
    assert not _refused(kind, "https://shop.example/help")
    assert not _refused(kind, "HTTP://shop.example")
    for other in ("file:///etc/passwd", "/etc/passwd", "ftp://a.example", "s3://bucket"):
        assert _refused(kind, other, "/etc", "s3://bucket"), other
