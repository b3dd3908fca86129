"""Beside the parties: who has to be present before the number is drawn, and rare characters made large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from registration.identifiers import mask_name
from registration.names import in_unicode, rare_characters, unmapped_private_use
from registration.parties import Party
from ui.intake.party_words import code_point
from ui.rare_glyphs import glyph_of
from ui.theme import Tone
from ui.widgets import Card, Text


class PresenceCard(Card):
    """`show_names(names)`: masked, in the order of the form; gone where only one person is concerned."""

    def __init__(self) -> None:
        super().__init__(" ")
        self._names: tuple[str, ...] = ()
        self._list = Text("", "strong", wrap=True)
        self._hint = Text("", "muted", wrap=True)
        self.body.addWidget(self._list)
        self.body.addWidget(self._hint)
        self.hide()

    def show_names(self, names: Sequence[str], *, plain: bool) -> None:
        """Show who must come; `plain` is the case of one person for itself, of which nothing is said."""
        self._names = tuple(names)
        self._list.set_text("\n".join(mask_name(name) for name in self._names))
        self.setVisible(bool(self._names) and not plain)

    def names(self) -> tuple[str, ...]:
        """Return the names that are shown, unmasked."""
        return self._names if not self.isHidden() else ()

    def retranslate(self) -> None:
        self.set_title(self.tr("Must be present"))
        self._hint.set_text(
            self.tr("An agent comes instead of the applicant, a guardian together with the ward.")
        )


class RareCard(Card):
    """`show_party(party, said)`: each rare character large with its code point, and what to do about it."""

    _MOST = 4

    def __init__(self) -> None:
        super().__init__(" ")
        self._rows: list[tuple[Text, Text]] = []
        column = QVBoxLayout()
        column.setSpacing(8)
        for _ in range(self._MOST):
            line = QHBoxLayout()
            line.setSpacing(16)
            char, code = Text("", "plate"), Text("", "muted", wrap=True)
            line.addWidget(char)
            line.addWidget(code, 1)
            column.addLayout(line)
            self._rows.append((char, code))
        self.body.addLayout(column)
        self._said = Text("", "muted", wrap=True)
        self.body.addWidget(self._said)
        self.hide()

    def show_party(self, party: Party, said: Sequence[str]) -> None:
        raw = [c for c in party.name_raw if in_unicode(c) != c]
        found = dict.fromkeys((*[in_unicode(c) for c in raw], *rare_characters(party.name)))
        unknown = unmapped_private_use(party.name)
        shown = [*found][: self._MOST]
        for (char, code), value in zip(self._rows, [*shown, *[""] * (self._MOST - len(shown))], strict=True):
            char.setVisible(bool(value))
            code.setVisible(bool(value))
            char.set_text(value)
            drawn = bool(value) and value not in unknown and glyph_of(value, False) is not None
            lost = "" if drawn or not value else self.tr("No font here has it: go by the card.")
            code.set_text(f"{code_point(value)}\n{lost}".strip() if value else "")
            code.set_tone(None if drawn else Tone.AMBER)
        self._said.set_text("\n".join(said))
        self._said.setVisible(bool(said))
        self.setVisible(bool(shown) or bool(said))

    def retranslate(self) -> None:
        self.set_title(self.tr("Rare characters"))
