"""The files on their way into checklist rows, and those that gave no page, kept apart by case and row."""

from __future__ import annotations

from collections.abc import Sequence

from registration.checklist import Material
from registration.errors import JilaiError, Problem
from ui.intake.adding import FileWork
from ui.intake.case import IntakeCase
from ui.intake.steps import Step, entry_of, of_step
from ui.widgets.materials_row import RowContent
from ui.widgets.page_strip import Underway


class FilesUnderway:
    """What the board has to say about files, also of a case that was put aside while they were prepared."""

    def __init__(self) -> None:
        self._works: dict[str, FileWork] = {}
        self._failures: list[tuple[FileWork, JilaiError]] = []

    def begin(self, works: Sequence[FileWork]) -> None:
        self._works.update({work.key: work for work in works})

    def move(self, work: FileWork) -> None:
        self._works[work.key] = work

    def end(self, work: FileWork) -> None:
        self._works.pop(work.key, None)

    def fail(self, work: FileWork, error: JilaiError) -> None:
        self.end(work)
        self._failures.append((work, error))

    def dismiss(self, key: str) -> None:
        """Forget one failure; the person has read it."""
        self._failures = [failure for failure in self._failures if failure[0].key != key]

    def rows_taking(self, application_id: str) -> set[str]:
        """Return the rows of a case that files are on their way to."""
        return {work.item_code for work in self._works.values() if work.application_id == application_id}

    def next_row(self, case: IntakeCase, here: str) -> str:
        """Return the row to fill next: `here` if it lacks its paper, else the next that does, or ""."""
        missing = of_step(case.missing(), Step.MATERIALS)
        lacking = {entry_of(p) for p in missing if p.code == "material_missing"} - self.rows_taking(case.id)
        codes = [row.item.code for row in case.board()]
        at = codes.index(here) if here in codes else 0
        return next((code for code in codes[at:] + codes[:at] if code in lacking), "")

    def content(self, case: IntakeCase, code: str, problem: Problem | None) -> RowContent:
        """Return everything the board shows of one row. KeyError for a row that the checklist has not."""
        item = case.checklist.item(code)
        if item is None:
            raise KeyError(code)
        here = (case.id, code)
        works = [w for w in self._works.values() if (w.application_id, w.item_code) == here]
        failures = [f for f in self._failures if (f[0].application_id, f[0].item_code) == here]
        return RowContent(
            item,
            case.application.material(code) or Material(code, item.form, item.copies),
            case.pages_of(code),
            problem,
            tuple(Underway(work.name, work.done, work.total) for work in works),
            tuple((work.key, work.name, error) for work, error in failures),
        )
