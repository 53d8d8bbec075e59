"""Settings: where they come from, which source wins, and how wrong ones are reported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from engine.errors import Misconfigured
from engine.settings import load_settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("KNOWDESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def toml(text: str, name: str = "desk.toml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_has_a_default_that_needs_no_server_and_no_key() -> None:
    settings = load_settings()
    assert (settings.database_url, settings.qdrant_url, settings.llm_base_url, settings.embedding_model) == ("",) * 4
    assert settings.host == "127.0.0.1"
    assert not settings.log_private_content


def test_a_toml_file_sets_fields() -> None:
    settings = load_settings(toml('data_dir = "/srv/desk"\nport = 9000\nembedding_languages = ["en", "ja"]'))
    assert settings.data_dir == Path("/srv/desk")
    assert settings.port == 9000
    assert settings.embedding_languages == ("en", "ja")


def test_knowdesk_toml_in_the_working_folder_is_found() -> None:
    toml("port = 9001", "knowdesk.toml")
    assert load_settings().port == 9001


def test_a_named_file_takes_the_place_of_the_one_in_the_working_folder() -> None:
    toml("port = 9001\ncandidates = 7", "knowdesk.toml")
    settings = load_settings(toml("port = 9002"))
    assert settings.port == 9002
    assert settings.candidates != 7


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWDESK_PORT", "9003")
    settings = load_settings(toml("port = 9002\ncandidates = 7"))
    assert (settings.port, settings.candidates) == (9003, 7)


def test_arguments_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWDESK_PORT", "9003")
    assert load_settings(toml("port = 9002"), port=9004).port == 9004


def test_arguments_that_are_none_are_left_to_the_other_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWDESK_PORT", "9003")
    assert load_settings(port=None).port == 9003


def test_zero_is_an_argument_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWDESK_ANSWER_THRESHOLD", "0.7")
    assert load_settings(answer_threshold=0.0).answer_threshold == 0.0


def test_names_in_the_environment_need_the_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9005")
    assert load_settings().port != 9005


def test_languages_come_from_the_environment_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWDESK_EMBEDDING_LANGUAGES", '["zh", "ja"]')
    assert load_settings().embedding_languages == ("zh", "ja")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("port", 70_000),
        ("port", "eighty"),
        ("answer_threshold", 1.5),
        ("candidates", 0),
        ("llm_timeout_s", 0),
        ("llm_retries", -1),
        ("embedding_batch_size", 0),
        ("embedding_query_timeout_s", 0),
        ("embedding_retries", -1),
        ("max_question_chars", 0),
        ("max_file_mb", -1),
        ("language_detector", "guess"),
        ("log_private_content", "perhaps"),
    ],
)
def test_a_wrong_value_is_reported_with_its_field(field: str, value: object) -> None:
    with pytest.raises(Misconfigured, match=rf"\b{field}\b"):
        load_settings(**{field: value})  # type: ignore[arg-type]


def test_a_wrong_value_in_the_environment_is_reported_with_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWDESK_CANDIDATES", "many")
    with pytest.raises(Misconfigured, match=r"\bcandidates\b"):
        load_settings()


def test_all_wrong_fields_are_reported_at_once() -> None:
    with pytest.raises(Misconfigured) as caught:
        load_settings(toml("port = -1\nllm_retries = 99"))
    assert "port" in str(caught.value)
    assert "llm_retries" in str(caught.value)


def test_an_unknown_key_in_the_file_is_reported_by_its_name() -> None:
    with pytest.raises(Misconfigured, match="answer_treshold"):
        load_settings(toml("answer_treshold = 0.4"))


def test_an_unknown_argument_is_reported_by_its_name() -> None:
    with pytest.raises(Misconfigured, match="colour"):
        load_settings(colour="green")


def test_a_file_that_is_not_there_is_reported_by_its_name() -> None:
    with pytest.raises(Misconfigured, match=r"desk\.toml"):
        load_settings(Path("desk.toml"))


def test_a_report_says_what_to_do() -> None:
    with pytest.raises(Misconfigured) as caught:
        load_settings(port=-1)
    assert caught.value.remedy


def test_secrets_are_not_shown() -> None:
    settings = load_settings(llm_api_key="sk-confidential", embedding_api_key="te-confidential")
    assert "confidential" not in repr(settings)
    assert settings.llm_api_key.get_secret_value() == "sk-confidential"


def test_a_report_does_not_repeat_the_value() -> None:
    with pytest.raises(Misconfigured) as caught:
        load_settings(toml('llm_api_key = ["sk-confidential"]'))
    assert "confidential" not in str(caught.value)


@pytest.mark.parametrize(
    ("chosen", "told", "remedy"),
    [
        ({"embedding_model": "service:bge"}, "what serves service:bge", "Set embedding_url"),
        ({"embedding_candidates": ("service:bge",)}, "what serves service:bge", "Set embedding_url"),
        ({"embedding_url": "http://me:confidential@tei"}, "No model is of the service", "embedding_candidates"),
    ],
)
def test_a_model_of_a_service_and_its_address_need_each_other(
    chosen: dict[str, object], told: str, remedy: str
) -> None:
    with pytest.raises(Misconfigured, match=told) as caught:
        load_settings(**chosen)  # type: ignore[arg-type]
    assert remedy in caught.value.remedy
    assert "confidential" not in str(caught.value)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().port = 1


def test_broken_toml_is_reported_with_the_file() -> None:
    with pytest.raises(Misconfigured, match=r"desk\.toml"):
        load_settings(toml("port = = 9000"))


def test_a_list_that_is_not_json_is_reported_with_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWDESK_EMBEDDING_LANGUAGES", "zh,ja")
    with pytest.raises(Misconfigured, match="embedding_languages"):
        load_settings()
