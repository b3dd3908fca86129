"""The audit as a page: who did what to what, narrowed by person, deed, subject and day."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from html import escape
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from sqlalchemy import select
from starlette.responses import Response

from server.api.access import CentreHere
from server.config import CHINA
from server.desk.access import AuditorHere, language_of, show
from server.desk.document import card, choice, table, when
from server.desk.wording import say
from server.store import audit, schema
from server.store.database import transaction

router = APIRouter(prefix="/desk/audit", include_in_schema=False)
_ROWS = 100


@router.get("")
def get_audit(
    request: Request,
    reviewer: AuditorHere,
    centre: CentreHere,
    actor: str = "",
    action: str = "",
    subject: str = "",
    first: str = "",
    last: str = "",
    before: Annotated[int, Query(ge=0, lt=2**63)] = 0,
) -> Response:
    """Show entries, newest first; looking at them is itself one."""
    language = language_of(request)
    given = {"actor": actor, "action": action, "subject": subject, "first": first, "last": last}
    given = {name: value.replace("\0", "").strip() for name, value in given.items()}
    columns = schema.audit.c
    wanted = select(schema.audit).order_by(columns.seq.desc()).limit(_ROWS + 1)
    for name, column in (("actor", columns.actor), ("subject", columns.subject), ("action", columns.action)):
        if given[name]:
            wanted = wanted.where(column == given[name])
    if start := _day(given["first"]):
        wanted = wanted.where(columns.at >= start)
    if end := _day(given["last"], after=1):
        wanted = wanted.where(columns.at < end)
    if before:
        wanted = wanted.where(columns.seq < before)
    with transaction(centre.engine) as connection:
        found = connection.execute(wanted).all()
        actions = (
            connection.execute(select(columns.action).distinct().order_by(columns.action)).scalars().all()
        )
        kept = {name: value for name, value in given.items() if value and name != "actor"}
        audit.append(connection, centre.now(), reviewer.actor, "audit_viewed", "", kept)
    body = _body(language, found, list(actions), given)
    return show(request, centre, reviewer, body, title=say("place_audit", language), place="audit")


def _day(text: str, *, after: int = 0) -> datetime | None:
    """Return when a day in China begins, or the day so many days after it; None for what is no such day."""
    try:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=after), time(), CHINA)
    except (ValueError, OverflowError):
        return None


def _body(language: str, found: Any, actions: list[str], given: dict[str, str]) -> str:
    every = [("", say("all", language)), *((action, action) for action in actions)]
    texts = "".join(
        f'<label>{say(word, language)}<input type="{kind}" name="{name}" value="{escape(given[name])}">'
        "</label>"
        for word, name, kind in (
            ("audit_actor", "actor", "text"),
            ("audit_subject", "subject", "text"),
            ("audit_from", "first", "date"),
            ("audit_to", "last", "date"),
        )
    )
    form = (
        '<form method="get" action="/desk/audit" class="row"><input type="hidden" name="lang" '
        f'value="{language}">'
        f"{texts}<label>{say('audit_action', language)}"
        f"{choice('action', every, given['action'], say('audit_action', language))}</label>"
        f'<button class="primary">{say("apply", language)}</button></form>'
    )
    rows = [
        (
            when(row.at),
            escape(row.actor),
            escape(row.action),
            f'<span class="muted">{escape(row.subject)}</span>',
            f"<code>{escape(json.dumps(row.details, ensure_ascii=False))}</code>" if row.details else "",
        )
        for row in found[:_ROWS]
    ]
    heads = ("audit_when", "audit_actor", "audit_action", "audit_subject", "audit_details")
    more = ""
    if len(found) > _ROWS:
        query = urlencode({"lang": language, **given, "before": found[_ROWS - 1].seq})
        more = (
            f'<nav aria-label="{say("turn_rows", language)}"><a href="/desk/audit?{escape(query)}">'
            f"{say('next_rows', language)}</a></nav>"
        )
    title = say("place_audit", language)
    return card("", f"<h1>{title}</h1>{form}") + card(
        "", table(language, heads, rows, empty="audit_none") + more
    )
