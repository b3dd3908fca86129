"""A case that is being mended: what the centre wants stands over the steps and at the rows that it names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from registration.deferral import Deferral, open_deferrals
from storage import corrections, revisions
from storage.corrections import Correction
from storage.revisions import Revision, Why
from ui.intake.case import IntakeCase
from ui.intake.materials import MaterialsPage
from ui.messages import language
from ui.run import read_aside
from ui.theme import Tone
from ui.widgets import DangerButton, QuietButton, SecondaryButton, Sheet, Text

if TYPE_CHECKING:
    from ui.services import Services

Said = tuple[str, Tone | None]


@dataclass(frozen=True)
class Wanted:
    """What a revision is about: the one before, its page digests by row, and what the centre wants."""

    former: Revision
    digests: dict[str, frozenset[str]]
    correction: Correction | None


class MendingBar(QFrame):
    """Over the steps of a case that is being mended; `item_wanted(code)` goes to the next row to mend."""

    item_wanted = Signal(str)

    def __init__(self, services: Services, materials: MaterialsPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Problem")
        self.setProperty("tone", Tone.AMBER.value)
        self._services = services
        self._case: IntakeCase | None = None
        self._wanted: Wanted | None = None
        self._here, self._fresh = "", False
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = Text("", "strong", elide=True)
        self._what = Text("", "small", wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._what)
        row.addLayout(words, 1)
        self.next_button = QuietButton("", "Ctrl M", "chevron-right")
        self.next_button.clicked.connect(self.go_on)
        row.addWidget(self.next_button)
        self._others_say = materials.said_of_row
        materials.said_of_row = self.said_of_row
        self._refresh_rows: Callable[[], None] = materials.refresh
        materials.pages_shown.connect(self._pages_shown)
        self.hide()

    def bind(self, case: IntakeCase | None) -> None:
        """Show what is to be mended in this case; a first intake has nothing over it."""
        self._case, self._wanted, self._here = case, None, ""
        self._fresh = case is not None and not case.place  # nobody has been anywhere in this revision yet
        self.hide()
        if case is None or case.application.revision == 1:
            return
        case_id, revision = case.id, case.application.revision
        read_aside(self, self._services, lambda db: _read(db, case_id, revision), self._arrived)

    def open_items(self) -> tuple[str, ...]:
        """Return the rows that the centre named and that have no new page yet."""
        wanted = self._wanted
        if wanted is None or wanted.correction is None:
            return ()
        codes = dict.fromkeys(item.item_code for item in wanted.correction.items if item.item_code)
        return tuple(code for code in codes if not self._new_in(code))

    def go_on(self) -> None:
        """Go to the next row that the centre named, those still open first."""
        wanted = self._wanted
        if wanted is None or wanted.correction is None:
            return
        named = tuple(dict.fromkeys(i.item_code for i in wanted.correction.items if i.item_code))
        codes = self.open_items() or named
        if codes:
            at = codes.index(self._here) + 1 if self._here in codes else 0
            self._here = codes[at % len(codes)]
            self.item_wanted.emit(self._here)

    def said_of_row(self, code: str) -> Said:
        """Return what the centre says of a checklist row, else what others say of it."""
        wanted = self._wanted
        said = [] if wanted is None or wanted.correction is None else list(wanted.correction.items)
        reasons = [item.en if language() == "en" else item.zh for item in said if item.item_code == code]
        if not reasons:
            return self._others_say(code)
        reason = ("; " if language() == "en" else "；").join(filter(None, reasons))
        if self._new_in(code):
            return self.tr("New page here · the centre wanted: {reason}").format(reason=reason), Tone.PRIMARY
        return self.tr("The centre: {reason}").format(reason=reason), Tone.AMBER

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _new_in(self, code: str) -> bool:
        if self._case is None or self._wanted is None:
            return False
        before = self._wanted.digests.get(code, frozenset())
        return any(page.digest not in before for page in self._case.pages_of(code))

    def _pages_shown(self) -> None:
        self._note_deliveries()
        self._fill()

    def _note_deliveries(self) -> None:
        """A paper that was promised has come with the first new page in its row, and not come without one."""
        case, wanted = self._case, self._wanted
        if case is None or wanted is None:
            return
        promised = {each.item_code for each in open_deferrals(wanted.former.application.deferrals)}
        today = case.today().isoformat()

        def as_it_is(promise: Deferral) -> Deferral:
            if promise.item_code not in promised:
                return promise
            came = (promise.delivered_on or today) if self._new_in(promise.item_code) else ""
            return replace(promise, delivered_on=came)

        case.edit(lambda a: replace(a, deferrals=tuple(as_it_is(each) for each in a.deferrals)))

    def _arrived(self, wanted: Wanted | None) -> None:
        if wanted is None or self._case is None or wanted.former.application.id != self._case.id:
            return
        self._wanted = wanted
        self._fill()
        self.show()
        self._refresh_rows()
        if self._fresh:
            self._fresh = False
            self.go_on()

    def _fill(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        titles = {
            Why.RETURNED: self.tr("Correction: revision {n} follows what the centre returned"),
            Why.REFUSED: self.tr("Put right: revision {n} follows what the centre did not take"),
            Why.CONFLICT: self.tr("Revision {n}, on top of what the centre has"),
            Why.SUPPLEMENT: self.tr("Supplement: revision {n}, before the case is accepted"),
        }
        self._title.set_text(titles.get(wanted.former.why, "").format(n=wanted.former.next_revision))
        correction, english = wanted.correction, language() == "en"
        if correction is None:
            self._what.set_text(self.tr("All facts and pages of the revision before are here; change them."))
            self.next_button.hide()
            return
        reason = correction.reason_en if english else correction.reason_zh
        other = [i.en if english else i.zh for i in correction.items if not i.item_code]
        count = len(self.open_items())
        still = (
            self.tr("%n paper(s) still to bring", "", count) if count else self.tr("Every row named is new")
        )
        parts = [reason, *other, still if any(i.item_code for i in correction.items) else ""]
        if correction.due:
            parts.append(self.tr("until {day}").format(day=correction.due))
        self._what.set_text(" · ".join(part for part in parts if part))
        self.next_button.set_text(self.tr("Next row"))
        self.next_button.setVisible(any(item.item_code for item in correction.items))


def ask_give_up(screen: QWidget, give_up: Callable[[], None]) -> Sheet:
    """Ask over the screen's window whether a correction is given up; call `give_up()` once that is said."""
    tr = _Words().tr
    sheet = Sheet(screen.window(), tr("Give this correction up?"))
    said = tr(
        "The case goes back to what it was before. What was added meanwhile stays on this disk, readable."
    )
    sheet.body.addWidget(Text(said, "muted", wrap=True))
    stay = SecondaryButton(tr("Go on mending"), "Esc")
    stay.clicked.connect(sheet.close_sheet)
    go = DangerButton(tr("Give it up"), "Enter")
    go.clicked.connect(sheet.close_sheet)
    go.clicked.connect(give_up)
    sheet.buttons.addWidget(stay)
    sheet.buttons.addWidget(go)
    sheet.open()
    go.setFocus()
    return sheet


class _Words(QObject):
    """Gives the sheet's words their place in the translations."""


def _read(db: Any, application_id: str, revision: int) -> Wanted | None:
    former = revisions.former_of(db, application_id, revision)
    if former is None:
        return None
    digests: dict[str, set[str]] = {}
    for page in revisions.pages_of(db, application_id, former.number):
        digests.setdefault(page.item_code, set()).add(page.digest)
    found = corrections.correction(db, application_id)
    mine = found if found is not None and former.why is Why.RETURNED else None
    return Wanted(former, {code: frozenset(each) for code, each in digests.items()}, mine)
