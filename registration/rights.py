"""Who may do what at the window: roles, acts, the table that every operation asks, what takes two persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registration.errors import InputError


class Role(StrEnum):
    """What somebody is for; from the centre, which names people and gives rights."""

    OPERATOR = "operator"  # 收件人员: answers for what is taken in
    HELPER = "helper"  # 帮办员: prepares, and never decides
    REVIEWER = "reviewer"  # 审核员: decides at the desk of the centre, not at a window
    AUDITOR = "auditor"  # 审计员: reads
    ADMINISTRATOR = "administrator"  # 管理员: looks after machines and people, not cases


class Act(StrEnum):
    """What an operation does, as far as rights go."""

    SESSION = "session"  # open and close a session
    DRAFT = "draft"  # begin a case, write in it, drop one for which nobody applied
    CAPTURE = "capture"  # pages: take, move, replace, keep, read
    BATCH = "batch"  # begin or take back a developer's batch
    SUBMIT = "submit"  # take in (收件): a receipt is given
    END_CASE = "end_case"  # refuse, withdraw: a notice is given
    MEND = "mend"  # a correction: begin a revision, give it up, settle a conflict
    VOID = "void"  # declare a receipt void
    CALL = "call"  # note a call to a household
    PRINT = "print"  # bring papers to a printer
    SEND = "send"  # send again what the centre refused
    MACHINE = "machine"  # how the link may be used, where the centre is, where copies go
    PACKAGE = "package"  # sealed packages: write, carry, hand on
    PEOPLE = "people"  # who can open this machine; its recovery key
    QUEUE = "queue"  # slips, calls to the table, appointments, a resident's rating
    VISIT = "visit"  # home visits: plan, prepare, record
    LEDGER = "ledger"  # a compound's file, surveys, obstacles, supervision, inspections
    HAND_OUT = "hand_out"  # certificates into their owners' hands
    OWN_PASSWORD = "own_password"  # noqa: S105  (an act)


_EVERYBODY = frozenset({Act.OWN_PASSWORD})
_PREPARING = _EVERYBODY | {Act.DRAFT, Act.CAPTURE, Act.CALL, Act.PRINT, Act.QUEUE, Act.VISIT, Act.LEDGER}
_MACHINE = _EVERYBODY | {Act.SEND, Act.MACHINE, Act.PACKAGE, Act.PEOPLE}

MAY: Mapping[Role, frozenset[Act]] = {
    Role.OPERATOR: frozenset(Act),
    Role.HELPER: _PREPARING,
    Role.REVIEWER: _EVERYBODY,
    Role.AUDITOR: _EVERYBODY,
    Role.ADMINISTRATOR: _MACHINE,
}
"""Source: docs/decisions, "Roles at the window". Everybody may read what the window shows."""


class PairedAct(StrEnum):
    """What one person begins and another confirms."""

    VOID_RECEIPT = "void_receipt"
    REMOVE_PERSON = "remove_person"
    TAKE_BACK_HAND_OVER = "take_back_hand_over"
    RESET_PASSWORD = "reset_password"  # noqa: S105  (an act)


@dataclass(frozen=True)
class PairRule:
    """`act`: what both have to be allowed; `may_be_alone`: whether one may go on, with a reason that is kept,
    where nobody else can confirm."""

    act: Act
    may_be_alone: bool


PAIRED: Mapping[PairedAct, PairRule] = {
    PairedAct.VOID_RECEIPT: PairRule(Act.VOID, may_be_alone=True),
    PairedAct.TAKE_BACK_HAND_OVER: PairRule(Act.HAND_OUT, may_be_alone=True),
    # Where only two work, one does not put the other out of the door; the centre ends rights.
    PairedAct.REMOVE_PERSON: PairRule(Act.PEOPLE, may_be_alone=False),
    # Who could give a colleague another password alone could confirm as that colleague.
    PairedAct.RESET_PASSWORD: PairRule(Act.PEOPLE, may_be_alone=True),
}
"""Source: as above, "Two persons"."""

OFFLINE_DAYS = 30
"""How long rights hold without a word from the centre. Source: as above."""

WARN_DAYS = 7
"""How long before they end it is said."""


def role_of(name: str) -> Role:
    """Return the role of that name; one that this program does not know may read, nothing more."""
    return Role(name) if name in set(Role) else Role.AUDITOR


def may(role: Role, act: Act) -> bool:
    return act in MAY[role]


def require(role: Role, act: Act) -> None:
    """Raise InputError not_allowed where a role does not have an act."""
    if not may(role, act):
        raise InputError("not_allowed", act=act.value, role=role.value)
