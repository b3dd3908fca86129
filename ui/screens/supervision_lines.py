"""What the supervision screen says in lines: of matters and samples, and a sample as a paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from registration.identifiers import mask_numbers
from registration.supervision import Inspection, Matter, Seen, SupervisionRules
from ui.messages import language
from ui.obstacle_words import department_words

if TYPE_CHECKING:
    from printing.inspection_sheet import Sample

translate = QCoreApplication.translate
Places = Mapping[str, str]


def sample_headings() -> tuple[str, ...]:
    return (
        translate("SupervisionScreen", "Compound"),
        translate("SupervisionScreen", "Sample"),
        translate("SupervisionScreen", "Drawn by"),
        translate("SupervisionScreen", "Seen"),
        translate("SupervisionScreen", "Differences"),
    )


def sample_line(one: Inspection, places: Places, differ: str) -> tuple[str, ...]:
    """Return a sample's line; `places` are names of compounds by id, `differ` words of how many differ."""
    homes = translate("SupervisionScreen", "{n} of {pool} homes").format(n=len(one.chosen), pool=one.pool)
    return (
        places.get(one.compound_id, one.compound_id),
        homes,
        one.drawn_by,
        f"{len(one.seen)} / {len(one.chosen)}",
        differ,
    )


def matter_headings() -> tuple[str, ...]:
    return (
        translate("SupervisionScreen", "Compound"),
        translate("SupervisionScreen", "About what"),
        translate("SupervisionScreen", "Department"),
        translate("SupervisionScreen", "Level"),
        translate("SupervisionScreen", "Due"),
    )


def matter_line(one: Matter, places: Places, rules: SupervisionRules | None, today: str) -> tuple[str, ...]:
    """Return a matter's line; `today` is an ISO date."""
    where = places.get(one.compound_id, one.compound_id)
    whose = department_words(one.department)
    return (where, one.about, whose, level_words(one, rules), due_words(one, today))


def level_words(matter: Matter, rules: SupervisionRules | None) -> str:
    """Return the level in the window's language, a code that the pack does not have as it stands."""
    level = rules.level(matter.level) if rules is not None else None
    return matter.level if level is None else level.en if language() == "en" else level.zh


def due_words(matter: Matter, today: str) -> str:
    """Return the day by which something must have come of it; `today` is an ISO date."""
    if matter.settled:
        return translate("SupervisionScreen", "settled")
    if matter.due and matter.due < today:
        return translate("SupervisionScreen", "{day} overdue").format(day=matter.due)
    return matter.due


def seen_line(seen: Seen, place: str, photos: str) -> str:
    """Return what was found at a home, without its words; `photos` says how many there are."""
    good, bad = translate("SupervisionScreen", "as claimed"), translate("SupervisionScreen", "different")
    return " · ".join(filter(None, (place, good if seen.agrees else bad, photos)))


def paper_of(one: Inspection, compound: str, places: Places) -> Sample:
    """Return a sample as its paper says it; `places` are the homes by id."""
    from printing.inspection_sheet import Home, Sample

    seen = {found.household_id: found for found in one.seen}
    homes = []
    for key in one.chosen:
        found, place = seen.get(key), places.get(key, key)
        if found is None:
            homes.append(Home(place))
            continue
        words = mask_numbers(found.words)
        homes.append(Home(place, found.agrees, words, _moment(found.at), found.by, found.photos))
    return Sample(compound, _moment(one.drawn_at), one.drawn_by, one.pool, one.seed, homes)


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}"
