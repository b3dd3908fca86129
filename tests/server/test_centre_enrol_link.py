"""The administrator's enrolment link: for one machine, on the terminal or on paper, with the centre's key."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from sqlalchemy import Engine, text

from registration.link import EnrolLink, read_enrol_link
from sync.trust import key_digest
from tests.centre import Centre
from tests.certificates import authority, write_server

URL = "https://centre.example:8460"
_BLOCKS = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1), "\xa0": (0, 0)}


def admin(centre: Centre, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "server", "admin", "--data-dir", str(centre.data_dir), *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def read_code(dark: NDArray[np.uint8]) -> str:
    """Read a code whose dark modules are 1."""
    image = np.kron(255 * (1 - dark), np.ones((6, 6))).astype(np.uint8)
    (found,) = zxingcpp.read_barcodes(np.pad(image, 48, constant_values=255))
    return str(found.text)


def on_terminal(text: str) -> NDArray[np.uint8]:
    """Return the dark modules of a code drawn by half blocks; what the terminal lights is light."""
    lines = [line for line in text.splitlines() if line.strip(" \xa0")]
    width = max(map(len, lines))
    lit = [[_BLOCKS[character][half] for character in line.ljust(width)] for line in lines for half in (0, 1)]
    return np.array(1 - np.array(lit), np.uint8)


def on_paper(svg: str) -> NDArray[np.uint8]:
    squares = [(int(x), int(y)) for x, y in re.findall(r"M(\d+),(\d+)H", svg)]
    side = max(max(square) for square in squares) + 5
    dark = np.zeros((side, side), np.uint8)
    for x, y in squares:
        dark[y, x] = 1
    return dark


def test_the_link_carries_address_code_and_key(centre: Centre, tmp_path: Path) -> None:
    cert, _, der = write_server(tmp_path, authority())
    paper = tmp_path / "code.svg"
    words = ["--url", URL, "--certificate", str(cert), "--qr", "--qr-file", str(paper)]
    done = admin(centre, "enrol-code", *words)
    answer = json.loads(done.stdout)
    expected = EnrolLink(URL, answer["enrolment_code"], key_digest(der))
    assert read_enrol_link(answer["link"]) == expected
    assert read_code(on_terminal(done.stderr)) == answer["link"]
    assert read_code(on_paper(paper.read_text("utf-8"))) == answer["link"]


def test_a_drawing_that_cannot_be_written_is_said_and_no_code_is_issued(
    centre: Centre, engine: Engine, tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "nowhere" / "code.svg")
    done = admin(centre, "enrol-code", "--hours", "77777", "--url", URL, "--qr-file", nowhere)
    assert done.returncode == 1 and json.loads(done.stderr)["code"] == "file_not_written"
    issued = text("SELECT count(*) FROM enrolment_codes WHERE expires_at > now() + interval '70000 hours'")
    with engine.connect() as connection:
        assert connection.execute(issued).scalar_one() == 0


def test_without_an_address_there_is_a_code_and_no_link(centre: Centre) -> None:
    assert list(json.loads(admin(centre, "enrol-code").stdout)) == ["enrolment_code"]


def test_a_drawn_link_needs_an_address_and_a_certificate_that_is_one(centre: Centre, tmp_path: Path) -> None:
    assert admin(centre, "enrol-code", "--qr").returncode == 1
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("no certificate", "utf-8")
    done = admin(centre, "enrol-code", "--url", URL, "--certificate", str(wrong))
    assert done.returncode == 1 and "file_unreadable" in done.stderr
