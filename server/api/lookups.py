"""Who may bring which page, and what has come whole: for many requests in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, text

from server.api.patience import Pace
from server.api.tokens import Presented, admit
from server.config import Clock
from server.errors import RefusedError
from server.keys import CentreKeys
from server.store import acknowledgements
from server.store.acknowledgements import Announced
from server.store.database import transaction
from server.store.devices import Caller
from sync.contract import TUS_VERSION, Digest

TUS = {"Tus-Resumable": TUS_VERSION}


@dataclass(frozen=True)
class Lookup:
    """A request about a page, before anything of it is believed."""

    presented: Presented
    digest: Digest


@dataclass(frozen=True)
class Allowed:
    """The caller may bring the page."""

    caller: Caller
    page: Announced


def look_up(engine: Engine, clock: Clock, pace: Pace, lookups: Sequence[Lookup]) -> list[Allowed | Exception]:
    """Verify tokens and find the pages; one answer or refusal for each. What was not announced is refused."""
    with transaction(engine) as connection:
        # Only nonces are written, and they need not wait for the disk: see `access.check_token`.
        connection.execute(text("SET LOCAL synchronous_commit = off"))
        callers = admit(connection, clock(), [each.presented for each in lookups])
        wanted = {
            (caller.device.id, each.digest)
            for each, caller in zip(lookups, callers, strict=True)
            if isinstance(caller, Caller) and _is_digest(each.digest)
        }
        pages = acknowledgements.announced(connection, wanted) if wanted else {}
    return [_allowed(pace, each, caller, pages) for each, caller in zip(lookups, callers, strict=True)]


def _allowed(
    pace: Pace,
    lookup: Lookup,
    caller: Caller | RefusedError,
    pages: dict[tuple[str, Digest], Announced],
) -> Allowed | Exception:
    if isinstance(caller, RefusedError):
        return caller
    try:
        pace.take(caller.device.id)
    except RefusedError as refused:
        return refused
    page = pages.get((caller.device.id, lookup.digest))
    return RefusedError(403, "not_announced", headers=TUS) if page is None else Allowed(caller, page)


def _is_digest(text_value: str) -> bool:
    return len(text_value) == 64 and set(text_value) <= set("0123456789abcdef")


def count(engine: Engine, keys: CentreKeys, clock: Clock, pages: Sequence[Announced]) -> list[None]:
    """Count pages whose bytes are durable and proved, and acknowledge what waited for them alone."""
    with transaction(engine) as connection:
        acknowledgements.pages_held(connection, clock(), keys.signing, pages)
    return [None] * len(pages)
