"""Killing the processes beside the window loses no page: the short form of `make kills`."""

from __future__ import annotations

from pathlib import Path

from tests.capture import kills


def test_every_shutter_of_a_burst_is_durable_though_the_imaging_process_is_killed(tmp_path: Path):
    assert kills.shutters(tmp_path, 16, 8) == kills.Survived(pages=16, kills=8)


def test_every_page_is_read_though_the_recognition_process_is_killed():
    assert kills.readings(3, 2) == kills.Survived(pages=3, kills=2)
