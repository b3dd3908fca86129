"""Progress as known at this window: shares against their targets, weeks, ageing, evenings; numbers beside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.facts import Topic
from registration.progress import Progress, reached
from storage import progress
from storage.progress import Report
from ui.moments import day_and_time
from ui.run import aside, read_aside
from ui.screens.paper_saving import ask_where, write_whole
from ui.services import Services
from ui.theme import look
from ui.widgets import Card, InlineProblem, Screen, ScrollArea, SecondaryButton, Segmented, Text
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
        head.addWidget(self._which)
        head.addStretch(1)
        head.addWidget(self._save)
        outer.addLayout(head)
        self.problem = InlineProblem()
        outer.addWidget(self.problem)
        card = Card(margins=0)
        area = ScrollArea(spacing=8)
        area.column.setContentsMargins(20, 16, 20, 16)
        self._said, self.chart = Text("", "muted", wrap=True), BarChart()
        self.chart.turned.connect(lambda at: area.ensureVisible(0, self.chart.y() + at, 0, look().px(44)))
        area.column.addWidget(self._said)
        area.column.addWidget(self.chart)
        area.column.addStretch(1)
        card.body.addWidget(area, 1)
        outer.addWidget(card, 1)
        below = Card(margins=0)
        self.table = PlainTable((0.34, 0.11, 0.11, 0.11, 0.11, 0.22))
        below.body.addWidget(self.table, 1)
        outer.addWidget(below, 1)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.save)
        services.signals.changed.connect(self._changed)
        self.retranslate()

    def shown(self) -> None:
        self._reload()
        self.chart.setFocus()

    def back(self) -> bool:
        self.left.emit()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [("↑ ↓", self.tr("Walk through the bars")), ("Ctrl S", self.tr("Save the numbers as xlsx"))]

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
        self._fill()

    def save(self) -> None:
        """Ask where the numbers in view go, and write them there."""
        headings, lines = self._numbers()

        def write(name: str) -> None:
            def work() -> None:
                from capture.spreadsheet_writing import table_file

                write_whole(name, table_file("progress", headings, lines, [24] * len(headings)))

            done, failed = self.problem.clear, self.problem.show_problem
            aside(self, self._services.signals, work, lambda _: done(), failed)

        if lines:
            ask_where(self, self.tr("Save the numbers as xlsx"), "progress", write, kind="xlsx")

    def _changed(self, changes: Changes) -> None:
        handed_out = Topic.COLLECTION in changes.topics
        if self.isVisible() and (changes.applications or changes.reference or handed_out):
            self._reload()

    def _reload(self) -> None:
        now = self._services.clock()
        read_aside(self, self._services, lambda db: progress.report(db, now), self._arrived)

    def _arrived(self, found: Report) -> None:
        self._report = found
        self._fill()

    def _fill(self) -> None:
        found = self._report
        if found is None:
            return
        now, which = self._services.clock(), self._which.value()
        said = self.tr("As known at this window, {time}: its own cases and those the centre told it of.")
        lines = [said.format(time=day_and_time(now, now))]
        if which == _EVENINGS and found.minutes is not None:
            low, middle, high = (f"{part:.1f}" for part in found.minutes)
            lines.append(
                self.tr("Minutes per intake: {middle} (half lie between {low} and {high})").format(
                    middle=middle, low=low, high=high
                )
            )
        self._said.set_text("\n".join(lines))
        bars = {_SHARES: self._shares, _WEEKS: self._weeks, _AGES: self._ages, _EVENINGS: self._evenings}
        self.chart.show_bars(self._title(which), bars[which or _SHARES](found))
        self.table.show_lines(*self._numbers())

    def _title(self, which: str) -> str:
        return {
            _SHARES: self.tr("Shares"),
            _WEEKS: self.tr("Weeks"),
            _AGES: self.tr("Ageing"),
        }.get(which, self.tr("Evenings"))

    def _shares(self, found: Report) -> list[Bar]:
        targets, whole = found.targets, found.whole
        bars = [
            _bar(self.tr("Resolved"), whole.resolved, whole.counted, targets.resolution_target),
            _bar(self.tr("Buyers' transfers"), whole.done, whole.counted, targets.completion_target),
        ]
        for line in found.compounds:
            one, goal = line.progress, targets.project_threshold
            if one.received:
                part = _bar(line.name, one.done, one.counted, goal)
                bars.append(Bar(part.label, part.share, part.words, part.target, bool(one.resolved_projects)))
        return bars

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

    def _numbers(self) -> Numbers:
        found, which = self._report, self._which.value()
        if found is None:
            return [], []
        if which != _SHARES:
            bars = {_WEEKS: self._weeks, _AGES: self._ages}.get(which, self._evenings)(found)
            return [self._title(which), self.tr("Number")], [[bar.label, bar.words] for bar in bars]
        headings = [
            self.tr("Compound"), self.tr("Homes"), self.tr("Received"), self.tr("Transferred"),
            self.tr("Not proved"), self.tr("Transfer rate"),
        ]  # fmt: skip
        lines = [_line(self.tr("All compounds"), found.whole)]
        return headings, lines + [_line(each.name, each.progress) for each in found.compounds]


def _bar(label: str, part: int, whole: int, target: int) -> Bar:
    share = part / whole if whole else 0.0
    words = f"{share:.1%} ({part} / {whole}) · {target}%"
    return Bar(label, share, words, target / 100, reached(part, whole, target))


def _line(name: str, one: Progress) -> list[str]:
    rate = "—" if one.completion is None else f"{one.completion:.1%}"
    return [name, str(one.counted), str(one.received), str(one.done), str(one.unproved), rate]
