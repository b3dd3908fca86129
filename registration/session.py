"""A session (场次): one place, one evening, one team. The site belongs to it, not to the machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from registration.facts import Fact, in_order
from registration.session_team import Member, team_from_json

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is taken for something else when read aloud
_CODE = 6  # letters, and one that says whether they were heard right
_WORDS = ("code", "title", "starts", "ends", "kind", "place")
_SESSIONS = UUID("6b0e2f5c-53a4-4c0e-9a6d-5a2f5f0d8e11")


@dataclass(frozen=True)
class Session:
    """An opened session; times are aware. `closed_at` None while it runs."""

    id: str
    compound_id: str
    compound_name: str
    division: str
    title: str  # what the top bar shows: 晚间场
    starts: str  # planned local time "18:30", may be empty
    ends: str
    operator_id: str
    operator_name: str
    helper_name: str
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Part:
    """One laptop's part of a session: who sits at it, and what its closing sheet said.

    `closed_at` is ISO; `left` are numbers whose holders still waited, `words` what was said of them, or why
    `ended_by` ended the part of a laptop that could not.
    """

    device_code: str
    operator_name: str
    closed: bool = False
    closed_at: str = ""
    receipts: int = 0
    first: str = ""
    last: str = ""
    left: int = 0
    words: str = ""
    ended_by: str = ""


@dataclass(frozen=True)
class SiteSession:
    """A session as all laptops of a site know it by its facts; the parts in the order in which they came."""

    id: str
    code: str  # "" where it was opened before sessions had one
    compound_id: str
    title: str
    starts: str
    ends: str
    opened_at: datetime
    parts: tuple[Part, ...]
    kind: str = ""  # of place, a code of the pack `session_kinds`
    place: str = ""
    team: tuple[Member, ...] = ()  # of all laptops

    @property
    def running(self) -> bool:
        return any(not part.closed for part in self.parts)

    def others(self, device_code: str) -> tuple[Part, ...]:
        """Return the parts of other laptops that are not closed."""
        return tuple(part for part in self.parts if not part.closed and part.device_code != device_code)


def new_code(compound_id: str, seed: str) -> str:
    """Return a short code for a session at a compound; `seed` is fresh each time.

    Seven letters, the last of which fits this compound alone: what is mistyped, or typed at another
    compound, is found out at once where there is no network to ask.
    """
    number = int.from_bytes(sha256(seed.encode()).digest()[:8], "big")
    letters = ""
    for _ in range(_CODE):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return letters + _check(compound_id, letters)


def code_from(compound_id: str, typed: str) -> str:
    """Return what was typed as a code of this compound, "" where it is none; case and blanks are free."""
    letters = "".join(typed.upper().split())
    right = len(letters) == _CODE + 1 and letters[-1] == _check(compound_id, letters[:-1])
    return letters if right else ""


def session_id_of(compound_id: str, code: str) -> str:
    """Return the id of the session with this code: the same on every laptop, without asking anybody."""
    return str(uuid5(_SESSIONS, f"{compound_id}:{code}"))


def spoken(code: str) -> str:
    """Return a code as it is shown and read aloud: "K7M QX3A"."""
    return f"{code[:3]} {code[3:]}".strip()


def site_session(facts: Iterable[Fact]) -> SiteSession | None:
    """Return a session from its facts in any order; None where nothing says that it was opened or joined."""
    found: SiteSession | None = None
    known = in_order(facts)
    opened = next((fact for fact in known if fact.verb == "opened"), None)  # of two clocks, one may be behind
    for fact in known:
        if fact.verb in ("opened", "joined"):
            found = _with(found or _first(opened or fact), fact, closed=False)
            found = replace(found, team=_together(found.team, team_from_json(fact.body.get("team"))))
        elif found is not None and fact.verb == "handed_over":
            found = _with(found, fact, closed=False)
        elif found is not None and fact.verb == "closed":
            found = _close(found, fact)
    for fact in known:  # last: the clock of a dead laptop may have been ahead of the one that ended its part
        if found is not None and fact.verb == "part_ended":
            found = _end(found, fact)
    return found


def _first(fact: Fact) -> SiteSession:
    words = {name: str(fact.body.get(name, "")) for name in _WORDS}
    return SiteSession(
        fact.subject, compound_id=fact.compound_id, opened_at=fact.at, parts=(), team=(), **words
    )


def _with(session: SiteSession, fact: Fact, *, closed: bool) -> SiteSession:
    return _put(session, Part(fact.device_code, fact.operator_name, closed))


def _put(session: SiteSession, part: Part) -> SiteSession:
    if all(one.device_code != part.device_code for one in session.parts):
        return replace(session, parts=(*session.parts, part))
    parts = tuple(part if one.device_code == part.device_code else one for one in session.parts)
    return replace(session, parts=parts)


def _close(session: SiteSession, fact: Fact) -> SiteSession:
    said = fact.body.get("lines", ())  # a newer window may say them otherwise
    lines = {one["count"]: one for one in said if isinstance(one, Mapping) and "count" in one}
    slips, receipts = lines.get("slips", {}), lines.get("receipts", {})
    closed = Part(
        fact.device_code,
        fact.operator_name,
        closed=True,
        closed_at=fact.at.isoformat(),
        receipts=int(receipts.get("expected") or 0),
        first=str(fact.body.get("first", "")),
        last=str(fact.body.get("last", "")),
        left=len(slips.get("open", ())),
        words=str(slips.get("reason", "")),
    )
    return _put(session, closed)


def _end(session: SiteSession, fact: Fact) -> SiteSession:
    """End the part of a laptop that cannot close it. Its own sheet stands, whenever it is heard of."""
    code = str(fact.body.get("device_code", ""))
    before = next((one for one in session.parts if one.device_code == code), None)
    if before is None or before.closed:
        return session
    ended = replace(
        before,
        closed=True,
        closed_at=fact.at.isoformat(),
        receipts=int(fact.body.get("receipts") or 0),
        words=str(fact.body.get("reason", "")),
        ended_by=fact.operator_name,
    )
    return _put(session, ended)


def _together(team: tuple[Member, ...], more: tuple[Member, ...]) -> tuple[Member, ...]:
    return tuple(dict.fromkeys((*team, *more)))


def _check(compound_id: str, letters: str) -> str:
    digest = sha256(f"{compound_id}:{letters}".encode()).digest()
    return _LETTERS[int.from_bytes(digest[:4], "big") % len(_LETTERS)]
