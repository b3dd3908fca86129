"""Every paper of one case: chosen from a list, seen as it will be printed, printed, saved, declared void."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError, Problem
from registration.rights import Act, PairedAct, may
from storage import applications, print_queue, voiding
from storage.print_queue import RECEIPT, PaperState, Wish
from storage.values import ApplicationDetail
from ui.document_titles import document_title
from ui.messages import language
from ui.papers import ARCHIVE, CASE_FORMS, CERTIFICATE, case_facts
from ui.role_words import who_may
from ui.run import aside, read_aside, run
from ui.screens.paper_printing import PaperPrinting
from ui.screens.paper_saving import ask_where, write_whole
from ui.screens.reason_sheet import ask_reprint, ask_void
from ui.screens.second_person import SecondPersonCard
from ui.theme import Tone
from ui.widgets import Card, DangerButton, InlineProblem, PrimaryButton, Screen, SecondaryButton, Text
from ui.widgets.option_list import Option, OptionList
from ui.widgets.paper_view import PaperView, pictures_of
from ui.widgets.side_column import SideColumn

if TYPE_CHECKING:
    from storage.second_person import Second
    from ui.services import Services

ROLL = "receipt:roll"
Loaded = tuple[ApplicationDetail, dict[str, int]]
Made = tuple[Wish, int, bytes, QImage, int]


def _load(db: Any, application_id: str) -> Loaded | None:
    detail = applications.detail(db, application_id)
    if detail is None:
        return None
    printed: dict[str, int] = {}
    for paper in print_queue.papers(db, PaperState.PRINTED, application_id=application_id):
        printed[paper.wish.document] = printed.get(paper.wish.document, 0) + 1
    return detail, printed


class PapersScreen(Screen):
    """`show_papers(application id)` in; `left()` out."""

    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._id, self._chosen, self._why_void = "", "", ""
        self._loaded: Loaded | None = None
        self._wish: Wish | None = None
        self._copy, self._pages, self._page = 0, 0, 0
        self._pdf = b""
        self._round = 0
        self._printing = PaperPrinting(services, self)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        self._choice = Card(" ")
        self.documents = OptionList()
        self._list = SideColumn(340)
        self._list.column.addWidget(self.documents)
        self._list.column.addStretch(1)
        self._choice.body.addWidget(self._list, 1)
        outer.addWidget(self._choice)
        outer.addWidget(self._build_paper(), 1)
        self._connect()
        self.retranslate()

    def _build_paper(self) -> QWidget:
        self._card = Card(" ", margins=12)
        self._count = Text("", "muted")
        self._card.header.addStretch(1)
        self._card.header.addWidget(self._count)
        self.view = PaperView()
        self.problem = InlineProblem()
        self.second = SecondPersonCard(self._services)
        self._said = Text("", "muted", wrap=True)
        self._not_yours = Text("", "muted", wrap=True)
        self.print_button = PrimaryButton("", "P", "printer")
        self.save_button = SecondaryButton("", "S", "save")
        self.void_button = DangerButton("", "V", "trash-2")
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._said, 1)
        for button in (self.void_button, self.save_button, self.print_button):
            row.addWidget(button)
        self._card.body.addWidget(self.view, 1)
        self._card.body.addWidget(self.problem)
        self._card.body.addWidget(self.second)
        self._card.body.addWidget(self._not_yours)
        self._card.body.addWidget(self._foot)
        return self._card

    def _connect(self) -> None:
        self.documents.chosen.connect(self._choose)
        self.documents.confirmed.connect(self.print_paper)
        self.print_button.clicked.connect(self.print_paper)
        self.save_button.clicked.connect(self.ask_where)
        self.void_button.clicked.connect(self.ask_void)
        self.second.confirmed.connect(self._void)
        self.second.left.connect(self.shown)
        self.second.asking.connect(self._foot.setHidden)  # one thing to do at a time
        self.problem.retried.connect(self.print_paper)
        self._printing.moved.connect(self._say)
        self._printing.printed.connect(self._printed)
        self._printing.failed.connect(self._not_printed)
        self._services.signals.changed.connect(self._changed)
        for key, act in (
            ("P", self.print_paper),
            ("S", self.ask_where),
            ("V", self.ask_void),
            ("PgDown", partial(self._turn, 1)),
            ("PgUp", partial(self._turn, -1)),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- which case, which paper -----------------------------------------------------------------------------

    def show_papers(self, application_id: str) -> None:
        """Show the papers of a case, its receipt first."""
        self._id, self._chosen, self._loaded, self._wish, self._pdf = application_id, "", None, None, b""
        self.problem.clear()
        self.second.put_away()
        self._say("")
        self._reload()
        self.documents.setFocus(Qt.FocusReason.OtherFocusReason)

    def pdf(self) -> bytes:
        """Return the bytes in view, b"" while they are made."""
        return self._pdf

    def shown(self) -> None:
        self.documents.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> bool:
        if self.second.isVisible():
            self.second.leave()
            return True
        self.left.emit()
        return True

    def retranslate(self) -> None:
        self._choice.set_title(self.tr("Papers"))
        self.print_button.set_text(self.tr("Print"))
        self.save_button.set_text(self.tr("Save PDF…"))
        self.void_button.set_text(self.tr("Declare void…"))
        self.documents.setAccessibleName(self.tr("Papers of this case"))
        self.second.retranslate()
        self._fill()
        self._render()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", self.tr("Choose a paper")),
            ("PgUp PgDn", self.tr("Turn its pages")),
            ("P", self.tr("Print")),
            ("S", self.tr("Save as PDF")),
            ("V", self.tr("Declare the receipt void")),
        ]

    def _changed(self, changes: Changes) -> None:
        if self._id and self._id in changes.applications:
            self._reload()

    def _reload(self) -> None:
        wanted = self._id
        read_aside(self, self._services, lambda db: _load(db, wanted), partial(self._arrived, wanted))

    def _arrived(self, wanted: str, loaded: Loaded | None) -> None:
        if wanted == self._id and loaded is not None:
            first = self._loaded is None
            self._loaded = loaded
            self._fill()
            if first:
                self._render()

    def _fill(self) -> None:
        if self._loaded is None:
            return
        detail, printed = self._loaded
        values = [RECEIPT, ROLL] if detail.receipt is not None else []
        values += [code for code in CASE_FORMS if code != CERTIFICATE or detail.acceptance_number]
        values.append(ARCHIVE)
        options = [Option(value, self._name(value), self._note(value, printed)) for value in values]
        self._chosen = self._chosen if self._chosen in values else values[0]
        self.documents.show_options(options, self._chosen)
        self.void_button.setVisible(detail.receipt is not None)
        self.void_button.setEnabled(detail.void is None and may(self._services.who.role, Act.VOID))
        self._not_yours.set_text("".join(who_may(self._services.who.role, Act.VOID)))
        self._not_yours.setVisible(not may(self._services.who.role, Act.VOID))

    def _name(self, value: str) -> str:
        if value == ROLL:
            return self.tr("{title}, roll").format(title=document_title(RECEIPT))
        return document_title(value)

    def _note(self, value: str, printed: dict[str, int]) -> str:
        detail = self._loaded[0] if self._loaded else None
        if value in (RECEIPT, ROLL) and detail is not None and detail.void is not None:
            return self.tr("Void: {reason}").format(reason=detail.void.reason)
        count = printed.get(RECEIPT if value == ROLL else value, 0)
        return self.tr("Printed %n time(s)", "", count) if count else ""

    def _choose(self, value: str) -> None:
        self._chosen = value
        self._fill()
        self._list.ensureVisible(0, self.documents.chosen_rect().center().y(), 0, 80)
        self._say("")
        self._render()

    # -- the paper -------------------------------------------------------------------------------------------

    def _render(self) -> None:
        if self._loaded is None:
            return
        services, value, detail = self._services, self._chosen, self._loaded[0]
        self._round += 1
        self._pdf, self._page = b"", 0
        self._printing.forget()
        self.problem.clear()
        self._card.set_title(self._name(value))
        now, by, tongue = services.clock(), services.who.operator_name, language()

        def make() -> Made:
            document = RECEIPT if value == ROLL else value
            facts: dict[str, Any] = {}
            if document != RECEIPT:
                facts = services.store.read(
                    lambda db: case_facts(db, document, self._id, language=tongue, now=now)
                )
            wish = Wish(
                id=services.new_id(),
                document=document,
                paper="roll" if value == ROLL else "a4",
                application_id=detail.application.id,
                receipt_number=detail.receipt.number if document == RECEIPT and detail.receipt else "",
                language=tongue,
                second=services.settings.value.second_labels,
                facts=facts,
            )
            copy = services.store.read(lambda db: print_queue.next_copy(db, wish))
            pdf = services.papers.make(wish, copy, by)
            return wish, copy, pdf, *pictures_of(pdf)

        aside(self, services.signals, make, partial(self._show, self._round), self._not_made)

    def _show(self, number: int, made: Made) -> None:
        if number != self._round:
            return
        self._wish, self._copy, self._pdf, picture, self._pages = made
        self.view.show_picture(picture, whole=self._wish.paper == "a4")
        self._say_page()

    def _not_made(self, error: JilaiError) -> None:
        self.problem.show_problem(error)

    def _turn(self, step: int) -> None:
        page = self._page + step
        if not self._pdf or not 0 <= page < self._pages:
            return
        self._page = page
        number = self._round

        def turned(made: tuple[QImage, int]) -> None:
            if number == self._round and page == self._page:
                self.view.show_picture(made[0], whole=True)
                self._say_page()

        aside(self, self._services.signals, partial(pictures_of, self._pdf, page), turned)

    def _say_page(self) -> None:
        many = self._pages > 1
        said = self.tr("Page {page} of {pages}").format(page=self._page + 1, pages=self._pages)
        self._count.set_text(said if many else "")

    def print_paper(self) -> None:
        """Put the paper in view into the queue; a reprint is asked for its reason first."""
        if not self._pdf or self._wish is None or self._printing.busy():
            return
        if self._copy > 1:
            ask_reprint(self.window(), self._send)
        else:
            self._send("")

    def _send(self, reason: str) -> None:
        wish = self._wish
        if wish is None:
            return
        self.problem.clear()
        self._say(self.tr("Sent to the printer…"))
        self.print_button.set_busy(self.tr("Printing…"))
        self._printing.send(Wish(**{**vars(wish), "id": self._services.new_id(), "reason": reason}))

    def _printed(self, printer: str) -> None:
        self.print_button.set_busy("")
        self._say(self.tr("Printed on {printer}").format(printer=printer))
        self._render()

    def _not_printed(self, error: JilaiError) -> None:
        self.print_button.set_busy("")
        self._say("")
        self.problem.show_problem(error, tone=Tone.AMBER, can_retry=True)

    def _say(self, text: str) -> None:
        self._said.set_text(text)

    # -- file and void ---------------------------------------------------------------------------------------

    def ask_where(self) -> None:
        """Ask where the PDF goes."""
        if self._pdf and self._wish is not None:
            number = self._wish.receipt_number or str(self._wish.facts.get("number") or self._wish.document)
            ask_where(self, self.tr("Save this paper"), number, self.save_as)

    def save_as(self, name: str) -> None:
        """Write the bytes in view to a file, whole or not at all."""

        def done(_: None) -> None:
            self._say(self.tr("Saved as {file}").format(file=Path(name).name))

        aside(
            self,
            self._services.signals,
            partial(write_whole, name, self._pdf),
            done,
            self.problem.show_problem,
        )

    def ask_void(self) -> None:
        """Ask why the receipt no longer counts, then for the second person who confirms it."""
        if not may(self._services.who.role, Act.VOID):
            self.problem.show_problem(Problem("not_allowed"))
        elif (
            self._loaded is not None and self._loaded[0].receipt is not None and self._loaded[0].void is None
        ):
            ask_void(self.window(), self._ask_second)

    def _ask_second(self, reason: str) -> None:
        self._why_void = reason
        self.second.ask(PairedAct.VOID_RECEIPT)

    def _void(self, second: Second) -> None:
        receipt, reason = self._loaded[0].receipt if self._loaded is not None else None, self._why_void
        if receipt is None:
            return
        services = self._services
        who, now, event_id = services.who, services.clock(), services.new_id()

        def voided(_: Changes) -> None:
            services.courier.wake()
            self._render_when_read()

        run(
            self,
            services,
            lambda db: voiding.void_receipt(db, who, now, receipt.number, reason, event_id, second),
            voided,
            self.problem.show_problem,
        )

    def _render_when_read(self) -> None:
        self._loaded = None
        self._reload()
