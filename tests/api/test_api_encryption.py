"""Encryption at rest as operators see it: the command line, the doctor, customers, several tenants."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.assembly import build_engine
from engine.encryption import encryption_status, rotate_encryption
from engine.errors import Misconfigured
from engine.persistence.keyring import new_key
from engine.settings import Settings, load_settings
from engine.tenancy import tenant_settings
from tests.api.desk import Desk
from tests.fakes.embedding import HashEmbedder
from tests.fakes.postgres import bytes_kept

SECRETS = ("zanzibar", "quokkas", "customer-7731")
FIRST, SECOND = new_key(), new_key()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def settings(data: Path, *keys: str) -> Settings:
    return load_settings(data_dir=data, parse_workers=0, encryption_keys=",".join(keys))


def talk(chosen: Settings) -> None:
    """Ask and judge as a customer; look at it, and at the customer's data."""
    engine = build_engine(chosen, embedder=HashEmbedder())
    with TestClient(create_app(chosen, engine=engine)) as client:
        client.post("/v1/knowledge-bases", json={"name": "shop"})
        asked = {"knowledge_base": "shop", "question": "Where is zanzibar?", "customer_id": SECRETS[2]}
        told = client.post("/v1/answer", json={**asked, "conversation_id": "talk"}).json()
        client.post("/v1/feedback", json={"conversation_id": told["conversation_id"], "csat": 2, "comment": "quokkas"})
        kept = client.get(f"/v1/customers/{SECRETS[2]}").json()["conversations"][0]
        assert kept["turns"][0]["text"] == "Where is zanzibar?"
        assert kept["feedback"][0]["comment"] == "quokkas"
    engine.close()


def readable(data: Path) -> list[str]:
    kept = bytes_kept(data)
    return [secret for secret in SECRETS if secret.encode() in kept]


def keys(data: Path, *given: str) -> set[str]:
    """Return the ids of keys that values of any tenant are under."""
    columns = [each for found in encryption_status(settings(data, *given)).values() for each in found.values()]
    return {key for counts in columns for key in counts}


def test_what_people_wrote_is_nowhere_in_the_data_folder(data: Path) -> None:
    talk(settings(data, FIRST))
    assert readable(data) == []
    assert len(keys(data, FIRST)) == 1


def test_a_customer_is_erased_and_exported_with_the_key_and_not_without(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(settings(data, FIRST))
    desk = Desk(data)
    refused = desk("customers", "export", SECRETS[2])
    assert refused.exit_code == 2
    assert "KNOWDESK_ENCRYPTION_KEYS" in refused.stderr
    monkeypatch.setenv("KNOWDESK_ENCRYPTION_KEYS", f"{SECOND},{FIRST}")
    assert desk.json("customers", "export", SECRETS[2])["conversations"][0]["id"] == "talk"
    assert desk.json("customers", "erase", SECRETS[2], "--yes")["erased"]["turns"] == 2
    assert desk("customers", "export", SECRETS[2]).exit_code == 2


def test_commands_turn_it_on_and_change_the_key(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk(settings(data))
    assert readable(data) == list(SECRETS)
    desk = Desk(data)
    made = desk.json("encryption", "key")["key"]
    assert desk("encryption", "key").stdout.strip() not in {made, ""}
    assert {each["key"] for each in desk.json("encryption", "status")["items"]} == {""}
    assert desk("encryption", "rotate").exit_code == 2
    for given, old in ((made, ""), (f"{FIRST},{made}", made)):
        monkeypatch.setenv("KNOWDESK_ENCRYPTION_KEYS", given)
        rows = {each["table"]: each["rows"] for each in desk.json("encryption", "rotate")["items"]}
        assert rows["turns"] == 2, old
        assert rows["feedback"] == 1
        (only,) = {each["key"] for each in desk.json("encryption", "status")["items"]}
        assert only
        assert only in desk("encryption", "status").stdout
        assert readable(data) == []
    assert desk("encryption", "rotate").stdout.strip() == "Encrypted 0 rows."
    monkeypatch.setenv("KNOWDESK_ENCRYPTION_KEYS", FIRST)
    assert desk("encryption", "status").exit_code == 0


def test_it_can_be_turned_off_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk(settings(data, FIRST))
    desk = Desk(data)
    monkeypatch.setenv("KNOWDESK_ENCRYPTION_KEYS", f"{SECOND},{FIRST}")
    assert "Decrypted" in desk("encryption", "rotate", "--decrypt").stdout
    monkeypatch.delenv("KNOWDESK_ENCRYPTION_KEYS")
    assert {each["key"] for each in desk.json("encryption", "status")["items"]} == {""}
    assert desk.json("customers", "export", SECRETS[2])["conversations"][0]["feedback"][0]["comment"] == "quokkas"
    assert readable(data) == list(SECRETS)


def test_a_server_goes_on_while_the_key_changes(data: Path) -> None:
    talk(settings(data, FIRST))
    chosen = settings(data, SECOND, FIRST)
    engine = build_engine(chosen, embedder=HashEmbedder())
    with TestClient(create_app(chosen, engine=engine)) as client:
        for _ in rotate_encryption(chosen):
            assert client.get(f"/v1/customers/{SECRETS[2]}").status_code == 200
        client.post("/v1/answer", json={"knowledge_base": "shop", "question": "And now?", "conversation_id": "talk"})
        assert len(client.get(f"/v1/customers/{SECRETS[2]}").json()["conversations"][0]["turns"]) == 4
    engine.close()
    assert len(keys(data, SECOND)) == 1


def test_all_tenants_are_rotated(data: Path) -> None:
    plain = settings(data)
    for tenant in ("default", "acme"):
        talk(tenant_settings(plain, tenant))
    chosen = settings(data, FIRST)
    assert {tenant for tenant, _ in rotate_encryption(chosen)} == {"default", "acme"}
    assert readable(data) == []
    assert set(encryption_status(chosen)) == {"default", "acme"}
    with pytest.raises(Misconfigured, match="KNOWDESK_ENCRYPTION_KEYS"):
        build_engine(tenant_settings(plain, "acme"), embedder=HashEmbedder())


def test_the_doctor_says_whether_it_is_on(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from api import doctor

    monkeypatch.setattr(doctor, "build_embedder", lambda _: HashEmbedder())
    talk(settings(data, FIRST))

    def found(*given: str) -> tuple[str, str]:
        looked = doctor.examine(settings(data, *given))
        (it,) = [each for each in looked if each.name == "encryption"]
        return it.state, it.detail

    state, detail = found(FIRST, SECOND)
    assert (state, detail.split(";")[1]) == ("ok", " 1 more can read")
    assert FIRST not in detail
    for given in ((), (SECOND,)):
        state, detail = found(*given)
        assert state == "failed"
        assert "KNOWDESK_ENCRYPTION_KEYS" in detail


def test_the_doctor_says_that_it_is_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from api import doctor

    monkeypatch.setattr(doctor, "build_embedder", lambda _: HashEmbedder())
    checks = {each["name"]: each for each in desk.json("doctor")["checks"]}
    assert checks["encryption"]["state"] == "unused"
    assert "as they are" in checks["encryption"]["detail"]
