"""What the resident's screen shows when: it follows the intake, asks how it was, is blank after a lock."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from registration.rating import scale_from
from registration.session import Session
from registration.signatures import is_drawn
from registration.signed_documents import APPLICATION, document_text
from storage import packs, ratings, sessions
from storage.confirmations import confirm_facts, confirmed
from ui.intake.steps import Step
from ui.messages import language
from ui.resident.entered import entered
from ui.resident.face import ResidentFace
from ui.resident.turned import BesideWindow, TurnedWindow, other_screen
from ui.resident.voice import Voice
from ui.run import run

if TYPE_CHECKING:
    from ui.intake.case import IntakeCase
    from ui.intake.screen import IntakeScreen
    from ui.services import Services

_RATING_MS = 60_000  # nobody touched it: the person has gone
_THANKS_MS = 12_000


def room_of(window: QWidget, services: Services) -> ResidentRoom:
    """Return the window's one room, made when it is first needed."""
    found = window.findChild(ResidentRoom, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if found is not None else ResidentRoom(services, window)


class ResidentRoom(QObject):
    """ResidentRoom(services, window): `follow(intake)` once there is one; `turn()` the laptop round and back.

    `face` may stand in the window of a second display as well; where it is nowhere in view, nothing is done.
    """

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services, self._window = services, window
        self._voice = Voice(services.devices.speech, self)
        self.face = ResidentFace(self._voice, window)
        self.face.hide()
        self.face.confirmed.connect(self._confirm)
        self.face.signed.connect(self._sign)
        self.face.rated.connect(self._rate)
        self.face.declined.connect(self._thank)
        self._intake: IntakeScreen | None = None
        self._case: IntakeCase | None = None
        self._turned: TurnedWindow | None = None
        self._beside: BesideWindow | None = None
        self._confirmed = ""  # the digest of the text that was confirmed
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.timeout.connect(self._welcome)
        window.installEventFilter(self)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(lambda _: self._give_way())
        self._welcome()

    def follow(self, intake: IntakeScreen) -> None:
        """Show what is entered there from now on."""
        self._intake = intake
        intake.case_taken.connect(self._take)
        intake.step_turned.connect(lambda _: self._show())
        intake.submitted.connect(lambda _: self._ask_rating())
        intake.signatures_page.place_shown.connect(self._show)
        if intake.case() is not None:
            self._take(intake.case())

    # -- the laptop turned round ---------------------------------------------------------------------------

    def turned(self) -> bool:
        return self._turned is not None

    def turn(self) -> None:
        """Turn the laptop to the resident, or back; where there is a second screen the face stands on it."""
        if self._turned is not None:
            self._turn_back()
            return
        if self._beside is not None:
            self._leave_beside()
            return
        other = other_screen(self._window)
        if other is not None:
            self._beside = BesideWindow(self.face, self._window)
            self.face.show()
            self._stand(self._beside, other)
            self._show()
            return
        self._turned = TurnedWindow(self.face, self._window)
        self._turned.turned_back.connect(self._turn_back)
        self.face.show()
        screen = self._window.screen()
        self._turned.setScreen(screen)
        self._turned.setGeometry(screen.geometry())
        self._turned.showFullScreen()
        self._turned.activateWindow()
        self._show()

    def _turn_back(self) -> None:
        turned, self._turned = self._turned, None
        if turned is not None:
            self.face.setParent(self._window)
            self.face.hide()
            turned.end()
            turned.deleteLater()
            self._window.activateWindow()

    def _leave_beside(self) -> None:
        beside, self._beside = self._beside, None
        if beside is not None:
            self.face.setParent(self._window)
            self.face.hide()
            beside.close()
            beside.deleteLater()

    def _stand(self, beside: BesideWindow, screen: QScreen) -> None:
        beside.stand_on(screen)
        self._window.activateWindow()  # the operator goes on typing

    def beside(self) -> bool:
        """Say whether the face stands on a second screen."""
        return self._beside is not None

    def _give_way(self) -> None:
        """On a second screen, be in view only while there is something for a resident: what else is shown
        there, such as the number that is called, has it for the rest of the time."""
        if self._beside is not None:
            other = other_screen(self._window)
            if other is None:  # it was pulled out
                self._leave_beside()
            elif self.face.idle():
                self._beside.hide()
            elif not self._beside.isVisible():
                self._stand(self._beside, other)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A locked window is hidden: nobody's facts stay in view anywhere."""
        if watched is self._window and event.type() == QEvent.Type.Hide:
            self._turn_back()
            self._leave_beside()
            self._welcome()
            self._voice.close()
        elif watched is self._window and event.type() == QEvent.Type.Show:
            self._show()
        return False

    # -- following -----------------------------------------------------------------------------------------

    def _take(self, case: IntakeCase | None) -> None:
        self._case, self._confirmed = case, ""
        if case is not None:
            self._leave.stop()
            case.facts_changed.connect(self._show)
            case.pages_changed.connect(self._show)
            known = self._services.store.read(lambda db: confirmed(db, case.id))
            self._confirmed = known.digest if known is not None else ""
        self._show()

    def _in_view(self) -> bool:
        return self.face.isVisible() or self._beside is not None

    def _show(self) -> None:
        if not self._window.isVisible():  # locked, or being closed: the store may be gone
            return
        case, intake = self._case, self._intake
        if case is None or intake is None:
            if not self._leave.isActive():
                self._welcome()
            return
        step = intake.step()
        if step is Step.REVIEW:
            intake.review_page.show_confirmed(self._holds(case), known=bool(self._confirmed))
        if not self._in_view():
            return
        place = intake.signatures_page.open_place() if step is Step.SIGNATURES else None
        if place is not None:
            self.face.show_place(*place)
            self._give_way()
            return
        self.face.show_entered(
            entered(case, language()), asked=step is Step.REVIEW, confirmed=self._holds(case)
        )
        self._give_way()

    def _holds(self, case: IntakeCase) -> bool:
        return bool(self._confirmed) and self._confirmed == _digest(case)

    def _confirm(self) -> None:
        case, services = self._case, self._services
        if case is None:
            return
        case.save()
        who, now, digest = services.who, services.clock(), _digest(case)

        def kept(_: object) -> None:
            if case is self._case:
                self._confirmed = digest
                self._show()

        run(self, services, lambda db: confirm_facts(db, who, now, case.id, digest), kept)

    def _sign(self, entry: str, strokes: Any) -> None:
        page = self._intake.signatures_page if self._intake is not None else None
        place = page.open_place() if page is not None else None
        if page is None or place is None or place[0] != entry:
            self._show()
        elif is_drawn(strokes):
            page.take(strokes)
        else:
            self.face.signing.refuse(self.tr("That is too short for a signature. Please sign again."))

    # -- how it was ----------------------------------------------------------------------------------------

    def _ask_rating(self) -> None:
        self._case = None
        if not self._in_view() or self._session() is None:  # a rating is of an evening at a place
            return
        today = self._services.clock().date()
        known = self._services.store.read(lambda db: packs.pack_set(db, today=today))
        self.face.ask_rating(scale_from(known))
        self._give_way()
        self._leave.start(_RATING_MS)

    def _rate(self, level: str, reasons: Any) -> None:
        services = self._services
        session = self._session()
        if session is not None:
            who, now, rating_id = services.who, services.clock(), secrets.token_hex(16)
            today = now.date()
            run(
                self,
                services,
                lambda db: ratings.rate(
                    db,
                    who,
                    now,
                    rating_id=rating_id,
                    compound_id=session.compound_id,
                    scale=scale_from(packs.pack_set(db, today=today)),
                    level=level,
                    reasons=reasons,
                ),
            )
        self._thank()

    def _thank(self) -> None:
        self.face.thank()
        self._leave.start(_THANKS_MS)

    def _welcome(self) -> None:
        session = self._session() if self._window.isVisible() and self._in_view() else None
        if session is None:
            self.face.welcome()
        else:
            self.face.welcome(session.compound_name, session.title)
        self._give_way()

    def _session(self) -> Session | None:
        return self._services.store.read(sessions.current)


def _digest(case: IntakeCase) -> str:
    """Return the SHA-256 hex of the application form's text as the facts stand."""
    text = document_text(
        APPLICATION,
        case.application,
        case.checklist,
        case.household,
        case.compound,
        case.facts(),
        case.packs,
    )
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
