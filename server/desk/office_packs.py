"""Administration of data packs: versions, and how far each is rolled out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from server.api.access import CentreHere
from server.centre import Centre
from server.desk.access import AdministratorHere, check_form, go, language_of, show
from server.desk.document import card, form_key, notice, table, when
from server.desk.forms import Form, read_form
from server.desk.wording import say
from server.errors import RefusedError
from server.store import queue, rollouts
from server.store.database import transaction
from server.store.desk_sessions import Reviewer

router = APIRouter(prefix="/desk/packs", include_in_schema=False)


@router.get("")
def get_packs(request: Request, reviewer: AdministratorHere, centre: CentreHere) -> Response:
    """Show every version of every pack."""
    return _page(request, centre, reviewer, "")


@router.post("")
async def post_packs(request: Request, reviewer: AdministratorHere, centre: CentreHere) -> Response:
    """Publish a version, to some windows or to all, or give a pilot to all."""
    form = await read_form(request)
    check_form(reviewer, form)
    return await run_in_threadpool(_act, request, centre, reviewer, form)


def _act(request: Request, centre: Centre, reviewer: Reviewer, form: Form) -> Response:
    language, now = language_of(request), centre.now()
    try:
        with transaction(centre.engine) as connection:
            if form.one("action") == "all":
                name, version = form.one("name"), form.one("version")
                rollouts.complete(connection, now, name, version, actor=reviewer.actor)
            else:
                share = form.one("share")
                rollouts.publish(
                    connection,
                    now,
                    _pack(form.files.get("pack", b"")),
                    sites=form.all("site"),
                    share=int(share) if share.isdecimal() else -1,
                    actor=reviewer.actor,
                )
    except RefusedError as refused:
        words = refused.zh if language == "zh" else refused.en
        return _page(request, centre, reviewer, notice(words, wrong=True), status=refused.status)
    return go(f"/desk/packs?lang={language}")


def _pack(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RefusedError(400, "pack_malformed")
    return found


def _page(request: Request, centre: Centre, reviewer: Reviewer, above: str, *, status: int = 200) -> Response:
    language = language_of(request)
    with transaction(centre.engine) as connection:
        found = rollouts.listing(connection)
        places = queue.places(connection)
    boxes = "".join(
        f'<div class="box"><label><input type="checkbox" name="site" value="{escape(compound)}"> '
        f"{escape(name)}</label></div>"
        for _, compound, name in places
    )
    form = (
        f'<form class="stack" method="post" action="/desk/packs?lang={language}" '
        'enctype="multipart/form-data">'
        f'{form_key(reviewer)}<div class="row"><label>{say("pack_file", language)}<input type="file" '
        'name="pack" '
        f'required accept="application/json,.json"></label><label>{say("share", language)}'
        '<input type="number" name="share" value="100" min="0" max="100" required></label></div>'
        f'<p class="muted">{say("share_hint", language)}</p>'
        f'<fieldset><legend>{say("sites", language)}</legend><div class="boxes">{boxes}</div></fieldset>'
        '<div class="row"><button class="primary" name="action" '
        f'value="publish">{say("publish_pack", language)}'
        "</button></div></form>"
    )
    heads = ("pack", "version", "effective_from", "stage", "received", "source")
    title = say("place_packs", language)
    body = (
        f"<h1>{title}</h1>{above}"
        + card(say("publish_pack", language), form)
        + card("", table(language, heads, [_row(language, row, reviewer) for row in found], empty="none"))
    )
    return show(request, centre, reviewer, body, title=title, place="packs", status=status)


def _row(language: str, row: Mapping[str, Any], reviewer: Reviewer) -> tuple[str, ...]:
    stage = f'<span class="when">{say("stage_all", language)}</span>'
    source = row["source"]
    if row["pilot"]:
        words = say("stage_part", language).format(sites=len(row["sites"]), share=row["share"])
        stage = (
            f'<form class="stack" method="post" action="/desk/packs?lang={language}">{form_key(reviewer)}'
            f'<input type="hidden" name="name" value="{escape(row["name"])}">'
            f'<input type="hidden" name="version" value="{escape(row["version"])}"><span '
            f'class="received">{words}'
            f'</span><button name="action" value="all">{say("roll_out_all", language)}</button></form>'
        )
    return (
        escape(row["name"]),
        escape(row["version"]),
        f'<span class="when">{escape(row["effective_from"])}</span>',
        stage,
        when(row["added_at"]),
        f'<span class="muted">{escape(source if len(source) <= 120 else source[:119] + "…")}</span>',
    )
