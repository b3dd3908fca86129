"""The certificate of arrival: its code reads back from paper and verifies without the program."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from printing.arrival_sheet import arrival_token, render
from sync.contract import b64, sign
from sync.contract.arrival import PURPOSE, ArrivalStatement

PROGRAM = Path(__file__).resolve().parents[2] / "docs/verify_arrival.py"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = b64(KEY.public_key().public_bytes_raw())
PRINTED = datetime(2026, 11, 24, 21, 5, tzinfo=timezone(timedelta(hours=8)))
STATEMENT = ArrivalStatement(
    device_id="1f0c6a1e-9b1b-4d43-9a5e-000000000001",
    device_code="A03",
    count=128,
    digest="3b" * 32,
    first_receipt="620102-2026-A03-00001",
    last_receipt="620102-2026-A03-00131",
    audit_head="7c" * 32,
    server_time=PRINTED.timestamp(),
).model_dump()
SIGNATURE = sign(KEY, PURPOSE, STATEMENT)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROGRAM), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_code_on_the_paper_verifies_by_the_stand_alone_program(language: str) -> None:
    pdf = render(STATEMENT, SIGNATURE, language=language, printed_at=PRINTED)
    assert pdf == render(STATEMENT, SIGNATURE, language=language, printed_at=PRINTED)
    page = pypdfium2.PdfDocument(pdf)[0]
    image = cv2.cvtColor(np.asarray(page.render(scale=200 / 72).to_pil()), cv2.COLOR_RGB2GRAY)
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text == arrival_token(STATEMENT, SIGNATURE)
    done = run(PUBLIC, code.text)
    assert done.returncode == 0
    assert "count: 128" in done.stdout and "device_code: A03" in done.stdout
    text = page.get_textpage().get_text_range()
    assert "620102-2026-A03-00131" in text and "A03" in text and "2026-11-24 21:05" in text


def test_an_altered_one_another_key_and_rubbish_prove_nothing() -> None:
    token = arrival_token({**STATEMENT, "count": 129}, SIGNATURE)
    other = b64(Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    assert run(PUBLIC, token).returncode == 1
    assert run(other, arrival_token(STATEMENT, SIGNATURE)).returncode == 1
    assert run(PUBLIC, "RUBBISH!").returncode == 1
    assert run("short", arrival_token(STATEMENT, SIGNATURE)).returncode == 1


def test_every_bit_of_the_token_counts() -> None:
    spec = importlib.util.spec_from_file_location("verify_arrival", PROGRAM)
    assert spec is not None and spec.loader is not None
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    token = arrival_token(STATEMENT, SIGNATURE)
    assert program.verify(PUBLIC, token)["digest"] == STATEMENT["digest"]
    for at in range(0, len(token) - 1, 7):
        wrong = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        with pytest.raises(program.NotGenuineError):
            program.verify(PUBLIC, wrong)
