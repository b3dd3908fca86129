"""The progress report as an xlsx file: province, counties, compounds, the evidence and the rules."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from registration.progress import Progress, Targets, reached, together
from server.config import CHINA
from server.desk.queue_page import division_name
from server.desk.wording import say
from server.store.progress import Report

_HEADS = (
    "report_homes",
    "report_received",
    "report_done",
    "report_completion",
    "report_resolved",
    "report_resolution",
    "report_without",
)
_SHARE = "0.0%"


def report_file(report: Report, evidence: Iterable[Any], now: datetime, language: str) -> bytes:
    """Return the workbook. Shares are numbers; whatever came from outside is text, never a formula."""
    targets = report.targets
    book = Workbook()
    book.remove(book.active)
    whole = together(each.progress for each in report.compounds)
    province = [_line([say("report_province", language)], whole, targets, language)]
    _sheet(book, say("report_province", language), [say("report_scope", language)], province, language)
    counties = [
        _line(
            [division_name(code, language), code],
            together(each.progress for each in report.compounds if each.division == code),
            targets,
            language,
        )
        for code in dict.fromkeys(each.division for each in report.compounds)
    ]
    heads = [say("division", language), say("division_code", language)]
    _sheet(book, say("report_counties", language), heads, counties, language)
    compounds = [
        _line([division_name(each.division, language), each.name, each.id], each.progress, targets, language)
        for each in report.compounds
    ]
    heads = [say("division", language), say("compound", language), say("compound_id", language)]
    _sheet(book, say("report_compounds", language), heads, compounds, language)
    _evidence_sheet(book, evidence, language)
    _rules_sheet(book, targets, now, language)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _line(names: list[str], progress: Progress, targets: Targets, language: str) -> list[Any]:
    verdicts = [
        say("report_reached" if reached(part, progress.counted, target) else "report_short", language)
        for part, target in (
            (progress.done, targets.completion_target),
            (progress.resolved, targets.resolution_target),
        )
    ]
    return [
        *names,
        progress.counted,
        progress.received,
        progress.done,
        progress.completion,
        progress.resolved,
        progress.resolution,
        progress.unproved,
        *(verdicts if progress.counted else ["", ""]),
    ]


def _sheet(book: Any, title: str, names: Sequence[str], lines: Sequence[list[Any]], language: str) -> None:
    heads = [*names, *(say(head, language) for head in _HEADS)]
    heads += [say("report_completion_verdict", language), say("report_resolution_verdict", language)]
    sheet = book.create_sheet(title[:31])
    shares = {len(names) + 4, len(names) + 6}
    _write(sheet, heads, lines, shares)


def _evidence_sheet(book: Any, evidence: Iterable[Any], language: str) -> None:
    heads = [
        say(name, language)
        for name in ("division", "compound", "place", "receipt", "number", "audit_when", "evidence_kind")
    ] + ["SHA-256"]
    lines = [
        [
            division_name(row.division, language),
            row.compound,
            row.unit,
            row.receipt_number,
            row.certificate_number or "",
            f"{row.at.astimezone(CHINA):%Y-%m-%d %H:%M}",
            row.media_type,
            row.digest,
        ]
        for row in evidence
    ]
    _write(book.create_sheet(say("evidence", language)[:31]), heads, lines, set())


def _rules_sheet(book: Any, targets: Targets, now: datetime, language: str) -> None:
    lines = [
        [say("report_made_at", language), f"{now.astimezone(CHINA):%Y-%m-%d %H:%M}"],
        [say("report_threshold", language), f"> {targets.project_threshold}%"],
        [say("report_resolution", language), f"≥ {targets.resolution_target}%"],
        [say("report_completion", language), f"≥ {targets.completion_target}%"],
        [say("report_denominator", language), say(f"denominator_{targets.denominator}", language)],
        [say("version", language), targets.version],
        [say("source", language), targets.source],
    ]
    title = say("report_source", language)
    _write(book.create_sheet(title[:31]), [title, ""], lines, set())


def _write(sheet: Any, heads: Sequence[str], lines: Sequence[Sequence[Any]], shares: set[int]) -> None:
    sheet.freeze_panes = "A2"
    for column, head in enumerate(heads, start=1):
        cell = sheet.cell(1, column, head)
        cell.font = Font(bold=True)
        longest = max([len(str(line[column - 1] or "")) for line in lines] + [len(head)])
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest * 1.8, 10), 60)
    for at, line in enumerate(lines, start=2):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(at, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
                cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 60)
            elif column in shares:
                cell.number_format = _SHARE
