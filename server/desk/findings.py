"""The desk's form for what it finds: every online check, and each of the four tracks on its own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from registration.central_checks import CentralCheck, CheckResult
from registration.checklist import Payer
from registration.tracks import TrackState, TrackStatus, may_turn
from server.desk.document import card, choice, form_key, table
from server.desk.forms import Form
from server.desk.wording import say
from server.errors import RefusedError
from server.store.desk_sessions import Reviewer

_CLOSED = ("certificate_issued", "rejected", "withdrawn")
_HEADS = ("finding", "status", "owed_by", "note")


def findings(language: str, found: Mapping[str, Any], reviewer: Reviewer) -> str:
    """Return the card of checks and tracks: a form while the case is open, a table afterwards."""
    if found["state"] in _CLOSED or not reviewer.may_decide:
        return card(say("findings", language), _as_table(language, found))
    rows = [_check_row(language, check) for check in found["checks"]]
    rows += [_track_row(language, status) for status in found["tracks"]]
    lines = table(language, _HEADS, rows, empty="none")
    keep = f"<button>{say('keep', language)}</button>"
    action = f"/desk/cases/{quote(found['id'], safe='')}/findings?lang={language}"
    revision = f'<input type="hidden" name="revision" value="{found["revision"]}">'
    form = (
        f'<form class="decide" method="post" action="{action}">{form_key(reviewer)}{revision}'
        f'<fieldset class="bare"><legend>{say("findings", language)}</legend>'
        f'{lines}</fieldset><div class="row">{keep}</div></form>'
    )
    return card("", form)


def _as_table(language: str, found: Mapping[str, Any]) -> str:
    rows = [
        (escape(check.name(language)), say(check.result.value, language), "", escape(check.note))
        for check in found["checks"]
    ]
    rows += [
        (
            say(f"track_{status.track}", language),
            say(f"track_{status.state}", language),
            say(f"owed_{status.owed_by}", language) if status.owed_by else "",
            escape(status.note),
        )
        for status in found["tracks"]
    ]
    return table(language, _HEADS, rows, empty="none")


def read_findings(
    form: Form, found: Mapping[str, Any]
) -> tuple[dict[str, tuple[CheckResult, str]], list[TrackStatus]]:
    """Return what a form says of a case's checks and tracks. Raises RefusedError bad_request."""
    try:
        checks = {
            check.code: (CheckResult(_one(form, f"check_{check.code}")), _one(form, f"note_{check.code}"))
            for check in found["checks"]
            if f"check_{check.code}" in form.fields
        }
        tracks = [
            TrackStatus(
                status.track,
                TrackState(_one(form, f"track_{status.track}")),
                Payer(_one(form, f"owed_{status.track}")),
                _one(form, f"note_track_{status.track}"),
            )
            for status in found["tracks"]
            if f"track_{status.track}" in form.fields
        ]
    except ValueError:
        raise RefusedError(400, "bad_request") from None
    return checks, tracks


def _check_row(language: str, check: CentralCheck) -> tuple[str, ...]:
    options = [(result.value, say(result.value, language)) for result in CheckResult]
    note = _line(f"note_{check.code}", check.note, say("note", language))
    result = choice(f"check_{check.code}", options, check.result.value, check.name(language))
    return escape(check.name(language)), result, "", note


def _track_row(language: str, status: TrackStatus) -> tuple[str, ...]:
    name = say(f"track_{status.track}", language)
    states = [s for s in TrackState if s is status.state or may_turn(status.state, s)]
    state = choice(
        f"track_{status.track}",
        [(state.value, say(f"track_{state}", language)) for state in states],
        status.state.value,
        name,
    )
    owed = choice(
        f"owed_{status.track}",
        [(payer.value, say(f"owed_{payer}", language)) for payer in Payer],
        status.owed_by.value,
        say("owed_by", language),
    )
    note = _line(f"note_track_{status.track}", status.note, say("note", language))
    return name, state, owed, note


def _line(name: str, value: str, label: str) -> str:
    said = escape(value)
    return f'<input type="text" name="{escape(name)}" value="{said}" maxlength="120" aria-label="{label}">'


def _one(form: Form, name: str) -> str:
    return form.one(name)[:120]
