"""What is on record: the audit log and who holds it, what was destroyed, and a bundle for support."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from registration.audit_chain import Link
from registration.errors import JilaiError
from registration.retention import retention_rule
from storage import audit, retention
from storage.audit import Verdict
from storage.audit_check import check_log, export_log
from storage.device import read_device
from storage.retention import Destruction
from storage.support_bundle import bundle_text, bundle_zip
from ui.moments import full_time
from ui.run import aside, read_aside
from ui.screens.about_facts import program_version
from ui.screens.paper_saving import ask_where, write_whole
from ui.services import Services
from ui.theme import Tone
from ui.widgets import Card, Chip, InlineProblem, PrimaryButton, Screen, ScrollArea, SecondaryButton, Text

_SHOWN = 6


@dataclass(frozen=True)
class _Read:
    """What the page shows at once: nothing of it takes long."""

    head: Link
    held: Link
    destroyed: tuple[Destruction, ...]
    device_code: str


class RecordsScreen(Screen):
    """Verify (V), export (X), certificate of destruction (C), support bundle (B, read before it is saved)."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._read: _Read | None = None
        self._verdict: Verdict | None = None
        self._verified_at = ""
        self._bundle = ""
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        left, right = ScrollArea(), QVBoxLayout()
        left.column.addWidget(self._build_audit())
        left.column.addWidget(self._build_retention())
        left.column.addStretch(1)
        right.addWidget(self._build_bundle(), 1)
        outer.addWidget(left, 5)
        outer.addLayout(right, 6)
        services.signals.changed.connect(lambda _: self._reload() if self.isVisible() else None)
        for key, act in (
            ("V", self.verify),
            ("X", self.export),
            ("C", self.save_certificate),
            ("B", self.make_bundle),
            ("S", self.save_bundle),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.retranslate()

    # -- asked by a person -----------------------------------------------------------------------------

    def verify(self) -> None:
        """Follow the whole chain now."""
        self._problem.clear()
        self._verify.set_busy(self.tr("Following every row…"))
        store = self._services.store
        aside(self, self._services.signals, lambda: check_log(store), self._verified, self._failed)

    def export(self) -> None:
        """Ask where, then write every row with the device's signature."""
        ask_where(self, self.tr("Where to write the audit log"), "audit-log", self.export_to, kind="jsonl")

    def export_to(self, name: str) -> None:
        """Write the audit log to a file."""
        self._problem.clear()
        store, now = self._services.store, self._services.clock()
        aside(
            self,
            self._services.signals,
            lambda: export_log(store, now, Path(name)),
            lambda rows: self._said.set_text(self.tr("%n row(s) written and signed.", "", rows)),
            self._failed,
        )

    def save_certificate(self) -> None:
        """Ask where the newest certificate of destruction goes."""
        if self._read is not None and self._read.destroyed:
            number = self._read.destroyed[0].number
            proposed = f"destruction-{number:04d}"
            ask_where(self, self.tr("Where to save the certificate"), proposed, self.save_certificate_to)

    def save_certificate_to(self, name: str) -> None:
        """Write the newest certificate of destruction as PDF."""
        if self._read is None or not self._read.destroyed:
            return
        self._problem.clear()
        newest, code = self._read.destroyed[0], self._read.device_code
        language = self._services.settings.value.language

        def make() -> None:
            from printing.destruction_sheet import DestructionFacts, render

            facts = DestructionFacts(
                newest.number,
                code,
                newest.at.astimezone(),
                newest.operator_name,
                newest.files,
                newest.bytes,
                newest.rule.version,
                newest.rule.source,
                newest.rule.originals_days,
                [(case.receipt_number, case.acknowledged_at[:16], case.files) for case in newest.cases],
            )
            write_whole(name, render(facts, language=language))

        aside(
            self,
            self._services.signals,
            make,
            lambda _: self._gone_said.set_text(self.tr("The certificate is saved.")),
            self._failed,
        )

    def make_bundle(self) -> None:
        """Put the support bundle together and show it."""
        self._problem.clear()
        services = self._services
        program = [  # in English: a helper elsewhere reads it
            ("jilai", program_version()),
            ("qt", PySide6.__version__),
            ("python", platform.python_version()),
            ("system", f"{platform.system()} {platform.release()}"),
        ]
        settings = asdict(services.settings.value)
        link, now = str(services.courier.status.phase), services.clock()

        def look(db: Any) -> str:
            return bundle_text(db, services.data_dir, now, program=program, settings=settings, link=link)

        read_aside(self, services, look, self._show_bundle, self._failed)

    def save_bundle(self) -> None:
        """Ask where the bundle goes that is shown."""
        if self._bundle:
            ask_where(
                self, self.tr("Where to save the bundle"), "jilai-support", self.save_bundle_to, kind="zip"
            )

    def save_bundle_to(self, name: str) -> None:
        """Write what is shown, as it is shown."""
        self._problem.clear()
        text = self._bundle
        aside(
            self,
            self._services.signals,
            lambda: write_whole(name, bundle_zip(text)),
            lambda _: self._bundle_said.set_text(self.tr("Saved. It holds this text and nothing else.")),
            self._failed,
        )

    # -- the screen ------------------------------------------------------------------------------------

    def shown(self) -> None:
        self._reload()
        self._verify.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("V", self.tr("Verify the audit log")),
            ("X", self.tr("Export it")),
            ("C", self.tr("Save the newest certificate")),
            ("B", self.tr("Make a support bundle")),
            ("S", self.tr("Save the bundle")),
        ]

    def retranslate(self) -> None:
        self._audit.set_title(self.tr("Audit log"))
        self._lead.set_text(
            self.tr("Every act leaves a row that seals the one before it: who, where, and by both clocks.")
        )
        self._verify.set_text(self.tr("Verify"))
        self._text.setAccessibleName(self.tr("What goes into the bundle"))
        self._export.set_text(self.tr("Export…"))
        self._gone.set_title(self.tr("Originals destroyed"))
        rule = retention_rule()
        self._rule.set_text(
            self.tr(
                "Originals go {days} days after the centre has signed for them, never before; the squared"
                " copies stay. Rule {version}."
            ).format(days=rule.originals_days, version=rule.version)
        )
        self._certificate.set_text(self.tr("Save the certificate…"))
        self._support.set_title(self.tr("Support bundle"))
        self._about_bundle.set_text(
            self.tr(
                "Versions, settings, counts, states and the newest log lines; no names, numbers or pictures."
                " Read it here before you give it to anybody."
            )
        )
        self._make.set_text(self.tr("Make it"))
        self._save.set_text(self.tr("Save as shown…"))
        self._show()

    def _build_audit(self) -> Card:
        self._audit = Card("·")
        self._state = Chip("", Tone.PLAIN)
        self._audit.header.addStretch(1)
        self._audit.header.addWidget(self._state)
        self._lead = Text("", "muted", wrap=True)
        self._facts = Text("", "strong", wrap=True)
        self._said = Text("", "body", wrap=True)
        self._problem = InlineProblem()
        self._verify, self._export = PrimaryButton("", "V"), SecondaryButton("", "X")
        self._verify.clicked.connect(self.verify)
        self._export.clicked.connect(self.export)
        row = QHBoxLayout()
        row.addWidget(self._verify)
        row.addWidget(self._export)
        row.addStretch(1)
        for widget in (self._lead, self._facts, self._problem, self._said):
            self._audit.body.addWidget(widget)
        self._audit.body.addLayout(row)
        return self._audit

    def _build_retention(self) -> Card:
        self._gone = Card("·")
        self._rule = Text("", "muted", wrap=True)
        self._list = Text("", "body", wrap=True)
        self._gone_said = Text("", "body", wrap=True)
        self._certificate = SecondaryButton("", "C")
        self._certificate.clicked.connect(self.save_certificate)
        row = QHBoxLayout()
        row.addWidget(self._certificate)
        row.addStretch(1)
        for widget in (self._rule, self._list, self._gone_said):
            self._gone.body.addWidget(widget)
        self._gone.body.addLayout(row)
        return self._gone

    def _build_bundle(self) -> Card:
        self._support = Card("·")
        self._about_bundle = Text("", "muted", wrap=True)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._text.setTabChangesFocus(True)
        self._bundle_said = Text("", "body", wrap=True)
        self._make, self._save = SecondaryButton("", "B"), SecondaryButton("", "S")
        self._make.clicked.connect(self.make_bundle)
        self._save.clicked.connect(self.save_bundle)
        row = QHBoxLayout()
        row.addWidget(self._make)
        row.addWidget(self._save)
        row.addStretch(1)
        self._support.body.addWidget(self._about_bundle)
        self._support.body.addWidget(self._text, 1)
        self._support.body.addWidget(self._bundle_said)
        self._support.body.addLayout(row)
        return self._support

    def _reload(self) -> None:
        def look(db: Any) -> _Read:
            device = read_device(db)
            code = device.device_code if device is not None else ""
            return _Read(
                audit.head(db), audit.held_through(db), retention.destructions(db, _SHOWN), code or ""
            )

        read_aside(self, self._services, look, self._loaded)

    def _loaded(self, read: _Read) -> None:
        self._read = read
        self._show()

    def _verified(self, verdict: Verdict) -> None:
        self._verdict = verdict
        self._verified_at = full_time(self._services.clock())
        self._verify.set_busy("")
        self._reload()
        self._show()

    def _failed(self, error: JilaiError) -> None:
        self._verify.set_busy("")
        self._problem.show_problem(error.problem)

    def _show_bundle(self, text: str) -> None:
        self._bundle = text
        self._text.setPlainText(text)
        self._bundle_said.set_text("")
        self._show()

    def _show(self) -> None:
        self._save.setEnabled(bool(self._bundle))
        read, verdict = self._read, self._verdict
        self._certificate.setEnabled(bool(read is not None and read.destroyed))
        if verdict is None:
            self._state.set_chip(self.tr("Not verified here yet"), Tone.PLAIN)
        elif verdict.broken is None:
            self._state.set_chip(self.tr("Stands, {at}").format(at=self._verified_at), Tone.PRIMARY)
        else:
            self._state.set_chip(self.tr("Row {row} does not stand").format(row=verdict.broken), Tone.SEAL)
        if read is None:
            return
        held = self.tr("the centre holds none of it yet")
        if read.held.seq:
            held = self.tr("the centre holds it through row {seq}").format(seq=read.held.seq)
        self._facts.set_text(self.tr("%n row(s)", "", read.head.seq) + " · " + held)
        lines = [
            f"{full_time(one.at)}  "
            + self.tr("%n file(s)", "", one.files)
            + " · "
            + self.tr("%n case(s)", "", len(one.cases))
            for one in read.destroyed
        ]
        self._list.set_text("\n".join(lines) or self.tr("None yet."))
