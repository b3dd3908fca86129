"""The centre and the link to it: how it stands, a place at the centre, and by what the centre is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.errors import InputError, JilaiError, MachineError, Problem
from registration.link import LinkSettings, check_authorities, check_proxy, read_enrol_link, read_pin
from storage import device, link
from storage.device import DeviceIdentity
from sync.status import Phase, SyncStatus
from ui.moments import day_and_time
from ui.run import aside, read_aside, run
from ui.theme import Tone
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.layouts import clear
from ui.widgets.live_view import LiveView
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Text
from ui.widgets.top_bar import link_words

if TYPE_CHECKING:
    from capture.sources.source import Outline, PreviewFrame
    from ui.live_camera import LiveCamera
    from ui.services import Services

_LARGEST_FILE = 1 << 20  # bytes of certificates; more is not such a file
_REFUSED = (Phase.REFUSED, Phase.UNENROLLED, Phase.CLOCK_WRONG)


class LinkCard(Card):
    """`set_status(SyncStatus)` and `show_identity(device, numbers left)` in; what is kept goes by operations.

    An enrolment link fills everything at once, however it comes: typed, by a scanner, by the camera.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__("·", parent=parent)
        self._services = services
        self._status: SyncStatus | None = services.courier.status
        self._told: tuple[Problem, bool] | None = None  # of the link, and whether it refuses
        self._identity: DeviceIdentity | None = None
        self._numbers = 0
        self._settings = LinkSettings()
        self._camera: LiveCamera | None = None
        self._pill = Chip()
        self.header.addStretch(1)
        self.header.addWidget(self._pill)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(1, 1)
        self.body.addLayout(self._facts)
        self.problem = InlineProblem()
        self.body.addWidget(self.problem)
        self.enrol, self.trust = self._build_enrol(), self._build_trust()
        self.body.addWidget(self.enrol)
        row = QHBoxLayout()
        self.again = SecondaryButton("", icon="refresh-cw")
        self.again.clicked.connect(services.courier.wake)
        self.more = QuietButton("", icon="shield-check")
        self.more.clicked.connect(self._turn_trust)
        row.addWidget(self.again)
        row.addWidget(self.more)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.trust)
        self.trust.hide()
        services.signals.code_seen.connect(self._code_seen)

    # -- told ------------------------------------------------------------------------------------------

    def set_status(self, status: SyncStatus | None) -> None:
        self._status = status
        self._show()
        problem = None if status is None else status.problem
        news = (problem, status.phase in _REFUSED) if status is not None and problem is not None else None
        if news != self._told:  # else what a person just heard of an entry or the camera stays
            self._told = news
            self._show_problem()

    def show_identity(self, identity: DeviceIdentity | None, numbers: int) -> None:
        self._identity, self._numbers = identity, numbers
        if identity is not None and not self.url.isModified():
            self.url.setText(identity.centre_url)
        read_aside(self, self._services, link.link_settings, self._read)
        self._show()

    def retranslate(self) -> None:
        self.set_title(self.tr("Centre and link"))
        self.again.set_text(self.tr("Try now"))
        self.more.set_text(self.tr("Proxy and certificate"))
        self._lead.set_text(
            self.tr("Scan the administrator's code, show it to the camera, or type address and code.")
        )
        self._url_field.set_label(self.tr("Address of the centre"))
        self._code_field.set_label(self.tr("Enrolment code"))
        self._code_field.set_hint(self.tr("A new one from the administrator"))
        self.keep.set_text(self.tr("Save and connect"))
        self.show_camera.set_text(
            self.tr("Camera off") if self._camera is not None else self.tr("Show it to the camera")
        )
        self._proxy_field.set_label(self.tr("Proxy"))
        self._proxy_field.set_hint(self.tr("http://host:port, empty for none; the system's is not used"))
        self._pin_field.set_label(self.tr("Fingerprint of the centre's key"))
        self._pin_field.set_hint(self.tr("SHA-256, from the administrator; then no authority is needed"))
        self._choose.set_text(self.tr("Choose an authority's file…"))
        self._forget.set_text(self.tr("Use the system's"))
        self.keep_trust.set_text(self.tr("Save"))
        self._say_authorities()
        self._show()

    # -- built -----------------------------------------------------------------------------------------

    def _build_enrol(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 0)
        self._lead = Text("", "muted", wrap=True)
        self.url, self.code = QLineEdit(), QLineEdit()
        self._url_field, self._code_field = Field("", self.url, line=False), Field("", self.code)
        self.show_camera = SecondaryButton("", icon="camera")
        self.show_camera.clicked.connect(self._turn_camera)
        self.view = LiveView()
        self.view.setFixedHeight(220)
        self.view.hide()
        self.keep = PrimaryButton("", "")
        self.keep.clicked.connect(self._keep_centre)
        for widget in (
            self._lead,
            self.show_camera,
            self.view,
            self._url_field,
            self._code_field,
            self.keep,
        ):
            column.addWidget(widget)
        for edit in (self.url, self.code):
            edit.returnPressed.connect(self._entered)
        return box

    def _build_trust(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 0)
        self.proxy, self.pin = QLineEdit(), QLineEdit()
        self._proxy_field, self._pin_field = Field("", self.proxy), Field("", self.pin)
        self._authorities = Text("", "body", wrap=True)
        self._choose, self._forget = SecondaryButton(""), QuietButton("")
        self._choose.clicked.connect(self._ask_file)
        self._forget.clicked.connect(lambda: self._set(authorities=""))
        files = QHBoxLayout()
        files.addWidget(self._choose)
        files.addWidget(self._forget)
        files.addStretch(1)
        self.keep_trust = SecondaryButton("", icon="save")
        self.keep_trust.clicked.connect(self._keep_trust)
        column.addWidget(self._proxy_field)
        column.addWidget(self._pin_field)
        column.addWidget(self._authorities)
        column.addLayout(files)
        column.addWidget(self.keep_trust, 0, Qt.AlignmentFlag.AlignLeft)
        for edit in (self.proxy, self.pin):
            edit.returnPressed.connect(self._keep_trust)
        return box

    # -- shown -----------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        self._camera_off()
        super().hideEvent(event)

    def _show(self) -> None:
        status, identity = self._status, self._identity
        self._pill.set_chip(*link_words(status))
        clear(self._facts)
        for line, (name, value) in enumerate(self._link_facts()):
            self._facts.addWidget(Text(name, "muted"), line, 0)
            self._facts.addWidget(Text(value or "—", elide=True), line, 1)
        self.enrol.setVisible(identity is not None and identity.device_id is None)

    def _show_problem(self) -> None:
        status = self._status
        if status is not None and status.problem is not None:
            tone = Tone.SEAL if status.phase in _REFUSED else Tone.AMBER
            self.problem.show_problem(status.problem, tone=tone)
        else:
            self.problem.clear()

    def _link_facts(self) -> list[tuple[str, str]]:
        status, identity, now = self._status, self._identity, self._services.clock()
        facts = [(self.tr("Centre"), identity.centre_url if identity else "")]
        if identity is not None:
            code = identity.device_code or self.tr("not enrolled yet")
            facts.append((self.tr("This machine"), f"{identity.name} · {code}"))
            facts.append((self.tr("Receipt numbers left"), f"{self._numbers:,}"))
        if status is not None:
            contact = status.last_contact
            facts.append((self.tr("Last contact"), day_and_time(contact, now) if contact else "—"))
            facts.append((self.tr("Cases waiting"), str(status.waiting)))
            if status.clock_offset is not None and abs(status.clock_offset) >= 1:
                facts.append((self.tr("Clock is off by"), f"{status.clock_offset:+.0f} s"))
        if self._settings.pin:
            facts.append((self.tr("Known by"), self.tr("its own key, pinned")))
        elif self._settings.authorities:
            facts.append((self.tr("Known by"), self.tr("an authority's file")))
        return facts

    def _read(self, settings: LinkSettings) -> None:
        self._settings = settings
        for edit, value in ((self.proxy, settings.proxy), (self.pin, settings.pin)):
            if not edit.isModified():
                edit.setText(value)
        self._say_authorities()
        self._show()

    def _say_authorities(self) -> None:
        own = bool(self._settings.authorities)
        count = self._settings.authorities.count("BEGIN CERTIFICATE")
        self._authorities.set_text(
            self.tr("Certificates of %n authority(ies) from a file", "", count)
            if own
            else self.tr("The system's authorities vouch for the centre")
        )
        self._forget.setVisible(own)

    # -- an enrolment link -----------------------------------------------------------------------------

    def _entered(self) -> None:
        """Enter, a person's or the scanner's own: a link is taken apart and used at once."""
        taken = any(self._code_seen(edit.text()) for edit in (self.url, self.code))
        if taken or self.code.hasFocus():
            self._keep_centre()
        else:
            self.code.setFocus()

    def _code_seen(self, text: str) -> bool:
        """Fill everything from an enrolment link; False where the text is something else."""
        found = read_enrol_link(text)
        if found is None or self._identity is None or self._identity.device_id is not None:
            return False
        self.url.setText(found.centre_url)
        self.url.setModified(True)
        self.code.setText(found.code)
        if found.pin:
            self.pin.setText(found.pin)
            self.pin.setModified(True)
        self._camera_off()
        self.keep.setFocus()
        return True

    def _turn_camera(self) -> None:
        if self._camera is not None:
            self._camera_off()
            return
        from ui.live_camera import LiveCamera

        self._camera = camera = LiveCamera(self._services, self)
        camera.framed.connect(self._show_frame)
        camera.outlined.connect(self._show_outline)
        camera.failed.connect(self._camera_failed)
        self.view.show()
        self.view.show_words(self.tr("Starting the camera…"))
        camera.turn_on()
        self.retranslate()

    def _camera_off(self) -> None:
        camera, self._camera = self._camera, None
        self.view.hide()
        if camera is not None:
            camera.turn_off()
            camera.deleteLater()
            self.retranslate()

    def _show_frame(self, frame: PreviewFrame) -> None:
        self.view.show_frame(frame.width, frame.height, frame.rgb)

    def _show_outline(self, outline: Outline) -> None:
        for code in outline.codes:
            self._code_seen(code.text)

    def _camera_failed(self, problem: Any) -> None:
        self._camera_off()
        self.problem.show_problem(problem, tone=Tone.AMBER)

    # -- kept ------------------------------------------------------------------------------------------

    def _keep_centre(self) -> None:
        services = self._services
        who, now = services.who, services.clock()
        url, code = self.url.text().strip(), self.code.text().strip()
        try:
            pin = read_pin(self.pin.text())
        except InputError as error:
            self._show_wrong(error)
            return
        self.keep.set_busy(self.tr("Connecting…"))

        def write(db: Any) -> Any:
            pinned = link.set_link(db, now, who, pin=pin)
            return pinned | device.set_centre(db, now, who, url, code or None)

        def done(_: object) -> None:
            self.keep.set_busy("")
            self.code.clear()
            self._show_problem()
            services.courier.wake()

        def failed(error: JilaiError) -> None:
            self.keep.set_busy("")
            self.problem.show_problem(error)

        run(self, services, write, done, failed)

    def _turn_trust(self) -> None:
        self.trust.setVisible(self.trust.isHidden())
        if self.trust.isVisible():
            self.proxy.setFocus()

    def _keep_trust(self) -> None:
        for field in (self._proxy_field, self._pin_field):
            field.show_problem(None)
        try:
            proxy, pin = check_proxy(self.proxy.text()), read_pin(self.pin.text())
        except InputError as error:
            self._show_wrong(error)
            return
        self._set(proxy=proxy, pin=pin)

    def _show_wrong(self, error: InputError) -> None:
        field = {"proxy": self._proxy_field, "pin": self._pin_field}[error.problem.field]
        self.trust.show()
        field.show_problem(error.problem)
        field.editor.setFocus()

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("The authority's certificates"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Certificates (*.pem *.crt *.cer)"), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, name: str) -> None:
        """Trust the authorities of a PEM file; its text is kept, the file may go."""

        def read() -> str:
            try:
                with Path(name).open("rb") as file:
                    return check_authorities(file.read(_LARGEST_FILE).decode("ascii"))
            except UnicodeDecodeError:
                raise InputError("authorities", field="authorities") from None
            except OSError as error:
                raise MachineError("file_unreadable", file=Path(name).name) from error

        aside(
            self,
            self._services.signals,
            read,
            lambda pem: self._set(authorities=pem),
            self.problem.show_problem,
        )

    def _set(self, **values: Any) -> None:
        services = self._services
        who, now = services.who, services.clock()

        def kept(_: object) -> None:
            self.proxy.setModified(False)
            self.pin.setModified(False)
            self._show_problem()
            read_aside(self, services, link.link_settings, self._read)
            services.courier.wake()

        run(self, services, lambda db: link.set_link(db, now, who, **values), kept)
