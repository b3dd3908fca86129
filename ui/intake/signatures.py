"""The signatures: who signs which document, its text beside the pad, bound to exactly these words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from registration.application import Application
from registration.identifiers import mask_name
from registration.signatures import Signature, is_drawn
from registration.signed_documents import (
    PROMISE,
    digests,
    document_text,
    hand_of,
    signers_of,
    wanted_documents,
)
from ui.intake.case import IntakeCase
from ui.intake.page import StepPage
from ui.intake.privacy_row import PrivacyRow
from ui.intake.signature_places import Place, PlaceList, Standing, Where
from ui.intake.steps import Step
from ui.theme import Tone, look
from ui.widgets import Card, Chip, ScrollArea, SecondaryButton, Text
from ui.widgets.signature_pad import SignaturePad, Strokes

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_BESIDE = 900  # px from which the text has room beside the pad


class SignaturesPage(StepPage):
    """The sixth step: everybody who signs, document by document.

    Enter accepts what was drawn and goes to the next place; with everything signed it goes on. P says that
    this document was signed with a pen on paper, which then belongs into its row of the materials. N shows
    the privacy notice and records that it was given.
    """

    step = Step.SIGNATURES
    place_shown = Signal()

    def __init__(
        self, clock: Callable[[], datetime], privacy: PrivacyRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(side_width=380, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._clock = clock
        self._places: tuple[Where, ...] = ()
        self._here = 0
        self._count = Chip("", Tone.PLAIN)
        self.card.header.addStretch(1)
        self.card.header.addWidget(self._count)
        self.privacy = privacy
        self.privacy.read.connect(self._show_notice)
        self.content.addWidget(self.privacy)
        self.places = PlaceList()
        self.places.chosen.connect(self._go)
        self.content.addWidget(self.places)
        self.pad = SignaturePad()
        self.pad.drawn.connect(self._drawn)
        self.content.addWidget(self.pad, 1)
        self._state = Text("", "muted", wrap=True)
        self.content.addWidget(self._state)
        self._acts = QWidget()
        row = QHBoxLayout(self._acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.clear_button = SecondaryButton("", "Del", "rotate-ccw")
        self.clear_button.clicked.connect(self.clear)
        self.paper_button = SecondaryButton("", "P", "file-text")
        self.paper_button.clicked.connect(self.sign_on_paper)
        for button in (self.clear_button, self.paper_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        row.addStretch(1)
        self.content.addWidget(self._acts)
        self._paper = Card(" ")
        self._area = ScrollArea()
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text = Text("", "body", wrap=True, selectable=True)
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._area.column.addWidget(self.text)
        self._area.column.addStretch(1)
        self._paper.body.addWidget(self._area, 1)
        self.side.addWidget(self._paper, 1)
        self.on_button.clicked.disconnect()
        self.on_button.clicked.connect(self.go_on)
        self.retranslate()

    def fit(self) -> None:
        """Decide by the width alone: the buttons move with the arrangement, and may not decide about it."""
        narrow = self.width() < look().px(_BESIDE)
        if narrow != self.narrow:
            self.narrow = narrow
            self.set_narrow(narrow)

    def set_narrow(self, on: bool) -> None:
        """The text is never left out: where it does not fit beside the pad, it stands over it."""
        box = self.layout()
        assert isinstance(box, QBoxLayout)
        box.setDirection(QBoxLayout.Direction.BottomToTop if on else QBoxLayout.Direction.LeftToRight)
        wide = look().px(380)
        self.beside.setMinimumWidth(0 if on else wide)
        self.beside.setMaximumWidth(16777215 if on else wide)
        self.beside.setMinimumHeight(look().px(150) if on else 0)
        self.beside.setMaximumHeight(look().px(180) if on else 16777215)
        if on:  # the room above goes to the text
            self.foot.insertWidget(1, self._acts)
        else:
            self.content.addWidget(self._acts)

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self._here = 0
        self.privacy.bind(case)
        case.facts_changed.connect(self._changed)
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def shown(self) -> None:
        self._refresh()

    def focus_entry(self, entry: str) -> None:
        open_ = [place for place in self._places if self._standing(place) is not Standing.SIGNED]
        wanted = next((place for place in self._places if place.entry == entry), open_[0] if open_ else None)
        self._go(self._places.index(wanted) if wanted is not None else 0)

    def entry_in_focus(self) -> str:
        return self._places[self._here].entry if self._places and self.hasFocus() else ""

    def give_up(self) -> bool:
        """Wipe what was drawn and not accepted; False where nothing was."""
        if not self.pad.strokes():
            return False
        self._show_place()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Accept the signature; after the last one, go on")),
            ("Del", self.tr("Wipe the pad, or take this signature back")),
            ("P", self.tr("Signed with a pen on paper")),
            ("N", self.tr("Show the privacy notice: it was given")),
            ("↑ ↓", self.tr("Former and next place to sign")),
            ("← →", self.tr("Scroll the text")),
        ]

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Signatures"))
        self.setAccessibleName(self.tr("Signatures"))
        self.clear_button.set_text(self.tr("Sign again"))
        self.paper_button.set_text(self.tr("Signed on paper"))
        self.privacy.retranslate()
        self._refresh()

    # -- signing -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _ENTER:
            self.go_on()
        elif key in _CLEAR:
            self.clear()
        elif key == Qt.Key.Key_P:
            self.sign_on_paper()
        elif key == Qt.Key.Key_N:
            self.privacy.give()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            by = 1 if key == Qt.Key.Key_Down else -1
            self._go(max(0, min(self._here + by, len(self._places) - 1)))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + (1 if key == Qt.Key.Key_Right else -1) * look().px(120))
        else:
            super().keyPressEvent(event)

    def go_on(self) -> None:
        """Accept what was drawn, or turn to what is open, or go on when nothing is."""
        if self.pad.strokes():
            self._accept()
            return
        following = self._next_open()
        if following is None:
            self.went_on.emit()
        elif following == self._here:
            self._say(self.tr("Sign on the pad first; or press P where it was signed on paper."), Tone.AMBER)
        else:
            self._go(following)

    def clear(self) -> None:
        """Wipe the pad; a signature that was accepted is taken back."""
        drawn = bool(self.pad.strokes())
        self.pad.clear()
        if not drawn and self.case is not None and self._places:
            where = self._places[self._here]
            self.case.edit(lambda a: replace(a, signatures=_without(a, where)))
        self._show_place()

    def take(self, strokes: Strokes) -> None:
        """Accept a signature that was drawn on the resident's screen for the place in view."""
        if self._places and is_drawn(strokes):
            self._keep(strokes)

    def open_place(self) -> tuple[str, str, str, str] | None:
        """Return entry, title, text and signer of the place in view while it is not signed."""
        if not self._places or self._standing(self._places[self._here]) is Standing.SIGNED:
            return None
        where = self._places[self._here]
        return where.entry, self.document_name(where.document), self.text.text_whole(), self._who(where)

    def sign_on_paper(self) -> None:
        """Record that the document in view was signed with a pen."""
        if self._places:
            self._keep((), on_paper=True)

    def _accept(self) -> None:
        strokes = self.pad.strokes()
        if is_drawn(strokes):
            self._keep(strokes)
        else:
            self.pad.clear()
            self._say(self.tr("That is too short for a signature: sign again."), Tone.AMBER)

    def _keep(self, strokes: Strokes, *, on_paper: bool = False) -> None:
        case = self.case
        if case is None:
            return
        where, now = self._places[self._here], self._clock().isoformat(timespec="seconds")
        digest = self._digests()[where.document]
        self.pad.clear()
        signature = Signature(where.signer, where.document, digest, now, strokes, on_paper)
        case.edit(lambda a: replace(a, signatures=(*_without(a, where), signature)))
        following = self._next_open()
        self._go(self._here if following is None else following)
        if following is None:
            self.went_on.emit()

    def _drawn(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(self.tr("Enter accepts the signature, Del wipes it."))

    # -- who and what --------------------------------------------------------------------------------------

    def _digests(self) -> dict[str, str]:
        case = self.case
        if case is None:
            return {}
        return dict(
            digests(case.application, case.checklist, case.household, case.compound, case.facts(), case.packs)
        )

    def _standing(self, place: Where, now: dict[str, str] | None = None) -> Standing:
        made = self._signature(place)
        if made is None:
            return Standing.OPEN
        current = (self._digests() if now is None else now).get(place.document)
        if made.document_digest != current:
            return Standing.OUTDATED
        return Standing.SIGNED

    def _signature(self, place: Where) -> Signature | None:
        if self.case is None:
            return None
        signatures = self.case.application.signatures
        return next((s for s in signatures if (s.document, s.signer) == (place.document, place.signer)), None)

    def _next_open(self) -> int | None:
        """Return the next place that is not signed, from here around; None when all are."""
        now, count = self._digests(), len(self._places)
        order = [(self._here + step) % count for step in range(count)]
        return next((i for i in order if self._standing(self._places[i], now) is not Standing.SIGNED), None)

    def _go(self, index: int) -> None:
        self._here = index
        self.pad.clear()
        self._refresh()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing -------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        case = self.case
        if case is None:
            return
        self._places = tuple(
            Where(code, signer)
            for code in wanted_documents(case.application, case.checklist)
            for signer in signers_of(code, case.application.parties)
        )
        self._here = max(0, min(self._here, len(self._places) - 1))
        now = self._digests()
        shown = [
            Place(self.document_name(place.document), self._who(place), self._standing(place, now))
            for place in self._places
        ]
        self.places.show_places(shown, self._here)
        done = sum(place.standing is Standing.SIGNED for place in shown)
        self._count.set_chip(
            self.tr("{done} of {all} signed").format(done=done, all=len(shown)),
            Tone.PRIMARY if done == len(shown) else Tone.PLAIN,
        )
        for widget in (self.places, self.pad, self._acts, self._paper):
            widget.setVisible(bool(shown))
        open_ = done < len(shown)
        self.on_button.set_text(self.tr("Accept") if open_ else self.tr("Go on: fees"))
        if not self.pad.strokes():  # what somebody is drawing stays
            self._show_place()

    def _show_place(self) -> None:
        case = self.case
        if case is None:
            return
        if not self._places:
            self._say(self.tr("Nobody signs here: bodies seal the paper."))
            return
        where = self._places[self._here]
        self._paper.set_title(self.document_name(where.document))
        self.text.set_text(
            document_text(
                where.document,
                case.application,
                case.checklist,
                case.household,
                case.compound,
                case.facts(),
                case.packs,
            )
        )
        made, standing = self._signature(where), self._standing(where)
        outdated = standing is Standing.OUTDATED
        self.pad.set_words(self._who(where))
        self.pad.show_strokes(made.strokes if made is not None else (), faded=outdated)
        if outdated:
            self._say(
                self.tr("The facts have changed since this was signed: show the text and sign again."),
                Tone.AMBER,
            )
        elif made is None:
            self._say(self.tr("Let the person read the text, then sign with pen, finger or mouse."))
        else:
            when = made.signed_at[:16].replace("T", " ")
            words = self.tr("Signed on paper, {when}") if made.on_paper else self.tr("Signed {when}")
            self._say(words.format(when=when))
        self.place_shown.emit()

    def _show_notice(self, words: str) -> None:
        """In the place of the document's text, until another place is turned to."""
        self._paper.setVisible(True)
        self._paper.set_title(self.tr("Privacy notice"))
        self.text.set_text(words)

    def document_name(self, code: str) -> str:
        """Return what a document is called in the language of the window."""
        return {
            "application_form": self.tr("Application form"),
            "inquiry_record": self.tr("Inquiry record"),
            PROMISE: self.tr("Promise of missing papers"),
        }[code]

    def _who(self, place: Where) -> str:
        if self.case is None or place.signer >= len(self.case.application.parties):
            return ""
        party = self.case.application.parties[place.signer]
        hand, name = mask_name(hand_of(party)), mask_name(party.name)
        return hand if hand == name else self.tr("{hand} for {name}").format(hand=hand, name=name)

    def _say(self, words: str, tone: Tone | None = None) -> None:
        self._state.set_text(words)
        self._state.set_tone(tone)


def _without(a: Application, where: Where) -> tuple[Signature, ...]:
    return tuple(s for s in a.signatures if (s.document, s.signer) != (where.document, where.signer))
