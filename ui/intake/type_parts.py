"""Sub-type, source and categories, existing certificate, tracks: the short parts of the type step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from registration.certificates import CertificateKind, parse_certificate_number
from registration.checklist import Track
from registration.errors import InputError, Problem
from registration.legacy import CaseSource, suggested_source
from registration.packs import CATEGORIES
from registration.tracks import tracks_fed
from ui.intake.case import IntakeCase
from ui.intake.type_section import Line, TypeSection, taken_in
from ui.messages import language, words
from ui.theme import Tone
from ui.widgets import Check, Field, QuietButton, Text
from ui.widgets.pills import Pill, Pills


class SubtypeSection(TypeSection):
    """Entry "subtype": one of the type's cases; the default is chosen where the type has one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = Pills()
        self.choices.chosen.connect(lambda code: self.change(lambda a: replace(a, subtype=code)))
        self.choices.confirmed.connect(self.went_on)
        self.body.addWidget(self.choices)
        self.add_entry("subtype", self.choices)

    def applies(self, case: IntakeCase) -> bool:
        return bool(case.checklist.subtypes) and taken_in(case)

    def fill(self, case: IntakeCase) -> None:
        pills = [Pill(each.code, each.name(language())) for each in case.checklist.subtypes]
        chosen = case.checklist.subtype_or_default(case.application.subtype)
        self.choices.show_pills(pills, [chosen] if chosen else [])

    def show_problems(self, found: Mapping[str, Problem], *, strict: bool) -> None:
        problem = found.get("subtype")
        self.complaint.set_tone(Tone.SEAL if strict else Tone.AMBER)
        self.say(words(problem).remedy if problem is not None else "")

    def retranslate(self) -> None:
        self.heading.set_text(self.tr("Sub-type"))
        self.choices.setAccessibleName(self.tr("Sub-type"))


class SourceSection(TypeSection):
    """Entries "source" and "categories": where the case comes from, and the household's own problems."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = Pills()
        self.choices.chosen.connect(self._choose)
        self.choices.confirmed.connect(self.went_on)
        self.why = Text("", "small", wrap=True)
        self.more = QuietButton("", icon="plus")
        self.more.clicked.connect(self._open_categories)
        self._own_words = Text("", "muted", wrap=True)
        self.categories = Pills(several=True)
        self.categories.changed.connect(self._turn_categories)
        self.categories.confirmed.connect(self.went_on)
        self.body.addWidget(self.choices)
        self.body.addWidget(self.why)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._own_words)
        self.body.addWidget(self.categories)
        self.add_entry("source", self.choices)
        self.add_entry("categories", self.categories)
        self._opened = ""  # the case whose list of categories was asked for

    def applies(self, case: IntakeCase) -> bool:
        return taken_in(case)

    def fill(self, case: IntakeCase) -> None:
        application, suggested = case.application, suggested_source(case.file, case.packs)
        names = {
            CaseSource.ORDINARY: self.tr("Ordinary"),
            CaseSource.LEGACY: self.tr("Legacy problem"),
            CaseSource.ON_DELIVERY: self.tr("Certificate on delivery"),
        }
        self.choices.show_pills([Pill(s.value, names[s]) for s in CaseSource], [application.source.value])
        codes = (", " if language() == "en" else "、").join(case.file.categories)
        if suggested is CaseSource.LEGACY:
            why = self.tr("Suggested: legacy. The compound's file has the categories {codes}.").format(
                codes=codes
            )
        else:
            why = self.tr("Suggested: ordinary. The compound's file has no problem category.")
        if application.source is CaseSource.ON_DELIVERY:
            why = self.tr("Filed at the handing over of keys; never counts in the ledger of legacy problems.")
        self.why.set_text(why)
        legacy = application.source is CaseSource.LEGACY or bool(application.categories)
        opened = legacy and (self._opened == case.id or bool(application.categories))
        self.more.setVisible(legacy and not opened)
        self._own_words.setVisible(opened)
        self.categories.setVisible(opened)
        self._fill_categories(case)

    def retranslate(self) -> None:
        self.heading.set_text(self.tr("Where the case comes from"))
        self.choices.setAccessibleName(self.tr("Where the case comes from"))
        self.more.set_text(self.tr("Categories of its own"))
        self._own_words.set_text(
            self.tr("Grey ones are the project's; turn on what this household has besides.")
        )
        self.categories.setAccessibleName(self.tr("Problem categories"))

    def show_problems(self, found: Mapping[str, Problem], *, strict: bool) -> None:
        problem = found.get("source")
        self.complaint.set_tone(Tone.SEAL)
        self.say(f"{words(problem).what} {words(problem).remedy}" if problem is not None else "")

    def _fill_categories(self, case: IntakeCase) -> None:
        word = "en" if language() == "en" else "zh"
        project = case.file.categories
        pills = [
            Pill(code, f"{code} {entry[word]}", code in project)
            for code, entry in case.packs[CATEGORIES]["categories"].items()
        ]
        self.categories.show_pills(pills, {*project, *case.application.categories})

    def _choose(self, value: str) -> None:
        self.change(lambda a: replace(a, source=CaseSource(value)))

    def _open_categories(self) -> None:
        if self.case is not None:
            self._opened = self.case.id
            self.fill(self.case)
            self.focus("categories")

    def _turn_categories(self) -> None:
        if self.case is not None:
            project = self.case.file.categories
            own = tuple(code for code in self.categories.values() if code not in project)
            self.change(lambda a: replace(a, categories=own))


class CertificateSection(TypeSection):
    """Entry "certificate_number": of the certificate that is there already, judged while it is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading.hide()
        editor = QLineEdit()
        editor.setMaxLength(60)
        self.field = self.add_line(
            "certificate_number",
            Line(
                Field("", editor),
                lambda a: a.certificate_number,
                lambda a, text: replace(a, certificate_number=text),
            ),
        )
        editor.editingFinished.connect(self._tidy)
        self.body.addWidget(self.field)

    def applies(self, case: IntakeCase) -> bool:
        return case.checklist.certificate and taken_in(case)

    def fill(self, case: IntakeCase) -> None:
        try:
            read = parse_certificate_number(case.application.certificate_number, today=case.today())
        except InputError:
            self.field.set_hint(self.tr("As printed, such as 甘（2022）兰州市不动产权第0000001号"))
            return
        kind = {
            CertificateKind.CERTIFICATE: self.tr("Certificate of real estate"),
            CertificateKind.PROOF: self.tr("Proof of registration"),
            CertificateKind.OLDER: self.tr("Certificate from before 2015, still valid"),
        }[read.kind]
        parts = [kind, read.year, read.office]
        self.field.set_hint(" · ".join(part for part in parts if part), Tone.PRIMARY)

    def retranslate(self) -> None:
        self.field.set_label(self.tr("Existing certificate"))

    def _tidy(self) -> None:
        if self.case is None:
            return
        try:
            text = parse_certificate_number(
                self.case.application.certificate_number, today=self.case.today()
            ).text
        except InputError:
            return  # it stays as typed, and says what is wrong
        self.change(lambda a: replace(a, certificate_number=text))


class TracksSection(TypeSection):
    """Entries "tracks" and "cross_province": what one set of papers is for, and where."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tracks = Pills(several=True)
        self.tracks.changed.connect(self._turn)
        self.tracks.confirmed.connect(self.went_on)
        self.cross_province = Check()
        self.cross_province.toggled.connect(self._cross)
        self.body.addWidget(self.tracks)
        self.body.addWidget(self.cross_province)
        self.add_entry("tracks", self.tracks)
        self.add_entry("cross_province", self.cross_province)

    def applies(self, case: IntakeCase) -> bool:
        fed = tracks_fed(case.checklist)
        return taken_in(case) and (len(fed) > 1 or case.checklist.cross_province)

    def fill(self, case: IntakeCase) -> None:
        names = {
            Track.REGISTRATION: self.tr("Registration"),
            Track.TRANSACTION: self.tr("Transaction"),
            Track.TAX: self.tr("Tax"),
            Track.FEE: self.tr("Fee"),
        }
        fed = tracks_fed(case.checklist)
        asked = case.application.tracks
        pills = [Pill(t.value, names[t], t is Track.REGISTRATION) for t in Track if t in fed or t in asked]
        self.tracks.show_pills(pills, {Track.REGISTRATION.value, *(t.value for t in asked)})
        self.tracks.setVisible(len(pills) > 1)
        self.heading.setVisible(len(pills) > 1)
        self.cross_province.setVisible(case.checklist.cross_province)
        self.cross_province.blockSignals(True)
        self.cross_province.setChecked(case.application.cross_province)
        self.cross_province.blockSignals(False)

    def retranslate(self) -> None:
        self.heading.set_text(self.tr("One window: these papers are also for"))
        self.tracks.setAccessibleName(self.heading.text_whole())
        self.cross_province.setText(self.tr("In another province"))
        self.cross_province.setAccessibleName(self.cross_province.text())

    def _turn(self) -> None:
        on = self.tracks.values()
        asked = tuple(t for t in Track if t is Track.REGISTRATION or t.value in on)
        self.change(lambda a: replace(a, tracks=asked))

    def _cross(self, on: bool) -> None:
        self.change(lambda a: replace(a, cross_province=on))
