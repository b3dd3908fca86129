"""`python main.py audit`: the log verified or written out, at the command line, by who has a password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from registration.errors import JilaiError
from registration.wording import say
from storage.audit_check import check_log, export_log
from storage.database import Store
from storage.instance import InstanceLock
from storage.vault import Vault

_WORDS = {
    "zh": (
        "审计日志完整：{rows} 行，从第一行到最后一行。",
        "审计日志不完整：前 {rows} 行无误，第 {broken} 行有问题（{code}）。",
        "已写出 {rows} 行：{out}",
    ),
    "en": (
        "The audit log stands: {rows} rows, from the first to the last.",
        "The audit log does not stand: {rows} rows hold, row {broken} does not ({code}).",
        "{rows} rows written: {out}",
    ),
}


def audit_report(
    folder: Path,
    account: str,
    ask_password: Callable[[], str],
    now: datetime,
    language: str,
    *,
    export_to: Path | None = None,
) -> tuple[bool, str]:
    """Open the vault in `folder`, verify or export its audit log, and say in words what was found.

    True where the log stands. No window may have the folder open meanwhile.
    """
    stands, broken, written = _WORDS[language]
    try:
        lock = InstanceLock(folder)
        try:
            vault = Vault.unlock(folder, account, ask_password())
            store = Store.open(folder / "jilai.db", vault.database_key, backups=folder / "backups")
            try:
                if export_to is not None:
                    rows = export_log(store, now, export_to)
                    return True, written.format(rows=rows, out=export_to)
                found = check_log(store, pause=0.0)
            finally:
                store.close()
        finally:
            lock.release()
    except JilaiError as error:
        words = say(error.problem, language)
        return False, f"{words.title}: {words.what} {words.remedy}"
    if found.broken is None:
        return True, stands.format(rows=found.rows)
    return False, broken.format(rows=found.rows, broken=found.broken, code=found.code)
