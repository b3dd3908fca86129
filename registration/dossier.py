"""The file that a task force keeps of a compound (一小区一方案一专班), from the facts about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registration.errors import InputError
from registration.facts import Attachment, Fact, in_order

MINUTES, DOCUMENT, FIRST_CERTIFICATE = "minutes", "document", "first_certificate"
"""Kinds of papers: 会议纪要, any other, and the certificate of the project's first registration (大证)."""

PROPOSABLE = ("project_registration", "categories")
"""What only the centre decides: a change of it at the window is a proposal until the centre follows."""


@dataclass(frozen=True)
class PlanVersion:
    """One version of the plan (方案)."""

    text: str
    at: str  # ISO time
    by: str
    id: str = ""  # the fact's


@dataclass(frozen=True)
class Contact:
    """Somebody to call; `team`: of the task force (专班)."""

    id: str
    name: str
    unit: str = ""
    role: str = ""
    phone: str = ""
    team: bool = True


@dataclass(frozen=True)
class FilePaper:
    """Minutes (会议纪要) or another document, with what is attached; `day` is an ISO date or ""."""

    id: str
    kind: str  # one of the kinds above
    title: str
    number: str = ""
    day: str = ""
    gist: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Defaulter:
    """A developer on the list of defaulters (失信名单), who put it there, and the measures (联合惩戒)."""

    developer: str
    source: str
    day: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What the window asks the centre to change; `value` is as the compound itself has it."""

    field: str
    value: Any
    at: str
    by: str


@dataclass(frozen=True)
class Dossier:
    """All that the facts of a compound say; the newest plan comes first, papers by day, newest first."""

    plans: tuple[PlanVersion, ...] = ()
    contacts: tuple[Contact, ...] = ()
    papers: tuple[FilePaper, ...] = ()
    defaulter: Defaulter | None = None
    aliases: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    street: str = ""  # 街道
    community: str = ""  # 社区

    @property
    def team(self) -> tuple[Contact, ...]:
        return tuple(contact for contact in self.contacts if contact.team)

    @property
    def last_meeting(self) -> str:
        """Return the day of the newest minutes, "" where there are none."""
        return max((paper.day for paper in self.papers if paper.kind == MINUTES), default="")


def dossier_of(facts: Iterable[Fact]) -> Dossier:
    """Return a compound's file, whatever order its facts came in.

    What was removed stays removed, also where a slow clock puts the entry behind its removal; an alias may
    come back. A later entry under the same id corrects the former one.
    """
    facts = in_order(facts)
    gone = {(fact.verb, _text(fact.body, "id")) for fact in facts if fact.verb in _REMOVALS}
    plans: list[PlanVersion] = []
    contacts: dict[str, Contact] = {}
    papers: dict[str, FilePaper] = {}
    aliases: dict[str, None] = {}
    proposals: dict[str, Proposal] = {}
    defaulter: Defaulter | None = None
    street = community = ""
    for fact in facts:
        body = fact.body
        key = _text(body, "id")
        match fact.verb:
            case "plan_written" if ("plan_dropped", fact.id) not in gone:
                at = fact.at.isoformat()
                plans.insert(0, PlanVersion(_text(body, "text"), at, fact.operator_name, fact.id))
            case "placed":
                street, community = _text(body, "street"), _text(body, "community")
            case "contact_kept" if ("contact_dropped", key) not in gone:
                said = {name: _text(body, name) for name in ("name", "unit", "role", "phone")}
                contacts[key] = Contact(id=key, team=body.get("team") is not False, **said)
            case "paper_kept" if ("paper_dropped", key) not in gone:
                said = {name: _text(body, name) for name in ("kind", "title", "number", "day", "gist")}
                before = papers[key].attachments if body.get("same_files") is True and key in papers else ()
                papers[key] = FilePaper(id=key, attachments=(*before, *fact.attachments), **said)
            case "developer_flagged":
                measures = body.get("measures", ())
                listed = tuple(map(str, measures)) if isinstance(measures, list | tuple) else ()
                said = {name: _text(body, name) for name in ("developer", "source", "day")}
                defaulter = Defaulter(measures=listed, **said)
            case "developer_cleared":
                defaulter = None
            case "alias_added":
                aliases[_text(body, "alias")] = None
            case "alias_dropped":
                aliases.pop(_text(body, "alias"), None)
            case "proposed":
                field = _text(body, "field")
                at, by = fact.at.isoformat(), fact.operator_name
                proposals[field] = Proposal(field, body.get("value"), at, by)
            case "proposal_withdrawn":
                proposals.pop(_text(body, "field"), None)
            case _:
                pass  # a removal, heeded above, or of a newer window
    return Dossier(
        tuple(plans),
        tuple(contacts.values()),
        tuple(sorted(papers.values(), key=lambda p: (p.day, p.id), reverse=True)),
        defaulter,
        tuple(filter(None, aliases)),
        tuple(proposals.values()),
        street,
        community,
    )


_REMOVALS = ("plan_dropped", "contact_dropped", "paper_dropped")
_WITH_REASON = (*_REMOVALS, "alias_dropped", "proposal_withdrawn", "developer_cleared")


def still_proposed(dossier: Dossier, compound: Mapping[str, Any]) -> tuple[Proposal, ...]:
    """Return the proposals that the centre has not followed; `compound` holds its values by field."""
    return tuple(p for p in dossier.proposals if _plain(compound.get(p.field)) != _plain(p.value))


def check(verb: str, body: Mapping[str, Any], *, today: date) -> None:
    """Raise InputError where an entry lacks what it is for: a name, a number, a day, a source, a reason.

    Minutes and the certificate of the first registration are a legal basis, so they have number, title and
    day; a flag names the list it stands on; what goes, goes with a reason.
    """
    if verb in _WITH_REASON:
        _need(body, "reason")
    match verb:
        case "plan_written":
            _need(body, "text")
        case "contact_kept":
            _need(body, "name")
        case "paper_kept":
            _need(body, "title")
            if body.get("kind") in (MINUTES, FIRST_CERTIFICATE):
                _need(body, "number")
                _need(body, "day")
            day = _text(body, "day")
            if day and not _is_day(day, today):
                raise InputError("dossier_day", field="dossier.day", date=day)
        case "developer_flagged":
            _need(body, "developer")
            _need(body, "source")
        case "alias_added":
            _need(body, "alias")
        case "proposed":
            if body.get("field") not in PROPOSABLE:
                raise InputError("dossier_incomplete", field="dossier.field")
        case _:
            pass


def _need(body: Mapping[str, Any], name: str) -> None:
    if not _text(body, name):
        raise InputError("dossier_incomplete", field=f"dossier.{name}")


def _is_day(text: str, today: date) -> bool:
    try:
        return date.fromisoformat(text) <= today
    except ValueError:
        return False


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _plain(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, list | tuple) else value
