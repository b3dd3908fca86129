"""What is on its way, in plain words: where an item stands, why, and when it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from registration.errors import Problem
from registration.facts import Topic
from storage.sending import SendingRow, Standing
from storage.values import OutboxProblem
from sync.status import PagesHeld, Phase, SyncStatus
from ui.messages import language, words
from ui.moments import day_and_time
from ui.theme import Tone


@dataclass(frozen=True)
class ItemWords:
    """One item: a chip, the cause, what to do about it ("" for nothing), and the next try."""

    state: str
    tone: Tone
    cause: str
    remedy: str
    again: str


def item_words(row: SendingRow, status: SyncStatus, now: datetime) -> ItemWords:
    """Word one item as things stand; the reason for what waits is that of the link, if it has one."""
    match row.standing:
        case Standing.PARKED:
            cause, remedy = _parked(row)
            again = QCoreApplication.translate("Sending", "when you retry it (R)")
            return ItemWords(
                QCoreApplication.translate("Sending", "Needs you"), Tone.SEAL, cause, remedy, again
            )
        case Standing.HELD:
            state = QCoreApplication.translate("Sending", "The centre holds it")
            return ItemWords(state, Tone.PRIMARY, _sworn(row, now), "", "")
        case Standing.PAGES:
            return _pages(row, status, now)
        case Standing.FAILED:
            said = words(Problem(row.error_code))
            cause, remedy = link_cause(status) or (said.title, said.remedy)
            state = QCoreApplication.translate("Sending", "Not sent yet")
            return ItemWords(state, Tone.AMBER, cause, remedy, next_try(row, status, now))
        case Standing.WAITING:
            cause, remedy = link_cause(status) or ("", "")
            if status.in_contact:
                state, tone = QCoreApplication.translate("Sending", "Its turn comes"), Tone.BLUE
            else:
                state, tone = QCoreApplication.translate("Sending", "Not sent yet"), Tone.AMBER
            return ItemWords(state, tone, cause, remedy, next_try(row, status, now))


def link_cause(status: SyncStatus) -> tuple[str, str] | None:
    """Return why nothing goes over the link and what to do; None where it is in order."""
    if status.phase is Phase.PAUSED:
        return (
            QCoreApplication.translate("Sending", "The link is paused"),
            QCoreApplication.translate("Sending", "Let it run again when you want things to go (P)."),
        )
    if status.problem is not None and not status.in_contact:
        said = words(status.problem)
        return said.title, said.remedy
    return None


def failed_words(problem: OutboxProblem, status: SyncStatus, now: datetime) -> tuple[str, str]:
    """Return why a case has not gone yet and when it is tried again, for its own page."""
    own = problem.en if language() == "en" else problem.zh
    said = words(Problem(problem.code))
    cause, remedy = link_cause(status) or (own or said.title, said.remedy)
    again = QCoreApplication.translate("Sending", "Next try: {when}").format(
        when=next_try(problem, status, now)
    )
    return cause, " ".join(part for part in (remedy, again) if part)


def next_try(row: SendingRow | OutboxProblem, status: SyncStatus, now: datetime) -> str:
    """Return when an item is tried again, in a few words."""
    if status.phase is Phase.PAUSED:
        return QCoreApplication.translate("Sending", "when the link runs again")
    if status.in_contact or status.phase is Phase.CONNECTING:
        due = row.next_try_at
        if due is None or due <= now:
            return QCoreApplication.translate("Sending", "now")
        return _at(due, now)
    if status.next_try_at is not None:
        return _at(status.next_try_at, now)
    return QCoreApplication.translate("Sending", "as soon as the centre answers")


def kind_words(kind: str, topic: str = "") -> str:
    """Return what an event is, in a word or two; `topic` is that of a fact around the cases."""
    if topic:
        return _topic_words(topic)
    return {
        "application_submitted": QCoreApplication.translate("Sending", "Application"),
        "application_withdrawn": QCoreApplication.translate("Sending", "Withdrawal"),
        "receipt_voided": QCoreApplication.translate("Sending", "Void receipt"),
    }.get(kind, kind)


def _topic_words(topic: str) -> str:
    say = QCoreApplication.translate("Sending", "Record: {topic}")
    known = {
        Topic.SESSION: QCoreApplication.translate("Sending", "session"),
        Topic.QUEUE: QCoreApplication.translate("Sending", "waiting line"),
        Topic.RATING: QCoreApplication.translate("Sending", "rating"),
        Topic.VISIT: QCoreApplication.translate("Sending", "home visit"),
        Topic.COMPOUND: QCoreApplication.translate("Sending", "compound's file"),
        Topic.SURVEY: QCoreApplication.translate("Sending", "survey"),
        Topic.LEDGER: QCoreApplication.translate("Sending", "ledger"),
        Topic.SUPERVISION: QCoreApplication.translate("Sending", "supervision"),
        Topic.COLLECTION: QCoreApplication.translate("Sending", "certificate handed over"),
        Topic.PLAN: QCoreApplication.translate("Sending", "plan of sessions"),
    }
    return say.format(topic=known[Topic(topic)] if topic in set(Topic) else topic)


def pages_words(row: SendingRow) -> str:
    """Return how many of the pages the centre holds."""
    if row.kind != "application_submitted":
        return "—"
    return QCoreApplication.translate("Sending", "{held} of {all}").format(held=row.pages_held, all=row.pages)


def held_back_words(held: PagesHeld) -> str:
    """Return why pages do not travel, "" where they do."""
    return {
        PagesHeld.NO: "",
        PagesHeld.CHOICE: QCoreApplication.translate("Sending", "Only facts travel, as you chose"),
        PagesHeld.METERED: QCoreApplication.translate("Sending", "This link is paid by volume"),
    }[held]


def _parked(row: SendingRow) -> tuple[str, str]:
    own = row.error_en if language() == "en" else row.error_zh
    said = words(Problem(row.error_code))
    if own:
        return own, QCoreApplication.translate("Sending", "Put right what it says, then retry (R).")
    return said.what, said.remedy


def _pages(row: SendingRow, status: SyncStatus, now: datetime) -> ItemWords:
    left = row.pages - row.pages_held
    if not left:
        state = QCoreApplication.translate("Sending", "All sent")
        cause = QCoreApplication.translate("Sending", "The centre's confirmation is still to come")
        return ItemWords(state, Tone.BLUE, cause, "", next_try(row, status, now))
    if status.pages_held is not PagesHeld.NO and status.phase is not Phase.PAUSED:
        state = QCoreApplication.translate("Sending", "Facts sent")
        remedy = QCoreApplication.translate("Sending", "Let pages travel again, or send them over this link.")
        again = QCoreApplication.translate("Sending", "when pages may travel")
        return ItemWords(state, Tone.AMBER, held_back_words(status.pages_held), remedy, again)
    cause, remedy = link_cause(status) or (
        QCoreApplication.translate("Sending", "Pages to go: {n}").format(n=left),
        "",
    )
    tone = Tone.BLUE if status.in_contact else Tone.AMBER
    state = QCoreApplication.translate("Sending", "Facts sent")
    return ItemWords(state, tone, cause, remedy, next_try(row, status, now))


def _sworn(row: SendingRow, now: datetime) -> str:
    when = day_and_time(row.changed_at, now)
    return QCoreApplication.translate("Sending", "confirmed {time}").format(time=when)


def _at(moment: datetime, now: datetime) -> str:
    seconds = (moment - now).total_seconds()
    if 0 <= seconds < 90:
        return QCoreApplication.translate("Sending", "in {n} s").format(n=max(round(seconds), 1))
    return QCoreApplication.translate("Sending", "at {time}").format(time=day_and_time(moment, now))
