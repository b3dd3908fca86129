"""How several file together: jointly or alone and why, the kind of co-ownership, and everybody's share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.errors import InputError, Problem
from registration.shares import CoOwnership, parse_share
from ui.intake.party_words import Options
from ui.theme import Tone
from ui.widgets import Check, Field, InlineProblem, QuietButton, Text
from ui.widgets.pills import Pill, Pills

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Holder:
    """A right holder's line: the party's place, the masked name, the share as typed."""

    index: int
    name: str
    share: str


@dataclass(frozen=True)
class FilingFacts:
    """What the panel shows. `filing` is "" (as the type is) or a reason's code, `kind` "" where none is."""

    filing: str
    ways: Options
    kind: str
    kinds: Options
    holders: tuple[Holder, ...]
    separate: bool
    other_side: str  # in words: who stands on the other side and who enters it
    wants_obligor: bool  # joint filing with an obligor who is entered with the application


class FilingPanel(QWidget):
    """Entries "filing", "co_ownership", "<place>.share" and "separate_certificates".

    `filing_chosen(code)`, `kind_chosen(code)`, `share_typed(place, text)`, `separate_turned(on)`,
    `equal_wanted()`, `obligor_wanted()`; `confirmed(entry)` on Enter, `left(entry)`, `hand_moved(entry)`.
    """

    filing_chosen = Signal(str)
    kind_chosen = Signal(str)
    share_typed = Signal(int, str)
    separate_turned = Signal(bool)
    equal_wanted = Signal()
    obligor_wanted = Signal()
    confirmed = Signal(str)
    left = Signal(str)
    hand_moved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filing, self.kind = Pills(), Pills()
        self.filing_field, self.kind_field = Field("", self.filing), Field("", self.kind)
        self.separate = Check()
        self.shares: dict[int, QLineEdit] = {}
        self.share_fields: dict[int, Field] = {}
        self.sum = Text("", "strong", wrap=True)
        self.equal = QuietButton("")
        self.obligor = QuietButton("", "Shift F3", "plus")
        self.obligor_missing = InlineProblem()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.filing_field)
        column.addWidget(self.obligor_missing)
        row = QHBoxLayout()
        row.addWidget(self.obligor)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.kind_field)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.equal)
        column.addLayout(foot)
        column.addWidget(self.separate)
        column.addStretch(1)
        self.filing.chosen.connect(self.filing_chosen)
        self.kind.chosen.connect(self.kind_chosen)
        self.separate.toggled.connect(self.separate_turned)
        self.equal.clicked.connect(self.equal_wanted)
        self.obligor.clicked.connect(self.obligor_wanted)
        self._facts = FilingFacts("", (), "", (), (), separate=False, other_side="", wants_obligor=False)
        self._fixed: dict[str, QWidget] = {
            "filing": self.filing,
            "co_ownership": self.kind,
            "separate_certificates": self.separate,
        }
        for editor in self._fixed.values():
            editor.installEventFilter(self)

    # -- what it shows -------------------------------------------------------------------------------------

    def show_facts(self, facts: FilingFacts) -> None:
        """Show how the case is filed and shared; a share in hand keeps what is being typed."""
        self._facts = facts
        self.filing.show_pills([Pill(*way) for way in facts.ways], {facts.filing})
        self.kind.show_pills([Pill(*kind) for kind in facts.kinds], {facts.kind})
        self._make_lines([holder.index for holder in facts.holders])
        shared = len(facts.holders) > 1
        wanted = shared and (
            facts.kind in (CoOwnership.BY_SHARES, CoOwnership.OTHER) or any(h.share for h in facts.holders)
        )
        for holder in facts.holders:
            self.share_fields[holder.index].set_label(holder.name)
            self.share_fields[holder.index].setVisible(wanted)
            if self.shares[holder.index].text() != holder.share:
                self.shares[holder.index].setText(holder.share)
        self.kind_field.setVisible(shared or bool(facts.kind))
        self.sum.setVisible(wanted)
        self.equal.setVisible(wanted)
        self.separate.setVisible(shared or facts.separate)
        self.separate.blockSignals(True)
        self.separate.setChecked(facts.separate)
        self.separate.blockSignals(False)
        self.filing_field.set_hint(facts.other_side)
        self.obligor.setVisible(facts.wants_obligor)
        self._say_sum()

    def show_problems(self, found: Mapping[str, Problem]) -> None:
        """Show what is wrong under its entry; names are those of `entries`."""
        self.filing_field.show_problem(found.get("filing"))
        self.kind_field.show_problem(found.get("co_ownership"))
        for index, field in self.share_fields.items():
            field.show_problem(found.get(self._share_name(index)))
        missing = found.get("obligor") or found.get("role")
        if missing is None:
            self.obligor_missing.clear()
        else:
            self.obligor_missing.show_problem(missing, tone=Tone.AMBER)

    def _make_lines(self, indexes: Sequence[int]) -> None:
        if list(self.shares) == list(indexes):
            return
        for field in self.share_fields.values():
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.shares, self.share_fields = {}, {}
        for line, index in enumerate(indexes):
            editor = QLineEdit()
            editor.setMaxLength(24)
            editor.setPlaceholderText("1/2")
            editor.textEdited.connect(lambda text, at=index: self.share_typed.emit(at, text))
            editor.installEventFilter(self)
            self.shares[index] = editor
            self.share_fields[index] = Field("", editor)
            self._grid.addWidget(self.share_fields[index], line // 2, line % 2)
        for before, after in zip(self._chain(), self._chain()[1:], strict=False):
            QWidget.setTabOrder(self._widget(before), self._widget(after))

    def _say_sum(self) -> None:
        """Say the sum while it is typed: 1/2 + 1/3 = 5/6, missing 1/6."""
        shares = []
        for holder in self._facts.holders:
            try:
                shares.append(parse_share(holder.share))
            except InputError:
                continue
        total = sum(shares, Fraction(0))
        said = f"{' + '.join(str(share) for share in shares)} = {total}" if shares else ""
        if total == 1 and len(shares) == len(self._facts.holders):
            self.sum.set_text(said)
            self.sum.set_tone(Tone.PRIMARY)
            return
        if total < 1:
            words, rest = self.tr("{sum}, missing {share}"), 1 - total
        elif total > 1:
            words, rest = self.tr("{sum}, {share} too much"), total - 1
        else:
            words, rest = self.tr("{sum}, nothing is left for the others"), total
        self.sum.set_text(words.format(sum=said, share=rest) if said else "")
        self.sum.set_tone(Tone.AMBER)

    def retranslate(self) -> None:
        self.filing_field.set_label(self.tr("How it is filed"))
        self.filing_field.set_hint(
            self.tr("One side alone needs one of the reasons of the regulation, art. 14")
        )
        self.kind_field.set_label(self.tr("Kind of co-ownership"))
        self.kind_field.set_hint(self.tr("All co-owners file together"))
        self.separate.setText(self.tr("A certificate for each of them"))
        self.equal.set_text(self.tr("Equal shares"))
        self.obligor.set_text(self.tr("Add an obligor"))
        for field in self.share_fields.values():
            field.set_hint(self.tr("Share: 1/2, 50% or 0.5"))
        self._say_sum()

    # -- the hand ------------------------------------------------------------------------------------------

    def entries(self) -> tuple[str, ...]:
        """Return the names of the entries in view, in the order in which Enter goes through them."""
        return tuple(
            name for name in self._chain() if not self._widget(name).isHidden() and self._in_view(name)
        )

    def focus(self, name: str) -> None:
        """Bring the hand to an entry; an unknown name leads to what is still to be decided."""
        names = self.entries()
        if name not in names:
            name = self._undecided(names)
        widget = self._widget(name)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(widget, QLineEdit):
            widget.end(False)

    def in_focus(self) -> str:
        """Return the name of the entry with the hand in it, or ""."""
        return next((name for name in self._chain() if self._widget(name).hasFocus()), "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.KeyPress):
            name = next((n for n in self._chain() if self._widget(n) is watched), "")
            if kind == QEvent.Type.FocusIn:
                self.hand_moved.emit(name)
            elif kind == QEvent.Type.FocusOut:
                self.left.emit(name)
            elif (
                isinstance(event, QKeyEvent)
                and event.key() in _RETURN
                and not (event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
            ):
                self.confirmed.emit(name)
                return True
        return super().eventFilter(watched, event)

    def _undecided(self, names: Sequence[str]) -> str:
        if "co_ownership" in names and not self._facts.kind:
            return "co_ownership"
        shares = [name for name in names if name.endswith("share")]
        return next((name for name in shares if not self._line(name).text().strip()), names[0])

    def _chain(self) -> list[str]:
        shares = [self._share_name(index) for index in self.shares]
        return ["filing", "co_ownership", *shares, "separate_certificates"]

    def _in_view(self, name: str) -> bool:
        if name == "co_ownership":
            return not self.kind_field.isHidden()
        if name.endswith("share"):
            return not self.share_fields[self._place(name)].isHidden()
        return True

    def _widget(self, name: str) -> QWidget:
        return self._fixed.get(name) or self._line(name)

    def _line(self, name: str) -> QLineEdit:
        return self.shares[self._place(name)]

    @staticmethod
    def _share_name(index: int) -> str:
        return f"{index}.share" if index else "share"

    @staticmethod
    def _place(name: str) -> int:
        return int(name.partition(".")[0]) if "." in name else 0
