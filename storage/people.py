"""The team of this machine: who may work here, until when, and what was done about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.rights import OFFLINE_DAYS, WARN_DAYS, Act, PairedAct, Role, role_of
from storage import audit
from storage.device import RESCUER
from storage.rights import needs
from storage.rows import as_text, maybe_moment, one, rows
from storage.second_person import Second, require_second
from storage.values import Who


@dataclass(frozen=True)
class Member:
    """Somebody whom the centre named for its windows, or the first operator before enrolment.

    `ends`: when the rights end unless the centre is heard again; None where no end is known.
    """

    id: str
    account: str
    name: str
    role: Role
    active: bool
    ends: datetime | None

    def ended(self, now: datetime) -> bool:
        return self.ends is not None and self.ends <= now

    def days_left(self, now: datetime) -> int | None:
        """Whole days until the rights end where that is worth a warning (WARN_DAYS), else None."""
        if self.ends is None or self.ends - now > timedelta(days=WARN_DAYS):
            return None
        return max((self.ends - now).days, 0)


def note_contact(db: Database, now: datetime) -> Changes:
    """Take down that the centre was heard: from here the days count that rights hold without it."""
    db.execute(
        "INSERT INTO contact VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at", (as_text(now),)
    )
    return Changes()


def last_contact(db: Database) -> datetime | None:
    """Return when the centre was last heard; None before enrolment."""
    row = one(
        db,
        "SELECT coalesce(max(c.at, d.enrolled_at), d.enrolled_at) AS at FROM device d LEFT JOIN contact c",
    )
    return None if row is None else maybe_moment(row["at"])


def team(db: Database) -> list[Member]:
    """Return everybody whom this machine knows, by name, those without rights too."""
    heard = last_contact(db)
    silent = None if heard is None else heard + timedelta(days=OFFLINE_DAYS)
    return [
        _member(row, silent) for row in rows(db, "SELECT * FROM operators ORDER BY active DESC, name, id")
    ]


def member(db: Database, operator_id: str) -> Member | None:
    """Return one of the team, or None."""
    return next((found for found in team(db) if found.id == operator_id), None)


def require_current(db: Database, operator_id: str, now: datetime) -> None:
    """Raise InputError rights_ended where nothing new may be begun: the centre has been silent too long."""
    found = member(db, operator_id)
    if found is not None and found.ended(now):
        raise InputError("rights_ended", days=str(OFFLINE_DAYS))


def note_refused(db: Database, operator_id: str) -> Changes:
    """Take away the rights of somebody whom the centre refused; its feed may give them back."""
    if not db.execute("UPDATE operators SET active = 0 WHERE id = ? AND active", (operator_id,)).rowcount:
        return Changes()
    return Changes(account=True)


def admit_rescuer(db: Database, now: datetime, account: str) -> Changes:
    """Let somebody who came with the centre's own key see and send what is here, and take in nothing."""
    db.execute(
        "INSERT INTO operators (id, account, name, role, active) VALUES (?, ?, ?, 'administrator', 1)"
        " ON CONFLICT (id) DO UPDATE SET account = excluded.account, name = excluded.name, active = 1",
        (RESCUER, account.strip(), account.strip()),
    )
    audit.append(db, Who(RESCUER, account.strip(), ""), now, "rescuer_admitted", "device")
    return Changes(account=True)


@needs(Act.PEOPLE)
def note_admitted(
    db: Database, who: Who, now: datetime, account: str, *, again: bool = False, second: Second | None = None
) -> Changes:
    """Record that somebody of the team got a password here.

    InputError person_unknown: the centre has to name people first. `again`: there was one, and another person
    confirmed the new one, with InputError as `require_second` raises it.
    """
    found = one(
        db, "SELECT id FROM operators WHERE account = ? COLLATE NOCASE AND active", (account.strip(),)
    )
    if found is None:
        raise InputError("person_unknown", field="account")
    confirmed = require_second(db, PairedAct.RESET_PASSWORD, who, second, about=found["id"]) if again else {}
    audit.append(db, who, now, "person_admitted", found["id"], confirmed)
    return Changes(account=True)


@needs(Act.PEOPLE)
def note_dismissed(db: Database, who: Who, now: datetime, account: str, second: Second | None) -> Changes:
    """Record that somebody's password here was taken away; cases and rights elsewhere stay.

    InputError as `require_second` raises it; whoever is removed cannot be the second person.
    """
    found = one(db, "SELECT id FROM operators WHERE account = ? COLLATE NOCASE", (account.strip(),))
    subject = found["id"] if found else "unknown"
    confirmed = require_second(db, PairedAct.REMOVE_PERSON, who, second, about=subject)
    audit.append(db, who, now, "person_dismissed", subject, confirmed)
    return Changes(account=True)


@needs(Act.PEOPLE)
def note_recovery(db: Database, who: Who, now: datetime) -> Changes:
    """Record that a new printed recovery key took the place of the old one."""
    audit.append(db, who, now, "recovery_renewed", "device")
    return Changes()


@needs(Act.PEOPLE)
def note_binding(db: Database, who: Who, now: datetime, bound: bool) -> Changes:
    """Record that passwords open this machine's vault only here, or anywhere again."""
    audit.append(db, who, now, "vault_bound" if bound else "vault_released", "device")
    return Changes(account=True)


@needs(Act.OWN_PASSWORD)
def note_password(db: Database, who: Who, now: datetime) -> Changes:
    """Record that somebody changed the own password."""
    audit.append(db, who, now, "password_changed", who.operator_id)
    return Changes()


def note_sealed(db: Database, now: datetime, reason: str) -> Changes:
    """Record that the machine sealed itself; `reason`: device_revoked or operator_refused."""
    audit.append(db, Who("", "", ""), now, "vault_sealed", "device", {"reason": reason})
    return Changes()


def _member(row: Mapping[str, Any], silent: datetime | None) -> Member:
    given = maybe_moment(row["valid_until"] or None)
    ends = min((end for end in (given, silent) if end is not None), default=None)
    return Member(row["id"], row["account"], row["name"], role_of(row["role"]), bool(row["active"]), ends)
