"""The desk's door: a one-time link, a password, choosing one, leaving."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from server.api.access import CentreHere
from server.centre import Centre
from server.desk.access import COOKIE, AnybodyHere, admit, check_form, go, language_of, show
from server.desk.document import card, notice
from server.desk.forms import Form, read_form
from server.desk.script import SCRIPT
from server.desk.style import STYLE
from server.desk.wording import say
from server.errors import RefusedError
from server.store import audit, desk_sessions, passwords
from server.store.database import transaction

router = APIRouter(prefix="/desk", include_in_schema=False)
_PLAIN = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}


@router.get("/style.css")
def get_style() -> Response:
    """Return the style sheet."""
    return Response(STYLE, media_type="text/css", headers=_PLAIN)


@router.get("/script.js")
def get_script() -> Response:
    """Return the script."""
    return Response(SCRIPT, media_type="text/javascript", headers=_PLAIN)


@router.get("/enter")
def enter(request: Request, ticket: str, centre: CentreHere) -> Response:
    """Open a session with a ticket and leave the ticket's address behind."""
    with transaction(centre.engine) as connection:
        session = desk_sessions.open_session(connection, centre.now(), ticket)
    return admit(request, session, "/desk")


@router.get("/sign-in")
def get_sign_in(request: Request, centre: CentreHere) -> Response:
    """Show the form for account and password."""
    body = _sign_in_form(language_of(request), "")
    return show(request, centre, None, body, title=say("sign_in", language_of(request)))


@router.post("/sign-in")
async def post_sign_in(request: Request, centre: CentreHere) -> Response:
    """Open a session for a right account and password; a wrong one is answered as slowly as it is rarely."""
    _check_origin(request)
    form = await read_form(request)
    return await run_in_threadpool(_sign_in, request, centre, form)


@router.get("/password")
def get_password(request: Request, ticket: str, centre: CentreHere) -> Response:
    """Show the form in which a link's owner chooses a password."""
    with transaction(centre.engine) as connection:
        if not desk_sessions.is_good_link(connection, centre.now(), ticket):
            raise RefusedError(403, "ticket_invalid")
    body = _password_form(language_of(request), ticket, "")
    return show(request, centre, None, body, title=say("choose_password", language_of(request)))


@router.post("/password")
async def post_password(request: Request, centre: CentreHere) -> Response:
    """Keep the chosen password and open a session; one that will not do leaves the link good."""
    _check_origin(request)
    form = await read_form(request)
    return await run_in_threadpool(_choose, request, centre, form)


@router.post("/leave")
async def leave(request: Request, reviewer: AnybodyHere, centre: CentreHere) -> Response:
    """End the session."""
    check_form(reviewer, await read_form(request))

    def close() -> None:
        with transaction(centre.engine) as connection:
            desk_sessions.close_session(connection, centre.now(), request.cookies.get(COOKIE, ""))
            audit.append(connection, centre.now(), reviewer.actor, "signed_out", reviewer.operator_id)

    await run_in_threadpool(close)
    answer = go(f"/desk/sign-in?lang={language_of(request)}")
    answer.delete_cookie(COOKIE, path="/desk")
    return answer


def _sign_in(request: Request, centre: Centre, form: Form) -> Response:
    account, password, now = form.one("account")[:200], form.one("password"), centre.now()
    with transaction(centre.engine) as connection:
        wait = passwords.begin_try(connection, now, account)
        kept = None if wait else passwords.hash_of(connection, account)
    if not wait and passwords.is_right(kept, password) and kept is not None:
        with transaction(centre.engine) as connection:
            session = desk_sessions.sign_in(connection, now, kept[0])
            passwords.forget_failures(connection, account)
        return admit(request, session, f"/desk?lang={language_of(request)}")
    if not wait:
        with transaction(centre.engine) as connection:
            audit.append(connection, now, "nobody", "sign_in_failed", passwords.trace_of(account))
    refused = RefusedError(429, "sign_in_wait") if wait else RefusedError(403, "sign_in_failed")
    body = _sign_in_form(language_of(request), refused.zh if language_of(request) == "zh" else refused.en)
    title = say("sign_in", language_of(request))
    answer = show(request, centre, None, body, title=title, status=refused.status)
    if wait:
        answer.headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
    return answer


def _choose(request: Request, centre: Centre, form: Form) -> Response:
    ticket, language = form.one("ticket"), language_of(request)
    try:
        if form.one("password") != form.one("again"):
            raise RefusedError(400, "passwords_differ")
        with transaction(centre.engine) as connection:
            session = desk_sessions.choose_password(connection, centre.now(), ticket, form.one("password"))
    except RefusedError as refused:
        if refused.status != 400:
            raise
        body = _password_form(language, ticket, refused.zh if language == "zh" else refused.en)
        title = say("choose_password", language)
        return show(request, centre, None, body, title=title, status=refused.status)
    return admit(request, session, f"/desk?lang={language}")


def _check_origin(request: Request) -> None:
    """A form from another site signs nobody in. Raises RefusedError bad_request."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise RefusedError(400, "bad_request")


def _sign_in_form(language: str, wrong: str) -> str:
    form = (
        f'{notice(wrong, wrong=True)}<form class="stack" method="post" '
        f'action="/desk/sign-in?lang={language}">'
        f'<label>{say("account", language)}<input type="text" name="account" required autofocus '
        'maxlength="200" '
        'autocomplete="username" autocapitalize="none" spellcheck="false"></label>'
        f'<label>{say("password", language)}<input type="password" name="password" required maxlength="200" '
        'autocomplete="current-password"></label>'
        f'<button class="primary">{say("sign_in", language)}</button></form>'
        f'<p class="muted">{say("sign_in_help", language)}</p>'
    )
    return card(say("sign_in", language), form, level=1, kind="narrow")


def _password_form(language: str, ticket: str, wrong: str) -> str:
    fields = "".join(
        f'<label>{say(word, language)}<input type="password" name="{name}" required minlength="12" '
        'maxlength="128" autocomplete="new-password"></label>'
        for name, word in (("password", "password"), ("again", "password_again"))
    )
    form = (
        f'<p class="muted">{say("password_rule", language)}</p>{notice(wrong, wrong=True)}'
        f'<form class="stack" method="post" action="/desk/password?lang={language}">'
        f'<input type="hidden" name="ticket" value="{escape(ticket)}">{fields}'
        f'<button class="primary">{say("choose_password", language)}</button></form>'
    )
    return card(say("choose_password", language), form, level=1, kind="narrow")
