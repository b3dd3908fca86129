"""How a compound's file is said: states of the project, why one is supposed, papers, and what was done."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from PySide6.QtCore import QCoreApplication

from registration.dossier import FilePaper, Proposal
from registration.facts import Fact
from registration.project_state import Because, Reason
from registration.property_unit import ProjectRegistration
from ui.history_words import action_words
from ui.messages import language

translate = QCoreApplication.translate


def between() -> str:
    """Return what stands between the members of a list."""
    return ", " if language() == "en" else "、"


def registrations() -> dict[str, str]:
    """Return the words for each state of the project's first registration."""
    return {
        ProjectRegistration.REGISTERED.value: translate("CompoundFile", "Project registered"),
        ProjectRegistration.TOGETHER.value: translate("CompoundFile", "Filed together"),
        ProjectRegistration.MISSING.value: translate("CompoundFile", "No first registration"),
    }


def reason_words(reason: Reason) -> str:
    """Say why a state is supposed."""
    if reason.because is Because.HOMES_REGISTERED:
        return translate("CompoundFile", "%n household(s) stand in the register", "", reason.count)
    return {
        Because.FILE_CERTIFICATE: translate(
            "CompoundFile", "the file holds the certificate of the first registration ({paper})"
        ).format(paper=reason.paper),
        Because.DEVELOPER_GONE: translate(
            "CompoundFile", "the developer is gone, so both can be filed together"
        ),
    }[reason.because]


def paper_words(paper: FilePaper) -> str:
    return " · ".join(filter(None, (paper.day, paper.number, paper.title)))


def proposal_words(proposal: Proposal, zone: tzinfo | None) -> str:
    """Say what was proposed to the centre, by whom and when."""
    value: Any = proposal.value
    many = isinstance(value, list)
    said = between().join(map(str, value)) if many else registrations().get(str(value), str(value))
    words = translate("CompoundFile", "Proposed, the centre decides: {what} ({by}, {day})")
    return words.format(what=said, by=proposal.by, day=local_day(proposal.at, zone))


def local_day(at: str, zone: tzinfo | None) -> str:
    """Return the day of an ISO time where the window stands."""
    return datetime.fromisoformat(at).astimezone(zone).date().isoformat()


def fact_words(fact: Fact) -> str:
    """Say what was done to the file, to which entry, and why where a reason was given."""
    body = fact.body
    what = next((str(body[name]) for name in ("what", "name", "title", "alias") if body.get(name)), "")
    parts = (action_words(f"{fact.topic.value}_{fact.verb}", {}), what, str(body.get("reason") or ""))
    return " · ".join(filter(None, parts))
