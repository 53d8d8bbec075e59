from __future__ import annotations

from engine.patience import Patience


def test_pauses_grow_are_bounded_and_vary() -> None:
    patience = Patience(first_s=0.1, longest_s=1.0)
    pauses = [[patience.pause(failed) for _ in range(20)] for failed in range(1, 8)]
    for failed, some in enumerate(pauses):
        assert all(min(1.0, 0.1 * 2**failed) * 0.5 <= pause <= 1.0 for pause in some)
        assert len(set(some)) > 1
    assert patience.pause(1, asked_s=0.7) == 0.7
    assert patience.pause(1, asked_s=60.0) == 1.0
