"""Gives up the receipt numbers that are left, where nobody knows which of them were given out already."""

from __future__ import annotations

from sqlite_utils import Database

from storage.rows import rows


def set_numbers_aside(db: Database) -> int:
    """Use up every block that is left, in the caller's transaction; return how many numbers were given up.

    The centre gives a fresh block at the next contact. Its report of gaps names these numbers.
    """
    given_up = 0
    for block in list(rows(db, "SELECT first, last, next FROM number_blocks WHERE next <= last")):
        for number in range(block["next"], block["last"] + 1):  # one by one, as numbers are given out
            db.execute("UPDATE number_blocks SET next = ? WHERE first = ?", (number + 1, block["first"]))
        given_up += block["last"] + 1 - block["next"]
    return given_up
