"""The desk's cases: the queue, one case, its pages and evidence, decisions; every look is audited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection
from starlette.responses import Response

from registration.application import CaseState
from server.api.access import CentreHere
from server.centre import Centre
from server.desk import case_page, queue_page
from server.desk.access import (
    PRIVATE,
    AnybodyHere,
    ReaderHere,
    ReviewerHere,
    check_form,
    go,
    language_of,
    show,
)
from server.desk.document import places_of
from server.desk.findings import read_findings
from server.desk.forms import Form, read_form
from server.errors import RefusedError
from server.store import audit, case_revisions, evidence, queue, reference, review
from server.store.database import transaction
from server.store.desk_sessions import Reviewer
from server.store.queue import Filter
from server.store.review import Decision, ItemToMend

router = APIRouter(prefix="/desk", include_in_schema=False)
_MOST_WORDS = 200


@router.get("")
def get_list(
    request: Request,
    reviewer: AnybodyHere,
    centre: CentreHere,
    state: str = "",
    division: str = "",
    compound: str = "",
    q: str = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Show the queue; who may see no cases is led to their own first place."""
    language = language_of(request)
    if not reviewer.may_see_cases:
        return go(f"{places_of(reviewer)[0][1]}?lang={language}")
    wanted = Filter(*(value.replace("\0", "").strip() for value in (state, division, compound, q)))
    with transaction(centre.engine) as connection:
        rows = queue.rows(connection, wanted, limit=queue_page.PAGE_ROWS + 1, offset=offset)
        totals = queue.totals(connection, wanted)
        places = queue.places(connection)
        if wanted.words:  # what was looked for may be a name, so it stays out of the audit
            audit.append(
                connection,
                centre.now(),
                reviewer.actor,
                "cases_searched",
                "",
                {"found": sum(totals.values())},
            )
    body = queue_page.listing(language, rows, totals, places, wanted, offset)
    return show(request, centre, reviewer, body, title="", place="cases")


@router.get("/cases/{application_id:path}/pages/{digest}")
def get_page(application_id: str, digest: str, reviewer: ReaderHere, centre: CentreHere) -> Response:
    """Show one page of a case, of any revision: its improved copy, which is a JPEG."""
    with transaction(centre.engine) as connection:
        if not case_revisions.has_page(connection, application_id, digest):
            raise RefusedError(404, "not_found")
        audit.append(
            connection, centre.now(), reviewer.actor, "page_viewed", application_id, {"digest": digest}
        )
    return Response(centre.files.read(digest), media_type="image/jpeg", headers=PRIVATE)


@router.get("/cases/{application_id:path}/evidence/{digest}")
def get_evidence(application_id: str, digest: str, reviewer: ReaderHere, centre: CentreHere) -> Response:
    """Hand out one file of evidence, to be kept rather than opened here."""
    with transaction(centre.engine) as connection:
        kept = next((e for e in evidence.of_case(connection, application_id) if e["digest"] == digest), None)
        if kept is None:
            raise RefusedError(404, "not_found")
        audit.append(
            connection, centre.now(), reviewer.actor, "evidence_viewed", application_id, {"digest": digest}
        )
    name = f"{digest[:12]}.{kept['media_type'].rpartition('/')[2]}"
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(centre.files.read(digest), media_type=kept["media_type"], headers=headers)


@router.post("/cases/{application_id:path}/decision")
async def post_decision(
    application_id: str, request: Request, reviewer: ReviewerHere, centre: CentreHere
) -> Response:
    """Carry out what a reviewer decided, and show the case again."""
    return await _carry_out(application_id, request, reviewer, centre, _decide)


@router.post("/cases/{application_id:path}/findings")
async def post_findings(
    application_id: str, request: Request, reviewer: ReviewerHere, centre: CentreHere
) -> Response:
    """Keep what a reviewer found of checks and tracks, and show the case again."""
    return await _carry_out(application_id, request, reviewer, centre, _report)


@router.post("/cases/{application_id:path}/evidence")
async def post_evidence(
    application_id: str, request: Request, reviewer: ReviewerHere, centre: CentreHere
) -> Response:
    """Keep a file as evidence of a certificate, and show the case again."""
    return await _carry_out(application_id, request, reviewer, centre, _add_evidence)


@router.get("/cases/{application_id:path}")
def get_case(
    application_id: str,
    request: Request,
    reviewer: ReaderHere,
    centre: CentreHere,
    plain: bool = False,
    page: str = "",
) -> Response:
    """Show one case, masked unless asked otherwise."""
    with transaction(centre.engine) as connection:
        view = _view(connection, application_id, plain=plain, page=page)
        action = "case_viewed_in_full" if plain else "case_viewed"
        audit.append(connection, centre.now(), reviewer.actor, action, application_id)
    body = case_page.case(language_of(request), view, reviewer)
    return show(request, centre, reviewer, body, title=view.found["receipt_number"], place="cases")


_Work = Callable[[Centre, Reviewer, str, Form], None]


async def _carry_out(
    application_id: str, request: Request, reviewer: Reviewer, centre: Centre, work: _Work
) -> Response:
    """Do what a form asks; where that is refused, show the case with the reason above it."""
    form = await read_form(request)
    check_form(reviewer, form)
    language = language_of(request)

    def act() -> Response:
        try:
            work(centre, reviewer, application_id, form)
        except RefusedError as refused:
            if refused.status >= 500 or refused.code in {"unknown_application", "bad_request"}:
                raise
            words = refused.zh if language == "zh" else refused.en
            with transaction(centre.engine) as connection:
                view = _view(connection, application_id, wrong=words)
                audit.append(connection, centre.now(), reviewer.actor, "case_viewed", application_id)
            body = case_page.case(language, view, reviewer)
            title = view.found["receipt_number"]
            return show(request, centre, reviewer, body, title=title, place="cases", status=refused.status)
        return go(queue_page.address(application_id, language))

    return await run_in_threadpool(act)


def _view(
    connection: Connection, application_id: str, *, plain: bool = False, page: str = "", wrong: str = ""
) -> case_page.CaseView:
    found = review.case(connection, application_id)
    versions = found["facts"].get("pack_versions", {})
    checklist = reference.checklist(connection, found["type_code"], versions.get("registration_types"))
    known = case_revisions.revisions_of(connection, application_id)
    changed = None
    if len(known) > 1:
        changed = case_revisions.difference(connection, application_id, known[-2], known[-1])
    return case_page.CaseView(
        found,
        checklist,
        queue.concerning(connection, found),
        evidence.of_case(connection, application_id),
        changed,
        plain=plain,
        page=page,
        wrong=wrong,
    )


def _decide(centre: Centre, reviewer: Reviewer, application_id: str, form: Form) -> None:
    state = case_page.DECISIONS.get(form.one("decision"))
    if state is None:
        raise RefusedError(400, "bad_request")
    file = form.files.get("evidence", b"") if form.one("decision") == "certificate" else b""
    kept = evidence.keep(centre.files, file) if file else None
    with transaction(centre.engine) as connection:
        found = review.case(connection, application_id)
        _check_revision(form, found["revision"])
        versions = found["facts"].get("pack_versions", {})
        checklist = reference.checklist(connection, found["type_code"], versions.get("registration_types"))
        rows = [checklist.item(code) for code in form.all("item")] if checklist else []
        items = tuple(
            _item(row.code, row.zh, row.en, form.one(f"why_{row.code}")) for row in rows if row is not None
        )
        reason = form.one("reason")
        decision = Decision(
            state,
            reviewer.actor,
            items=items,
            reason_zh=reason,
            reason_en=reason,
            certificate_number=form.one("number"),
            due=form.one("due") if state is CaseState.RETURNED else "",
        )
        review.decide(connection, centre.now(), application_id, decision)
        if kept is not None:
            evidence.attach(connection, centre.now(), application_id, kept, reviewer.actor)


def _item(code: str, zh: str, en: str, why: str) -> ItemToMend:
    why = why[:_MOST_WORDS]
    return ItemToMend(code, f"{zh}（{why}）", f"{en} ({why})") if why else ItemToMend(code, zh, en)


def _report(centre: Centre, reviewer: Reviewer, application_id: str, form: Form) -> None:
    with transaction(centre.engine) as connection:
        found = review.case(connection, application_id)
        _check_revision(form, found["revision"])
        checks, tracks = read_findings(form, found)
        review.report(connection, centre.now(), application_id, reviewer.actor, checks=checks, tracks=tracks)


def _add_evidence(centre: Centre, reviewer: Reviewer, application_id: str, form: Form) -> None:
    kept = evidence.keep(centre.files, form.files.get("evidence", b""))
    with transaction(centre.engine) as connection:
        evidence.attach(connection, centre.now(), application_id, kept, reviewer.actor)


def _check_revision(form: Form, revision: int) -> None:
    """A decision is about what its reviewer saw. Raises RefusedError conflict."""
    if form.one("revision") != str(revision):
        raise RefusedError(409, "conflict")
