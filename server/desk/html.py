"""The desk's pages as text: values in, HTML out, everything that came from outside escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from registration.application import CaseState, may_become
from registration.checklist import Checklist
from registration.errors import Problem
from registration.identifiers import mask_name, mask_tail
from registration.wording import say as word
from server.config import CHINA
from server.desk.findings import findings, form_key
from server.desk.wording import say, state_name, states
from server.store.desk_sessions import Reviewer

PAGE_ROWS = 50
DECISIONS: Mapping[str, CaseState] = {
    "accept": CaseState.ACCEPTED,
    "return": CaseState.RETURNED,
    "reject": CaseState.REJECTED,
    "register": CaseState.REGISTERED,
    "certificate": CaseState.CERTIFICATE_ISSUED,
    "withdraw": CaseState.WITHDRAWN,
}


def frame(language: str, body: str, *, reviewer: Reviewer | None, demo: bool, other: str = "") -> str:
    """Return a whole document. `other` is this page's address in the other language."""
    who = ""
    if reviewer is not None:
        who = (
            f"<span>{escape(reviewer.name)}</span>"
            f'<form method="post" action="/desk/leave">{form_key(reviewer)}'
            f"<button>{say('leave', language)}</button></form>"
        )
    banner = f'<span class="banner">{say("demo", language)}</span>' if demo else ""
    switch = f'<a href="{escape(other)}">{say("other", language)}</a>' if other else ""
    lang = "zh-CN" if language == "zh" else "en"
    title = say("title", language)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="/desk/style.css"></head>'
        f'<body><header><h1><a href="/desk?{urlencode({"lang": language})}">{title}</a></h1>'
        f"{banner}{switch}{who}</header><main>{body}</main></body></html>"
    )


def refusal(language: str, words: str) -> str:
    """Return the body of a page that says why something was not done."""
    back = f'<a href="/desk?lang={language}">{say("back", language)}</a>'
    return f'<section class="card"><h2>{say("refused", language)}</h2><p>{escape(words)}</p>{back}</section>'


def listing(
    language: str, rows: Sequence[Mapping[str, Any]], totals: Mapping[str, int], state: str, offset: int
) -> str:
    """Return the body of the list; it names no person."""

    def link(name: str, shown: str, count: int) -> str:
        here = ' aria-current="page"' if name == state else ""
        query = urlencode({"lang": language, "state": name})
        return f'<a href="/desk?{query}"{here}>{shown} <span class="muted">{count}</span></a>'

    tabs = [link("", say("all", language), sum(totals.values()))]
    tabs += [link(name, state_name(name, language), totals.get(name, 0)) for name in states()]
    heads = ("receipt", "state", "place", "whole", "received", "device", "acceptance")
    body = "".join(_row(language, row) for row in rows[:PAGE_ROWS])
    table = f"<p>{say('none', language)}</p>"
    if rows:
        head = "".join(f"<th>{say(name, language)}</th>" for name in heads)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    turns = []
    for name, target in (("newer", offset - PAGE_ROWS), ("older", offset + PAGE_ROWS)):
        if (name == "newer" and offset) or (name == "older" and len(rows) > PAGE_ROWS):
            query = urlencode({"lang": language, "state": state, "offset": max(target, 0)})
            turns.append(f'<a href="/desk?{query}">{say(name, language)}</a>')
    return (
        f'<section class="card"><h2>{say("cases", language)}</h2><nav>{"".join(tabs)}</nav></section>'
        f'<section class="card">{table}<nav>{"".join(turns)}</nav></section>'
    )


def _row(language: str, row: Mapping[str, Any]) -> str:
    target = f"/desk/cases/{quote(row['id'], safe='')}?lang={language}"
    whole = say("is_whole" if row["whole_at"] else "not_whole", language)
    if row["after_revocation"]:
        whole += f' <span class="alarm">{say("after_revocation", language)}</span>'
    cells = (
        f'<a href="{target}">{escape(row["receipt_number"])}</a>',
        _chip(language, row["state"]),
        escape(f"{row['compound']} {row['unit']}"),
        whole,
        _when(row["received_at"]),
        escape(row["device"]),
        escape(row["acceptance_number"] or ""),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def case(
    language: str, found: Mapping[str, Any], checklist: Checklist | None, reviewer: Reviewer, *, plain: bool
) -> str:
    """Return the body of one case; names and numbers are masked unless `plain`."""
    names = {item.code: item.name(language) for item in checklist.items} if checklist else {}
    return (
        _facts(language, found, checklist, plain=plain)
        + _pages(language, found, names)
        + findings(language, found, reviewer)
        + _decisions(language, found, names, reviewer)
        + _history(language, found)
    )


def _facts(language: str, found: Mapping[str, Any], checklist: Checklist | None, *, plain: bool) -> str:
    facts = found["facts"]
    people = []
    for party in facts["parties"]:
        name, number, phone = party["name"], party["document_number"], party["phone"]
        if not plain:
            name, number, phone = mask_name(name), mask_tail(number), mask_tail(phone)
        people.append(
            f"<dt>{say('applicants', language)}</dt><dd>{escape(name)}</dd>"
            f"<dt>{say('id_number', language)}</dt><dd>{escape(number)}</dd>"
            f"<dt>{say('phone', language)}</dt><dd>{escape(phone)}</dd>"
        )
    rows = (
        ("state", _chip(language, found["state"])),
        ("acceptance", escape(found["acceptance_number"] or "")),
        ("type", escape(checklist.name(language) if checklist else found["type_code"])),
        ("place", escape(found["property"])),
        ("session", escape(str(found["session"].get("title", "")))),
        ("received", _when(found["received_at"])),
        ("remarks", escape(str(facts.get("remarks", "")))),
        ("void", escape(found["void_reason"])),
        ("cross_province", say("filed_elsewhere", language) if facts.get("cross_province") else ""),
        *_mortgage(facts.get("mortgage") or {}),
    )
    entries = "".join(f"<dt>{say(name, language)}</dt><dd>{value}</dd>" for name, value in rows if value)
    reveal = ""
    if not plain:
        target = f"/desk/cases/{quote(found['id'], safe='')}?{urlencode({'lang': language, 'plain': 1})}"
        reveal = f'<p><a href="{target}">{say("show_all", language)}</a></p>'
    return (
        f'<section class="card"><h2>{escape(found["receipt_number"])}</h2>'
        f"<dl>{''.join(people)}{entries}</dl>{reveal}</section>"
    )


def _mortgage(mortgage: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return a mortgage's facts; its rank follows the time of acceptance."""
    term = " — ".join(str(mortgage.get(end) or "") for end in ("starts", "ends"))
    return [
        ("claim", escape(str(mortgage.get("amount") or ""))),
        ("term", escape(term.strip(" —"))),
        ("transfer_ban", escape(str(mortgage.get("transfer_ban") or ""))),
        ("bank_site", escape(str(mortgage.get("bank_site") or ""))),
    ]


def _pages(language: str, found: Mapping[str, Any], names: Mapping[str, str]) -> str:
    figures = []
    order = {code: place for place, code in enumerate(names)}
    for page in sorted(found["pages"], key=lambda p: (order.get(p["item_code"], len(order)), p["ordinal"])):
        words = f"{names.get(page['item_code'], page['item_code'])} {page['ordinal']}"
        source = f"/desk/cases/{quote(found['id'], safe='')}/pages/{page['digest']}"
        picture = f'<div class="absent">{say("missing", language)}</div>'
        if page["held"]:
            picture = f'<a href="{source}"><img src="{source}" alt="{escape(words)}" loading="lazy"></a>'
        figures.append(
            f"<figure>{picture}<figcaption>{escape(words)}{_kept(language, page)}</figcaption></figure>"
        )
    return (
        f'<section class="card"><h2>{say("pages", language)}</h2>'
        f'<div class="pages">{"".join(figures)}</div></section>'
    )


def _kept(language: str, page: Mapping[str, Any]) -> str:
    """Say who kept a page in spite of the quality gate, and of what; "" where nobody did."""
    kept = page["kept"]
    if not isinstance(kept, Mapping):
        return ""
    reasons = kept.get("reasons")
    codes = [str(code) for code in reasons] if isinstance(reasons, list) else []
    faults = "、" if language == "zh" else ", "
    told = faults.join(word(Problem(f"gate_{code}"), language).title for code in codes)
    said = f"{say('kept', language)} {told} · {kept.get('name', '')}"
    return f'<br><span class="kept">{escape(said)}</span>'


def _decisions(language: str, found: Mapping[str, Any], names: Mapping[str, str], reviewer: Reviewer) -> str:
    now = CaseState(found["state"])
    offered = [name for name, then in DECISIONS.items() if may_become(now, then)]
    if not found["whole_at"] and "accept" in offered:
        offered.remove("accept")
    if not offered:
        return ""
    fields = ""
    if "return" in offered:
        boxes = "".join(
            f'<label><input type="checkbox" name="item" value="{escape(code)}"> {escape(name)}</label>'
            for code, name in names.items()
        )
        fields += f"<fieldset><legend>{say('which', language)}</legend>{boxes}</fieldset>"
    if {"return", "reject", "withdraw"} & set(offered):
        fields += f'<label>{say("reason", language)}<textarea name="reason" rows="2"></textarea></label>'
    if "certificate" in offered:
        fields += f'<label>{say("number", language)}<input type="text" name="number"></label>'
    looks = {
        "accept": "primary",
        "register": "primary",
        "certificate": "primary",
        "reject": "seal",
        "withdraw": "seal",
    }
    buttons = "".join(
        f'<button class="{looks.get(name, "")}" name="decision" value="{name}">{say(name, language)}</button>'
        for name in offered
    )
    action = f"/desk/cases/{quote(found['id'], safe='')}/decision?lang={language}"
    revision = f'<input type="hidden" name="revision" value="{found["revision"]}">'
    return (
        f'<section class="card"><h2>{say("decide", language)}</h2>'
        f'<form class="decide" method="post" action="{action}">{form_key(reviewer)}{revision}{fields}'
        f'<div class="row">{buttons}</div></form></section>'
    )


def _history(language: str, found: Mapping[str, Any]) -> str:
    rows = []
    for entry in reversed(found["history"]):
        details = entry["details"]
        reason = details.get("reason_zh" if language == "zh" else "reason_en", "")
        items = "、".join(item[language] for item in details.get("items", []))
        words = " · ".join(part for part in (items, reason) if part)
        rows.append(
            f"<tr><td>{_when(entry['at'])}</td><td>{_chip(language, entry['state'])}</td>"
            f"<td>{escape(words)}</td><td class='muted'>{escape(entry['actor'])}</td></tr>"
        )
    return (
        f'<section class="card"><h2>{say("history", language)}</h2><table>{"".join(rows)}</table></section>'
    )


def _chip(language: str, state: str) -> str:
    return f'<span class="chip {escape(state)}">{state_name(state, language)}</span>'


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
