"""A key by which the same person is recognised elsewhere, without handing the document's number round."""

from __future__ import annotations

import hashlib

from registration.application_value import Application
from registration.folding import fold

_PURPOSE = b"jilai person 1\n"


def person_key(document_number: str) -> str:
    """Return the key of a person's document: SHA-256 hex of the folded number, "" without a number.

    The same number gives the same key however it was typed. It keeps numbers out of lists and logs; it is no
    secret to one who tries all numbers, so it travels and rests only where the numbers themselves may.
    """
    number = fold(document_number)
    return hashlib.sha256(_PURPOSE + number.encode("utf-8")).hexdigest() if number else ""


def people_of(application: Application) -> tuple[str, ...]:
    """Return the keys of an application's parties, each once, in their order."""
    keys = (person_key(party.document_number) for party in application.parties)
    return tuple(dict.fromkeys(key for key in keys if key))
