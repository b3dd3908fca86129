"""A session in other hands, and one whose laptop died: gone on with from the second copy and reconciled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from registration.closing_sheet import Count, Said
from registration.errors import InputError
from registration.facts import Topic
from storage import facts, restore, session_closing, session_handover, sessions
from storage.database import Store
from storage.ids import new_id
from storage.second_copy import make_second_copy
from storage.values import Who
from storage.vault import Vault
from tests.storage.evening import NOW, Evening, end_session

LI = Who("o-2", "李雪梅", "A03")
PASSWORD = "long enough"


def take(evening: Evening, who: Who, note: str = "") -> None:
    evening.write(
        lambda db: session_handover.take_over(
            db, who, evening.now, session_id="s-1", fact_id=new_id(evening.now), note=note
        )
    )


def test_who_takes_over_is_the_operator_from_there_on(evening: Evening) -> None:
    receipt = evening.submitted()
    evening.start()
    take(evening, LI, "三号楼的在打印")
    session = evening.read(sessions.current)
    assert session is not None
    assert (session.id, session.operator_id, session.operator_name) == ("s-1", "o-2", "李雪梅")
    _, fact = evening.read(lambda db: facts.of_subject(db, Topic.SESSION, "s-1"))
    assert (fact.verb, fact.operator_id) == ("handed_over", "o-2")
    assert dict(fact.body) == {
        "from_id": "o-1", "from_name": "王海燕", "drafts": 1, "receipts": 1, "last": receipt.number,
        "note": "三号楼的在打印",
    }  # fmt: skip
    audited = evening.sql("SELECT operator_id, subject FROM audit WHERE action = 'session_handed_over'")
    assert audited == [("o-2", "s-1")]


def test_nobody_takes_over_from_themselves_nor_what_does_not_run(evening: Evening) -> None:
    with pytest.raises(InputError, match="session_is_yours"):
        take(evening, evening.who)
    end_session(evening)
    with pytest.raises(InputError, match="no_session"):
        take(evening, LI)


def test_a_session_whose_laptop_died_is_reconciled_from_the_second_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.vault._KDF", {"memory_kib": 64, "time": 1, "lanes": 1})
    vault, _ = Vault.create(tmp_path / "old", "wang", PASSWORD)
    old = Evening(tmp_path / "old", vault=vault)
    old.open_session()
    first, last = old.submitted(), old.submitted()
    make_second_copy(old.store, old.pages, old.folder, tmp_path / "usb", NOW)
    old.close()

    restore.restore(tmp_path / "usb", tmp_path / "new", "wang", PASSWORD, NOW, lambda done, whole: True)
    key = Vault.unlock(tmp_path / "new", "wang", PASSWORD).database_key
    found = Store.open(tmp_path / "new" / "jilai.db", key, backups=tmp_path / "none")
    try:
        session = found.read(sessions.current)
        assert session is not None and session.id == "s-1"  # it runs on
        sheet = found.read(lambda db: session_closing.sheet(db, "s-1", Said()))
        assert (sheet.first, sheet.last) == (first.number, last.number)
        assert sheet.line(Count.PAGES).expected == sheet.line(Count.PAGES).counted == 10
        said = Said(sheet.line(Count.ORIGINALS).expected, {Count.RECEIPTS: "打印后电脑坏了，纸件在群众手里"})
        who = replace(old.who, device_code="A03")
        found.write(
            lambda db: session_closing.close_session(
                db, who, NOW, session_id="s-1", fact_id="f-closed", said=said
            )
        ).result(20)
        assert found.read(sessions.current) is None
    finally:
        found.close()
