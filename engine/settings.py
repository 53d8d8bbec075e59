"""All settings, read from `KNOWDESK_…` environment variables or one TOML file; nothing else reads the environment."""

from __future__ import annotations

from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from engine.errors import Misconfigured

__all__ = ["Settings", "load_settings"]

CONFIG_NAME = "knowdesk.toml"


class Settings(BaseSettings):
    """Settings of one process; each field is `KNOWDESK_<NAME>` in the environment and `<name>` in the TOML file."""

    model_config = SettingsConfigDict(env_prefix="KNOWDESK_", extra="forbid", frozen=True)

    data_dir: Path = Field(Path(".knowdesk"), description="Folder of the embedded index and database.")
    database_url: str = Field("", description="SQLAlchemy URL; empty: SQLite in the data folder.")
    qdrant_url: str = Field("", description="Qdrant server; empty: Qdrant Edge in the data folder.")
    qdrant_api_key: SecretStr = SecretStr("")
    embedding_model: str = Field("", description="sentence-transformers name or path; empty: the bundled MiniLM.")
    embedding_revision: str = ""
    embedding_languages: tuple[str, ...] = Field((), description="Languages the model knows; empty: ask the model.")
    embedding_device: str = "cpu"
    embedding_batch_size: int = Field(32, ge=1, le=1024)
    language_detector: Literal["langdetect", "lingua"] = "langdetect"
    llm_base_url: str = Field("", description="OpenAI-compatible endpoint; empty: extractive answers.")
    llm_api_key: SecretStr = SecretStr("")
    llm_model: str = ""
    llm_timeout_s: float = Field(20.0, gt=0)
    llm_retries: int = Field(2, ge=0, le=10)
    candidates: int = Field(100, ge=1, le=1000, description="Hits taken from each retriever before fusion.")
    answer_threshold: float = Field(0.5, ge=0, le=1, description="Answers of lower confidence are withheld.")
    max_question_chars: int = Field(4000, ge=1)
    max_file_mb: float = Field(64.0, gt=0, description="Larger files are refused by ingestion.")
    max_text_chars: int = Field(20_000_000, ge=1)
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    log_private_content: bool = False

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Rank the sources: arguments, then the environment, then the TOML file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(config: Path | None = None, **overrides: object) -> Settings:
    """Read the settings; `overrides` (None values ignored) win over the environment, which wins over the TOML file.

    The file is `config`, or knowdesk.toml in the working folder if there is one. Misconfigured names each wrong field.
    """
    if config is not None and not config.is_file():
        raise Misconfigured(f"There is no settings file {config.name}.", remedy="Check the path given with --config.")
    path = config or Path(CONFIG_NAME)
    chosen = {name: value for name, value in overrides.items() if value is not None}

    class _FromFile(Settings):
        model_config = SettingsConfigDict(**{**Settings.model_config, "toml_file": path if path.is_file() else None})

    try:
        return _FromFile(**chosen)  # type: ignore[arg-type]
    except TOMLDecodeError as error:
        raise Misconfigured(f"{path.name} is not TOML: {error}.", remedy="Correct that line.") from error
    except SettingsError as error:
        raise Misconfigured(f"A setting cannot be read: {error}.", remedy='Lists are JSON: ["zh", "ja"].') from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        raise Misconfigured(f"Settings are wrong: {wrong}.", remedy="See the README's table of settings.") from error
