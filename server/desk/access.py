"""Who is at the desk: the session's cookie, what each role may open, and how every page is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.api.access import CentreHere
from server.centre import Centre
from server.desk import document
from server.desk.forms import Form
from server.desk.wording import LANGUAGES
from server.errors import RefusedError
from server.store import desk_sessions
from server.store.database import transaction
from server.store.desk_sessions import Reviewer

COOKIE = "jilai_desk"
PRIVATE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
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
    """Return a refusal as a page for a person; a browser without a session is led to the door."""
    language = language_of(request)
    body = document.refusal(
        language, refused.zh if language == "zh" else refused.en, sign_in=refused.code == "desk_closed"
    )
    page = document.frame(language, body, reviewer=None, demo=demo)
    headers = {**PRIVATE, **{k: v for k, v in refused.headers.items() if k == "Retry-After"}}
    return HTMLResponse(page, status_code=refused.status, headers=headers)


def reviewer_here(request: Request, centre: CentreHere) -> Reviewer:
    """Admit whoever has a session. Raises RefusedError desk_closed."""
    with transaction(centre.engine) as connection:
        return desk_sessions.reviewer_of(connection, centre.now(), request.cookies.get(COOKIE, ""))


AnybodyHere = Annotated[Reviewer, Depends(reviewer_here)]


def _only(may: Callable[[Reviewer], bool]) -> Any:
    def admit(reviewer: AnybodyHere) -> Reviewer:
        if not may(reviewer):
            raise RefusedError(403, "role_forbidden")
        return reviewer

    return Depends(admit)


ReaderHere = Annotated[Reviewer, _only(lambda who: who.may_see_cases)]
ReviewerHere = Annotated[Reviewer, _only(lambda who: who.may_decide)]
ADMINISTRATOR: Any = _only(lambda who: who.may_configure)
AdministratorHere = Annotated[Reviewer, ADMINISTRATOR]
AuditorHere = Annotated[Reviewer, _only(lambda who: who.may_audit)]


def check_form(reviewer: Reviewer, form: Form) -> None:
    """Refuse a form that came from elsewhere. Raises RefusedError desk_closed."""
    if not desk_sessions.is_own_form(reviewer, form.one("form_key")):
        raise RefusedError(403, "desk_closed")


def show(
    request: Request,
    centre: Centre,
    reviewer: Reviewer | None,
    body: str,
    *,
    title: str,
    place: str = "",
    status: int = 200,
) -> Response:
    """Return a page of the desk."""
    language = language_of(request)
    other = ""
    if request.method == "GET":
        url = request.url.include_query_params(lang=LANGUAGES[1 - LANGUAGES.index(language)])
        other = url.path + ("?" + url.query if url.query else "")
    page = document.frame(
        language, body, reviewer=reviewer, demo=centre.settings.demo, other=other, title=title, place=place
    )
    return HTMLResponse(page, status_code=status, headers=PRIVATE)


def go(target: str) -> Response:
    """Lead the browser on after a form was carried out."""
    return RedirectResponse(target, status_code=303, headers=PRIVATE)


def admit(request: Request, session: str, target: str) -> Response:
    """Lead the browser into the desk with a session's cookie, for TLS alone where it came by TLS.

    A proxy on this machine that ends TLS says so by X-Forwarded-Proto.
    """
    answer = go(target)
    answer.set_cookie(
        COOKIE,
        session,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/desk",
    )
    return answer
