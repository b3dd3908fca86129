"""Issue lists of departments as papers: read, put into words, rendered, away from the main thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from registration.evidence import Evidence, EvidenceKind
from registration.identifiers import mask_numbers
from registration.obstacles import ObstacleState
from registration.standing import Obstacle
from storage import issue_lists
from storage.issue_lists import Listed
from storage.obstacles import Wanted
from ui.messages import language
from ui.obstacle_words import department_words, obstacle_words

if TYPE_CHECKING:
    from printing.issue_list import Issue, IssueList, Proof
    from ui.services import Services

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Asked:
    """What is made: lists of these departments over what is wanted; `scope` are its words, `at` is now."""

    wanted: Wanted
    departments: Sequence[str]
    scope: str
    at: datetime
    device_code: str
    by: str


def issue_pdf(services: Services, asked: Asked) -> bytes:
    """Return the lists as one PDF, each department's on pages of its own. Slow: for `ui.run.aside`.

    Raises MachineError font_missing, and what a read of the store does.
    """
    from printing.issue_list import render

    lists = _lists(services, asked)
    return render(lists, language=language(), made_at=asked.at, device_code=asked.device_code, by=asked.by)


def issue_table(services: Services, asked: Asked) -> bytes:
    """Return the lists as one xlsx table, a line for each issue. Slow: for `ui.run.aside`."""
    from capture.spreadsheet_writing import table_file

    heads = (
        translate("Ledger", "Place"),
        translate("Ledger", "Category"),
        translate("Ledger", "Lead"),
        translate("Ledger", "To be done by"),
        translate("Ledger", "State"),
        translate("Ledger", "Case number of the court"),
        translate("Ledger", "What is the matter"),
        translate("Ledger", "Departments at work on it"),
        translate("Ledger", "Evidence (SHA-256 of its files)"),
    )
    rows = [_cells(issue) for one in _lists(services, asked) for issue in one.issues]
    return table_file(translate("Ledger", "Issue list"), heads, rows, (34, 26, 22, 14, 12, 24, 44, 50, 70))


def _cells(issue: Issue) -> tuple[str, ...]:
    state = translate("Ledger", "overdue") if issue.late else translate("Ledger", "open")
    if issue.cleared:
        state = translate("Ledger", "cleared")
    done, still = translate("Ledger", "done"), translate("Ledger", "open")
    parts = [
        " · ".join(filter(None, (part.department, part.task, part.due, done if part.done else still)))
        for part in issue.parts
    ]
    found = [part.proof for part in issue.parts if part.proof is not None]
    proofs = [" ".join((one.words, *one.digests)) for one in (*found, *issue.proofs)]
    about = (issue.place, issue.category, issue.department, issue.due, state, issue.court_number, issue.note)
    return (*about, "\n".join(parts), "\n".join(proofs))


def _lists(services: Services, asked: Asked) -> list[IssueList]:
    from printing.issue_list import IssueList

    today = asked.at.date()
    made = []
    for code in asked.departments:

        def read(db: object, code: str = code) -> list[Listed]:
            return issue_lists.of_department(db, asked.wanted, code, today)  # type: ignore[arg-type]

        issues = [_issue(row, today.isoformat()) for row in services.store.read(read)]
        made.append(IssueList(department_words(code), issues, asked.scope))
    return made


def _issue(listed: Listed, today: str) -> Issue:
    from printing.issue_list import Issue, Part

    row, entry = listed
    what, cleared = row.what, row.state is ObstacleState.CLEARED
    whole = translate("ObstaclesScreen", "whole compound")
    return Issue(
        place=f"{row.compound} · {row.place or whole}",
        category=obstacle_words(Obstacle(what.category)),
        department=department_words(what.department),
        due=row.soonest,
        late=not cleared and bool(row.soonest) and row.soonest < today,
        cleared=cleared,
        court_number=what.court_number,
        note=mask_numbers(what.note),
        parts=[
            Part(
                department_words(track.department),
                mask_numbers(track.task),
                track.due,
                track.done,
                _proof(track.evidence) if track.done and track.evidence is not None else None,
            )
            for track in (entry.tracks if entry is not None else ())
        ],
        proofs=[_proof(one) for one in (entry.evidence if entry is not None else ())],
    )


def _proof(evidence: Evidence) -> Proof:
    from printing.issue_list import Proof

    words = " ".join(filter(None, (evidence.title, evidence.number)))
    if evidence.kind is EvidenceKind.PHOTO and not words:
        words = translate("Ledger", "Photo")
    return Proof(mask_numbers(words), [file.digest for file in evidence.files])
