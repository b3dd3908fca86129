"""The progress pages: province, counties, compounds with the two ratios, and the same as xlsx."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from fastapi import APIRouter, Request
from starlette.responses import Response

from registration.progress import Progress, Targets, reached, together
from server.api.access import CentreHere
from server.config import CHINA
from server.desk.access import PRIVATE, AnybodyHere, language_of, show
from server.desk.document import card, table
from server.desk.queue_page import division_name
from server.desk.wording import say
from server.reports_sheet import report_file
from server.store import audit
from server.store.database import transaction
from server.store.progress import CompoundProgress, Report, evidence_lines, report

router = APIRouter(prefix="/desk/reports", include_in_schema=False)
_HEADS = (
    "report_homes",
    "report_received",
    "report_done",
    "report_completion",
    "report_resolved",
    "report_resolution",
    "report_without",
)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("")
def get_report(request: Request, reviewer: AnybodyHere, centre: CentreHere, division: str = "") -> Response:
    """Show how far the province, its counties and their compounds have come."""
    language = language_of(request)
    with transaction(centre.engine) as connection:
        found = report(connection, centre.now().astimezone(CHINA).date())
    body = _body(language, found, division)
    title = say("report_title", language)
    return show(request, centre, reviewer, body, title=title, place="reports")


@router.get("/progress.xlsx")
def get_file(request: Request, reviewer: AnybodyHere, centre: CentreHere) -> Response:
    """Hand the report out as a workbook, with the list of evidence behind it."""
    now, language = centre.now(), language_of(request)
    with transaction(centre.engine) as connection:
        found = report(connection, now.astimezone(CHINA).date())
        data = report_file(found, evidence_lines(connection, found.targets), now, language)
        audit.append(connection, now, reviewer.actor, "report_exported", found.targets.version)
    name = f"progress-{now.astimezone(CHINA):%Y%m%d}.xlsx"
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=_XLSX, headers=headers)


def _body(language: str, found: Report, division: str) -> str:
    targets = found.targets
    whole = together(each.progress for each in found.compounds)
    rules = say("report_rules", language).format(
        threshold=f"{targets.project_threshold}%",
        denominator=say(f"denominator_{targets.denominator}", language),
    )
    tiles = "".join(
        _tile(language, name, part, whole.counted, target)
        for name, part, target in (
            ("report_resolution", whole.resolved, targets.resolution_target),
            ("report_completion", whole.done, targets.completion_target),
        )
    )
    head = (
        f"<h1>{say('report_title', language)}</h1><p>{escape(rules)} "
        f'<span class="muted">{escape(targets.version)}</span></p><div class="tiles">{tiles}</div>'
        f'<p><a class="button" href="/desk/reports/progress.xlsx?lang={language}">'
        f"{say('report_export', language)}</a></p>"
    )
    counties = [
        (
            f'<a href="/desk/reports?lang={language}&amp;division={escape(code)}">'
            f"{escape(division_name(code, language))}</a>",
            *_cells(together(_of(found.compounds, code)), targets),
        )
        for code in dict.fromkeys(each.division for each in found.compounds)
    ]
    counties.append((say("report_province", language), *_cells(whole, targets)))
    compounds = [
        (escape(each.name), *_cells(each.progress, targets), _verdict(language, each.progress))
        for each in found.compounds
        if division in {"", each.division}
    ]
    title = say("report_compounds", language)
    if division:
        title += f" · {division_name(division, language)}"
    return (
        card("", head)
        + card(
            say("report_counties", language),
            table(language, ("division", *_HEADS), counties, empty="audit_none"),
        )
        + card(title, table(language, ("compound", *_HEADS, "status"), compounds, empty="audit_none"))
    )


def _of(compounds: Sequence[CompoundProgress], division: str) -> list[Progress]:
    return [each.progress for each in compounds if each.division == division]


def _tile(language: str, name: str, part: int, whole: int, target: int) -> str:
    good = reached(part, whole, target)
    words = say("report_reached" if good else "report_short", language)
    aim = say("report_target", language).format(target=f"{target}%")
    share = part / whole if whole else 0
    return (
        f'<div class="tile"><p class="muted">{say(name, language)} · {aim}</p>'
        f'<p class="plate">{_share(part, whole)}</p><meter min="0" max="1" value="{share:.4f}" '
        f'aria-label="{say(name, language)}"></meter> <span class="{"yes" if good else "no"}">{words}'
        "</span></div>"
    )


def _cells(progress: Progress, targets: Targets) -> tuple[str, ...]:
    return (
        str(progress.counted),
        str(progress.received),
        str(progress.done),
        _marked(progress.done, progress.counted, targets.completion_target),
        str(progress.resolved),
        _marked(progress.resolved, progress.counted, targets.resolution_target),
        str(progress.unproved),
    )


def _marked(part: int, whole: int, target: int) -> str:
    """Return a share, with a filled or a hollow lamp: state is never colour alone."""
    good = reached(part, whole, target)
    return (
        f'<span class="lamp {"yes" if good else "muted"}">{"●" if good else "○"} {_share(part, whole)}</span>'
    )


def _share(part: int, whole: int) -> str:
    """Return a share cut, not rounded, to a tenth: 94.99 % is not shown as 95.0 %."""
    return f"{part * 1000 // whole / 10:.1f}%" if whole else "—"


def _verdict(language: str, progress: Progress) -> str:
    good = progress.resolved_projects > 0
    name = "report_is_resolved" if good else "report_not_resolved"
    return f'<span class="{"yes" if good else "muted"}">{say(name, language)}</span>'
