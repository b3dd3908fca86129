"""Beside the list: the chosen item with its cause and next try, and the certificate of arrival."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from registration.errors import JilaiError, Problem
from storage import arrivals, operations
from storage.arrivals import Arrival
from storage.sending import SendingRow, Standing
from sync.status import Holding, SyncStatus
from ui.messages import language
from ui.moments import day_and_time, full_time, size
from ui.run import aside, read_aside, run
from ui.sending_words import item_words, kind_words, pages_words
from ui.services import Services
from ui.theme import Tone
from ui.widgets import Card, Chip, InlineProblem, PrimaryButton, SecondaryButton, Text
from ui.widgets.layouts import clear


class ItemPanel(Card):
    """`set_row`, `set_status` in; `case_wanted(application id)` out."""

    case_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__("·", parent=parent)
        self._services = services
        self._status = services.courier.status
        self._row: SendingRow | None = None
        self._said = ""  # by the centre, of the item in hand
        self._chip = Chip()
        self.body.addWidget(self._chip)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self.body.addLayout(self._facts)
        self._cause, self._remedy = Text("", "body", wrap=True), Text("", "muted", wrap=True)
        self._holding = Text("", "body", wrap=True)
        for text in (self._cause, self._remedy, self._holding):
            self.body.addWidget(text)
        self._retry = SecondaryButton("", "R")
        self._retry.clicked.connect(self.retry)
        self._question = SecondaryButton("", "K")
        self._question.clicked.connect(self.ask_centre)
        self._open = SecondaryButton("", "Enter", "file-text")
        self._open.clicked.connect(self.open_case)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._open)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self._question, 1)
        pair.addWidget(self._retry, 1)
        buttons.addLayout(pair)
        self.body.addLayout(buttons)

    def set_row(self, row: SendingRow | None) -> None:
        same = row is not None and self._row is not None and row.outbox_id == self._row.outbox_id
        self._row = row
        if not same:
            self._said = ""
        self._show()

    def set_status(self, status: SyncStatus) -> None:
        self._status = status
        self._show()

    def retry(self) -> None:
        """Let the chosen item go at once."""
        row = self._row
        if row is None or row.standing not in (Standing.PARKED, Standing.FAILED):
            return
        services = self._services
        who, now = services.who, services.clock()
        run(
            self,
            services,
            lambda db: operations.retry_parked(db, who, now, row.outbox_id),
            lambda _: services.courier.wake(),
        )

    def ask_centre(self) -> None:
        """Ask the centre what it holds of the chosen item's application."""
        row = self._row
        if row is None:
            return
        self._question.set_busy(self.tr("Asking…"))
        post = self._services.signals.post
        self._services.courier.ask_about(
            row.application_id, lambda found: post(partial(self._answered, row.application_id, found))
        )

    def open_case(self) -> None:
        if self._row is not None and not self._row.topic:
            self.case_wanted.emit(self._row.application_id)

    def retranslate(self) -> None:
        self._retry.set_text(self.tr("Retry"))
        self._question.set_text(self.tr("Ask the centre"))
        self._open.set_text(self.tr("Open the case"))
        self._show()

    def _show(self) -> None:
        row, now = self._row, self._services.clock()
        self.setVisible(row is not None)
        if row is None:
            return
        words = item_words(row, self._status, now)
        self.set_title(row.receipt_number or kind_words(row.kind, row.topic))
        self._chip.set_chip(words.state, words.tone)
        clear(self._facts)
        sent = row.standing in (Standing.PAGES, Standing.HELD)
        facts = [
            (self.tr("Facts"), self.tr("sent") if sent else self.tr("not sent yet")),
            (self.tr("Pages there"), pages_words(row)),
            (self.tr("Bytes"), f"{size(row.bytes_held)} / {size(row.bytes)}" if row.bytes else "—"),
            (self.tr("Submitted"), day_and_time(row.created_at, now)),
            (self.tr("Tries"), str(row.attempts)),
        ]
        if words.again:
            facts.append((self.tr("Next try"), words.again))
        for line, (name, value) in enumerate(facts):
            self._facts.addWidget(Text(name, "muted"), line, 0)
            self._facts.addWidget(Text(value), line, 1)
        said = ((self._cause, words.cause), (self._remedy, words.remedy), (self._holding, self._said))
        for text, value in said:
            text.set_text(value)
            text.setVisible(bool(value))
        self._retry.setVisible(row.standing in (Standing.PARKED, Standing.FAILED))

    def _answered(self, application_id: str, found: Holding | Problem) -> None:
        self._question.set_busy("")
        if self._row is None or self._row.application_id != application_id:
            return
        self._said = self._holding_words(found)
        self._show()

    def _holding_words(self, found: Holding | Problem) -> str:
        if isinstance(found, Problem):
            return self.tr("The centre could not be asked now.")
        if found.whole:
            return self.tr("The centre says: all of it is here.")
        if not found.known:
            return self.tr("The centre says: nothing of it is here yet.")
        words = self.tr("The centre says: the facts are here, %n page(s) not.", "", found.lacking)
        if found.bytes_there:
            words += " " + self.tr("{size} of them have arrived.").format(size=size(found.bytes_there))
        return words


class ArrivalPanel(Card):
    """ "Everything from this machine has arrived": asked for, shown, printed."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__("·", parent=parent)
        self._services = services
        self._arrival: Arrival | None = None
        self._lead = Text("", "muted", wrap=True)
        self._answer, self._detail = Text("", "strong", wrap=True), Text("", "small", wrap=True)
        self._problem = InlineProblem()
        self._ask = PrimaryButton("", "A")
        self._ask.clicked.connect(self.ask)
        self._print = SecondaryButton("", "Ctrl P", "printer")
        self._print.clicked.connect(self.print_it)
        for widget in (self._lead, self._answer, self._detail, self._problem):
            self.body.addWidget(widget)
        self.body.addWidget(self._ask)
        self.body.addWidget(self._print)

    def reload(self) -> None:
        """Read the centre's newest answer."""
        read_aside(self, self._services, arrivals.last_arrival, self._read)

    def ask(self) -> None:
        """Have the centre compare what it holds of this machine with what was submitted on it."""
        if not self._ask.isEnabled():
            return
        self._ask.set_busy(self.tr("Comparing…"))
        self._problem.clear()
        post = self._services.signals.post
        self._services.courier.ask_arrival(lambda found: post(partial(self._answered, found)))

    def print_it(self) -> None:
        """Print the certificate on A4."""
        arrival, services = self._arrival, self._services
        if arrival is None or not arrival.whole:
            return
        tongue, printer, now = language(), services.settings.value.a4_printer, services.clock()
        title = self.tr("Certificate of arrival")

        def draw_and_send() -> object:
            from printing.arrival_sheet import render

            pdf = render(arrival.statement, arrival.signature, language=tongue, printed_at=now)
            return services.press.send(pdf, printer, title)

        self._print.set_busy(self.tr("Printing…"))
        aside(self, services.signals, draw_and_send, lambda _: self._printed(None), self._printed)

    def retranslate(self) -> None:
        self.set_title(self.tr("Has everything arrived?"))
        self._lead.set_text(
            self.tr(
                "The centre compares what it holds of this machine with what was submitted on it, and signs"
                " that nothing is missing."
            )
        )
        self._ask.set_text(self.tr("Compare now"))
        self._print.set_text(self.tr("Print"))
        self._show()

    def _read(self, arrival: Arrival | None) -> None:
        self._arrival = arrival
        self._show()

    def _answered(self, found: Arrival | Problem) -> None:
        self._ask.set_busy("")
        if isinstance(found, Problem):
            self._problem.show_problem(found, tone=Tone.AMBER)
            return
        self._read(found)

    def _printed(self, error: JilaiError | None) -> None:
        self._print.set_busy("")
        if error is not None:
            self._problem.show_problem(error)

    def _show(self) -> None:
        arrival = self._arrival
        self._print.setVisible(arrival is not None and arrival.whole)
        if arrival is None:
            self._answer.set_text(self.tr("Not asked yet"))
            self._detail.set_text("")
        elif arrival.whole:
            count = int(arrival.statement["count"])
            self._answer.set_text(self.tr("All %n application(s) have arrived", "", count))
            asked = full_time(arrival.asked_at)
            self._detail.set_text(self.tr("Signed by the centre, asked {time}").format(time=asked))
        else:
            self._answer.set_text(self.tr("The centre lacks %n application(s)", "", len(arrival.lacking)))
            self._detail.set_text(
                self.tr("Asked {time}. They are on their way again; ask once more when all are held.").format(
                    time=full_time(arrival.asked_at)
                )
            )
        self._detail.setVisible(bool(self._detail.text()))
