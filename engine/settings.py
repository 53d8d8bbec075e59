"""All settings, read from `KNOWDESK_…` environment variables or one TOML file; nothing else reads the environment."""

from __future__ import annotations

from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Final, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from engine.errors import Misconfigured
from engine.guard.findings import PersonalKind

__all__ = ["SERVICE", "Settings", "load_settings"]

CONFIG_NAME = "knowdesk.toml"
SERVICE: Final = "service:"
"""What names of models begin with that the service at `embedding_url` runs."""


class Settings(BaseSettings):
    """Settings of one process; each field is `KNOWDESK_<NAME>` in the environment and `<name>` in the TOML file."""

    model_config = SettingsConfigDict(env_prefix="KNOWDESK_", extra="forbid", frozen=True)

    data_dir: Path = Field(Path(".knowdesk"), description="Folder of the index, the database and the jobs.")
    database_url: str = Field("", description="SQLAlchemy URL, such as PostgreSQL; empty: SQLite in the data folder.")
    database_connections: int = Field(
        10, ge=1, le=500, description="Connections to the database server that a part of one process may hold."
    )
    qdrant_url: str = Field("", description="Address of a Qdrant server; empty: Qdrant Edge in the data folder.")
    qdrant_api_key: SecretStr = Field(SecretStr(""), description="Key of the Qdrant server.")
    qdrant_prefix: str = Field(
        "knowdesk", pattern="^[A-Za-z0-9-]{1,40}$", description="What names of collections on the server begin with."
    )
    qdrant_timeout_s: float = Field(10.0, gt=0, description="How long one call of the Qdrant server may take.")
    qdrant_retries: int = Field(4, ge=0, le=20, description="How often a call of the Qdrant server is repeated.")
    qdrant_shards: int = Field(1, ge=1, description="Shards of a collection on the server that is new.")
    qdrant_replicas: int = Field(1, ge=1, description="Machines that hold each shard of a collection that is new.")
    vector_quantization: Literal["none", "int8", "binary"] = Field(
        "none",
        description="Short copies of dense vectors that are searched first, in indexes that are built anew: embedded "
        "from 20,000 chunks on (int8 only), on a Qdrant server always.",
    )
    embedding_model: str = Field(
        "",
        description="Name or path for sentence-transformers, or service:NAME; empty: the bundled encoder.",
    )
    embedding_revision: str = Field("", description="Revision of a model on the hub, or as the service names it.")
    embedding_languages: tuple[str, ...] = Field((), description="Languages the model knows; empty: ask the model.")
    embedding_device: str = Field("cpu", description="Where torch models run, such as cuda.")
    embedding_candidates: tuple[str, ...] = Field(
        ("bundled",),
        description="Models that HTTP may bring into use; bundled: the encoder that comes along.",
    )
    embedding_url: str = Field(
        "",
        description="Service of the models named service:NAME: text-embeddings-inference, vLLM, or OpenAI's protocol.",
    )
    embedding_api_key: SecretStr = Field(SecretStr(""), description="Key of the embedding service.")
    embedding_timeout_s: float = Field(
        60.0, gt=0, description="How long the embedding service may take for a batch, repetitions included."
    )
    embedding_query_timeout_s: float = Field(
        3.0, gt=0, description="After that a query is searched by its words alone."
    )
    embedding_retries: int = Field(
        6, ge=0, le=20, description="How often a failed call of the embedding service is repeated."
    )
    embedding_query_prefix: str = Field(
        "", description="What stands before queries sent to the service, as models such as E5 and BGE need it."
    )
    embedding_passage_prefix: str = Field("", description="What stands before passages sent to the service.")
    embedding_batch_size: int = Field(
        32, ge=1, le=1024, description="Texts that torch models embed at a time, or a request to the service holds."
    )
    embedding_backend: Literal["auto", "onnx", "torch"] = Field(
        "auto", description="What runs transformers; auto: ONNX Runtime after `knowdesk encoder prepare`, else torch."
    )
    embedding_precision: Literal["fp32", "int8"] = Field(
        "fp32", description="int8: the quicker variant of a prepared model, with an index of its own."
    )
    embedding_threads: int = Field(
        0,
        ge=0,
        le=1024,
        description="Texts that ONNX Runtime embeds at a time (0: one a core), or requests to the service (0: 4).",
    )
    embedding_provider: str = Field(
        "CPUExecutionProvider", min_length=1, description="Execution provider of ONNX Runtime."
    )
    encoder_dir: Path = Field(Path("~/.cache/knowdesk/encoders"), description="Folder of prepared encoders.")
    language_detector: Literal["langdetect", "lingua"] = Field(
        "langdetect", description="What tells languages of one script apart; lingua is an extra."
    )
    llm_base_url: str = Field("", description="OpenAI-compatible endpoint; empty: extractive answers.")
    llm_api_key: SecretStr = Field(SecretStr(""), description="Key of the language model's endpoint.")
    llm_model: str = Field("", description="Name of the language model.")
    llm_timeout_s: float = Field(20.0, gt=0, description="After that the extractive answer is given, with a note.")
    llm_retries: int = Field(2, ge=0, le=10, description="How often a failed call of the language model is repeated.")
    candidates: int = Field(100, ge=1, le=1000, description="Hits taken from each retriever before fusion.")
    reranker: str = Field(
        "late_interaction",
        min_length=1,
        description="What orders the best candidates anew: late_interaction, token by token; none; or a cross-encoder "
        "of sentence-transformers by name or path.",
    )
    accepted_error: float = Field(
        0.23, ge=0, le=1, description="Answers are withheld so that at most this share of those given is wrong."
    )
    answer_threshold: float | None = Field(
        None, ge=0, le=1, description="Withhold answers of lower confidence, whatever the accepted error."
    )
    max_question_chars: int = Field(4000, ge=1, description="Longer questions and queries are refused.")
    sentiment_model: str = Field(
        "", description="Text classifier for transformers, name or path; empty: cues and the bundled encoder."
    )
    intent_encoder: Literal["both", "bundled"] = Field(
        "both", description="What tells intents apart in English: MiniLM beside the bundled encoder, or that alone."
    )
    quarantine: Literal["passage", "sentence", "off"] = Field(
        "sentence", description="What answers leave out of knowledge that speaks to the language model."
    )
    check_packs: tuple[str, ...] = Field(
        (), description="Rules that replies are checked by: shipped packs, TOML files by their paths; empty: general."
    )
    max_file_mb: float = Field(64.0, gt=0, description="Larger files are refused by ingestion.")
    max_text_chars: int = Field(20_000_000, ge=1, description="Files with more text are refused by ingestion.")
    url_allowed_hosts: tuple[str, ...] = Field(
        (), description="Only these hosts are fetched from; empty: any public one."
    )
    url_allow_private: bool = Field(
        False, description="Fetch from private and loopback addresses too, as of an intranet."
    )
    url_delay_s: float = Field(0.5, ge=0, le=30, description="Least time between two requests to a host.")
    url_proxy: str = Field("", description="http proxy for fetching; the environment's are not used.")
    ocr_engine: Literal["rapidocr", "tesseract"] = Field(
        "rapidocr", description="What reads images; scripts unknown to RapidOCR go to Tesseract where it is installed."
    )
    ocr_languages: tuple[str, ...] = Field((), description="Languages to expect on images (BCP 47); empty: any.")
    ocr_max_pixels: int = Field(50_000_000, ge=10_000, le=170_000_000, description="Images with more are refused.")
    ocr_threads: int = Field(1, ge=1, le=64, description="Threads of one process that reads images.")
    parse_workers: int = Field(
        2, ge=0, le=64, description="Processes that parse; 0: parse in the main one, without the limits below."
    )
    parse_time_limit_s: float = Field(
        120.0, gt=0, description="For a file, of PDFs and images for each page; each MB of the file adds 10 s."
    )
    parse_memory_mb: float = Field(1024.0, ge=100, description="Memory of one process that parses.")
    job_concurrency: int = Field(
        2, ge=0, le=64, description="Jobs that a process runs at the same time; 0: it leaves them to other processes."
    )
    job_stalled_after_s: float = Field(
        30.0, ge=5, description="A job without a sign of life for so long is shown as stalled."
    )
    job_retention_days: float = Field(7.0, ge=0, le=36_500, description="How long ended jobs are remembered.")
    job_places: tuple[str, ...] = Field((), description="Folders and storages that jobs sent over HTTP may read.")
    host: str = Field(
        "127.0.0.1", description="Address that `serve` listens on; loopback only unless `auth` is required."
    )
    port: int = Field(8080, ge=0, le=65535, description="Port that `serve` listens on; 0: any that is free.")
    retention_days: float = Field(
        0.0, ge=0, le=36_500, description="Conversations in which nothing was said for so long are erased; 0: never."
    )
    masking: Literal["off", "llm", "storage", "both"] = Field(
        "llm",
        description="Where placeholders stand for personal data that customers and agents write: in what the language "
        "model is sent (its replies get the data back), in what is stored, or in both.",
    )
    masking_kinds: tuple[PersonalKind, ...] = Field((), description="What is masked; empty: all but plain links.")
    encryption_keys: SecretStr = Field(
        SecretStr(""),
        description="Keys with commas between them, or a file with a key a line, that what people wrote is encrypted "
        "with; the first one writes, all read; empty: it is stored as it is.",
    )
    insights_hours: float = Field(
        24.0, ge=0, description="How often a server reads new questions for topics and gaps; 0: on request only."
    )
    proactive_rules: Path | None = Field(
        None, description="TOML file with the rules of proactive messages; empty: the shipped ones."
    )
    evaluations_dir: str = Field(
        "", description="Folder of runs of `knowdesk eval run` that the console shows; empty: none."
    )
    auth: Literal["open", "required"] = Field(
        "open", description="Whether callers of the HTTP API must send a key or a token; open: on loopback only."
    )
    jwt_issuer: str = Field("", description="Who issues the tokens that are accepted beside keys; empty: nobody.")
    jwt_audience: str = Field("", description="What tokens must name as their audience.")
    jwt_keys: str = Field("", description="The issuer's public keys: address or path of a JWKS document.")
    jwt_roles_claim: str = Field("roles", description="Claim with the roles, a list or words.")
    jwt_tenant_claim: str = Field("", description="Claim with the tenant; empty: tokens are for the default tenant.")
    jwt_access_claim: str = Field("", description="Claim with the access lists; empty: tokens see all documents.")
    inbound_chatwoot_secret: SecretStr = Field(
        SecretStr(""), description="Chatwoot's secret of the bot; empty: its events are taken unsigned."
    )
    inbound_ticket_secret: SecretStr = Field(
        SecretStr(""), description="Secret (whsec_…) that tickets are signed with; empty: they are taken unsigned."
    )
    page_origins: tuple[str, ...] = Field(
        (), description="Origins of pages, such as of your desk, that may call with keys that are not public."
    )
    visitor_rate_limits: str = Field(
        "30/minute; 500/day", description="What each visitor with a public key may send, by address; empty: no limit."
    )
    mcp_allowed_hosts: tuple[str, ...] = Field(
        (), description="Names under which `/mcp`, and a server without keys, may be reached beside loopback."
    )
    request_timeout_s: float = Field(60.0, gt=0, description="Requests that take longer end with 504.")
    concurrent_requests: int = Field(
        0, ge=0, le=1000, description="Requests worked on at the same time; 0: 8, with a language model 32."
    )
    queued_requests: int = Field(64, ge=0, description="Requests that may wait for that; more get 503 at once.")
    queue_wait_s: float = Field(10.0, ge=0, description="After that a request that waits gets 503.")
    answer_cache: int = Field(
        0, ge=0, le=100_000, description="Answers kept in memory to be given again while nothing has changed; 0: none."
    )
    embedding_cache: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Queries whose vectors are kept in memory, unless the model is static; 0: none.",
    )
    shutdown_timeout_s: int = Field(30, ge=1, description="Time for open requests to end when `serve` is stopped.")
    rate_limits: str = Field(
        "", description='What each caller may send, such as "120/minute; 50000/day"; empty: as much as they like.'
    )
    tenant_rate_limits: str = Field("", description="What all callers of a tenant may send together.")
    rate_limit_url: SecretStr = Field(
        SecretStr(""),
        description="Redis that counts for several processes, or `database`; empty: each counts for itself.",
    )
    ready_needs_llm: bool = Field(
        True, description="`/health/ready` says 503 while the language model, or embedding service, cannot be reached."
    )
    otel_endpoint: str = Field("", description="Address that takes traces over OTLP/HTTP; empty: no traces.")
    log_format: Literal["text", "json"] = Field("text", description="How the log is written to stderr.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="From which level on; `info` has a line for each request."
    )
    log_private_content: bool = Field(False, description="Let questions and documents into the log.")

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
        settings = _FromFile(**chosen)  # type: ignore[arg-type]
    except TOMLDecodeError as error:
        raise Misconfigured(f"{path.name} is not TOML: {error}.", remedy="Correct that line.") from error
    except SettingsError as error:
        raise Misconfigured(f"A setting cannot be read: {error}.", remedy='Lists are JSON: ["zh", "ja"].') from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        raise Misconfigured(f"Settings are wrong: {wrong}.", remedy="See the README's table of settings.") from error
    _check_service(settings)
    return settings


def _check_service(settings: Settings) -> None:
    """Raise Misconfigured for a model of a service without an address, and for an address that no model uses."""
    served = [each for each in (settings.embedding_model, *settings.embedding_candidates) if each.startswith(SERVICE)]
    if served and not settings.embedding_url:
        raise Misconfigured(f"No address is set of what serves {served[0]}.", remedy="Set embedding_url.")
    if settings.embedding_url and not served:
        raise Misconfigured(
            "No model is of the service at embedding_url.",
            remedy="Set embedding_model to service:NAME, or name that in embedding_candidates.",
        )
