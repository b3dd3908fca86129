"""The desk's addresses: enter with a ticket, look, decide; every look at a case is audited."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.api.access import CentreHere
from server.centre import Centre
from server.desk import html
from server.desk.findings import read_findings
from server.desk.style import STYLE
from server.desk.wording import LANGUAGES
from server.errors import RefusedError
from server.store import audit, desk_sessions, reference, review
from server.store.database import transaction
from server.store.desk_sessions import Reviewer
from server.store.review import Decision, ItemToMend

router = APIRouter(prefix="/desk", include_in_schema=False)
_COOKIE = "jilai_desk"
_PRIVATE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def language_of(request: Request) -> str:
    """Return "zh" or "en": as asked in the address, else as the browser prefers, else Chinese."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "zh"


def refusal_page(request: Request, refused: RefusedError, *, demo: bool) -> Response:
    """Return a refusal as a page for a person."""
    language = language_of(request)
    body = html.refusal(language, refused.zh if language == "zh" else refused.en)
    page = html.frame(language, body, reviewer=None, demo=demo)
    return HTMLResponse(page, status_code=refused.status, headers=_PRIVATE)


def reviewer_here(request: Request, centre: CentreHere) -> Reviewer:
    """Admit the reviewer of a session. Raises RefusedError desk_closed."""
    with transaction(centre.engine) as connection:
        return desk_sessions.reviewer_of(connection, centre.now(), request.cookies.get(_COOKIE, ""))


ReviewerHere = Annotated[Reviewer, Depends(reviewer_here)]


@router.get("/style.css")
def get_style() -> Response:
    """Return the style sheet."""
    return Response(STYLE, media_type="text/css", headers={"X-Content-Type-Options": "nosniff"})


@router.get("/enter")
def enter(ticket: str, centre: CentreHere) -> Response:
    """Open a session with a ticket and leave the ticket's address behind."""
    with transaction(centre.engine) as connection:
        session = desk_sessions.open_session(connection, centre.now(), ticket)
    answer = RedirectResponse("/desk", status_code=303, headers=_PRIVATE)
    answer.set_cookie(
        _COOKIE,
        session,
        httponly=True,
        samesite="strict",
        secure=centre.settings.tls_certificate is not None,
        path="/desk",
    )
    return answer


@router.get("")
def get_list(
    request: Request,
    reviewer: ReviewerHere,
    centre: CentreHere,
    state: str = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Show the cases, newest first."""
    with transaction(centre.engine) as connection:
        rows = review.listing(connection, state=state or None, limit=html.PAGE_ROWS + 1, offset=offset)
        totals = review.totals(connection)
    language = language_of(request)
    return _page(request, centre, reviewer, html.listing(language, rows, totals, state, offset))


@router.get("/cases/{application_id:path}/pages/{digest}")
def get_page(application_id: str, digest: str, reviewer: ReviewerHere, centre: CentreHere) -> Response:
    """Show one page of a case: its improved copy, which is a JPEG."""
    with transaction(centre.engine) as connection:
        found = review.case(connection, application_id)
        if not any(page["digest"] == digest and page["held"] for page in found["pages"]):
            raise RefusedError(404, "not_found")
        audit.append(
            connection, centre.now(), reviewer.actor, "page_viewed", application_id, {"digest": digest}
        )
    return Response(centre.files.read(digest), media_type="image/jpeg", headers=_PRIVATE)


@router.post("/cases/{application_id:path}/decision")
async def post_decision(
    application_id: str, request: Request, reviewer: ReviewerHere, centre: CentreHere
) -> Response:
    """Carry out what a reviewer decided, and show the case again."""
    form = _form(await request.body())
    _check_form(reviewer, form)
    await run_in_threadpool(_decide, centre, reviewer, application_id, form)
    target = f"/desk/cases/{quote(application_id, safe='')}?lang={language_of(request)}"
    return RedirectResponse(target, status_code=303, headers=_PRIVATE)


@router.post("/cases/{application_id:path}/findings")
async def post_findings(
    application_id: str, request: Request, reviewer: ReviewerHere, centre: CentreHere
) -> Response:
    """Keep what a reviewer found of checks and tracks, and show the case again."""
    form = _form(await request.body())
    _check_form(reviewer, form)
    await run_in_threadpool(_report, centre, reviewer, application_id, form)
    target = f"/desk/cases/{quote(application_id, safe='')}?lang={language_of(request)}"
    return RedirectResponse(target, status_code=303, headers=_PRIVATE)


@router.get("/cases/{application_id:path}")
def get_case(
    application_id: str, request: Request, reviewer: ReviewerHere, centre: CentreHere, plain: bool = False
) -> Response:
    """Show one case, masked unless asked otherwise."""
    language = language_of(request)
    with transaction(centre.engine) as connection:
        found = review.case(connection, application_id)
        versions = found["facts"].get("pack_versions", {})
        checklist = reference.checklist(connection, found["type_code"], versions.get("registration_types"))
        action = "case_viewed_in_full" if plain else "case_viewed"
        audit.append(connection, centre.now(), reviewer.actor, action, application_id)
    return _page(request, centre, reviewer, html.case(language, found, checklist, reviewer, plain=plain))


@router.post("/leave")
async def leave(request: Request, reviewer: ReviewerHere, centre: CentreHere) -> Response:
    """End the session."""
    _check_form(reviewer, _form(await request.body()))

    def close() -> None:
        with transaction(centre.engine) as connection:
            desk_sessions.close_session(connection, centre.now(), request.cookies.get(_COOKIE, ""))

    await run_in_threadpool(close)
    answer = RedirectResponse("/desk", status_code=303, headers=_PRIVATE)
    answer.delete_cookie(_COOKIE, path="/desk")
    return answer


def _decide(centre: Centre, reviewer: Reviewer, application_id: str, form: dict[str, list[str]]) -> None:
    state = html.DECISIONS.get(_one(form, "decision"))
    if state is None:
        raise RefusedError(400, "bad_request")
    reason = _one(form, "reason").strip()
    with transaction(centre.engine) as connection:
        found = review.case(connection, application_id)
        if _one(form, "revision") != str(found["revision"]):
            raise RefusedError(409, "conflict")
        versions = found["facts"].get("pack_versions", {})
        checklist = reference.checklist(connection, found["type_code"], versions.get("registration_types"))
        rows = [checklist.item(code) for code in form.get("item", [])] if checklist else []
        items = tuple(ItemToMend(row.code, row.zh, row.en) for row in rows if row is not None)
        decision = Decision(
            state,
            reviewer.actor,
            items=items,
            reason_zh=reason,
            reason_en=reason,
            certificate_number=_one(form, "number").strip(),
        )
        review.decide(connection, centre.now(), application_id, decision)


def _report(centre: Centre, reviewer: Reviewer, application_id: str, form: dict[str, list[str]]) -> None:
    with transaction(centre.engine) as connection:
        found = review.case(connection, application_id)
        if _one(form, "revision") != str(found["revision"]):
            raise RefusedError(409, "conflict")
        checks, tracks = read_findings(form, found)
        review.report(connection, centre.now(), application_id, reviewer.actor, checks=checks, tracks=tracks)


def _page(request: Request, centre: Centre, reviewer: Reviewer, body: str) -> Response:
    language = language_of(request)
    other = request.url.include_query_params(lang=LANGUAGES[1 - LANGUAGES.index(language)])
    address = other.path + ("?" + other.query if other.query else "")
    page = html.frame(language, body, reviewer=reviewer, demo=centre.settings.demo, other=address)
    return HTMLResponse(page, headers=_PRIVATE)


def _form(body: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(
            body.decode("utf-8"), strict_parsing=bool(body), keep_blank_values=True, max_num_fields=100
        )
    except ValueError:
        raise RefusedError(400, "bad_request") from None


def _one(form: dict[str, list[str]], name: str) -> str:
    return (form.get(name) or [""])[0].replace("\0", "")


def _check_form(reviewer: Reviewer, form: dict[str, list[str]]) -> None:
    if not desk_sessions.is_own_form(reviewer, _one(form, "form_key")):
        raise RefusedError(403, "desk_closed")
