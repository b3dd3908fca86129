"""The evenings at the desk: visits and appointments to order, sessions, ratings as sums, open obstacles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection
from starlette.responses import Response

from registration.identifiers import mask_name
from registration.packs import DEPARTMENTS, VISITS, shipped
from server.api.access import CentreHere
from server.centre import Centre
from server.config import CHINA
from server.desk import evening_plans
from server.desk.access import ReaderHere, ReviewerHere, check_form, go, language_of, show
from server.desk.document import card, choice, form_key, notice, table
from server.desk.forms import Form, read_form
from server.desk.wording import say
from server.errors import RefusedError
from server.store import audit, evenings, obstacles, orders, queue
from server.store.database import transaction
from server.store.desk_sessions import Reviewer
from server.store.orders import Wanted

router = APIRouter(prefix="/desk/evenings", include_in_schema=False)
_LEVELS = ("5", "4", "3", "2", "1")
_ROWS = 50  # evenings on a page


@router.get("")
def get_evenings(request: Request, reviewer: ReaderHere, centre: CentreHere) -> Response:
    """Show what is ordered and booked, and what the evenings came to; names are masked.

    `compound` shows one alone, `offset` turns to older evenings.
    """
    return _page(request, centre, reviewer, "")


@router.post("")
async def post_evenings(request: Request, reviewer: ReviewerHere, centre: CentreHere) -> Response:
    """Order a home visit, book an appointment, plan a session or call one off."""
    form = await read_form(request)
    check_form(reviewer, form)
    return await run_in_threadpool(_act, request, centre, reviewer, form)


def _act(request: Request, centre: Centre, reviewer: Reviewer, form: Form) -> Response:
    deeds = {"visit": orders.order_visit, "book": orders.book_appointment}
    names = ("name", "phone", "household_id", "address", "reason", "day", "time", "note")
    wanted = Wanted(form.one("compound"), **{name: form.one(name)[:200] for name in names})
    try:
        deed, now = deeds.get(form.one("action")), centre.now().astimezone(CHINA)
        if deed is None and form.one("action") not in ("plan", "call_off"):
            raise RefusedError(400, "bad_request")
        with transaction(centre.engine) as connection:
            if deed is None:
                evening_plans.act(connection, now, form, reviewer.actor)
            else:
                deed(connection, now, wanted, reviewer.actor)
    except RefusedError as refused:
        words = refused.zh if language_of(request) == "zh" else refused.en
        return _page(request, centre, reviewer, notice(words, wrong=True), status=refused.status)
    return go(f"/desk/evenings?lang={language_of(request)}")


def _page(request: Request, centre: Centre, reviewer: Reviewer, above: str, *, status: int = 200) -> Response:
    language = language_of(request)
    title = say("place_evenings", language)
    with transaction(centre.engine) as connection:
        names = {compound: name for _, compound, name in queue.places(connection)}
        body = f"<h1>{title}</h1>{above}"
        body += evening_plans.plans_card(
            connection, language, reviewer, names, centre.now().astimezone(CHINA)
        )
        body += card(
            say("visits_ordered", language),
            _form(language, reviewer, names, "visit") + _visits(connection, language, names),
        )
        today = centre.now().astimezone(CHINA).date()
        rows = [(_named(names, one), _at(one), _who(one)) for one in evenings.appointments(connection, today)]
        heads = ("compound", "day_and_time", "person_name")
        body += card(
            say("appointments", language),
            _form(language, reviewer, names, "book") + table(language, heads, rows, empty="nothing_yet"),
        )
        body += _sums(connection, centre, language, names, _shown(request))
        audit.append(connection, centre.now(), reviewer.actor, "evenings_seen", "evenings")
    return show(request, centre, reviewer, body, title=title, place="evenings", status=status)


def _visits(connection: Connection, language: str, names: Mapping[str, str]) -> str:
    reasons = _reasons(language)
    rows = [
        (
            _named(names, one),
            _at(one),
            _who(one),
            escape(reasons.get(str(one.get("reason", "")), "")),
            say("visit_answered" if answered else "visit_waits", language),
        )
        for one, answered in evenings.ordered(connection)
    ]
    heads = ("compound", "day_and_time", "person_name", "visit_reason", "status")
    return table(language, heads, rows, empty="nothing_yet")


def _shown(request: Request) -> tuple[str, int]:
    """Return the compound that is asked for, "" for all, and how many evenings lie before the page."""
    text = request.query_params.get("offset", "")
    offset = int(text) if re.fullmatch("[0-9]{1,6}", text) else 0
    return request.query_params.get("compound", "")[:200], offset


def _sums(
    connection: Connection, centre: Centre, language: str, names: Mapping[str, str], shown: tuple[str, int]
) -> str:
    compound_id, offset = shown
    found = evenings.evenings(connection, centre.now(), compound_id, limit=_ROWS + 1, offset=offset)
    more, found = len(found) > _ROWS, found[:_ROWS]
    held = [
        (
            escape(names.get(one.compound_id, one.compound_id)),
            f"{one.day}",
            *map(str, (one.sessions, one.closed, one.slips, one.served, one.receipts)),
        )
        for one in found
    ]
    heads = ("compound", "day", "sessions", "sheets", "slips", "slips_served", "sheet_receipts")
    rated = [
        (
            escape(names.get(one.compound_id, one.compound_id)),
            f"{one.day}",
            *(str(one.ratings[level]) for level in _LEVELS),
        )
        for one in found
        if one.ratings
    ]
    levels = ("compound", "day", *(f"status_rating_{level}" for level in _LEVELS))
    departments = shipped()[DEPARTMENTS]["departments"]
    blocked = [
        (
            escape(str(departments.get(code, {}).get(language, code)) or "—"),
            escape(names.get(compound, compound)),
            str(number),
        )
        for code, compound, number in obstacles.open_counts(connection, compound_id)
    ]
    blocking = ("department", "compound", "obstacles_open")
    return (
        card("", _choose(language, names, compound_id))
        + card(
            say("sessions", language),
            table(language, heads, held, empty="nothing_yet") + _turns(language, compound_id, offset, more),
        )
        + card(say("ratings", language), table(language, levels, rated, empty="nothing_yet"))
        + card(say("obstacles_open", language), table(language, blocking, blocked, empty="nothing_yet"))
    )


def _choose(language: str, names: Mapping[str, str], compound_id: str) -> str:
    options = [("", say("any_compound", language)), *names.items()]
    return (
        '<form method="get" action="/desk/evenings" role="search" class="row">'
        f'<input type="hidden" name="lang" value="{language}"><label>{say("compound", language)}'
        f"{choice('compound', options, compound_id, say('compound', language))}</label>"
        f"<button>{say('apply', language)}</button></form>"
    )


def _turns(language: str, compound_id: str, offset: int, more: bool) -> str:
    """Return the links to the evenings before and behind those of the page, "" where there are none."""
    turns = []
    for name, there, target in (
        ("previous_rows", offset > 0, max(offset - _ROWS, 0)),
        ("next_rows", more, offset + _ROWS),
    ):
        if there:
            query = urlencode({"lang": language, "compound": compound_id, "offset": target})
            turns.append(f'<a href="/desk/evenings?{escape(query)}">{say(name, language)}</a>')
    return f'<nav aria-label="{say("turn_rows", language)}">{"".join(turns)}</nav>' if turns else ""


def _form(language: str, reviewer: Reviewer, names: Mapping[str, str], action: str) -> str:
    """Return the form for whoever may decide; others read."""
    if not reviewer.may_decide:
        return ""
    visit = action == "visit"
    place = choice("compound", list(names.items()), "", say("compound", language))
    fields = (
        f"<label>{say('compound', language)}{place}</label>"
        + _field(language, "person_name", "name", "text", required=True)
        + _field(language, "phone", "phone", "tel")
        + _field(language, "day", "day", "date", required=not visit)
        + _field(language, "time", "time", "time", required=not visit)
    )
    if visit:
        options = [("", "—"), *_reasons(language).items()]
        reason = choice("reason", options, "", say("visit_reason", language))
        fields += _field(language, "visit_address", "address", "text")
        fields += f"<label>{say('visit_reason', language)}{reason}</label>"
    fields += _field(language, "remarks", "note", "text")
    word = say("order_visit" if visit else "book_appointment", language)
    return (
        f'<form class="row" method="post" action="/desk/evenings?lang={language}">{form_key(reviewer)}'
        f"{fields}"
        f'<button class="primary" name="action" value="{action}">{word}</button></form>'
    )


def _field(language: str, word: str, name: str, kind: str, *, required: bool = False) -> str:
    must = " required" if required else ""
    return (
        f'<label>{say(word, language)}<input type="{kind}" name="{name}" maxlength="200"'
        f' autocomplete="off"{must}></label>'
    )


def _reasons(language: str) -> dict[str, str]:
    return {row["code"]: row[language] for row in shipped()[VISITS]["reasons"]}


def _named(names: Mapping[str, str], one: Mapping[str, object]) -> str:
    compound = str(one.get("compound_id", ""))
    return escape(names.get(compound, compound))


def _at(one: Mapping[str, object]) -> str:
    return escape(f"{one.get('day', '')} {one.get('time', '')}".strip() or "—")


def _who(one: Mapping[str, object]) -> str:
    return escape(mask_name(str(one.get("name", ""))))
