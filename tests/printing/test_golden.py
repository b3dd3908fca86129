"""Each paper looks as it did when somebody last looked at it and found it good."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.printing import golden


def opened(file: Path) -> Image.Image:
    with Image.open(file) as image:
        return image.convert("L")


def distance(a: Image.Image, b: Image.Image) -> tuple[float, float]:
    """Return the mean difference of two grey pictures and the largest of any patch of 1 mm, both of 255.

    Blurred first, so that another version of a rasteriser does not count, but a moved or changed word does.
    """
    soft = [image.convert("L").filter(ImageFilter.BoxBlur(2)) for image in (a, b)]
    difference = ImageChops.difference(*soft)
    return ImageStat.Stat(difference).mean[0], max(difference.tobytes())


@pytest.mark.parametrize("name", golden.papers())
def test_a_paper_looks_as_it_did(name):
    drawn = golden.pictures(name)
    kept = [opened(file) for file in golden.files(name)]
    assert len(drawn) == len(kept)
    for now, then in zip(drawn, kept, strict=True):
        assert now.size == then.size
        mean, most = distance(now, then)
        assert mean < 1.0
        assert most < 40


def test_a_changed_word_would_be_seen():
    (page,) = golden.pictures("receipt-a4-zh")
    changed = page.copy()
    changed.paste(255, (99, 185, 132, 202))  # the applicant's name
    assert distance(page, changed)[1] > 40


def test_no_picture_is_kept_of_a_paper_that_is_gone():
    known = set(golden.papers())
    assert {file.name.split(".")[0] for file in golden.FOLDER.glob("*.png")} == known
