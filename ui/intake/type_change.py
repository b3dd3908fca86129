"""Another type for a case in hand: everything that fits stays, and what does not fit is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from registration.application import Application
from registration.checklist import Checklist, checklist_from_pack
from registration.packs import TYPES
from registration.tracks import tracks_fed
from ui.intake.case import IntakeCase
from ui.messages import language


def change_type(case: IntakeCase, code: str) -> tuple[str, ...]:
    """Make the case one of this type; return the names of the rows that only its pages keep on the board.

    Promises and opinions for rows that the new type lacks, and marks that it does not know, go: they are a
    key each to set again.
    """
    own = checklist_from_pack(case.packs[TYPES], code)
    whole = case.checklist_of(code)
    case.choose_type(whole)
    case.edit(lambda a: _fitted(a, own))
    return tuple(item.name(language()) for item in whole.items[len(own.items) :])


def lost_words(names: Sequence[str]) -> tuple[str, str, str]:
    """Return title, what happened and what to do, where papers have no row in the new type."""
    translate = QCoreApplication.translate
    return (
        translate("TypePage", "Some papers have no row in this type"),
        "、".join(names),
        translate("TypePage", "They stay on the board as other papers; nothing is lost."),
    )


def _fitted(application: Application, checklist: Checklist) -> Application:
    fed, known = tracks_fed(checklist), {item.code for item in checklist.items}
    subtype = application.subtype if checklist.subtype(application.subtype) is not None else ""
    return replace(
        application,
        subtype=subtype,
        tracks=tuple(track for track in application.tracks if track in fed),
        cross_province=application.cross_province and checklist.cross_province,
        deferrals=tuple(d for d in application.deferrals if d.item_code in known),
        substitutions=tuple(s for s in application.substitutions if s.item_code in known),
    )
