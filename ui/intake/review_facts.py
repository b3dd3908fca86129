"""The whole case in a few lines for the last look: people, papers, answers, signatures, fees, checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from registration.central_checks import checks_for
from registration.checklist import Form, Track
from registration.dossier import Defaulter
from registration.errors import Problem
from registration.fees import total
from registration.filing import Filing, filing_of
from registration.identifiers import mask_name
from registration.legacy import CaseSource
from registration.minding import what_to_mind
from registration.packs import label
from registration.parties import Party, Role
from ui.intake.case import IntakeCase
from ui.intake.counts import answered, signed
from ui.intake.fees import lines_of
from ui.messages import language
from ui.theme import Tone
from ui.widgets import Chip, Text
from ui.widgets.layouts import clear

_TOP = Qt.AlignmentFlag.AlignTop
_ONE_LINE = ("inquiry_unanswered",)


def gathered(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return what is missing with one line for questions of the same kind: the first leads to all."""
    seen: set[str] = set()
    kept = []
    for problem in problems:
        if problem.code in _ONE_LINE and problem.code in seen:
            continue
        seen.add(problem.code)
        kept.append(problem)
    return tuple(kept)


def worth_minding(case: IntakeCase) -> tuple[Problem, ...]:
    """Return what does not stop the case but is worth knowing; shared papers stand with the online checks."""
    found = what_to_mind(
        case.application,
        case.checklist,
        case.board(),
        case.household,
        case.file,
        case.packs,
        today=case.today(),
    )
    flag = case.defaulter
    return (
        *(problem for problem in found if problem.code != "shared_to_verify"),
        *((defaulter_problem(flag),) if flag is not None else ()),
    )


def defaulter_problem(flag: Defaulter) -> Problem:
    """Return that a case touches a developer on a list of defaulters, and the measures."""
    said = {"source": flag.source, "measures": "、".join(flag.measures) or "—"}
    return Problem("developer_defaults", "property.household", said)


class ReviewFacts(QWidget):
    """ReviewFacts().show_case(case): names and numbers masked, as everywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_case(self, case: IntakeCase) -> None:
        """Fill it anew."""
        clear(self._grid)
        for name, value, second in self._facts(case):
            self._add(name, value, second)
        self._add_papers(case)
        for name, value, second in self._steps(case):
            self._add(name, value, second)
        self._add_checks(case)

    # -- what is said --------------------------------------------------------------------------------------

    def _facts(self, case: IntakeCase) -> Iterator[tuple[str, str, str]]:
        a, home, tongue = case.application, case.household, language()
        for party in a.parties:
            side = self.tr("Right holder") if party.role is Role.RIGHT_HOLDER else self.tr("Obligor")
            yield side, mask_name(party.name) or "—", " · ".join(self._of_party(case, party))
        joint = filing_of(case.checklist.filing_rule(a.subtype), a.single_reason) is Filing.JOINT
        filed = [self.tr("Filed together") if joint else self.tr("Filed alone")]
        if a.single_reason is not None:
            filed.append(label(case.packs, "single_reasons", a.single_reason.value, tongue))
        if a.co_ownership is not None:
            filed.append(label(case.packs, "co_ownership", a.co_ownership.value, tongue))
        if a.separate_certificates:
            filed.append(self.tr("a certificate each"))
        yield self.tr("Filing"), " · ".join(filed), ""
        yield self.tr("Property"), home.label if home else "—", home.address if home else ""
        subtype = case.checklist.subtype(case.checklist.subtype_or_default(a.subtype))
        kind = [case.checklist.name(tongue), *([subtype.name(tongue)] if subtype is not None else [])]
        yield self.tr("Type"), " · ".join(kind), " · ".join(self._of_type(case))

    def _of_party(self, case: IntakeCase, party: Party) -> Iterator[str]:
        if party.document_number:
            kind = label(case.packs, "document_kinds", party.document_kind.value, language())
            yield f"{kind} …{party.document_number[-4:]}"
        if party.phone:
            yield f"…{party.phone[-4:]}"
        if party.share:
            yield party.share
        if party.guardian is not None:
            yield f"{self.tr('guardian')} {mask_name(party.guardian.name)}"
        if party.agent is not None:
            yield f"{self.tr('agent')} {mask_name(party.agent.name)}"

    def _of_type(self, case: IntakeCase) -> Iterator[str]:
        a = case.application
        names = {
            Track.REGISTRATION: self.tr("registration"),
            Track.TRANSACTION: self.tr("transaction"),
            Track.TAX: self.tr("tax"),
            Track.FEE: self.tr("fee"),
        }
        yield "＋".join(names[track] for track in Track if track in a.tracks)
        if a.source is CaseSource.LEGACY:
            yield self.tr("legacy problem")
        elif a.source is CaseSource.ON_DELIVERY:
            yield self.tr("certificate on delivery")
        if a.green_channel is not None:
            yield self.tr("green channel")
        if a.cross_province:
            yield self.tr("across provinces")
        if a.remarks:
            yield a.remarks

    def _steps(self, case: IntakeCase) -> Iterator[tuple[str, str, str]]:
        done, all_ = answered(case)
        yield self.tr("Inquiry"), self.tr("{done} of {all} answered").format(done=done, all=all_), ""
        done, all_ = signed(case)
        paper = sum(signature.on_paper for signature in case.application.signatures)
        yield (
            self.tr("Signatures"),
            self.tr("{done} of {all} signed").format(done=done, all=all_) if all_ else "—",
            self.tr("%n of them on paper", "", paper) if paper else "",
        )
        lines = lines_of(case)
        due = self.tr("{amount} yuan").format(amount=total(lines)) if lines else self.tr("Free of charge")
        yield self.tr("Fees"), due, ""

    # -- how it stands -------------------------------------------------------------------------------------

    def _add(self, name: str, value: str, second: str) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(Text(name, "muted"), row, 0, _TOP)
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 6)
        inside.setSpacing(0)
        inside.addWidget(Text(value, "strong", elide=True))
        if second:
            inside.addWidget(Text(second, "small", elide=True))
        self._grid.addWidget(box, row, 1, 1, 3)

    def _add_papers(self, case: IntakeCase) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(Text(self.tr("Materials"), "muted"), row, 0, _TOP)
        for item in case.checklist.items:
            pages = case.pages_of(item.code)
            if not pages:
                continue
            material = case.application.material(item.code)
            form = material.form if material else item.form
            words = self.tr("Original") if form is Form.ORIGINAL else self.tr("Copy")
            self._grid.addWidget(Text(item.name(language()), elide=True), row, 1)
            self._grid.addWidget(Chip(words), row, 2)
            self._grid.addWidget(Text(self.tr("%n page(s)", "", len(pages)), "muted"), row, 3)
            row += 1
        if not case.pages:
            self._grid.addWidget(Text("—"), row, 1)

    def _add_checks(self, case: IntakeCase) -> None:
        """What no window can see stands as waiting, never as passed."""
        checks = checks_for(case.checklist.type_code, case.packs)
        if not checks:
            return
        row = self._grid.rowCount()
        self._grid.addWidget(Text(self.tr("Online"), "muted"), row, 0, _TOP)
        waits = Chip(self.tr("Waiting for the online check"), Tone.BLUE, "clock")
        self._grid.addWidget(waits, row, 1, 1, 3, _TOP)
        between = "; " if language() == "en" else "；"
        names = between.join(check.name(language()) for check in checks)
        self._grid.addWidget(Text(names, "small", wrap=True), row + 1, 1, 1, 3)
