"""The person whose number is at this table: their intake opens by one key, and the next is called from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from registration.packs import TYPES
from registration.queue import Slip
from storage import line, sessions
from ui.run import run

if TYPE_CHECKING:
    from ui.intake.screen import IntakeScreen
    from ui.main_window import MainWindow
    from ui.screens.tonight import TonightScreen
    from ui.services import Services
    from ui.widgets import Screen


def take_in_slip(window: MainWindow, services: Services, slip: Slip | None = None) -> bool:
    """Open the intake for a number at this table, of its type and about its household; False without one.

    Its draft goes on where it has one, and so does one that was prepared for its household. A draft of
    somebody else is put aside first, and that is said.
    """
    from ui.intake.case import Keeping  # not before there is an intake

    slip, drafted, prepared = services.store.read(lambda db: _look(db, services.who.device_code, slip))
    if slip is None:
        return False
    intake = cast("IntakeScreen", window.screen_of("intake"))
    case = intake.case()
    if case is not None and case.id == slip.application_id:
        window.go("intake")
        return True
    if drafted:
        window.open_draft(slip.application_id)
        return True
    if case is not None and case.id != prepared and case.keeping is not Keeping.NEW:
        intake.put_aside()
        said = QCoreApplication.translate(
            "LineIntake", "{number} is at the table; the other draft is put aside"
        )
        window.notify(said.format(number=slip.number))
    case_id = prepared or _begun(window, intake, slip)
    if not case_id:
        return False
    who, now, fact_id, slip_id = services.who, services.clock(), services.new_id(), slip.id
    run(
        window,
        services,
        lambda db: line.begin(db, who, now, fact_id=fact_id, slip_id=slip_id, application_id=case_id),
    )
    if prepared:
        window.open_draft(prepared)
    return True


def call_by_space(window: MainWindow, screen: Screen) -> None:
    """Let Space on a screen call the next number to this table."""
    shortcut = QShortcut(QKeySequence("Space"), screen)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.setAutoRepeat(False)  # a key that is held calls one number, not all of them
    card = cast("TonightScreen", window.screen_of("tonight")).line
    shortcut.activated.connect(card.call_next)

    def say(number: str) -> None:
        if screen.isVisible():  # the number stands nowhere on it
            said = QCoreApplication.translate("LineIntake", "{number} is called. Ctrl N when they have come.")
            window.notify(said.format(number=number))

    card.called.connect(say)


def _begun(window: MainWindow, intake: IntakeScreen, slip: Slip) -> str:
    """Begin a case of a slip's type and household; return its id, "" where none could be begun."""
    window.go("intake")
    intake.start(slip.household_id)
    case = intake.case()
    if case is None:
        return ""
    if slip.type_code in case.packs[TYPES]["types"]:
        case.choose_type(case.checklist_of(slip.type_code))
        intake.pages.bind(case)
    return case.id


def _look(db: Any, device_code: str, slip: Slip | None) -> tuple[Slip | None, bool, str]:
    session = sessions.current(db)
    if slip is None and session is not None:
        slip = line.at_table(db, session.id, device_code)
    if slip is None:
        return None, False, ""
    prepared = "" if slip.application_id or not slip.household_id else line.prepared(db, slip)
    return slip, line.drafted(db, slip), prepared
