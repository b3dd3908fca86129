"""Damaged files and bombs end as pages or in words that name them, within the limit of memory."""

from __future__ import annotations

from capture.child_limits import MOST_MEMORY
from capture.errors import CaptureCode, CaptureError
from capture.imaging import ImagingPool
from registration.wording import say
from tests.hostile.bombs import bombs
from tests.hostile.endure import Endured, endured
from tests.hostile.mutations import MUTATIONS, mutated, sound_files

WITHOUT_A_WORD = {CaptureCode.IMAGING_CRASHED.value, "no answer"}


def faults(answers: list[Endured]) -> list[str]:
    found = []
    for one in answers:
        if one.outcome in WITHOUT_A_WORD or one.memory > MOST_MEMORY:
            found.append(f"{one.name}: {one.outcome}, {one.memory >> 20} MB")
        elif isinstance(one.outcome, str) and one.words_for != one.name:
            found.append(f"{one.name}: the words name {one.words_for}")
    return found


def test_a_hundred_damaged_files_of_every_kind(pool: ImagingPool):
    files = list(mutated(110, seed=20))
    assert {name.split("-")[1] for name, _ in files} == {m.__name__ for m in MUTATIONS}
    answers = list(endured(pool, files))
    assert faults(answers) == []
    pages = sum(isinstance(one.outcome, int) for one in answers)
    assert 10 < pages < 100, "the corpus tests nothing when all are refused, or none"


def test_what_the_damage_starts_from_is_sound(pool: ImagingPool):
    outcomes = {one.name: one.outcome for one in endured(pool, sound_files().items())}
    assert outcomes.pop("locked.pdf") == CaptureCode.PDF_ENCRYPTED
    assert outcomes.pop("pages.tif") == outcomes.pop("text.pdf") == outcomes.pop("scan.pdf") == 3
    assert set(outcomes.values()) == {1}


def test_bombs_get_their_due(pool: ImagingPool):
    made = list(bombs(weighty=False))
    answers = list(endured(pool, ((name, data) for name, _, data in made)))
    assert faults(answers) == []
    wrong = [
        f"{one.name}: {one.outcome}"
        for one, (_, due, _) in zip(answers, made, strict=True)
        if one.outcome not in due
    ]
    assert wrong == []


def test_every_refusal_has_words_and_a_remedy_in_both_languages():
    for code in CaptureCode:
        for language in ("zh", "en"):
            words = say(CaptureError(code, "x.jpg").problem, language)
            assert "x.jpg" in words.title + words.what
            assert words.remedy
