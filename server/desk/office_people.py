"""Administration of people: who works where, what their role opens, links to choose a password."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from server.api.access import CentreHere
from server.centre import Centre
from server.desk.access import AdministratorHere, check_form, go, language_of, show
from server.desk.document import card, choice, form_key, notice, table
from server.desk.forms import Form, read_form
from server.desk.wording import say
from server.errors import RefusedError
from server.store import people
from server.store.database import transaction
from server.store.desk_sessions import ROLES as DESK_ROLES
from server.store.desk_sessions import Reviewer

router = APIRouter(prefix="/desk/people", include_in_schema=False)


@router.get("")
def get_people(request: Request, reviewer: AdministratorHere, centre: CentreHere) -> Response:
    """Show everybody."""
    return _page(request, centre, reviewer, "")


@router.post("")
async def post_people(request: Request, reviewer: AdministratorHere, centre: CentreHere) -> Response:
    """Add a person, give, take or limit rights, change a role, or show a link once."""
    form = await read_form(request)
    check_form(reviewer, form)
    return await run_in_threadpool(_act, request, centre, reviewer, form)


def _act(request: Request, centre: Centre, reviewer: Reviewer, form: Form) -> Response:
    action, person, language = form.one("action"), form.one("person"), language_of(request)
    now, actor = centre.now(), reviewer.actor
    above = ""
    try:
        with transaction(centre.engine) as connection:
            if action == "add":
                account, name = form.one("account"), form.one("name")
                role, until = form.one("role"), form.one("until")
                people.add(connection, now, account, name, role, actor=actor, until=until)
            elif action in {"stop", "restore"}:
                people.set_active(connection, now, person, action == "restore", actor=actor)
            elif action == "role":
                people.set_role(connection, now, person, form.one("role"), actor=actor)
            elif action == "until":
                people.set_until(connection, now, person, form.one("until"), actor=actor)
            elif action == "link":
                path = people.password_link(connection, now, person, actor=actor)
                above = card(
                    say("password_link", language),
                    f'<p class="link">{escape(str(request.base_url).rstrip("/") + path)}</p>'
                    f'<p role="status">{say("link_once", language)}</p>',
                )
            else:
                raise RefusedError(400, "bad_request")
    except RefusedError as refused:
        words = refused.zh if language == "zh" else refused.en
        return _page(request, centre, reviewer, notice(words, wrong=True), status=refused.status)
    return _page(request, centre, reviewer, above) if above else go(f"/desk/people?lang={language}")


def _page(request: Request, centre: Centre, reviewer: Reviewer, above: str, *, status: int = 200) -> Response:
    language = language_of(request)
    with transaction(centre.engine) as connection:
        found = people.listing(connection)
    heads = ("person_name", "account", "status", "role", "rights_until", "actions")
    rows = [_row(language, row, reviewer, centre.now()) for row in found]
    add = (
        f'<form class="row" method="post" action="/desk/people?lang={language}">{form_key(reviewer)}'
        f'<label>{say("person_name", language)}<input type="text" name="name" required maxlength="100">'
        "</label>"
        f'<label>{say("account", language)}<input type="text" name="account" required maxlength="100" '
        f'autocapitalize="none"></label><label>{say("role", language)}{_roles(language, "operator")}</label>'
        f'<label>{say("rights_until_optional", language)}<input type="date" name="until"></label>'
        f'<button class="primary" name="action" value="add">{say("add_person", language)}</button></form>'
    )
    title = say("place_people", language)
    body = (
        f"<h1>{title}</h1>{above}"
        + card(say("add_person", language), add)
        + card("", table(language, heads, rows, empty="none"))
    )
    return show(request, centre, reviewer, body, title=title, place="people", status=status)


def _row(language: str, row: Mapping[str, Any], reviewer: Reviewer, now: datetime) -> tuple[str, ...]:
    def form(content: str) -> str:
        return (
            f'<form class="row" method="post" action="/desk/people?lang={language}">{form_key(reviewer)}'
            f'<input type="hidden" name="person" value="{escape(row["id"])}">{content}</form>'
        )

    def button(action: str, word: str, kind: str = "") -> str:
        return f'<button class="{kind}" name="action" value="{action}">{say(word, language)}</button>'

    active = row["active"]
    ended = row["valid_until"] is not None and row["valid_until"] <= now
    words = say("person_stopped" if not active else "person_ended" if ended else "person_active", language)
    status = f'<span class="{"yes" if active and not ended else "alarm"}">{words}</span>'
    label = f"{say('rights_until', language)} {row['name']}"
    until = (
        f'<input type="date" name="until" value="{people.last_day(row["valid_until"])}" '
        f'aria-label="{escape(label)}">{button("until", "set_until")}'
    )
    actions = button("stop", "stop_person", "seal") if active else button("restore", "restore_person")
    if active and row["role"] in DESK_ROLES:
        actions += button("link", "password_link")
    return (
        f'<span class="when">{escape(row["name"])}</span>',
        escape(row["account"]),
        status,
        form(_roles(language, row["role"], row["name"]) + button("role", "change_role")),
        form(until),
        form(actions),
    )


def _roles(language: str, chosen: str, whose: str = "") -> str:
    label = f"{say('role', language)} {whose}".strip()
    return choice("role", [(role, say(f"role_{role}", language)) for role in people.ROLES], chosen, label)
