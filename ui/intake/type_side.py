"""Beside the type: what the problem categories mean, and what to do where the window cannot take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from registration.checklist import Checklist, Need, Route
from registration.packs import CATEGORIES, DEPARTMENTS, TYPES
from ui.intake.case import IntakeCase
from ui.messages import language
from ui.theme import Tone
from ui.widgets import Card, Chip, Text


class CategoryCard(Card):
    """One problem category: who leads, what the buyer does, what it blocks, what goes on meanwhile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.whose = Chip()
        self.header.addStretch(1)
        self.header.addWidget(self.whose)
        self._name = Text("", "strong", wrap=True)
        self.body.addWidget(self._name)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self._labels = [Text("", "muted") for _ in range(5)]
        self._values = [Text("", "body", wrap=True) for _ in range(5)]
        for row, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            grid.addWidget(label, row * 2, 0)
            grid.addWidget(value, row * 2 + 1, 0)
        self.body.addLayout(grid)

    def show_category(self, code: str, case: IntakeCase) -> None:
        """Show a category by its code; one that the pack does not know shows as its code alone."""
        word = "en" if language() == "en" else "zh"
        entry: Mapping[str, Any] = case.packs[CATEGORIES]["categories"].get(code, {})
        self.set_title(code)
        project = code in case.file.categories
        self.whose.set_chip(
            self.tr("Project") if project else self.tr("Household"), Tone.PLAIN if project else Tone.BLUE
        )
        self._name.set_text(entry.get(word, self.tr("Not in the dictionary of categories")))
        departments = case.packs[DEPARTMENTS]["departments"]

        def named(codes: Sequence[str]) -> str:
            return (", " if word == "en" else "、").join(
                str(departments.get(c, {}).get(word, c)) for c in codes
            )

        blocks = [
            block[word] for block in entry.get("blocks", ()) if case.application.type_code in block["types"]
        ]
        lead = named([entry["lead"]]) if "lead" in entry else ""
        assist = named(entry.get("assist", ()))
        between = "; " if word == "en" else "；"
        values = (
            (self.tr("Leads"), lead + (f" · {assist}" if assist else "")),
            (self.tr("What the buyer does"), entry.get(f"buyer_{word}", "")),
            (self.tr("Stands in the way of this type"), between.join(blocks)),
            (self.tr("An opinion may stand in for a paper"), _opinions(entry, word)),
            (self.tr("Meanwhile"), entry.get(f"parallel_{word}", "")),
        )
        for label, value, (name, text) in zip(self._labels, self._values, values, strict=True):
            label.set_text(name)
            value.set_text(text)
            label.setVisible(bool(text))
            value.setVisible(bool(text))

    def words(self) -> str:
        """Return what the card says, label by label."""
        shown = [w for w in (self._name, *self._values) if not w.isHidden()]
        return "\n".join(w.text_whole() for w in shown)


class RouteNotice(QWidget):
    """Where a type goes that the window does not take in by itself, and which papers to bring there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self._title = Text("", "heading", wrap=True)
        self.route = Chip()
        self.what = Text("", "body", wrap=True)
        self.next = Text("", "muted", wrap=True)
        self._papers_words = Text("", "strong")
        self.papers = Text("", "body", wrap=True)
        for part in (self._title, self.route, self.what, self.next, self._papers_words, self.papers):
            box.addWidget(part)

    def show_route(self, case: IntakeCase) -> None:
        """Show where the case's type goes; hidden for a type of this window."""
        checklist, word = case.checklist, "en" if language() == "en" else "zh"
        self.setVisible(checklist.route is not Route.WINDOW)
        where = str(case.packs[TYPES]["types"].get(checklist.type_code, {}).get(f"where_{word}", ""))
        papers = _papers(case, checklist)
        bring = self.tr("Bring")
        if checklist.route is Route.HALL:
            title, chip, tone = self.tr("By the main hall"), self.tr("Taken in here"), Tone.BLUE
            what = self.tr("Taken in at this window and brought to the main hall the same day.")
            then, papers = "", ""
        elif checklist.route is Route.APPOINTMENT:
            title, chip, tone = self.tr("By appointment"), self.tr("Not taken in here"), Tone.AMBER
            what = self.tr("The registration body hears all heirs itself; here only the way is shown.")
            then = self.tr(
                "Agree on a day with the main hall, give the list of papers along, and print the notice "
                "in the review: nobody leaves without a paper."
            )
        else:
            title, chip, tone = self.tr("Elsewhere"), self.tr("Not taken in here"), Tone.AMBER
            what = where or self.tr("Handled at the main hall.")
            then = self.tr("Tell the applicant where to go, and print the notice in the review.")
        self._title.set_text(title)
        self.route.set_chip(chip, tone)
        self.what.set_text(what)
        self.next.set_text(then)
        self.next.setVisible(bool(then))
        self._papers_words.set_text(bring)
        self.papers.set_text(papers)
        for part in (self._papers_words, self.papers):
            part.setVisible(bool(papers))


def categories_shown(case: IntakeCase) -> tuple[str, ...]:
    """Return the categories of a case, its project's before its household's own."""
    return tuple(dict.fromkeys((*case.file.categories, *case.application.categories)))


def _opinions(entry: Mapping[str, Any], word: str) -> str:
    return ("; " if word == "en" else "；").join(str(row[word]) for row in entry.get("replaces", ()))


def _papers(case: IntakeCase, checklist: Checklist) -> str:
    facts = case.facts()
    wanted = [i for i in checklist.items if i.need is not Need.SHARED and i.wanted(facts)]
    return "\n".join(f"· {item.name(language())}" for item in wanted)
