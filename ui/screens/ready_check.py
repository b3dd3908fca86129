"""Before leaving the office (出发前自检): everything that the evening needs, tried and said in one list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from capture.pages import FindingKind, PreparedFile
from capture.sources.source import Back, Description, FoundPage, Gone
from registration.errors import JilaiError, Problem
from storage import device
from ui import readiness
from ui.copy_words import readiness_of
from ui.messages import words
from ui.ready_result import Point, ReadyResult, keep_ready, point_name
from ui.run import aside, deliver
from ui.theme import Tone
from ui.widgets import Card, Chip, PrimaryButton, Screen, ScrollArea, SecondaryButton, Text

if TYPE_CHECKING:
    from capture.id_card_reader import IdCardReader, ReaderEvent
    from printing.spool import Printer
    from ui.live_camera import LiveCamera
    from ui.services import Services

_READER_SECONDS = 3.0


class ReadyCheckScreen(Screen):
    """Looks at everything when it is shown and again on Enter; P prints a test page, S measures sharpness."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._camera: LiveCamera | None = None
        self._reader: IdCardReader | None = None
        self._measuring = False
        self._printers: list[Printer] = []
        self._kept: ReadyResult | None = None
        self._found: dict[Point, tuple[Tone, Callable[[], str]]] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        self.card = Card(" ")
        self.summary = Chip("", Tone.PLAIN)
        self.card.header.addStretch(1)
        self.card.header.addWidget(self.summary)
        outer.addWidget(self.card)
        scroll = ScrollArea()
        self.card.body.addWidget(scroll, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(2, 1)
        scroll.column.addLayout(grid)
        scroll.column.addStretch(1)
        self._names = {point: Text("", "strong") for point in Point}
        self.states = {point: Chip("", Tone.PLAIN) for point in Point}
        self.said = {point: Text("", "body", wrap=True) for point in Point}
        self.measure = SecondaryButton("", "S")
        self.print_page = SecondaryButton("", "P", "printer")
        for line, point in enumerate(Point):
            grid.addWidget(self._names[point], line, 0)
            grid.addWidget(self.states[point], line, 1)
            grid.addWidget(self.said[point], line, 2)
        grid.addWidget(self.measure, list(Point).index(Point.SHARPNESS), 3)
        grid.addWidget(self.print_page, list(Point).index(Point.PRINTER), 3)
        foot = QHBoxLayout()
        self.again = PrimaryButton("", "Enter")
        foot.addStretch(1)
        foot.addWidget(self.again)
        self.card.body.addLayout(foot)
        for button, key, act in (
            (self.again, "Return", self.look),
            (self.measure, "S", self.measure_sharpness),
            (self.print_page, "P", self.print_test_page),
        ):
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(act)
        self.retranslate()

    def shown(self) -> None:
        self.again.setFocus()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        self._let_go()
        super().hideEvent(event)

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Look at everything again")),
            ("S", self.tr("Measure sharpness on the test page under the camera")),
            ("P", self.tr("Print a test page")),
        ]

    # -- looking -------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Look at everything anew; what takes time arrives on its own."""
        self._let_go()
        self._found.clear()
        self._kept = None
        self._look_at_camera()
        self._look_for_scanner()
        self._look_for_reader()
        self._look_for_printer()
        self._look_at_clock_and_data()
        self._look_at_machine()
        self._show()

    def _say(self, point: Point, tone: Tone, text: Callable[[], str]) -> None:
        self._found[point] = (tone, text)
        self._show()

    def _look_at_camera(self) -> None:
        from ui.live_camera import LiveCamera

        if self._camera is None:
            camera = LiveCamera(self._services, self)
            camera.taken.connect(self._measured_page)
            camera.failed.connect(self._not_measured)
            camera.changed.connect(self._camera_changed)
            self._camera = camera
        names = ", ".join(one.name for one in self._camera.cameras())
        if names:
            self._say(Point.CAMERA, Tone.PRIMARY, lambda: names)
            self._say(
                Point.SHARPNESS, Tone.PLAIN, lambda: self.tr("Lay the test page under the camera, press S.")
            )
        else:
            self._say(Point.CAMERA, Tone.SEAL, lambda: self.tr("None is plugged in."))
            self._say(Point.SHARPNESS, Tone.PLAIN, lambda: self.tr("Needs a camera."))

    def _look_for_scanner(self) -> None:
        from ui.scanning import Scanning

        scanning = Scanning(self._services, self)

        def found(scanners: tuple[Description, ...]) -> None:
            scanning.deleteLater()
            names = ", ".join(one.name for one in scanners)
            if names:
                self._say(Point.SCANNER, Tone.PRIMARY, lambda: names)
            else:
                self._say(
                    Point.SCANNER, Tone.AMBER, lambda: self.tr("None found; the camera can do without.")
                )

        aside(self, self._services.signals, scanning.find, found)

    def _look_for_reader(self) -> None:
        from capture.id_card_reader import IdCardReader

        reader: IdCardReader | None = None

        def hear(event: ReaderEvent) -> None:
            signals = self._services.signals
            if isValid(signals):
                signals.post(lambda: self._reader_news(reader, event) if isValid(self) else None)

        reader = IdCardReader(hear, lambda: self._services.clock().date(), self._services.devices.ports)
        self._reader = reader
        reader.start()
        QTimer.singleShot(round(_READER_SECONDS * 1000), self, lambda: self._no_reader(reader))

    def _reader_news(self, reader: IdCardReader | None, event: ReaderEvent) -> None:
        if reader is self._reader and isinstance(event, Back):
            self._say(Point.READER, Tone.PRIMARY, lambda: self.tr("It answers."))
        elif reader is self._reader and isinstance(event, Gone):
            self._no_reader(reader)

    def _no_reader(self, reader: IdCardReader | None) -> None:
        if reader is not None and reader is self._reader and not reader.there:
            self._say(
                Point.READER, Tone.AMBER, lambda: self.tr("None answers; names and numbers would be typed.")
            )

    def _look_for_printer(self) -> None:
        aside(
            self,
            self._services.signals,
            self._services.press.printers,
            self._printers_found,
            self._no_printer,
        )

    def _printers_found(self, printers: list[Printer]) -> None:
        self._printers = printers
        wished = self._services.settings.value.a4_printer
        chosen = next((p for p in printers if p.name == wished or (not wished and p.default)), None)
        chosen = chosen or (printers[0] if printers and not wished else None)
        if chosen is None:
            self._say(
                Point.PRINTER, Tone.SEAL, lambda: self.tr("None found, or the chosen one is not connected.")
            )
        elif not chosen.ready:
            name = chosen.name
            self._say(
                Point.PRINTER, Tone.SEAL, lambda: self.tr("{name} takes no jobs now.").format(name=name)
            )
        else:
            name = chosen.name
            self._say(Point.PRINTER, Tone.PRIMARY, lambda: name)

    def _no_printer(self, error: JilaiError) -> None:
        self._printers = []
        self._say(Point.PRINTER, Tone.SEAL, lambda: words(error).title)

    def _look_at_clock_and_data(self) -> None:
        status, now = self._services.courier.status, self._services.clock()
        offset = status.clock_offset
        if offset is None:
            self._say(
                Point.CLOCK, Tone.AMBER, lambda: self.tr("Not compared yet: connect to the centre once.")
            )
        else:
            good = abs(offset) <= readiness.MOST_CLOCK_SECONDS
            text = f"{offset:+.0f} s"
            self._say(
                Point.CLOCK,
                Tone.PRIMARY if good else Tone.SEAL,
                lambda: self.tr("Against the centre: {offset}").format(offset=text),
            )
        if status.last_contact is None:
            self._say(Point.DATA, Tone.AMBER, lambda: self.tr("No contact with the centre since the start."))
        else:
            days = readiness.days_since(status.last_contact, now)
            tone = Tone.PRIMARY if days <= readiness.OLD_DAYS else Tone.AMBER
            self._say(Point.DATA, tone, lambda: self.tr("Last brought up to date %n day(s) ago", "", days))

    def _look_at_machine(self) -> None:
        room = readiness.room_for(self._services.data_dir)
        tone = Tone.PRIMARY if room >= readiness.FEW_APPLICATIONS else Tone.SEAL
        self._say(
            Point.ROOM, tone, lambda: self.tr("For about {count} applications").format(count=f"{room:,}")
        )
        left: int = self._services.store.read(_numbers_left)
        tone = Tone.PRIMARY if left >= readiness.FEW_APPLICATIONS else Tone.AMBER
        self._say(Point.NUMBERS, tone, lambda: self.tr("{count} receipt numbers").format(count=f"{left:,}"))
        copy, said = readiness_of(self._services.copy_room.status)
        self._say(Point.COPY, copy, lambda: said)
        charge = readiness.battery()
        if charge is None:
            self._say(Point.BATTERY, Tone.PRIMARY, lambda: self.tr("No battery is reported: on the mains."))
            return
        good = charge.percent >= readiness.LOW_BATTERY or charge.charging
        text = f"{charge.percent} %"
        self._say(Point.BATTERY, Tone.PRIMARY if good else Tone.AMBER, lambda: text)

    # -- trying --------------------------------------------------------------------------------------------

    def measure_sharpness(self) -> None:
        """Photograph what lies under the camera and judge how sharp its print is."""
        if self._camera is None or not self._camera.cameras() or self._measuring:
            return
        self._measuring = True
        self._say(Point.SHARPNESS, Tone.PLAIN, lambda: self.tr("Photographing…"))
        self._camera.turn_on()

    def _camera_changed(self) -> None:
        if self._camera is not None and self._measuring and self._camera.there:
            self._camera.take()

    def _measured_page(self, found: FoundPage) -> None:
        future = self._services.imaging.submit_file(found.data, found.name)
        deliver(self, self._services.signals, future, self._judged, lambda e: self._not_measured(e.problem))

    def _judged(self, prepared: PreparedFile) -> None:
        self._end_measuring()
        page = prepared.pages[0]
        found = {finding.kind: finding for finding in page.findings}
        if not page.page_found or FindingKind.BLANK in found:
            self._say(
                Point.SHARPNESS, Tone.AMBER, lambda: self.tr("No test page in sight: lay it down flat.")
            )
        elif FindingKind.BLURRED in found:
            blurred = found[FindingKind.BLURRED]
            text = f"{blurred.measured:.2f} < {blurred.limit:.2f}"
            self._say(
                Point.SHARPNESS,
                Tone.SEAL,
                lambda: self.tr("Blurred ({text}): clean the lens, set the height.").format(text=text),
            )
        else:
            self._say(Point.SHARPNESS, Tone.PRIMARY, lambda: self.tr("Small print is sharp."))

    def _not_measured(self, problem: Problem) -> None:
        if self._measuring:
            self._end_measuring()
            self._say(Point.SHARPNESS, Tone.SEAL, lambda: words(problem).title)

    def _end_measuring(self) -> None:
        self._measuring = False
        if self._camera is not None:
            self._camera.turn_off()

    def print_test_page(self) -> None:
        """Print the test page on the printer of the receipts."""
        services = self._services
        name, now = services.settings.value.a4_printer, services.clock()
        language = services.settings.value.language
        title = self.tr("Test page")

        def work() -> object:
            from printing import test_page

            return services.press.send(test_page.render(language=language, printed_at=now), name, title)

        sent = self.tr("The test page is on its way: look whether its frame is whole.")
        aside(
            self,
            services.signals,
            work,
            lambda _: self._say(Point.PRINTER, Tone.PRIMARY, lambda: sent),
            self._no_printer,
        )

    def _let_go(self) -> None:
        self._end_measuring()
        reader, self._reader = self._reader, None
        if reader is not None:
            aside(self, self._services.signals, reader.close)

    # -- words ---------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.card.set_title(self.tr("Ready to go?"))
        self.again.set_text(self.tr("Look again"))
        self.measure.set_text(self.tr("Measure"))
        self.print_page.set_text(self.tr("Test page"))
        for point, name in self._names.items():
            name.set_text(point_name(point))
        self._show()

    def _show(self) -> None:
        chips = {
            Tone.PRIMARY: (self.tr("Good"), "check"),
            Tone.AMBER: (self.tr("Look at it"), "triangle-alert"),
            Tone.SEAL: (self.tr("Missing"), "circle-alert"),
            Tone.PLAIN: (self.tr("Not tried"), ""),
        }
        for point in Point:
            tone, text = self._found.get(point, (Tone.PLAIN, lambda: ""))
            said, icon = chips[tone] if point in self._found else (self.tr("Looking…"), "")
            self.states[point].set_chip(said, tone, icon)
            self.said[point].set_text(text())
        bad = sum(tone is Tone.SEAL for tone, _ in self._found.values())
        unsure = sum(tone is Tone.AMBER for tone, _ in self._found.values())
        if bad or unsure:
            count = self.tr("%n point(s) to look at", "", bad + unsure)
            self.summary.set_chip(count, Tone.SEAL if bad else Tone.AMBER)
        elif len(self._found) == len(Point):
            self.summary.set_chip(self.tr("Ready"), Tone.PRIMARY, "check")
        else:
            self.summary.set_chip(self.tr("Looking…"), Tone.PLAIN)
        self.measure.setEnabled(not self._measuring)
        self._keep()

    def _keep(self) -> None:
        """Keep how it ended, once everything was looked at: the opening form says it on the spot."""
        if len(self._found) == len(Point):
            missing, doubtful = (
                tuple(point for point in Point if self._found[point][0] is tone)
                for tone in (Tone.SEAL, Tone.AMBER)
            )
            now = self._services.clock()
            if self._kept is None or (missing, doubtful) != (self._kept.missing, self._kept.doubtful):
                self._kept = ReadyResult(now, missing, doubtful)
                keep_ready(self._services.data_dir, self._kept)


def _numbers_left(db: Any) -> int:
    return device.numbers_left(db)
