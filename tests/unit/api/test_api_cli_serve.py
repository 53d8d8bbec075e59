from __future__ import annotations

import pytest
from typer.testing import CliRunner

from api.cli.main import build_app
from api.cli.serve import is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_only_this_machine_can_reach(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "localhost.example.org", "127.0.0.1.example.org", ""])  # noqa: S104
def test_others_could_reach(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "example.org"])  # noqa: S104
def test_serving_others_is_refused(host: str) -> None:
    result = CliRunner().invoke(build_app(), ["serve", "--host", host])
    assert result.exit_code == 2
    assert host in result.stderr
    assert "127.0.0.1" in result.stderr


def test_the_host_of_the_settings_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWDESK_HOST", "0.0.0.0")  # noqa: S104
    result = CliRunner().invoke(build_app(), ["serve"])
    assert result.exit_code == 2
    assert "0.0.0.0" in result.stderr  # noqa: S104
