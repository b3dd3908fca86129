"""The card of planned sessions on the desk's page of the evenings: plan one, call one off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape

from sqlalchemy import Connection

from registration.packs import SESSIONS, shipped
from registration.session_plan import Plan, PlannedSession, PlanState
from registration.session_team import kinds_from
from server.desk.document import card, choice, form_key, table
from server.desk.forms import Form
from server.desk.wording import say
from server.store import plans
from server.store.desk_sessions import Reviewer

_NAME = 60


def act(connection: Connection, now: datetime, form: Form, actor: str) -> None:
    """Do what the form of the card asks for: plan, or call off. RefusedError as `server.store.plans`."""
    if form.one("action") == "call_off":
        plans.call_off(connection, now, form.one("plan"), form.one("reason")[:120], actor)
        return
    weeks = form.one("weeks")
    plan = Plan(
        form.one("day"),
        form.one("starts"),
        form.one("ends"),
        form.one("title")[:_NAME],
        form.one("kind")[:_NAME],
        form.one("place")[:_NAME],
    )
    count = int(weeks) if weeks.isdecimal() and len(weeks) < 4 else 0
    plans.plan_sessions(connection, now, form.one("compound"), plan, count, actor)


def plans_card(
    connection: Connection, language: str, reviewer: Reviewer, names: Mapping[str, str], now: datetime
) -> str:
    """Return the card: the form for whoever may decide, and what is planned from today on."""
    rows = [
        (
            escape(names.get(one.compound_id, one.compound_id)),
            escape(f"{one.plan.day} {one.plan.starts}–{one.plan.ends}"),
            escape(one.plan.title),
            escape(_place(one, language)),
            _state(one, language, reviewer),
        )
        for one in plans.coming(connection, now.date())
    ]
    heads = ("compound", "day_and_time", "session", "plan_place", "status")
    listed = table(language, heads, rows, empty="nothing_yet")
    return card(say("plans", language), _form(language, reviewer, names) + listed)


def _place(one: PlannedSession, language: str) -> str:
    kinds = kinds_from(shipped()[SESSIONS])
    return " · ".join(filter(None, (kinds.place_name(one.plan.kind, language), one.plan.place)))


def _state(one: PlannedSession, language: str, reviewer: Reviewer) -> str:
    if one.state is PlanState.CALLED_OFF:
        return f"{say('plan_called_off', language)}：{escape(one.reason)}"
    if one.state is PlanState.BEGUN:
        return say("plan_begun", language)
    if not reviewer.may_decide:
        return say("plan_planned", language)
    reason = say("reason", language)
    return (
        f'<form class="row" method="post" action="/desk/evenings?lang={language}">{form_key(reviewer)}'
        f'<input type="hidden" name="plan" value="{escape(one.id)}">'
        f'<label>{reason}<input type="text" name="reason" maxlength="120" autocomplete="off" required>'
        "</label>"
        f'<button name="action" value="call_off">{say("call_off", language)}</button></form>'
    )


def _form(language: str, reviewer: Reviewer, names: Mapping[str, str]) -> str:
    if not reviewer.may_decide:
        return ""
    kinds = [("", "—"), *((one.code, one.name(language)) for one in kinds_from(shipped()[SESSIONS]).places)]
    place = choice("compound", list(names.items()), "", say("compound", language))
    kind = choice("kind", kinds, "", say("plan_kind", language))
    return (
        f'<form class="row" method="post" action="/desk/evenings?lang={language}">{form_key(reviewer)}'
        f"<label>{say('compound', language)}{place}</label>"
        + _field(language, "day", "day", "date", required=True)
        + _field(language, "plan_starts", "starts", "time", required=True)
        + _field(language, "plan_ends", "ends", "time", required=True)
        + _field(language, "session", "title", "text", required=True)
        + f"<label>{say('plan_kind', language)}{kind}</label>"
        + _field(language, "plan_place", "place", "text")
        + f'<label>{say("plan_weeks", language)}<input type="number" name="weeks" value="1" min="1"'
        f' max="{plans.MOST_WEEKS}" required></label>'
        f'<button class="primary" name="action" value="plan">{say("plan_session", language)}</button></form>'
    )


def _field(language: str, word: str, name: str, kind: str, *, required: bool = False) -> str:
    must = " required" if required else ""
    return (
        f'<label>{say(word, language)}<input type="{kind}" name="{name}" maxlength="{_NAME}"'
        f' autocomplete="off"{must}></label>'
    )
