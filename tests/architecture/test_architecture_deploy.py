"""The deployment files: hardened, consistent with the settings, and valid as far as tools that are here can tell."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from engine.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
UNIT = (DEPLOY / "systemd" / "knowdesk.service").read_text(encoding="utf-8")
FILES = [ROOT / "Dockerfile", *(path for path in sorted(DEPLOY.rglob("*")) if path.is_file())]
KUBERNETES = DEPLOY / "kubernetes"
MOST_EXPOSED = 15  # of systemd's tenths; a unit without any hardening has 96


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    if not shutil.which(words[0]):
        pytest.skip(f"{words[0]} is not installed")
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603


def _documents() -> list[dict[str, Any]]:
    kustomization = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text(encoding="utf-8"))
    return [
        document
        for name in kustomization["resources"]
        for document in yaml.safe_load_all((KUBERNETES / name).read_text(encoding="utf-8"))
    ]


def _one(kind: str) -> dict[str, Any]:
    (found,) = (document for document in _documents() if document["kind"] == kind)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    named = {name.lower() for name in re.findall(r"KNOWDESK_([A-Z_]+[A-Z])", path.read_text(encoding="utf-8"))}
    assert named - set(Settings.model_fields) == set()


def test_the_values_are_ones_that_the_settings_take() -> None:
    said = dict(_one("ConfigMap")["data"])
    Settings(**{name.removeprefix("KNOWDESK_").lower(): value for name, value in said.items()})


def _instructions() -> Iterator[tuple[str, str]]:
    lines = [line for line in DOCKERFILE.splitlines() if not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield word, rest


def test_the_image_is_built_in_stages_and_runs_as_nobody_in_particular() -> None:
    said = list(_instructions())
    stages = [rest for word, rest in said if word == "FROM"]
    assert len(stages) == 2
    assert all(re.match(r"[\w./-]+:[\w.-]*\d[\w.-]* AS \w+$", stage) for stage in stages), "a tag with a version"
    last = said[max(at for at, (word, _) in enumerate(said) if word == "FROM") :]
    users = [rest for word, rest in last if word == "USER"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", users[-1])
    assert [rest.startswith("[") for word, rest in last if word in {"ENTRYPOINT", "CMD"}] == [True, True]
    assert "ADD" not in {word for word, _ in said}
    assert {"HEALTHCHECK", "STOPSIGNAL", "VOLUME"} <= {word for word, _ in last}


def test_the_image_gets_only_what_is_copied_on_purpose() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = {
        source
        for word, rest in _instructions()
        if word == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    }
    assert ignored[0] == "*"
    assert {f"!{source}" for source in copied} == {line for line in ignored if line.startswith("!")}
    assert all((ROOT / source).exists() for source in copied)


def test_what_the_image_installs_is_there() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    extras = re.findall(r'"\.\[([\w,]+)\]"', DOCKERFILE)[0].split(",")
    assert all(re.search(rf"^{extra} = ", project, flags=re.MULTILINE) for extra in extras)


def test_every_container_of_the_compose_file_is_hardened() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert set(composed["services"]) == {"knowdesk", "postgres", "qdrant"}
    for name, service in composed["services"].items():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert re.search(r":v?\d", service["image"]), name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        assert {place.partition(":")[0] for place in service["volumes"]} <= set(composed["volumes"]), name


def test_no_secret_is_written_down() -> None:
    for path in FILES:
        values = re.findall(r"(?i)(?:password|api_key|secret)[\w]*[:=] *(\S+)", path.read_text(encoding="utf-8"))
        assert [value for value in values if not value.startswith(("${", "?", "…", "knowdesk"))] == [], path.name


def test_the_pod_is_restricted_and_has_probes() -> None:
    pod = _one("StatefulSet")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    paths = {name: container[name]["httpGet"]["path"] for name in ("livenessProbe", "readinessProbe", "startupProbe")}
    assert paths == {
        "livenessProbe": "/health/live",
        "readinessProbe": "/health/ready",
        "startupProbe": "/health/live",
    }
    assert {"requests", "limits"} <= set(container["resources"])


@pytest.mark.parametrize("place", ["kubernetes", "systemd", "compose"])
def test_a_stop_has_more_time_than_the_requests_under_way(place: str) -> None:
    times = {
        "kubernetes": _one("StatefulSet")["spec"]["template"]["spec"]["terminationGracePeriodSeconds"],
        "systemd": int(re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, flags=re.MULTILINE)[0]),
        "compose": int(re.findall(r"stop_grace_period: (\d+)s", (DEPLOY / "compose.yaml").read_text())[0]),
    }
    assert times[place] >= Settings.model_fields["shutdown_timeout_s"].default + 10


def test_a_restore_can_replace_the_data_folder() -> None:
    folder = Path(_one("ConfigMap")["data"]["KNOWDESK_DATA_DIR"])
    mounts = _one("StatefulSet")["spec"]["template"]["spec"]["containers"][0]["volumeMounts"]
    assert str(folder.parent) in {mount["mountPath"] for mount in mounts}
    assert str(folder) not in {mount["mountPath"] for mount in mounts}
    assert f"KNOWDESK_DATA_DIR={folder}" in DOCKERFILE
    assert f"KNOWDESK_DATA_DIR={folder}" in UNIT


def test_everything_that_belongs_together_is_put_together_by_kustomize() -> None:
    ended = _run("kubectl", "kustomize", str(KUBERNETES))
    assert ended.returncode == 0, ended.stderr
    made = {document["kind"]: document for document in yaml.safe_load_all(ended.stdout)}
    labels = {"app.kubernetes.io/name": "knowdesk"}
    assert made["Service"]["spec"]["selector"] == labels
    assert made["StatefulSet"]["spec"]["selector"]["matchLabels"] == labels
    assert made["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == labels
    assert made["StatefulSet"]["spec"]["template"]["metadata"]["labels"] == labels
    assert made["StatefulSet"]["spec"]["template"]["spec"]["containers"][0]["image"] == "knowdesk:0.1.0"
    assert {document["metadata"].get("namespace") for kind, document in made.items() if kind != "Namespace"} == {
        "knowdesk"
    }


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Return the unit with a program that is there."""
    changed = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT, flags=re.MULTILINE)
    (tmp_path / "knowdesk.service").write_text(changed, encoding="utf-8")
    return tmp_path / "knowdesk.service"


def test_systemd_understands_the_unit(unit: Path) -> None:
    ended = _run("systemd-analyze", "verify", str(unit))
    assert (ended.returncode, ended.stderr) == (0, "")


def test_systemd_finds_the_unit_hardened(unit: Path) -> None:
    ended = _run("systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(unit))
    assert ended.returncode == 0, ended.stdout[-500:]
