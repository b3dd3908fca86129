"""One short evening over a real store that tells of each fact once it is durable; traced, then cut off."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from storage import applications, operations, outbox, vault
from storage.second_copy import make_second_copy
from storage.trust import trusted_keys, write_trust
from storage.vault import Vault
from tests.storage.evening import Evening

ACCOUNT, PASSWORD = "wang", "lanzhou cold evening"
WEAK = {"memory_kib": 64, "time": 1, "lanes": 1}  # a test unlocks hundreds of times


def tell(*words: str) -> None:
    """Say that something is durable."""
    os.write(1, (" ".join(words) + "\n").encode())


def work(folder: Path, copy: Path, *, unsynced_rows: bool = False) -> None:
    """Do everything that a window does to its disk in an evening, once or twice each."""
    opened, _recovery = Vault.create(folder, ACCOUNT, PASSWORD)
    tell("vault", ACCOUNT)
    evening = Evening(folder, vault=opened)
    if unsynced_rows:
        evening.store._writer.execute("PRAGMA synchronous = OFF")
    tell("device")
    write_trust(folder, evening.read(trusted_keys))
    tell("trust", str(len(evening.read(trusted_keys))))
    evening.store.keep_reserve()
    evening.open_session()
    tell("session", "s-1")
    cases = []
    for remarks in ("first", "second", "third"):
        draft = replace(evening.start(), remarks=remarks)
        evening.save(draft)
        tell("draft", draft.id, remarks)
        _page(evening, draft.id)
        complete = evening.complete()
        _pages(evening, complete.id)
        receipt = evening.submit(complete.id)
        tell("receipt", receipt.number, complete.id)
        cases.append(receipt)
        (row,) = evening.write(lambda db: outbox.claim(db, evening.now, 1))
        statement = {
            "application_id": row.application_id, "revision": row.revision, "device_id": "d-1",
            "receipt_number": receipt.number, "digests": list(row.digests), "server_time": 0.0,
        }  # fmt: skip
        ack = {"statement": statement, "signature": "signature"}
        evening.write(lambda db, ack=ack: outbox.apply_acknowledgement(db, evening.now, ack))  # type: ignore[misc]
        tell("held", complete.id)
        evening.now += timedelta(minutes=4)
    make_second_copy(evening.store, evening.pages, folder, copy, evening.now)
    tell("copied", *(receipt.number for receipt in cases))
    opened.add_operator("li", PASSWORD)
    tell("vault", "li")
    evening.reopen()  # the log is folded into the file
    last = evening.complete()
    _pages(evening, last.id)
    tell("receipt", evening.submit(last.id).number, last.id)
    make_second_copy(evening.store, evening.pages, folder, copy, evening.now)
    tell("copied", *(receipt.number for receipt in cases))
    evening.close()


def _pages(evening: Evening, application_id: str) -> None:
    detail = evening.read(applications.detail, application_id)
    assert detail is not None
    for page in detail.pages:
        tell("page", page.id, page.digest, page.original_digest)


def _page(evening: Evening, application_id: str) -> None:
    new = evening.new_page(application_id, "identity")
    evening.write(operations.add_page, evening.who, evening.now, new)
    tell("page", new.id, new.digest, new.original_digest)


def forget(what: str) -> None:
    """Make the program as careless as a test wants it: no sync of files, or of folders."""
    real = os.fsync

    def careless(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode) == (what == "folders"):
            return
        real(handle)

    os.fsync = careless  # type: ignore[assignment]


def main() -> int:
    """Work in the folders that are given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("copy", type=Path)
    parser.add_argument("--forget", choices=("", "files", "folders", "rows"), default="")
    given = parser.parse_args()
    vault._KDF = WEAK
    if given.forget in {"files", "folders"}:
        forget(given.forget)
    work(given.folder, given.copy, unsynced_rows=given.forget == "rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
