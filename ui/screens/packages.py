"""Sealed packages: what goes to the centre by disc where no network is allowed, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from storage.packages import PackageCarried, PackageMade, PackagePlan, PackagesReceived, PackageWritten
from ui import moments
from ui.run import aside
from ui.screens.package_progress import Progress, ProgressRow
from ui.screens.packages_back import PackagesBack
from ui.services import Services
from ui.theme import Tone
from ui.widgets import (
    Card,
    Chip,
    InlineProblem,
    PrimaryButton,
    Screen,
    Segmented,
    Text,
)

# What fits: a CD, a single-layer DVD, a drive whose file system knows no file over 4 GiB.
DISCS = {"cd": 650 << 20, "dvd": 4_400 << 20, "drive": 4_000 << 20}
_MADE_LIMIT = 20


class PackagesScreen(Screen):
    """Writes packages, takes in answers and others' packages; what is slow runs aside, with Esc to stop."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._plan: PackagePlan | None = None
        self._made: tuple[PackageMade, ...] = ()
        self._carried: tuple[PackageCarried, ...] = ()
        self._under_way: Progress | None = None
        self._chosen = -1  # line of the carried ones
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(self._build_out(), 5)
        self._back_card = PackagesBack()
        self._back_card.chosen.connect(self._choose)
        for button, press in (
            (self._back_card.take, self.take_in),
            (self._back_card.hand, self.hand_on),
            (self._back_card.send, self.send),
        ):
            button.clicked.connect(press)
        outer.addWidget(self._back_card, 6)
        services.signals.changed.connect(self._changed)
        services.signals.sync_status.connect(lambda _: self._choose(self._chosen))
        for key, act in (
            ("Return", self.write),
            ("Enter", self.write),
            ("O", self.take_in),
            ("H", self.hand_on),
            ("S", self.send),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.retranslate()

    # -- asked by a person -----------------------------------------------------------------------------

    def write(self) -> None:
        """Ask for a folder, then write a package of everything unsent into it."""
        if self._under_way is None and self._go.isEnabled():
            self._ask_folder(self.tr("Where to write the package"), self.write_into)

    def write_into(self, folder: str) -> None:
        """Write a package of everything unsent into `folder`, going on with one that broke off there."""
        part_bytes = DISCS[self._disc.value()]
        self._begin(
            self.tr("Writing and reading back…"),
            lambda progress: self._services.packages.export(Path(folder), part_bytes, progress),
            self._written,
        )

    def take_in(self) -> None:
        """Ask for files from a drive: the centre's answer, or others' packages."""
        if self._under_way is not None:
            return
        dialog = QFileDialog(self, self.tr("Files from the drive"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Sealed packages (*.jilai)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.take_files)
        dialog.open()

    def take_files(self, names: list[str]) -> None:
        """Take in the files of a drive."""
        files = [Path(name) for name in names]
        self._begin(
            self.tr("Proving the files…"),
            lambda progress: self._services.packages.receive(files, progress),
            self._received,
        )

    def hand_on(self) -> None:
        """Ask for a folder, then copy the chosen carried package there."""
        if self._under_way is None and 0 <= self._chosen < len(self._carried):
            package = self._carried[self._chosen]
            self._ask_folder(self.tr("Where to copy the package"), partial(self.hand_into, package))

    def send(self) -> None:
        """Send the chosen carried package to the centre over the network, and bring its answer along."""
        if self._under_way is None and self._may_send():
            package = self._carried[self._chosen]
            self._begin(
                self.tr("Sending to the centre…"),
                lambda progress: self._services.packages.hand_in(package, progress),
                self._received,
            )

    def hand_into(self, package: PackageCarried, folder: str) -> None:
        """Copy a carried package into `folder` and read the copy back."""
        self._begin(
            self.tr("Copying and reading back…"),
            lambda progress: self._services.packages.hand_on(package, Path(folder), progress),
            lambda files: self._say_done(self.tr("%n file(s) copied and read back.", "", len(files))),
        )

    # -- the screen ------------------------------------------------------------------------------------

    def shown(self) -> None:
        self._reload()
        self._go.setFocus()

    def back(self) -> bool:
        if self._under_way is None:
            return False
        self._under_way.stop()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Write a package for the centre")),
            ("O", self.tr("Take in files from a drive")),
            ("H", self.tr("Hand on a carried package")),
            ("S", self.tr("Send a carried package to the centre")),
            ("Esc", self.tr("Stop what is under way")),
        ]

    def retranslate(self) -> None:
        self._out.set_title(self.tr("To the centre, by disc"))
        self._lead.set_text(
            self.tr(
                "Everything that the centre does not hold yet goes into one sealed package. Only the centre"
                " can open it. The lamp turns when its answer has been taken in here."
            )
        )
        self._disc_label.set_text(self.tr("Cut to fit"))
        self._disc.set_options([("cd", self.tr("CD")), ("dvd", self.tr("DVD")), ("drive", self.tr("Drive"))])
        self._go.set_text(self.tr("Write the package…"))
        self._back_card.retranslate()
        self._progress.retranslate()
        self._show()

    def _build_out(self) -> Card:
        self._out = Card("·")
        self._left = Chip("", Tone.PLAIN)
        self._out.header.addStretch(1)
        self._out.header.addWidget(self._left)
        self._lead = Text("", "muted", wrap=True)
        self._facts = Text("", "strong", wrap=True)
        self._note = Text("", "muted", wrap=True)
        self._disc_label, self._disc = Text(), Segmented([("cd", "CD"), ("dvd", "DVD"), ("drive", "Drive")])
        self._disc.chosen.connect(lambda _: self._show())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._disc_label)
        row.addWidget(self._disc)
        row.addStretch(1)
        self._go = PrimaryButton("", "Enter")
        self._go.clicked.connect(self.write)
        self._problem = InlineProblem()
        self._progress = ProgressRow()
        self._progress.stopped.connect(self.back)
        self._done = Text("", "body", wrap=True, selectable=True)
        for words in (self._lead, self._facts, self._note):
            self._out.body.addWidget(words)
        self._out.body.addLayout(row)
        below: tuple[QWidget, ...] = (self._problem, self._progress, self._done)
        for widget in below:
            self._out.body.addWidget(widget)
        self._out.body.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._go)
        self._out.body.addLayout(foot)
        return self._out

    # -- work ------------------------------------------------------------------------------------------

    def _ask_folder(self, title: str, then: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()

    def _begin(self, words: str, work: Callable[[Progress], object], done: Callable[..., None]) -> None:
        if self._under_way is not None:
            return
        self._under_way = progress = Progress()
        self._problem.clear()
        self._done.set_text("")
        self._progress.begin(words, progress)
        self._show()

        def ended(result: object) -> None:
            self._end()
            if result is None:
                self._say_done(self.tr("Stopped. What was finished stays; the same step goes on from there."))
            else:
                done(result)
            self._reload()

        aside(self, self._services.signals, lambda: work(progress), ended, self._failed)

    def _end(self) -> None:
        self._under_way = None
        self._progress.end()
        self._show()

    def _failed(self, error: JilaiError) -> None:
        self._end()
        self._problem.show_problem(error)
        self._reload()

    def _written(self, written: PackageWritten) -> None:
        label = "\n".join(path.name for path in written.files)
        words = self.tr(
            "%n file(s) written and read back. One file to a disc; label them:", "", len(written.files)
        )
        self._say_done(f"{words}\n{label}")

    def _received(self, received: PackagesReceived) -> None:
        words = []
        taken = received.taken
        if taken is not None:
            words.append(self.tr("%n case(s) are held by the centre now.", "", taken.acknowledged))
            if taken.refused:
                words.append(self.tr("%n case(s) were refused; the queue says why.", "", taken.refused))
        if received.carried:
            words.append(self.tr("%n package(s) kept to carry on.", "", len(received.carried)))
        self._say_done(" ".join(words))

    def _say_done(self, words: str) -> None:
        self._done.set_text(words)

    def _changed(self, changes: Changes) -> None:
        if changes.outbox and self.isVisible() and self._under_way is None:
            self._reload()

    def _reload(self) -> None:
        packages = self._services.packages
        aside(
            self,
            self._services.signals,
            lambda: (packages.plan(), packages.made()[:_MADE_LIMIT], packages.carried()),
            self._loaded,
        )

    def _loaded(self, found: tuple[PackagePlan, tuple[PackageMade, ...], tuple[PackageCarried, ...]]) -> None:
        self._plan, self._made, self._carried = found
        self._show()

    def _choose(self, line: int) -> None:
        self._chosen = line
        free = self._under_way is None
        self._back_card.hand.setEnabled(free and 0 <= line < len(self._carried))
        self._back_card.send.setEnabled(free and self._may_send())

    def _may_send(self) -> bool:
        """Say whether the chosen package is whole and for the centre, and there is a link."""
        if not 0 <= self._chosen < len(self._carried):
            return False
        package = self._carried[self._chosen]
        return package.kind == "facts" and package.whole and self._services.courier.status.in_contact

    def _show(self) -> None:
        plan, busy = self._plan, self._under_way is not None
        events = len(plan.events) if plan is not None else 0
        self._go.setEnabled(bool(events) and not busy)
        self._disc.setEnabled(not busy)
        self._back_card.take.setEnabled(not busy)
        self._choose(self._chosen)
        self._left.setVisible(plan is not None)
        if plan is not None:
            waiting = self.tr("%n case(s) unsent", "", plan.applications)
            self._left.set_chip(
                waiting if events else self.tr("All at the centre"),
                Tone.AMBER if events else Tone.PRIMARY,
                "" if events else "check",
            )
            self._facts.set_text(
                self.tr("{cases}, {pages}, {size}").format(
                    cases=self.tr("%n case(s)", "", plan.applications),
                    pages=self.tr("%n page file(s)", "", len(plan.pages)),
                    size=moments.size(plan.page_bytes),
                )
                if events
                else self.tr("There is nothing to take along.")
            )
            self._note.set_text(
                self.tr(
                    "%n case(s) that the centre refused stay here until somebody looks at them.",
                    "",
                    plan.parked,
                )
                if plan.parked
                else ""
            )
        self._note.setVisible(bool(self._note.text_whole()))
        self._back_card.show_packages(self._made, self._carried, self._services.clock())
