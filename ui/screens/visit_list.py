"""What the list of visits shows: one reading of the store, and its lines in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from registration.checklist import Checklist, checklist_from_pack
from registration.identifiers import mask_name
from registration.packs import TYPES, PackSet
from registration.property_unit import Compound
from registration.visits import Booking, Visit, missing_papers, papers_to_bring, rules_from
from storage import packs, people, reference, visits
from ui.messages import language
from ui.visit_words import state_words

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Known:
    """Orders that nobody has answered, open visits of former days, the day's, and what their words need."""

    orders: Sequence[Visit]
    behind: Sequence[Visit]
    day: Sequence[Visit]
    underway: Visit | None
    compounds: Mapping[str, Compound]
    packs: PackSet
    team: Sequence[str]

    @property
    def rows(self) -> list[Visit]:
        return [*self.orders, *self.behind, *self.day]

    def is_order(self, visit: Visit) -> bool:
        return visit in self.orders

    def checklist(self, booking: Booking) -> Checklist | None:
        pack = self.packs[TYPES]
        return checklist_from_pack(pack, booking.type_code) if booking.type_code in pack["types"] else None

    def compound(self, booking: Booking) -> str:
        found = self.compounds.get(booking.compound_id)
        return found.name if found is not None else ""

    def about(self, booking: Booking) -> str:
        """Return type and reason in the language of the window."""
        checklist, reason = self.checklist(booking), rules_from(self.packs).reason(booking.reason)
        names = (checklist.name(language()) if checklist else "", reason.name(language()) if reason else "")
        return " · ".join(filter(None, names))

    def missing(self, booking: Booking) -> list[str]:
        return [item.name(language()) for item in missing_papers(booking, self.checklist(booking))]

    def at_hand(self, booking: Booking) -> list[str]:
        checklist = self.checklist(booking)
        items = papers_to_bring(checklist) if checklist is not None else ()
        return [item.name(language()) for item in items if item.code in booking.papers]


def read_known(db: Any, day: date, today: date) -> Known:
    """Return everything the list shows of a day."""
    behind = [one for one in visits.behind(db, today) if one.booking.day != day.isoformat()]
    return Known(
        [Visit(order_id, booking) for order_id, booking in visits.waiting_orders(db)],
        behind if day >= today else [],
        visits.of_days(db, day, day),
        visits.underway(db),
        {one.id: one for one in reference.compounds(db)},
        packs.pack_set(db, today=today),
        [member.name for member in people.team(db) if member.active],
    )


def line(known: Known, visit: Visit, clashing: frozenset[str], day: date) -> tuple[str, str, str]:
    """Return time, person and place, state of one row; the name masked."""
    booking = visit.booking
    hour = booking.time or translate("Visits", "any time")
    if known.is_order(visit) or booking.day != day.isoformat():
        hour = f"{booking.day[5:]} {booking.time}".strip() or hour
    state = (
        translate("Visits", "ordered by the centre") if known.is_order(visit) else state_words(visit.state)
    )
    more = []
    if visit.id in clashing:
        more.append(translate("Visits", "times clash"))
    if not known.is_order(visit) and (count := len(known.missing(booking))):
        more.append(translate("Visits", "%n paper(s) missing", "", count))
    where = " ".join(filter(None, (known.compound(booking), booking.address)))
    return hour, f"{mask_name(booking.name)} · {where}", " · ".join((state, *more))


def stop(known: Known, visit: Visit) -> tuple[str, ...]:
    """Return what the route sheet says of a visit, in the order of its fields; the phone whole."""
    booking = visit.booking
    comma = ", " if language() == "en" else "、"
    return (
        booking.day,
        booking.time,
        booking.name,
        booking.phone,
        known.compound(booking),
        booking.address,
        known.about(booking),
        comma.join(known.at_hand(booking)),
        comma.join(known.missing(booking)),
        booking.note,
    )
