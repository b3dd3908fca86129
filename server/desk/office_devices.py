"""Administration of devices: enrolment codes as text and QR, revoked and lost machines, their successors."""

from __future__ import annotations

from datetime import timedelta
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection, text
from starlette.responses import Response

from registration.errors import InputError
from registration.link import EnrolLink
from server.admin.enrolling import pin_of
from server.api.access import CentreHere
from server.centre import Centre
from server.desk.access import AdministratorHere, check_form, go, language_of, show
from server.desk.document import card, form_key, notice, table, when
from server.desk.forms import Form, read_form
from server.desk.qr import qr_svg
from server.desk.wording import say
from server.errors import RefusedError
from server.store import audit, devices, queue
from server.store.database import transaction
from server.store.desk_sessions import Reviewer

router = APIRouter(prefix="/desk/devices", include_in_schema=False)
_LONGEST_HOURS = 24 * 30


@router.get("")
def get_devices(request: Request, reviewer: AdministratorHere, centre: CentreHere) -> Response:
    """Show every device."""
    return _page(request, centre, reviewer, "")


@router.post("")
async def post_devices(request: Request, reviewer: AdministratorHere, centre: CentreHere) -> Response:
    """Issue a code, which is shown once, or take a device's rights."""
    form = await read_form(request)
    check_form(reviewer, form)
    return await run_in_threadpool(_act, request, centre, reviewer, form)


def _act(request: Request, centre: Centre, reviewer: Reviewer, form: Form) -> Response:
    action, device = form.one("action"), form.one("device")
    now, language = centre.now(), language_of(request)
    try:
        with transaction(centre.engine) as connection:
            if action in {"revoke", "lost"}:
                devices.revoke_device(connection, now, device, actor=reviewer.actor)
                if action == "lost":
                    audit.append(connection, now, reviewer.actor, "device_lost", device)
                return go(f"/desk/devices?lang={language}")
            code = _code(connection, centre, reviewer, form)
    except RefusedError as refused:
        words = refused.zh if language == "zh" else refused.en
        return _page(request, centre, reviewer, notice(words, wrong=True), status=refused.status)
    return _page(request, centre, reviewer, _shown_once(request, centre, code))


def _code(connection: Connection, centre: Centre, reviewer: Reviewer, form: Form) -> str:
    now = centre.now()
    if form.one("action") == "reenrol":
        known = connection.execute(
            text("SELECT sites FROM devices WHERE code = :code"), {"code": form.one("device")}
        ).one_or_none()
        if known is None:
            raise RefusedError(404, "unknown_device")
        return devices.issue_code(connection, now, actor=reviewer.actor, sites=known.sites)
    if form.one("action") != "code":
        raise RefusedError(400, "bad_request")
    hours = int(form.one("hours")) if form.one("hours").isdecimal() else 72
    return devices.issue_code(
        connection,
        now,
        actor=reviewer.actor,
        valid=timedelta(hours=min(max(hours, 1), _LONGEST_HOURS)),
        sites=form.all("site") or None,
        new_operators=form.one("new_people") == "1",
    )


def _shown_once(request: Request, centre: Centre, code: str) -> str:
    language = language_of(request)
    certificate = centre.settings.tls_certificate
    try:
        pin = pin_of(certificate) if certificate is not None else ""
        link = EnrolLink(str(request.base_url).rstrip("/"), code, pin).text()
    except (InputError, RefusedError):
        link = code  # the centre was reached by an address that windows cannot use
    picture = qr_svg(link, say("code_qr", language))
    return card(
        say("new_code", language),
        f'<div class="code">{picture}<div><p class="plate">{code}</p>'
        f'<p role="status">{say("code_once", language)}</p></div></div>',
    )


def _page(request: Request, centre: Centre, reviewer: Reviewer, above: str, *, status: int = 200) -> Response:
    language = language_of(request)
    with transaction(centre.engine) as connection:
        found = connection.execute(
            text(
                "SELECT d.code, d.name, d.status, d.sites, d.enrolled_at, o.name AS operator, "
                "(SELECT max(a.received_at) FROM applications a WHERE a.device_id = d.id) AS heard "
                "FROM devices d LEFT JOIN operators o ON o.id = d.operator_id ORDER BY d.status, d.code"
            )
        ).all()
        places = {compound: name for _, compound, name in queue.places(connection)}
    rows = [_row(language, row, places, reviewer) for row in found]
    heads = ("device", "device_name", "status", "sites", "role_operator", "enrolled", "last_heard", "actions")
    body = (
        f"<h1>{say('place_devices', language)}</h1>"
        + above
        + card("", table(language, heads, rows, empty="no_devices"))
        + card(say("new_code", language), _form(language, places, reviewer))
    )
    title = say("place_devices", language)
    return show(request, centre, reviewer, body, title=title, place="devices", status=status)


def _row(language: str, row: Any, places: dict[str, str], reviewer: Reviewer) -> tuple[str, ...]:
    served = say("all_sites", language)
    if row.sites is not None:
        served = "、".join(escape(places.get(site, site)) for site in row.sites)
    active = row.status == "active"
    actions = ("revoke", "lost", "reenrol") if active else ("reenrol",)
    buttons = "".join(
        f'<button name="action" value="{action}"{"" if action == "reenrol" else " class=seal"}>'
        f"{say({'lost': 'report_lost'}.get(action, action), language)}</button>"
        for action in actions
    )
    form = (
        f'<form class="row" method="post" action="/desk/devices?lang={language}">{form_key(reviewer)}'
        f'<input type="hidden" name="device" value="{escape(row.code)}">{buttons}</form>'
    )
    state = f'<span class="{"yes" if active else "alarm"}">{say(f"status_{row.status}", language)}</span>'
    return (
        escape(row.code),
        escape(row.name),
        state,
        served,
        escape(row.operator or ""),
        when(row.enrolled_at),
        when(row.heard) if row.heard else "",
        form,
    )


def _form(language: str, places: dict[str, str], reviewer: Reviewer) -> str:
    boxes = "".join(
        f'<div class="box"><label><input type="checkbox" name="site" value="{escape(compound)}"> '
        f"{escape(name)}</label></div>"
        for compound, name in places.items()
    )
    return (
        f'<form class="stack" method="post" action="/desk/devices?lang={language}">{form_key(reviewer)}'
        f"<fieldset><legend>{say('code_sites', language)}</legend>"
        f'<div class="boxes">{boxes}</div></fieldset>'
        f'<div class="row"><label>{say("code_hours", language)}<input type="number" name="hours" value="72" '
        f'min="1" max="{_LONGEST_HOURS}"></label><div class="box"><label><input type="checkbox" '
        f'name="new_people" value="1"> {say("code_new_people", language)}</label></div>'
        f'<button class="primary" name="action" value="code">{say("issue_code", language)}</button></div>'
        "</form>"
    )
