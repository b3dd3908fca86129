"""The quality gate speaks where something is wrong with a page, and only there."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from capture.encode import Format, Squared
from capture.pages import FindingKind, Severity
from capture.quality import judge
from tests.capture.test_encode import page_under_a_lamp


def said(picture: np.ndarray, dpi: float = 200.0, cut_off: bool = False, found: bool = True):
    return {f.kind: f for f in judge(Squared(picture, Format.A4, dpi), cut_off, found)}


def test_nothing_is_said_of_a_good_page():
    assert said(page_under_a_lamp()) == {}


@pytest.mark.parametrize(("blur", "severity"), [(2.5, Severity.WARN), (5.0, Severity.STOP)])
def test_blur(blur: float, severity: Severity):
    finding = said(cv2.GaussianBlur(page_under_a_lamp(), (0, 0), blur))[FindingKind.BLURRED]
    assert finding.severity is severity
    assert finding.measured < finding.limit


def test_grain_does_not_pass_for_sharpness():
    rng = np.random.default_rng(1)
    blurred = cv2.GaussianBlur(page_under_a_lamp(), (0, 0), 5)
    grainy = np.clip(blurred + rng.normal(0, 3, blurred.shape), 0, 255).astype(np.uint8)
    assert FindingKind.BLURRED in said(grainy)


def test_glare():
    page = (page_under_a_lamp() * 0.8).astype(np.uint8)
    yy, xx = np.mgrid[0 : page.shape[0], 0 : page.shape[1]]
    spot = 200 * np.exp(-(((xx - 400) / 110) ** 2 + ((yy - 500) / 80) ** 2))
    burnt = np.clip(page + spot[..., None], 0, 255).astype(np.uint8)
    assert said(page) == {}
    assert FindingKind.GLARE in said(burnt)


def test_glare_in_an_empty_margin_takes_nothing_away():
    page = (page_under_a_lamp() * 0.8).astype(np.uint8)
    page[900:] = page[850]  # no stamp
    yy, xx = np.mgrid[0 : page.shape[0], 0 : page.shape[1]]
    spot = 200 * np.exp(-(((xx - 400) / 110) ** 2 + ((yy - 1020) / 60) ** 2))
    assert said(np.clip(page + spot[..., None], 0, 255).astype(np.uint8)) == {}


def test_a_blank_sheet_that_runs_out_of_the_picture_is_blank():
    rng = np.random.default_rng(4)
    sheet = np.clip(rng.normal((150, 90, 130), 4, (827, 1169, 3)), 0, 255).astype(np.uint8)
    # What lies beyond the picture comes out white; its border with the sheet is not ink.
    cv2.fillPoly(sheet, [np.array([[900, 0], [1169, 0], [1169, 300]], np.int32)], (255, 255, 255))
    assert FindingKind.BLANK in said(sheet)


def test_another_sheet_beside_it():
    page = Squared(page_under_a_lamp(), Format.A4, 200.0)
    (finding,) = judge(page, cut_off=False, found=True, second_sheet=0.97)
    assert finding.kind is FindingKind.DOUBLED
    assert judge(page, cut_off=False, found=True, second_sheet=0.1) == ()


def test_ink_that_burnt_out_paper_has_eaten():
    page = page_under_a_lamp().astype(np.float32)
    page = page / page.max(axis=(0, 2), keepdims=True) * 254  # white paper in full, even light
    light = np.clip((np.arange(page.shape[0]) - 350) / 150, 0, 1) * 215
    washed = np.clip(page + light[:, None, None], 0, 255).astype(np.uint8)
    assert FindingKind.GLARE not in said(np.clip(page, 0, 255).astype(np.uint8))
    assert FindingKind.GLARE in said(washed)


@pytest.mark.parametrize(("factor", "severity"), [(0.3, Severity.WARN), (0.12, Severity.STOP)])
def test_darkness(factor: float, severity: Severity):
    dark = (page_under_a_lamp() * factor).astype(np.uint8)
    assert said(dark)[FindingKind.TOO_DARK].severity is severity


def test_a_blank_page():
    rng = np.random.default_rng(2)
    blank = np.clip(rng.normal(235, 3, (1169, 827, 3)), 0, 255).astype(np.uint8)
    assert set(said(blank)) == {FindingKind.BLANK}


@pytest.mark.parametrize(("dpi", "severity"), [(150.0, Severity.WARN), (30.0, Severity.STOP)])
def test_too_few_pixels(dpi: float, severity: Severity):
    assert said(page_under_a_lamp(), dpi)[FindingKind.TOO_SMALL].severity is severity


def test_a_corner_outside_and_a_page_not_found_are_passed_on():
    kinds = set(said(page_under_a_lamp(), cut_off=True, found=False))
    assert kinds == {FindingKind.CORNER_CUT_OFF, FindingKind.PAGE_NOT_FOUND}
