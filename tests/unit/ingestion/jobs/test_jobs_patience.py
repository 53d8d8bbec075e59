from __future__ import annotations

import pytest

from engine.errors import BackendFailed, InvalidInput
from ingestion.jobs.patience import Patience
from ingestion.jobs.pulse import Stopped

PATIENCE = Patience(attempts=5, first_s=1.0, longest_s=4.0)


class _Flaky:
    """Raises so many times, then returns 42."""

    def __init__(self, times: int, error: BaseException | None = None) -> None:
        self.times, self.calls = times, 0
        self.error = error or BackendFailed("Away.", remedy="Wait.")

    def __call__(self) -> int:
        self.calls += 1
        if self.calls <= self.times:
            raise self.error
        return 42


def test_what_works_is_called_once() -> None:
    pauses: list[float] = []
    assert PATIENCE.retrying(pauses.append)(function := _Flaky(0)) == 42
    assert (function.calls, pauses) == (1, [])


def test_pauses_double_up_to_the_longest() -> None:
    pauses, told = list[float](), list[str]()
    assert PATIENCE.retrying(pauses.append, told.append)(_Flaky(4)) == 42
    assert pauses == [1.0, 2.0, 4.0, 4.0]
    assert told == ["Away."] * 4


def test_at_last_the_error_itself_is_raised() -> None:
    function, pauses = _Flaky(99), list[float]()
    with pytest.raises(BackendFailed, match="Away"):
        PATIENCE.retrying(pauses.append)(function)
    assert (function.calls, len(pauses)) == (5, 4)


@pytest.mark.parametrize("error", [InvalidInput("Broken."), Stopped(), KeyError("x")])
def test_what_cannot_pass_is_raised_at_once(error: BaseException) -> None:
    function = _Flaky(1, error)
    with pytest.raises(type(error)):
        PATIENCE.retrying(lambda _: None)(function)
    assert function.calls == 1


def test_a_pause_may_be_broken_off() -> None:
    def broken(_: float) -> None:
        raise Stopped

    function = _Flaky(9)
    with pytest.raises(Stopped):
        PATIENCE.retrying(broken)(function)
    assert function.calls == 1
