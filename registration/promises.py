"""The signed promise behind deferred papers: a page in its row, or a signature drawn at the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from registration.application_value import Application, PageRef
from registration.deferral import open_deferrals

PROMISE = "deferral_promise"
"""The code of the promise, both as a document that is signed and as the row where its paper belongs."""


def promise_of(application: Application, pages: Sequence[PageRef]) -> str:
    """Return the SHA-256 of the promise that was signed, "" while none was.

    The page in the promise's own row, where it was signed on paper; else the text that the signatures stand
    under, where it was signed at the table.
    Source: local rules of deferral (容缺受理: a written promise with the day, signed).
    """
    own = sorted((page for page in pages if page.item_code == PROMISE), key=lambda page: page.ordinal)
    if own:
        return own[0].digest
    drawn = (s for s in application.signatures if s.document == PROMISE and not s.on_paper)
    return next((signature.document_digest for signature in drawn), "")


def with_promise(application: Application, pages: Sequence[PageRef]) -> Application:
    """Return the application with every open deferral standing on the promise that there is now."""
    promise = promise_of(application, pages)
    still_open = open_deferrals(application.deferrals)
    bound = tuple(
        replace(deferral, promise=promise) if deferral in still_open else deferral
        for deferral in application.deferrals
    )
    return application if bound == application.deferrals else replace(application, deferrals=bound)
