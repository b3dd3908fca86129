"""docs/verify_receipt.py, by which anyone may check a receipt: a hundred lines that agree with the window."""

from __future__ import annotations

import ast
import base64
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from printing import samples, signed_token
from printing.signed_token import Kind, sign_receipt
from registration.errors import InputError

PROGRAM = Path(__file__).resolve().parents[2] / "docs/verify_receipt.py"
RECEIPT = samples.ordinary()
ENTRIES = {
    key: {
        "public_key": base64.urlsafe_b64encode(trusted.public_key).decode().rstrip("="),
        "device_code": trusted.device_code,
        "status": trusted.status,
    }
    for key, trusted in samples.TRUST.items()
}
REVOKED = {key: {**entry, "status": "revoked"} for key, entry in ENTRIES.items()}


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_receipt", PROGRAM)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_fits_on_a_page_and_needs_the_standard_library_and_cryptography_alone():
    text = PROGRAM.read_text("utf-8")
    assert len(text.splitlines()) <= 100
    tree = ast.parse(text)
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= {*sys.stdlib_module_names, "cryptography"}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("count", [1, 2, 255])
def test_it_reads_what_the_window_signs(verifier, kind, count):
    token = sign_receipt(RECEIPT, samples._KEY, print_count=count, kind=kind)
    for scanned in (token, f"{samples.VERIFY_URL}#{token}", f" {token}\n"):
        said = verifier.verify(scanned, ENTRIES)
        assert said["number"] == RECEIPT.number
        assert said["received"] == RECEIPT.received_at.replace(microsecond=0).isoformat()
        assert RECEIPT.materials_digest.startswith(said["materials"])
        assert (said["print"], said["device"]) == (str(count), "A03")
    assert verifier.KINDS[kind] == said["kind"]


def refused(verifier: ModuleType, token: str, trust: dict[str, dict[str, str]]) -> bool:
    try:
        verifier.verify(token, trust)
    except verifier.NotGenuineError:
        return True
    return False


def test_each_single_bit_that_is_changed_is_refused_as_the_window_refuses_it(verifier):
    raw = verifier.decode(RECEIPT.token)
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        token = base64.b32encode(bytes(changed)).decode().rstrip("=")
        assert refused(verifier, token, ENTRIES), bit
        with pytest.raises(InputError):
            signed_token.verify(token, samples.TRUST)


@pytest.mark.parametrize("token", ["", "x", "A" * 200, RECEIPT.token.lower(), RECEIPT.token[:-1], "收件"])
def test_what_is_no_token_is_refused(verifier, token):
    assert refused(verifier, token, ENTRIES)


def test_a_revoked_and_an_unknown_key_refuse(verifier):
    assert refused(verifier, RECEIPT.token, REVOKED)
    assert refused(verifier, RECEIPT.token, {})
    swapped = {key: {**entry, "public_key": "A" * 43} for key, entry in ENTRIES.items()}
    assert refused(verifier, RECEIPT.token, swapped)


@pytest.mark.parametrize(("trust", "status"), [(ENTRIES, 0), (REVOKED, 1)])
def test_it_runs_alone(tmp_path, trust, status):
    file = tmp_path / "trust.json"
    file.write_text(json.dumps(trust), "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), str(file), f"{samples.VERIFY_URL}#{RECEIPT.token}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == status
    assert (RECEIPT.number in done.stdout) == (status == 0)
    assert ("revoked" in done.stderr) == (status == 1)
    missing = [sys.executable, "-I", str(PROGRAM)]
    assert subprocess.run(missing, capture_output=True, check=False).returncode == 1
