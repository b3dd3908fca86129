"""Papers straight from the table: the live camera and the scanner beside the materials board."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from capture.sources.source import Event, FoundPage, Outline, PreviewFrame, Trouble
from capture.sources.watched_folder import FolderSource, OpenFolder
from registration.errors import JilaiError, Problem
from storage.values import StoredPage
from ui.intake.adding import FileWork, PageAdder, bytes_source
from ui.intake.materials import MaterialsPage
from ui.run import aside
from ui.theme import Tone
from ui.widgets import IconButton
from ui.widgets.capture_panel import CapturePanel

if TYPE_CHECKING:  # Qt's multimedia and HTTP are loaded when a device is used, not with the screen
    from ui.live_camera import LiveCamera
    from ui.scanning import Scanning
    from ui.services import Services


class CaptureSide(QObject):
    """Adds camera and scanner to the materials page; a page goes to the row that is chosen there.

    The camera stands in the place of the single page while it is on; it is on again the next time if it was.
    """

    def __init__(self, services: Services, page: MaterialsPage, adder: PageAdder) -> None:
        super().__init__(page)
        self._services, self._page, self._adder = services, page, adder
        self._camera: LiveCamera | None = None
        self._scanning: Scanning | None = None
        self._folder: OpenFolder | None = None
        self._under_way: dict[str, FoundPage] = {}
        self._taken = 0
        self._automatic = False
        self._seen_code = ""
        self._last = ""  # the page that was stored last
        self.panel = CapturePanel()
        page.side.addWidget(self.panel, 1)
        self.panel.hide()
        self.camera_button, self.scan_button = IconButton("camera"), IconButton("scan-line")
        for button, act in ((self.camera_button, self.toggle_camera), (self.scan_button, self.scan)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
            page.card.header.addWidget(button)
        acts: dict[str, Callable[[], None]] = {
            "F2": self.toggle_camera,
            "F3": self.scan,
            "F4": self._next_camera,
            "Shift+F3": lambda: self.scan(both_sides=True),
        }
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.panel.shutter.clicked.connect(self.take)
        self.panel.automatic.clicked.connect(self._toggle_automatic)
        self.panel.stop.clicked.connect(self._stop_scan)
        self.panel.faults.keep.clicked.connect(page.hand.keep)
        self.panel.faults.retake.clicked.connect(page.hand.retake)
        page.pages_shown.connect(self._follow_last)
        adder.added.connect(self._stored)
        adder.failed.connect(self._failed)
        page.shutter, page.camera_on = self.take, self.live
        page.installEventFilter(self)
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)
        self.retranslate()

    # -- camera --------------------------------------------------------------------------------------------

    def toggle_camera(self) -> None:
        """Turn the camera on, or off."""
        on = not self.live()
        self._services.settings.change(camera_on=on)
        if on:
            self._turn_on()
        else:
            self._turn_off()

    def live(self) -> bool:
        """Say whether the camera is on."""
        return self._camera is not None and self._camera.is_on()

    def take(self) -> bool:
        """Press the shutter for the row that is chosen; False where no camera is on."""
        if self.live() and self._camera is not None and self._page.case is not None:
            self._camera.take()
            return True
        return False

    def _turn_on(self) -> None:
        from ui.live_camera import LiveCamera

        if self._camera is None:
            camera = LiveCamera(self._services, self, rests=True)
            camera.framed.connect(self._show_frame)
            camera.outlined.connect(self._show_outline)
            camera.taken.connect(self._page_taken)
            camera.failed.connect(self._say_problem)
            camera.changed.connect(self._camera_changed)
            camera.rested.connect(self._turn_off)  # F2 opens it again
            self._camera = camera
        self.panel.problem.clear()
        self._show_panel(True)
        self.panel.view.show_words(self.tr("Starting the camera…"))
        self._camera.set_automatic(self._automatic)
        self._camera.turn_on()
        self._camera_changed()

    def _turn_off(self) -> None:
        if self._camera is not None:
            self._camera.turn_off()
        self._show_panel(False)
        self._say_buttons()

    def _next_camera(self) -> None:
        if self._camera is not None:
            self._camera.next_camera()

    def _toggle_automatic(self) -> None:
        self._automatic = not self._automatic
        if self._camera is not None:
            self._camera.set_automatic(self._automatic)
        self._say_buttons()

    def _show_frame(self, frame: PreviewFrame) -> None:
        self.panel.view.show_frame(frame.width, frame.height, frame.rgb)

    def _show_outline(self, outline: Outline) -> None:
        self.panel.view.show_outline(outline.corners)
        code = outline.codes[0].text if outline.codes else ""
        if code and code != self._seen_code:
            self._services.signals.code_seen.emit(code)
        self._seen_code = code

    def _camera_changed(self) -> None:
        camera = self._camera
        if camera is None or not self.panel.isVisibleTo(self._page):
            return
        names = {one.id: one.name for one in camera.cameras()}
        self.panel.name.set_text(names.get(camera.source_id, self.panel.name.text()))
        if camera.there:
            self.panel.problem.clear()
            self.panel.state.set_chip(self.tr("Live"), Tone.PRIMARY)
        elif camera.is_on():
            self.panel.state.set_chip(self.tr("Waiting for the camera"), Tone.AMBER)
            self.panel.view.show_words(self.tr("Plug the camera in; it goes on by itself."))
        else:
            self.panel.state.set_chip(self.tr("No camera"), Tone.AMBER)
            self.panel.view.show_words(self.tr("No camera is plugged in. F3 scans, Ctrl O adds files."))
        self._say_buttons()

    # -- scanner -------------------------------------------------------------------------------------------

    def scan(self, both_sides: bool = False) -> None:
        """Scan into the row that is chosen."""
        from ui.scanning import Scanning

        if self._page.case is None:
            return
        if self._scanning is None:
            scanning = Scanning(self._services, self)
            scanning.taken.connect(self._page_taken)
            scanning.failed.connect(self._say_problem)
            scanning.busy_changed.connect(self._say_scanning)
            scanning.finished.connect(lambda _: self._say_scanning())
            self._scanning = scanning
        self.panel.problem.clear()
        self._show_panel(True)
        self._scanning.scan(both_sides)

    def _stop_scan(self) -> None:
        if self._scanning is not None:
            self._scanning.stop()

    def _say_scanning(self) -> None:
        scanning = self._scanning
        busy = scanning is not None and scanning.busy
        self.panel.stop.setVisible(busy)
        self.panel.scan_row.setVisible(busy)
        if scanning is not None and busy:
            name = scanning.scanner.name if scanning.scanner is not None else ""
            words = self.tr("Looking for a scanner…") if scanning.looking else self.tr("Scanning: {name}")
            self.panel.scan_words.set_text(words.format(name=name))
        if not busy and not self.live() and not self.panel.problem.isVisibleTo(self.panel):
            self._show_panel(False)

    # -- pages ---------------------------------------------------------------------------------------------

    def _page_taken(self, found: FoundPage) -> None:
        row = self._page.board.current_row()
        if self._page.case is None or not row:
            return
        self._taken += 1
        name = found.receipt or f"{found.name} · {self._taken}"
        self._under_way[name] = found
        self._last = ""
        self.panel.show_last([])
        self.panel.faults.show_page(None)
        if self._camera is not None:
            self.panel.view.blink()
            self._camera.set_looking(False)  # the page first, the outline afterwards
        self._page.add(row, [bytes_source(name, lambda: found.data)])

    def _stored(self, work: FileWork, pages: tuple[StoredPage, ...]) -> None:
        if self._over(work, stored=True) and pages:
            self._show_last(pages[-1])

    def _show_last(self, page: StoredPage) -> None:
        """Say what became of the last page, what is wrong with it, and what can be done."""
        self._last = page.id
        said = self.tr("Page {number} stored").format(number=page.ordinal)
        self.panel.show_last([(said, Tone.PRIMARY), *self._page.panel.finding_chips(page)])
        self.panel.faults.show_page(page)

    def _follow_last(self) -> None:
        """What is known of the last page has changed: it was read, kept, taken again, or is gone."""
        case = self._page.case
        page = next((p for p in case.pages if p.id == self._last), None) if case is not None else None
        if page is not None:
            self._show_last(page)
        elif self._last:
            self._last = ""
            self.panel.show_last([])
            self.panel.faults.show_page(None)

    def _failed(self, work: FileWork, error: JilaiError) -> None:
        if self._over(work, stored=False):
            self._say_problem(error.problem)

    def _over(self, work: FileWork, *, stored: bool) -> bool:
        """Say whether a file was one of these, and tell its source what became of it."""
        found = self._under_way.pop(work.name, None)
        if found is not None and found.receipt and self._folder is not None:
            folder, receipt = self._folder, found.receipt
            aside(self, self._services.signals, lambda: folder.settle(receipt, stored))
        if self._camera is not None and not self._under_way:
            self._camera.set_looking(True)
        return found is not None

    # -- the watched folder --------------------------------------------------------------------------------

    def _watch_folder(self) -> None:
        source = FolderSource(lambda: self._services.settings.value.watched_folder)
        if self._folder is None:
            for described in source.list():
                self._folder = source.open(described.id, self._hear_folder)

    def _leave_folder(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            aside(self, self._services.signals, folder.close)

    def _hear_folder(self, event: Event) -> None:
        """On the folder's thread."""
        signals = self._services.signals
        if isValid(signals):
            signals.post(lambda: self._pass_on(event) if isValid(self) else None)

    def _pass_on(self, event: Event) -> None:
        if isinstance(event, FoundPage):
            self._page_taken(event)
        elif isinstance(event, Trouble):
            self._say_problem(event.problem)

    # -- what is said --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if pressed and isinstance(event, QKeyEvent) and self.live() and self._is_shutter(event):
            event.accept()  # also where the pedal types what is a shortcut elsewhere, such as PgDn
            if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
                self.take()
            return True
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            QTimer.singleShot(0, self, self._find_place)  # once the page itself has decided
        elif event.type() == QEvent.Type.Show:
            self._watch_folder()
            if self._services.settings.value.camera_on and not self.live():
                self._turn_on()
        elif event.type() == QEvent.Type.Hide:
            self._leave_folder()
            if self._camera is not None:
                self._camera.turn_off()
            self._show_panel(False)
        return super().eventFilter(watched, event)

    def _is_shutter(self, event: QKeyEvent) -> bool:
        """Space, or what the foot pedal types."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Space:
            return plain
        pedal = self._services.settings.value.pedal_key
        wanted = QKeySequence.fromString(pedal, QKeySequence.SequenceFormat.PortableText)
        return bool(pedal) and wanted == QKeySequence(event.keyCombination())

    def give_up(self) -> bool:
        """Stop the scan that is under way; False where none is."""
        if self._scanning is not None and self._scanning.busy:
            self._scanning.stop()
            return True
        return False

    def close(self) -> None:
        """Let go of the devices: the program is leaving."""
        self._leave_folder()
        if self._camera is not None:
            self._camera.turn_off()
        if self._scanning is not None:
            self._scanning.close()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("F2", self.tr("Camera on or off")),
            ("Space", self.tr("Photograph into this row, while the camera is on")),
            ("F3", self.tr("Scan into this row: the feeder, else the glass")),
            ("Shift F3", self.tr("Scan both sides")),
            ("F4", self.tr("The other camera")),
        ]

    def retranslate(self) -> None:
        self.camera_button.set_text(self.tr("Camera (F2)"))
        self.scan_button.set_text(self.tr("Scan (F3)"))
        self.panel.set_words(self.tr("Camera"))
        self.panel.shutter.set_text(self.tr("Photograph"))
        self.panel.stop.set_text(self.tr("Stop"))
        self.panel.faults.retranslate()
        self._follow_last()
        self._say_buttons()
        self._camera_changed()
        self._say_scanning()

    def _show_panel(self, on: bool) -> None:
        on = on or self.live()
        self.panel.setVisible(on)
        self._page.panel.setVisible(not on)

    def _find_place(self) -> None:
        """Beside the board; under it where there is no room beside."""
        page, wanted = self._page, self._page.content if self._page.narrow else self._page.side
        if wanted.indexOf(self.panel) < 0:
            shown = not self.panel.isHidden()
            wanted.addWidget(self.panel, 1)
            self.panel.set_small(page.narrow)
            self.panel.setVisible(shown)

    def _say_buttons(self) -> None:
        self._page.say_buttons()
        self.panel.shutter.setEnabled(self.live())
        self.panel.automatic.setEnabled(self.live())
        self.panel.automatic.set_text(
            self.tr("By itself: on") if self._automatic else self.tr("By itself: off")
        )

    def _say_problem(self, problem: Problem) -> None:
        self._show_panel(True)
        self.panel.problem.show_problem(problem, tone=Tone.AMBER)
