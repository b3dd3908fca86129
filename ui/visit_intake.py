"""An intake that begins at a home visit: about its household, of its type, with the name that was agreed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from registration.errors import Problem
from registration.packs import TYPES
from registration.parties import Party
from registration.visits import Booking
from ui.intake.case import Keeping
from ui.intake.screen import IntakeScreen
from ui.messages import words
from ui.screens.tonight import TonightScreen
from ui.theme import Tone

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def take_in(window: MainWindow, booking: Booking) -> None:
    """Open the intake for a visit; one of the same household that is under way goes on as it is.

    A draft of somebody else is put aside first. Says where the session stands in the way.
    """
    session = cast(TonightScreen, window.screen_of("tonight")).session()
    if session is not None and session.compound_id != booking.compound_id:
        said = words(Problem("visit_elsewhere"))
        window.notify(f"{said.what} {said.remedy}", Tone.AMBER)
        return
    intake = cast(IntakeScreen, window.screen_of("intake"))
    case = intake.case()
    if session is not None and case is not None and not booking.household_id:
        if case.application.first_applicant.name == booking.name:
            window.go("intake")
            return
        intake.put_aside()
    window.new_intake(booking.household_id)
    case = intake.case()
    if case is None or case.keeping is not Keeping.NEW or case.application.first_applicant.name:
        return
    party = Party(name=booking.name, phone=booking.phone, address=booking.address)
    case.edit(lambda application: replace(application, parties=(party,)))
    if booking.type_code in case.packs[TYPES]["types"]:
        case.choose_type(case.checklist_of(booking.type_code))
    intake.pages.bind(case)
