from __future__ import annotations

import io

import pytest
from PIL import Image

from engine.domain.form import FormCheck, FormVerdict
from engine.errors import Misconfigured
from evals.bench import slips as rendering
from evals.bench.forms_command import bench_forms
from evals.bench.slips import DEFECTS, find_font, slips


def test_slips_are_the_same_for_a_seed_and_have_every_defect() -> None:
    try:
        font = find_font()
    except Misconfigured as error:
        pytest.skip(str(error))
    made = list(slips(len(DEFECTS), seed=1, font=font))
    assert made == list(slips(len(DEFECTS), seed=1, font=font))
    assert [each.defect for each in made] == list(DEFECTS)
    assert {each.verdict for each in made} == set(FormVerdict)
    assert {each.language for each in made} == {"en", "zh", "ja"}
    assert all(Image.open(io.BytesIO(each.image)).width > 600 for each in made)
    right = bench_forms(made, lambda slip: FormCheck(slip.verdict, slip.language, ()))
    assert (right["right"], right["wrong"]) == (1.0, [])
    accepting = bench_forms(made, lambda slip: FormCheck(FormVerdict.ACCEPT, slip.language, ()))
    assert accepting["right"] == round(5 / len(DEFECTS), 3)


def test_without_a_font_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_FOLDERS", ())
    with pytest.raises(Misconfigured, match="fonts-noto-cjk"):
        find_font()
