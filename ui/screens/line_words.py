"""What the screen of the waiting line says of a number or an appointment, in the language in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from registration.appointments import Due, due
from registration.packs import TYPES
from registration.queue import Slip, SlipState
from ui.messages import language
from ui.screens.line_reading import Known

translate = QCoreApplication.translate
Said = tuple[str, str, str]  # title, what, what to do


def about(known: Known, code: str) -> str:
    """Return the name of a type of registration, "" for one that the packs do not have."""
    body = known.packs[TYPES]["types"].get(code)
    return "" if body is None else str(body["en" if language().startswith("en") else "zh"])


def first(slip: Slip, known: Known) -> str:
    """Return why it goes first; what is only proposed is a question, with the age and the key."""
    proposed = known.proposed.get(slip.id)
    reason = known.rules.reason(proposed[0] if proposed else slip.reason)
    if reason is None:
        return ""
    name = reason.name(language())
    asked = translate("LineScreen", "{reason}? {age} years · E")
    return asked.format(reason=name, age=proposed[1]) if proposed else name


def state(slip: Slip, minutes: int, known: Known, table: str) -> str:
    """Return how it stands at the table of a device code; `minutes` until it is called."""
    if slip.state is SlipState.WAITING:
        return translate("LineScreen", "about {n} min").format(n=minutes) if minutes else _next()
    if slip.state is SlipState.CALLED and slip.called_by != table:
        return translate("LineScreen", "at table {table}").format(table=slip.called_by)
    stand, left = due(slip, known.at, known.rules)
    if stand is not Due.LATER:
        return due_words(stand, left)
    return {
        SlipState.CALLED: translate("LineScreen", "at the table"),
        SlipState.BOOKED: translate("LineScreen", "appointment"),
        SlipState.LEFT: translate("LineScreen", "gone"),
        SlipState.CANCELLED: translate("LineScreen", "cancelled"),
        SlipState.SERVED: translate("LineScreen", "served"),
    }[slip.state]


def due_words(stand: Due, left: int) -> str:
    """Return how an appointment stands that is due or late, `left` minutes before its time."""
    if stand is Due.LATE:
        return translate("LineScreen", "{n} min late").format(n=-left)
    return translate("LineScreen", "due in {n} min").format(n=left) if left > 0 else _now()


def why_not(slip: Slip, now: datetime) -> Said:
    """Say what stands in the way where Enter on a number does nothing: it is elsewhere, waits, or is over."""
    name = slip.number or slip.time
    if slip.state is SlipState.CALLED:
        at = datetime.fromisoformat(slip.called_at).astimezone(now.tzinfo)
        called = translate("LineScreen", "{who} called it to table {table} at {time}.")
        return (
            translate("LineScreen", "{number} is at table {table}").format(number=name, table=slip.called_by),
            called.format(who=slip.called_who or "—", table=slip.called_by, time=f"{at:%H:%M}"),
            translate("LineScreen", "R calls it to this table."),
        )
    if slip.state is SlipState.WAITING:
        return (
            translate("LineScreen", "{number} has not been called").format(number=name),
            translate("LineScreen", "It waits for its turn."),
            translate("LineScreen", "Space calls the next one, R this one out of turn."),
        )
    return (
        translate("LineScreen", "{number} is over").format(number=name),
        translate("LineScreen", "They have gone, or it was cancelled."),
        translate("LineScreen", "B puts it back if they have come after all."),
    )


def nothing_proposed() -> Said:
    """Say why E does nothing."""
    return (
        translate("LineScreen", "Nothing is proposed here"),
        translate("LineScreen", "An appointment whose date of birth is known can be proposed to go first."),
        translate("LineScreen", "Choose the reason when you give the number."),
    )


def nobody_waits() -> Said:
    """Say why Space calls nobody."""
    return (
        translate("LineScreen", "Nobody waits"),
        translate("LineScreen", "There is nobody in the line to call."),
        translate("LineScreen", "N gives a number when somebody comes."),
    )


def empty(known: Known | None) -> Said:
    """Return title, words and the action of a line without anybody."""
    if known is not None and known.session is None:
        where = translate("LineScreen", "Numbers belong to a session: open one on Tonight (Ctrl 1).")
        return translate("LineScreen", "No session is open"), where, ""
    how = translate(
        "LineScreen", "N goes to the form: say what it is about, Ctrl H when all are here, then Enter."
    )
    if known is not None and known.slips:
        return translate("LineScreen", "Everybody is served"), how, translate("LineScreen", "Give a number")
    return (
        translate("LineScreen", "Nobody has come yet"),
        how,
        translate("LineScreen", "Give the first number"),
    )


def elsewhere(here: Sequence[Slip], known: Known, table: str) -> str:
    """Return which numbers are at other tables than that of a device code."""
    if known.session is None:
        return translate("LineScreen", "No session is open")
    there = translate("LineScreen", "{number} at table {table}")
    others = (one for one in here if one.called_by != table)
    return " · ".join(there.format(number=one.number, table=one.called_by) for one in others)


def _next() -> str:
    return translate("LineScreen", "next")


def _now() -> str:
    return translate("LineScreen", "due now")
