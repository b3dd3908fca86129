"""`python main.py` itself: it opens, leaves in order, lets no second one in, and verifies receipts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from printing.signed_token import key_id, sign_receipt
from registration.receipt import Receipt
from storage.trust import TrustEntry, write_trust
from sync.contract import b64

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}


def program(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "main.py", *words],
        check=False,
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.timeout(120)
def test_it_opens_with_its_demonstration_centre_and_takes_it_along_when_it_leaves(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    running = subprocess.Popen(
        [sys.executable, "main.py", "--data-dir", str(data_dir)], cwd=ROOT, env=ENVIRONMENT
    )
    try:
        log = tmp_path / "data-demo-centre" / "centre.log"
        until = time.monotonic() + 60
        while not (log.exists() and '"ready"' in log.read_text("utf-8")):
            assert running.poll() is None, "the program ended by itself"
            assert time.monotonic() < until, "the demonstration centre is not ready"
            time.sleep(0.05)
        second = program("--data-dir", str(data_dir))
        assert second.returncode == 1
        assert "程序已经打开" in second.stderr
        family = psutil.Process(running.pid).children(recursive=True)
        assert family, "the centre is a process of its own"
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 0
        _gone, alive = psutil.wait_procs(family, timeout=15)
        assert not alive
    finally:
        running.kill()
        running.wait(10)


def receipt() -> Receipt:
    return Receipt(
        number="620102-A01-261124-0001",
        application_id="0",
        revision=1,
        received_at=datetime(2026, 11, 24, 19, 0, tzinfo=UTC),
        applicant="张三",
        id_tail="002X",
        phone_tail="0001",
        compound="金河湾",
        property_label="1号楼 1单元 1202",
        property_address="",
        unit_code="",
        type_zh="新建商品房转移登记",
        type_en="New commodity housing transfer",
        lines=(),
        site="金河湾",
        session_title="晚间场",
        operator="王海燕",
        device_code="A01",
        materials_digest="ab" * 32,
    )


def test_a_receipt_is_verified_offline_and_a_changed_one_is_refused(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    entry = TrustEntry(public_key=b64(public), device_code="A01", status="active")
    write_trust(tmp_path, {key_id(public): entry})
    token = sign_receipt(receipt(), key)
    good = program("verify-receipt", token, "--data-dir", str(tmp_path))
    assert (good.returncode, "620102-A01-261124-0001" in good.stdout) == (0, True)
    changed = token[:20] + ("A" if token[20] != "A" else "B") + token[21:]
    bad = program("verify-receipt", changed, "--data-dir", str(tmp_path), "--lang", "en")
    assert bad.returncode == 1
    assert "张三" not in good.stdout + bad.stdout
    unknown = program("verify-receipt", token, "--data-dir", str(tmp_path / "elsewhere"))
    assert unknown.returncode == 1
    assert "不认识签发设备" in unknown.stdout
