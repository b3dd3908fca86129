"""The queue as a page: filters, states with their counts, rows; it names no person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from registration.packs import DIVISIONS, shipped
from server.desk.document import card, chip, choice, table, when
from server.desk.wording import say, state_name, states
from server.store.queue import Filter

PAGE_ROWS = 50
_HEADS = ("receipt", "state", "place", "whole", "received", "device", "acceptance")


def address(case_id: str, language: str, **more: object) -> str:
    """Return the address of a case's page."""
    return f"/desk/cases/{quote(case_id, safe='')}?{urlencode({'lang': language, **more})}"


def division_name(code: str, language: str) -> str:
    """Return a county's name, or its code where nobody has named it."""
    found = shipped()[DIVISIONS]["counties"].get(code)
    return str(found[language]) if found else code


def listing(
    language: str,
    rows: Sequence[Mapping[str, Any]],
    totals: Mapping[str, int],
    places: Sequence[tuple[str, str, str]],
    wanted: Filter,
    offset: int,
) -> str:
    """Return the body of the queue."""
    tabs = [_tab(language, wanted, "", say("all", language), sum(totals.values()))]
    tabs += [
        _tab(language, wanted, name, state_name(name, language), totals.get(name, 0)) for name in states()
    ]
    head = (
        f"<h1>{say('cases', language)}</h1>{_filters(language, places, wanted)}"
        f'<nav aria-label="{say("state", language)}">{"".join(tabs)}</nav>'
    )
    body = table(language, _HEADS, (_row(language, row) for row in rows[:PAGE_ROWS]), empty="none")
    turns = []
    for name, there, target in (
        ("previous_rows", offset > 0, max(offset - PAGE_ROWS, 0)),
        ("next_rows", len(rows) > PAGE_ROWS, offset + PAGE_ROWS),
    ):
        if there:
            query = _query(language, wanted, offset=target)
            turns.append(f'<a href="/desk?{query}">{say(name, language)}</a>')
    turning = f'<nav aria-label="{say("turn_rows", language)}">{"".join(turns)}</nav>' if turns else ""
    return card("", head) + card("", body + turning)


def _query(language: str, wanted: Filter, **more: object) -> str:
    given = {
        "state": wanted.state,
        "division": wanted.division,
        "compound": wanted.compound,
        "q": wanted.words,
        **more,
    }
    return urlencode({"lang": language, **{key: value for key, value in given.items() if value}})


def _tab(language: str, wanted: Filter, state: str, shown: str, count: int) -> str:
    here = ' aria-current="page"' if state == wanted.state else ""
    query = _query(language, Filter(state, wanted.division, wanted.compound, wanted.words))
    return f'<a href="/desk?{query}"{here}>{shown} <span class="muted">{count}</span></a>'


def _filters(language: str, places: Sequence[tuple[str, str, str]], wanted: Filter) -> str:
    divisions = list(dict.fromkeys(division for division, _, _ in places))
    counties = [("", say("any_division", language))]
    counties += [(code, division_name(code, language)) for code in divisions]
    compounds = [("", say("any_compound", language))]
    compounds += [
        (compound, name)
        for division, compound, name in places
        if wanted.division in {"", division} or compound == wanted.compound
    ]
    lists = "".join(
        f"<label>{say(name, language)}{choice(name, options, chosen, say(name, language))}</label>"
        for name, options, chosen in (
            ("division", counties, wanted.division),
            ("compound", compounds, wanted.compound),
        )
    )
    hidden = f'<input type="hidden" name="state" value="{escape(wanted.state)}">' if wanted.state else ""
    return (
        f'<form method="get" action="/desk" role="search" class="row">{hidden}'
        f'<input type="hidden" name="lang" value="{language}">'
        f"{lists}"
        f'<label>{say("search", language)} <span class="muted">{say("search_hint", language)}</span>'
        f'<input type="search" name="q" value="{escape(wanted.words)}" maxlength="100" autocomplete="off">'
        f'</label><button class="primary">{say("apply", language)}</button></form>'
    )


def _row(language: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        f'<a href="{escape(address(row["id"], language))}">{escape(row["receipt_number"])}</a>',
        chip(language, row["state"]),
        escape(f"{row['compound']} {row['unit']}"),
        whole(language, row),
        when(row["received_at"]),
        escape(row["device"]),
        escape(row["acceptance_number"] or ""),
    )


def whole(language: str, row: Mapping[str, Any]) -> str:
    """Return whether a case's papers are all here, and whether it came from a device that was revoked."""
    words = say("is_whole" if row["whole_at"] else "not_whole", language)
    if row["after_revocation"]:
        words += f' <span class="alarm">{say("after_revocation", language)}</span>'
    return words
