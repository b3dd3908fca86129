"""The evenings at the desk: visits and appointments to order, sessions, ratings as sums, open obstacles."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection
from starlette.responses import Response

from registration.identifiers import mask_name
from registration.packs import DEPARTMENTS, VISITS, shipped
from server.api.access import CentreHere
from server.centre import Centre
from server.config import CHINA
from server.desk.access import ReaderHere, ReviewerHere, check_form, go, language_of, show
from server.desk.document import card, choice, form_key, notice, table
from server.desk.forms import Form, read_form
from server.desk.wording import say
from server.errors import RefusedError
from server.store import audit, evenings, orders, queue
from server.store.database import transaction
from server.store.desk_sessions import Reviewer
from server.store.orders import Wanted

router = APIRouter(prefix="/desk/evenings", include_in_schema=False)
_LEVELS = ("5", "4", "3", "2", "1")


@router.get("")
def get_evenings(request: Request, reviewer: ReaderHere, centre: CentreHere) -> Response:
    """Show what is ordered and booked, and what the evenings came to; names are masked."""
    return _page(request, centre, reviewer, "")


@router.post("")
async def post_evenings(request: Request, reviewer: ReviewerHere, centre: CentreHere) -> Response:
    """Order a home visit or book an appointment."""
    form = await read_form(request)
    check_form(reviewer, form)
    return await run_in_threadpool(_act, request, centre, reviewer, form)


def _act(request: Request, centre: Centre, reviewer: Reviewer, form: Form) -> Response:
    deeds = {"visit": orders.order_visit, "book": orders.book_appointment}
    names = ("name", "phone", "household_id", "address", "reason", "day", "time", "note")
    wanted = Wanted(form.one("compound"), **{name: form.one(name)[:200] for name in names})
    try:
        deed = deeds.get(form.one("action"))
        if deed is None:
            raise RefusedError(400, "bad_request")
        with transaction(centre.engine) as connection:
            deed(connection, centre.now().astimezone(CHINA), wanted, reviewer.actor)
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
        body += _sums(connection, centre, language, names)
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


def _sums(connection: Connection, centre: Centre, language: str, names: Mapping[str, str]) -> str:
    found = evenings.evenings(connection, centre.now())
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
        for code, counts in evenings.open_obstacles(connection).items()
        for compound, number in sorted(counts.items())
    ]
    obstacles = ("department", "compound", "obstacles_open")
    return (
        card(say("sessions", language), table(language, heads, held, empty="nothing_yet"))
        + card(say("ratings", language), table(language, levels, rated, empty="nothing_yet"))
        + card(say("obstacles_open", language), table(language, obstacles, blocked, empty="nothing_yet"))
    )


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
