from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.errors import BackendFailed
from engine.observability import ROOT_LOGGER, Stopwatch, configure_logging, get_logger, private
from engine.serving import Served, serving


@pytest.fixture(autouse=True)
def _restored_logging() -> Iterator[None]:
    logger = logging.getLogger(ROOT_LOGGER)
    before = (logger.handlers[:], logger.level, logger.propagate)
    yield
    logger.handlers[:], logger.level, logger.propagate = before


def ticking(*times: float) -> Stopwatch:
    return Stopwatch(clock=iter(times).__next__)


def test_a_stage_takes_the_time_between_entry_and_exit() -> None:
    watch = ticking(1.0, 1.5, 2.0, 2.25)
    with watch.stage("embed"):
        pass
    with watch.stage("search"):
        pass
    assert watch.timings_ms == {"embed": 500.0, "search": 250.0}
    assert list(watch.timings_ms) == ["embed", "search"]


def test_a_stage_that_runs_twice_adds_up() -> None:
    watch = ticking(0.0, 0.001, 5.0, 5.002)
    for _ in range(2):
        with watch.stage("search"):
            pass
    assert watch.timings_ms == {"search": 3.0}


def test_a_stage_that_raises_is_counted() -> None:
    watch = ticking(0.0, 2.0)
    with pytest.raises(ZeroDivisionError), watch.stage("search"):
        _ = 1 / 0
    assert watch.timings_ms == {"search": 2000.0}


def test_timings_are_a_copy() -> None:
    watch = Stopwatch()
    watch.timings_ms["made up"] = 1.0
    assert watch.timings_ms == {}


def logged(private_content: bool, *args: object, message: str = "asked %s") -> str:
    stream = io.StringIO()
    configure_logging(private_content=private_content, level=logging.INFO, stream=stream)
    get_logger("engine.service").info(message, *args)
    return stream.getvalue()


def test_private_content_is_a_length_by_default() -> None:
    line = logged(False, private("where is it?"))
    assert line.endswith("INFO knowdesk.engine.service asked <12 chars>\n")


def test_private_content_shows_where_it_is_wanted() -> None:
    assert "asked where is it?" in logged(True, private("where is it?"))
    assert "asked where is it? at 5" in logged(
        True, {"q": private("where is it?"), "n": 5}, message="asked %(q)s at %(n)d"
    )


def test_messages_without_arguments_pass() -> None:
    assert logged(True, message="started").endswith("started\n")
    assert logged(False, message="started").endswith("started\n")


@pytest.mark.parametrize("form", ["{}", "{!r}", "{!s}"])
def test_private_content_hides_from_every_formatting(form: str) -> None:
    assert form.format(private("secret")) == "<6 chars>"
    assert str([private("secret")]) == "[<6 chars>]"


def raised(private_content: bool) -> str:
    stream = io.StringIO()
    configure_logging(private_content=private_content, stream=stream)
    try:
        try:
            raise ValueError("quoting secret")
        except ValueError as error:
            raise BackendFailed("The store failed.") from error
    except BackendFailed:
        get_logger("x").exception("failed")
    return stream.getvalue()


def test_messages_of_foreign_exceptions_are_left_out() -> None:
    text = raised(False)
    assert "secret" not in text.replace('raise ValueError("quoting secret")', "")
    assert "ValueError\nfollowed by:" in text
    assert text.endswith("BackendFailed: The store failed.\n")
    assert "in raised" in text


def test_messages_of_foreign_exceptions_show_where_they_are_wanted() -> None:
    assert "ValueError: quoting secret" in raised(True)


def test_another_handlers_rendering_does_not_leak() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)
    logger = logging.getLogger(ROOT_LOGGER)
    logger.handlers.insert(0, logging.StreamHandler(io.StringIO()))
    secret = "secret"
    try:
        raise ValueError(secret)
    except ValueError:
        logger.exception("failed")
    assert stream.getvalue().endswith("\nValueError\n")


def test_a_hidden_context_stays_hidden() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)
    try:
        try:
            raise KeyError
        except KeyError:
            raise BackendFailed("Failed.") from None
    except BackendFailed:
        get_logger("x").exception("failed")
    assert "followed by:" not in stream.getvalue()


def test_configuring_again_replaces_the_handler() -> None:
    configure_logging()
    configure_logging()
    assert len(logging.getLogger(ROOT_LOGGER).handlers) == 1


def test_lower_levels_are_left_out() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)
    get_logger("x").info("started")
    assert stream.getvalue() == ""


def _logged(*, private_content: bool) -> list[dict[str, str]]:
    stream = io.StringIO()
    configure_logging(stream=stream, as_json=True, private_content=private_content)
    logger = get_logger("shop")
    with serving(Served("call-7")):
        logger.warning("asked %s in %s", private("Where is\nmy order?"), "en")
    try:
        raise ValueError("quotes my order")
    except ValueError:
        logger.exception("it failed")
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_json_has_one_object_a_line_and_nothing_private() -> None:
    asked, failed = _logged(private_content=False)
    assert asked["message"] == "asked <18 chars> in en"
    assert (asked["level"], asked["logger"], asked["request_id"]) == ("warning", "knowdesk.shop", "call-7")
    assert datetime.fromisoformat(asked["time"]).tzinfo is UTC
    assert "request_id" not in failed
    assert failed["error"].endswith("ValueError")


def test_json_reveals_what_is_private_where_that_is_wanted() -> None:
    asked, failed = _logged(private_content=True)
    assert asked["message"] == "asked Where is\nmy order? in en"
    assert failed["error"].endswith("quotes my order")


def test_other_logs_can_be_sent_the_same_way() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream, as_json=True, names=("knowdesk.server",))
    logging.getLogger("knowdesk.server").warning("started")
    assert json.loads(stream.getvalue())["message"] == "started"
    logging.getLogger("knowdesk.server").handlers.clear()
    logging.getLogger("knowdesk.server").propagate = True
