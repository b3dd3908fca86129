"""A centre put back to yesterday: what windows know better is taken again, no number is given out twice."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from server.errors import RefusedError
from server.sealing import seal, unseal
from sync.contract import sha256_hex
from tests.centre import Centre, start_centre
from tests.server.window import Page, Window

ROOT = Path(__file__).parents[2]
PASSPHRASE = "河湾东路的老槐树 1988"


def admin(data_dir: Path, *words: str, passphrase: str = PASSPHRASE) -> tuple[int, Any]:
    """Run an administrator's command; return its status and what it printed, refused or not."""
    done = subprocess.run(
        [sys.executable, "-m", "server", "admin", "--data-dir", str(data_dir), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | {"JILAI_BACKUP_PASSPHRASE": passphrase},
    )
    printed = done.stdout if done.returncode == 0 else done.stderr
    return done.returncode, json.loads(printed) if printed.startswith("{") else printed


def deliver(window: Window, **more: Any) -> tuple[dict[str, Any], list[Page], dict[str, Any]]:
    """Send one application with its pages; return the event, the pages and the acknowledgement."""
    pages = window.pages(size=40)
    event = window.event(pages, **more)
    assert window.outcome(event)["result"] == "applied"
    window.upload_all(pages)
    (held,) = window.acknowledgements(event["application_id"])["acknowledgements"]
    return event, pages, held


def accepted(centre: Centre, event: dict[str, Any]) -> str:
    answer = centre.admin("accept", event["application_id"])
    assert isinstance(answer, dict)
    return str(answer["acceptance_number"])


def test_a_centre_restored_from_a_backup_gets_back_what_it_lost(tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    with start_centre(tmp_path, accept_after=3600) as centre:
        window = Window(centre.url)
        window.enrol(centre.enrolment_code)
        before = deliver(window)
        first_number = accepted(centre, before[0])
        status, made = admin(centre.data_dir, "backup", "--out", str(backups))
        assert (status, made["pages"], made["pages_copied"]) == (0, 10, 10)

        # What the backup does not know: a case, another block of numbers, an acceptance, and news of it.
        block = window.post("/v1/number-blocks", {"after": 5000, "left": 1}).json
        number = f"620102-{window.device_code}-261124-{block['first']}"
        after = deliver(window, receipt_number=number)
        lost_number = accepted(centre, after[0])
        _, cursor = window.all_changes()
        epoch = window.changes(cursor)["epoch"]
        status, second = admin(centre.data_dir, "backup", "--out", str(backups))
        assert (status, second["pages"], second["pages_copied"]) == (0, 20, 10)  # each page is copied once

    for folder in backups.glob("20*"):
        for file in folder.iterdir():  # neither facts nor keys lie open
            content = file.read_bytes()
            assert "张立群".encode() not in content
            assert (centre.data_dir / "keys/signing.key").read_bytes().hex().encode() not in content
    taken = datetime.fromisoformat(made["taken_at"]).timestamp()
    assert before[2]["statement"]["server_time"] > taken  # the margin: nothing is left out by a breath
    for digest in (sha256_hex(page.data) for page in after[1]):
        (backups / "pages" / digest[:2] / digest).unlink()
    shutil.rmtree(centre.data_dir)

    status, back = admin(centre.data_dir, "restore", "--from", str(backups), "--backup", made["name"])
    assert (status, back["applications"], back["pages_missing"]) == (0, 1, 0)
    with start_centre(tmp_path, accept_after=3600) as again:
        window.url = again.url
        health = window.plain("GET", "/v1/health").json
        assert health["epoch"] != epoch
        assert health["resend_after"] == pytest.approx(taken)
        assert health["server_key"] == window.answer["server_key"]
        results = [outcome["result"] for outcome in window.send(before[0], after[0]).json["outcomes"]]
        assert results == ["already_had", "applied"]  # in spite of numbers reserved in the lost day
        window.upload_all(after[1])
        held = window.acknowledgements(after[0]["application_id"])["acknowledgements"]
        assert held[0]["statement"]["digests"] == after[2]["statement"]["digests"]
        digest = sha256_hex(before[1][0].data)
        assert (again.data_dir / "pages" / digest[:2] / digest).read_bytes() == before[1][0].data

        number = accepted(again, after[0])
        assert number > lost_number > first_number  # never a number that is on somebody's paper already
        items, _ = window.all_changes(cursor)  # an old cursor misses nothing that is new
        assert [i["body"]["acceptance_number"] for i in items if i["kind"] == "status"] == [number]
        other = Window(again.url)
        other.enrol(again.enrolment_code)
        assert other.device_code not in {window.device_code, "A02"}


def test_a_restore_cut_short_is_begun_again_and_the_centre_waits_for_it(tmp_path: Path) -> None:
    with start_centre(tmp_path, accept_after=3600) as centre:
        window = Window(centre.url)
        window.enrol(centre.enrolment_code)
        event, _, _ = deliver(window)
        backups = tmp_path / "backups"
        assert admin(centre.data_dir, "backup", "--out", str(backups))[0] == 0
        status, refused = admin(centre.data_dir, "backup", "--out", str(backups), passphrase="short")
        assert (status, refused["code"]) == (1, "passphrase_short")
        (tmp_path / "a file").touch()
        status, refused = admin(centre.data_dir, "backup", "--out", str(tmp_path / "a file"))
        assert (status, refused["code"]) == (1, "backup_failed")
    source = ("restore", "--from", str(backups))
    assert admin(centre.data_dir, *source)[1]["code"] == "restore_not_empty"
    (centre.data_dir / "restoring").write_text("cut short")  # as after a kill between database and new life
    status, words = admin(centre.data_dir, "list")
    assert (status, "restore_unfinished" in words) == (1, True)
    with pytest.raises(RuntimeError, match="restore_unfinished"):
        start_centre(tmp_path)
    (folder,) = backups.glob("20*")
    folder.rename(backups / "kept for good")  # by whatever name
    assert admin(centre.data_dir, *source)[1]["applications"] == 1
    with start_centre(tmp_path, accept_after=3600) as again:
        window.url = again.url
        assert window.outcome(event)["result"] == "already_had"

    empty = tmp_path / "elsewhere"
    assert admin(empty, *source, passphrase="another passphrase")[1]["code"] == "backup_unreadable"
    assert admin(empty, "restore", "--from", str(tmp_path))[1]["code"] == "backup_missing"
    (empty / "keys").mkdir(parents=True, exist_ok=True)
    (empty / "keys/signing.key").write_bytes(b"k" * 32)
    assert admin(empty, *source)[1]["code"] == "restore_foreign"
    (listed,) = backups.glob("*/pages.txt")
    kept = listed.read_text("ascii")
    listed.write_text(kept + "../../elsewhere 5\n", "ascii")  # a list that somebody has written in
    assert admin(empty, *source)[1]["code"] == "backup_unreadable"
    listed.write_text(kept, "ascii")
    (facts,) = backups.glob("*/facts.sealed")
    facts.write_bytes(facts.read_bytes()[:-1])
    assert admin(empty, *source)[1]["code"] == "backup_unreadable"
    assert not (empty / "pages").exists()


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (2 << 20) + 5])
def test_what_is_sealed_comes_back_and_every_change_shows(size: int) -> None:
    plain, sealed = os.urandom(size), io.BytesIO()
    seal(io.BytesIO(plain), sealed, PASSPHRASE)
    whole = sealed.getvalue()
    assert b"".join(unseal(io.BytesIO(whole), PASSPHRASE)) == plain
    piece = (1 << 20) + 16
    damaged = [whole[:-1], whole + b"x", whole[:-1] + bytes([whole[-1] ^ 1]), whole[:20], b""]
    if size > 2 << 20:
        damaged.append(whole[: 31 + piece])  # cut between two pieces
        damaged.append(whole[:31] + whole[31 + piece : 31 + 2 * piece] + whole[31 : 31 + piece])
    for wrong in damaged:
        with pytest.raises(RefusedError, match="backup_unreadable"):
            list(unseal(io.BytesIO(wrong), PASSPHRASE))
    with pytest.raises(RefusedError, match="backup_unreadable"):
        list(unseal(io.BytesIO(whole), PASSPHRASE + "x"))
