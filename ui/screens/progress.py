"""Progress as known at this window: shares against their targets, weeks, ageing, evenings; numbers beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.facts import Topic
from registration.progress import Denominator, Progress, reached, together
from storage import progress
from storage.progress import Report
from ui.messages import language
from ui.moments import day_and_time
from ui.run import aside, read_aside
from ui.screens.paper_saving import ask_where, write_whole
from ui.services import Services
from ui.theme import look
from ui.widgets import (
    Card,
    Choice,
    InlineProblem,
    Screen,
    ScrollArea,
    SecondaryButton,
    Segmented,
    Text,
)
from ui.widgets.charts import Bar, BarChart
from ui.widgets.plain_table import PlainTable

Numbers = tuple[list[str], list[list[str]]]
_SHARES, _WEEKS, _AGES, _EVENINGS = "shares", "weeks", "ages", "evenings"


class ProgressScreen(Screen):
    """`left` out. The chart and the table under it say the same numbers."""

    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._report: Report | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        head = QHBoxLayout()
        self._which = Segmented()
        self._which.chosen.connect(lambda _: self._fill())
        self._save = SecondaryButton("", "Ctrl S", "save")
        self._save.clicked.connect(self.save)
        self._print = SecondaryButton("", "Ctrl P", "printer")
        self._print.clicked.connect(self.print_paper)
        self._paper = SecondaryButton("", "Ctrl Shift S", "file-text")
        self._paper.clicked.connect(self.save_paper)
        self.scope = Choice()
        self.scope.setMinimumWidth(200)
        self.scope.currentIndexChanged.connect(lambda _: self._fill())
        head.addWidget(self._which)
        head.addStretch(1)
        head.addWidget(self.scope)
        outer.addLayout(head)
        self.problem = InlineProblem()
        outer.addWidget(self.problem)
        card = Card(margins=0)
        area = ScrollArea(spacing=8)
        area.column.setContentsMargins(20, 16, 20, 16)
        self._said, self.chart = Text("", "muted", wrap=True), BarChart()
        self.chart.turned.connect(lambda at: area.ensureVisible(0, self.chart.y() + at, 0, look().px(44)))
        told = QHBoxLayout()
        told.setSpacing(12)
        told.addWidget(self._said, 1)
        for button in (self._print, self._paper, self._save):
            told.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(told)
        area.column.addWidget(self.chart)
        area.column.addStretch(1)
        card.body.addWidget(area, 1)
        outer.addWidget(card, 1)
        below = Card(margins=0)
        self.table = PlainTable((0.28, 0.11, 0.11, 0.11, 0.11, 0.12, 0.16))
        below.body.addWidget(self.table, 1)
        outer.addWidget(below, 1)
        for key, act in (
            ("Ctrl+S", self.save),
            ("Ctrl+P", self.print_paper),
            ("Ctrl+Shift+S", self.save_paper),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        services.signals.changed.connect(self._changed)
        self.retranslate()

    def shown(self) -> None:
        self._reload()
        self.chart.setFocus()

    def back(self) -> bool:
        self.left.emit()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", self.tr("Walk through the bars")),
            ("Ctrl P", self.tr("Print the report")),
            ("Ctrl S", self.tr("Save the numbers as xlsx")),
            ("Ctrl Shift S", self.tr("Save the report as PDF")),
        ]

    def retranslate(self) -> None:
        self._which.set_options(
            [
                (_SHARES, self.tr("Shares")),
                (_WEEKS, self.tr("Weeks")),
                (_AGES, self.tr("Ageing")),
                (_EVENINGS, self.tr("Evenings")),
            ]
        )
        self._which.set_name(self.tr("What is shown"))
        self._which.set_value(self._which.value() or _SHARES)
        self._save.set_text(self.tr("Save as xlsx"))
        self._print.set_text(self.tr("Print"))
        self._paper.set_text(self.tr("Save as PDF"))
        self.scope.setAccessibleName(self.tr("Compound or county"))
        self._fill_scopes()
        self._fill()

    def save(self) -> None:
        """Ask where the numbers in view go, and write them there."""
        headings, lines = self._numbers(self._which.value() or _SHARES)

        def write(name: str) -> None:
            def work() -> None:
                from capture.spreadsheet_writing import table_file

                write_whole(name, table_file("progress", headings, lines, [24] * len(headings)))

            done, failed = self.problem.clear, self.problem.show_problem
            aside(self, self._services.signals, work, lambda _: done(), failed)

        if lines:
            ask_where(self, self.tr("Save the numbers as xlsx"), "progress", write, kind="xlsx")

    def print_paper(self) -> None:
        """Print charts and tables of what is chosen."""
        make, services = self._paper_of(), self._services
        printer, title = services.settings.value.a4_printer, self.tr("Progress")
        if make is not None:
            done, failed = self.problem.clear, self.problem.show_problem
            send = services.press.send
            aside(self, services.signals, lambda: send(make(), printer, title), lambda _: done(), failed)

    def save_paper(self) -> None:
        """Ask where charts and tables of what is chosen go as PDF, and write them there."""
        make = self._paper_of()

        def write(name: str) -> None:
            done, failed = self.problem.clear, self.problem.show_problem
            signals = self._services.signals
            aside(self, signals, lambda: write_whole(name, make()), lambda _: done(), failed)  # type: ignore[misc]

        if make is not None:
            ask_where(self, self.tr("Save the report as PDF"), "progress", write)

    def _paper_of(self) -> Callable[[], bytes] | None:
        """Return what makes the paper, to be called aside: of one compound or county its shares alone."""
        found, tongue, now = self._report, language(), self._services.clock()
        if found is None:
            return None
        views = (_SHARES,) if self._scope() else (_SHARES, _WEEKS, _AGES, _EVENINGS)
        parts = [(self._title(view), self._bars(view), *self._numbers(view)) for view in views]
        title = f"{self.tr('Progress')} · {self.scope.currentText()}"
        said = [*self._words(found, now), *([self._minutes(found)] if found.minutes else [])]

        def make() -> bytes:
            from printing.progress_sheet import Drawn, Part, render

            drawn = [
                Part(
                    name, [Drawn(b.label, b.share, b.words, b.target, b.reached) for b in bars], heads, lines
                )
                for name, bars, heads, lines in parts
            ]
            return render(title, said, drawn, language=tongue, printed_at=now)

        return make

    def _scope(self) -> str:
        return self.scope.currentData() or ""

    def _changed(self, changes: Changes) -> None:
        handed_out = Topic.COLLECTION in changes.topics
        if self.isVisible() and (changes.applications or changes.reference or handed_out):
            self._reload()

    def _reload(self) -> None:
        now = self._services.clock()
        read_aside(self, self._services, lambda db: progress.report(db, now), self._arrived)

    def _arrived(self, found: Report) -> None:
        self._report = found
        self._fill_scopes()
        self._fill()

    def _fill_scopes(self) -> None:
        found, entries = self._report, [(self.tr("All compounds"), "")]
        if found is not None:
            codes = [code for code, _ in found.divisions()]
            entries += [(self._county(code), code) for code in codes]
            entries += [(line.name, line.id) for line in found.compounds]
        self.scope.set_entries(entries)

    def _county(self, code: str) -> str:
        names = self._report.counties.get(code) if self._report is not None else None
        return code if names is None else names[language() == "en"]

    def _fill(self) -> None:
        found = self._report
        if found is None:
            return
        which = self._which.value() or _SHARES
        self.scope.setEnabled(which == _SHARES)
        lines = self._words(found, self._services.clock()) if which == _SHARES else [self._known_words()]
        if which == _EVENINGS and found.minutes is not None:
            lines.append(self._minutes(found))
        self._said.set_text("\n".join(lines))
        self.chart.show_bars(self._title(which), self._bars(which))
        self.table.show_lines(*self._numbers(which))

    def _known_words(self) -> str:
        now = self._services.clock()
        said = self.tr("As known at this window, {time}: its own cases and those the centre told it of.")
        return said.format(time=day_and_time(now, now))

    def _words(self, found: Report, now: datetime) -> list[str]:
        targets = found.targets
        sold = targets.denominator is Denominator.SOLD
        against = self.tr("the homes that were sold, where their number is known") if sold else None
        said = self.tr(
            "Counted against {homes}. A project is resolved over {threshold}%. Targets {version}."
        ).format(
            homes=against or self.tr("all homes"),
            threshold=targets.project_threshold,
            version=targets.version,
        )
        return [self._known_words(), said]

    def _minutes(self, found: Report) -> str:
        low, middle, high = (f"{part:.1f}" for part in found.minutes or ())
        return self.tr("Minutes per intake: {middle} (half lie between {low} and {high})").format(
            middle=middle, low=low, high=high
        )

    def _bars(self, which: str) -> list[Bar]:
        if self._report is None:
            return []
        bars = {_SHARES: self._shares, _WEEKS: self._weeks, _AGES: self._ages, _EVENINGS: self._evenings}
        return bars[which](self._report)

    def _title(self, which: str) -> str:
        return {
            _SHARES: self.tr("Shares"),
            _WEEKS: self.tr("Weeks"),
            _AGES: self.tr("Ageing"),
        }.get(which, self.tr("Evenings"))

    def _shares(self, found: Report) -> list[Bar]:
        targets, chosen = found.targets, found.within(self._scope())
        whole = together(line.progress for line in chosen)
        bars = [
            _bar(self.tr("Resolved"), whole.resolved, whole.counted, targets.resolution_target),
            _bar(self.tr("Buyers' transfers"), whole.done, whole.counted, targets.completion_target),
        ]
        for code, part in self._counties(found):
            name = self._county(code)
            resolved, done = self.tr("{county}: resolved"), self.tr("{county}: buyers' transfers")
            bars += [
                _bar(resolved.format(county=name), part.resolved, part.counted, targets.resolution_target),
                _bar(done.format(county=name), part.done, part.counted, targets.completion_target),
            ]
        for line in chosen:
            one, goal = line.progress, targets.project_threshold
            if one.received:
                part_of = _bar(line.name, one.done, one.counted, goal)
                said = f"{_rate(one)} ({one.done} / {one.counted}) · >{goal}%"  # strictly greater
                bars.append(
                    Bar(part_of.label, part_of.share, said, part_of.target, bool(one.resolved_projects))
                )
        return bars

    def _counties(self, found: Report) -> tuple[tuple[str, Progress], ...]:
        """Return the divisions that stand for themselves: none where there is only one, or one is chosen."""
        divisions = found.divisions()
        return divisions if len(divisions) > 1 and not self._scope() else ()

    def _weeks(self, found: Report) -> list[Bar]:
        most = max((max(got, made) for _, got, made in found.weeks), default=0)
        words = self.tr("{got} received, {made} certificates")
        return [
            Bar(day.isoformat(), got / most if most else 0, words.format(got=got, made=made))
            for day, got, made in found.weeks
        ]

    def _ages(self, found: Report) -> list[Bar]:
        bars = []
        for title, counts in (
            (self.tr("Correction"), found.corrections),
            (self.tr("Promised paper"), found.promises),
        ):
            most = max(counts, default=0)
            for number, (name, many) in enumerate(zip(self._age_names(), counts, strict=True)):
                bars.append(
                    Bar(f"{title}: {name}", many / most if most else 0, str(many), reached=number > 2)
                )
        return bars

    def _evenings(self, found: Report) -> list[Bar]:
        most = max((many for _, many in found.evenings), default=0)
        return [Bar(name, many / most if most else 0, str(many)) for name, many in found.evenings]

    def _age_names(self) -> list[str]:
        return [
            self.tr("overdue by more than 30 days"),
            self.tr("overdue by 8 to 30 days"),
            self.tr("overdue by up to a week"),
            self.tr("due within a week"),
            self.tr("due later"),
        ]

    def _numbers(self, which: str) -> Numbers:
        found = self._report
        if found is None:
            return [], []
        if which != _SHARES:
            return [self._title(which), self.tr("Number")], [[b.label, b.words] for b in self._bars(which)]
        headings = [
            self.tr("Compound"), self.tr("Homes"), self.tr("Received"), self.tr("Transferred"),
            self.tr("Not proved"), self.tr("Transfer rate"), self.tr("Resolved homes (projects)"),
        ]  # fmt: skip
        chosen = found.within(self._scope())
        lines = [_line(self.scope.currentText(), together(line.progress for line in chosen))]
        lines += [_line(self._county(code), part) for code, part in self._counties(found)]
        if self._scope() not in {line.id for line in chosen}:
            lines += [_line(each.name, each.progress) for each in chosen]
        return headings, lines


def _bar(label: str, part: int, whole: int, target: int) -> Bar:
    share = part / whole if whole else 0.0
    words = f"{share:.1%} ({part} / {whole}) · {target}%"
    return Bar(label, share, words, target / 100, reached(part, whole, target))


def _rate(one: Progress) -> str:
    return "—" if one.completion is None else f"{one.completion:.1%}"


def _line(name: str, one: Progress) -> list[str]:
    """Return a row; what is resolved is homes of so many projects."""
    resolved = f"{one.resolved} ({one.resolved_projects} / {one.projects})"
    return [name, str(one.counted), str(one.received), str(one.done), str(one.unproved), _rate(one), resolved]
