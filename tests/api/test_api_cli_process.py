"""The installed command as a process of its own: purity of stdout, serving and stopping."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.desk import Desk
from tests.fakes.postgres import environment

COMMAND = (sys.executable, "-c", "from api.cli.main import main; main()")


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, api.cli.main; api.cli.main.build_app(); print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603
    heavy = {"torch", "numpy", "fastapi", "sqlalchemy", "qdrant_edge", "pydantic", "uvicorn", "engine.service"}
    assert not heavy & set(loaded.stdout.split())


def test_help_is_there() -> None:
    ran = _run("--help")
    assert ran.returncode == 0
    assert all(command in ran.stdout for command in ("ingest", "ask", "search", "documents", "serve", "eval", "bench"))


def test_stdout_holds_the_json_document_only(tmp_path: Path) -> None:
    ran = _run("--data-dir", str(tmp_path / "data"), "kb", "list", "--json")
    assert (ran.returncode, json.loads(ran.stdout)) == (0, {"items": []})


@pytest.fixture
def server(desk: Desk) -> Iterator[subprocess.Popen[str]]:
    words = ("serve", "--port", "0", "--data-dir", str(desk.data_dir))
    process = subprocess.Popen([*COMMAND, *words], stderr=subprocess.PIPE, text=True, env=environment(desk.data_dir))  # noqa: S603
    yield process
    process.kill()
    process.communicate(timeout=10)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found.group()
    raise AssertionError("the server did not start")


def test_a_server_answers_owns_its_folder_and_stops_in_order(server: subprocess.Popen[str], desk: Desk) -> None:
    address = _address(server)
    assert httpx.get(f"{address}/health/ready").json()["status"] == "ready"
    assert httpx.post(f"{address}/v1/knowledge-bases", json={"name": "kb"}).status_code == 201

    second = desk("kb", "list", "--json")
    assert (second.exit_code, second.stdout) == (2, "")
    assert second.stderr.startswith("Error: ")

    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) == 0
    assert [item["name"] for item in desk.json("kb", "list")["items"]] == ["kb"]
