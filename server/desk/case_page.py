"""One case as a page: its papers beside its facts, what the desk found, and what may be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from registration.application import CaseState, may_become
from registration.checklist import Checklist
from registration.identifiers import mask_name, mask_tail
from server.desk.case_papers import difference_card, pages_card
from server.desk.document import card, chip, form_key, notice, table, when
from server.desk.findings import findings
from server.desk.queue_page import address, whole
from server.desk.wording import say
from server.store.case_revisions import Difference
from server.store.desk_sessions import Reviewer

DECISIONS: Mapping[str, CaseState] = {
    "accept": CaseState.ACCEPTED,
    "return": CaseState.RETURNED,
    "reject": CaseState.REJECTED,
    "register": CaseState.REGISTERED,
    "certificate": CaseState.CERTIFICATE_ISSUED,
    "withdraw": CaseState.WITHDRAWN,
}
_LOOKS = {
    "accept": "primary",
    "register": "primary",
    "certificate": "primary",
    "reject": "seal",
    "withdraw": "seal",
}


@dataclass(frozen=True)
class CaseView:
    """All that a case's page shows. `found` as `review.case` returns it; `page`: digest in the big pane."""

    found: Mapping[str, Any]
    checklist: Checklist | None
    others: Sequence[Mapping[str, Any]]
    evidence: Sequence[Mapping[str, Any]]
    difference: Difference | None
    plain: bool = False
    page: str = ""
    wrong: str = ""  # why the last form was not carried out


def case(language: str, view: CaseView, reviewer: Reviewer) -> str:
    """Return the body of one case; names and numbers are masked unless `view.plain`."""
    found = view.found
    names = {item.code: item.name(language) for item in view.checklist.items} if view.checklist else {}
    head = (
        f"<h1>{escape(found['receipt_number'])} {chip(language, found['state'])}</h1>"
        f'<p class="muted">{escape(found["property"])}</p>{notice(view.wrong, wrong=True)}'
    )
    papers = pages_card(language, found, names, view.page, plain=view.plain)
    side = _facts(language, view) + _others(language, view)
    changed = view.difference
    work = findings(language, found, reviewer)
    work += _decisions(language, found, names, reviewer) if reviewer.may_decide else ""
    return (
        card("", head, kind="head")
        + f'<div class="desk">{papers}<div class="side">{side}</div></div>'
        + (difference_card(language, found, changed, names, plain=view.plain) if changed else "")
        + work
        + _evidence(language, view, reviewer)
        + _history(language, found)
    )


def _facts(language: str, view: CaseView) -> str:
    found = view.found
    facts = found["facts"]
    people = []
    for party in facts["parties"]:
        name, number, phone = party["name"], party["document_number"], party["phone"]
        if not view.plain:
            name, number, phone = mask_name(name), mask_tail(number), mask_tail(phone)
        people.append(
            f"<dt>{say('applicants', language)}</dt><dd>{escape(name)}</dd>"
            f'<dt>{say("id_number", language)}</dt><dd class="number">{escape(number)}</dd>'
            f'<dt>{say("phone", language)}</dt><dd class="number">{escape(phone)}</dd>'
        )
    checklist = view.checklist
    rows = (
        ("acceptance", escape(found["acceptance_number"] or "")),
        ("number", escape(found["certificate_number"] or "")),
        ("type", escape(checklist.name(language) if checklist else found["type_code"])),
        ("session", escape(str(found["session"].get("title", "")))),
        ("received", when(found["received_at"])),
        ("whole", whole(language, found)),
        ("remarks", escape(str(facts.get("remarks", "")))),
        ("void", escape(found["void_reason"])),
        ("cross_province", say("filed_elsewhere", language) if facts.get("cross_province") else ""),
        *_mortgage(facts.get("mortgage") or {}),
    )
    entries = "".join(f"<dt>{say(name, language)}</dt><dd>{value}</dd>" for name, value in rows if value)
    reveal = ""
    if not view.plain:
        target = escape(address(found["id"], language, plain=1))
        reveal = f'<p><a class="button" href="{target}">{say("show_all", language)}</a></p>'
    return card(say("facts", language), f"<dl>{''.join(people)}{entries}</dl>{reveal}")


def _mortgage(mortgage: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return a mortgage's facts; its rank follows the time of acceptance."""
    term = " — ".join(str(mortgage.get(end) or "") for end in ("starts", "ends"))
    return [
        ("claim", escape(str(mortgage.get("amount") or ""))),
        ("term", escape(term.strip(" —"))),
        ("transfer_ban", escape(str(mortgage.get("transfer_ban") or ""))),
        ("bank_site", escape(str(mortgage.get("bank_site") or ""))),
    ]


def _others(language: str, view: CaseView) -> str:
    if not view.others:
        return ""
    lines = []
    for other in view.others:
        both = other["same_home"] and other["same_person"]
        why = "duplicate" if both else "same_home" if other["same_home"] else "same_person"
        kind = "alarm" if both and other["type_code"] == view.found["type_code"] else "muted"
        words = say(why, language) if kind == "alarm" or not both else say("same_home", language)
        lines.append(
            f'<p><a href="{escape(address(other["id"], language))}">{escape(other["receipt_number"])}</a> '
            f"{chip(language, other['state'])}<br>{escape(other['compound'])} {escape(other['unit'])} · "
            f'{escape(other["device"])}<br><span class="{kind}">{words}</span></p>'
        )
    return card(say("others", language), "".join(lines))


def _decisions(language: str, found: Mapping[str, Any], names: Mapping[str, str], reviewer: Reviewer) -> str:
    now = CaseState(found["state"])
    offered = [name for name, then in DECISIONS.items() if may_become(now, then)]
    if not found["whole_at"] and "accept" in offered:
        offered.remove("accept")
    if not offered:
        return ""
    fields = ""
    if "return" in offered:
        fields += _papers_to_mend(language, names, {page["item_code"] for page in found["pages"]})
    if {"return", "reject", "withdraw"} & set(offered):
        fields += f'<label>{say("reason", language)}<textarea name="reason" rows="2"></textarea></label>'
    if "return" in offered:
        fields += f'<label>{say("due", language)}<input type="date" name="due"></label>'
    if "certificate" in offered:
        fields += (
            f'<div class="row"><label>{say("number", language)}<input type="text" name="number" '
            f'maxlength="100"></label><label>{say("evidence_file", language)}<input type="file" '
            'name="evidence" '
            'accept="application/pdf,image/jpeg,image/png"></label></div>'
        )
    buttons = "".join(
        f'<button class="{_LOOKS.get(name, "")}" name="decision" value="{name}">{say(name, language)}'
        "</button>"
        for name in offered
    )
    action = f"/desk/cases/{quote(found['id'], safe='')}/decision?lang={language}"
    revision = f'<input type="hidden" name="revision" value="{found["revision"]}">'
    return card(
        say("decide", language),
        f'<form class="decide" method="post" action="{action}" enctype="multipart/form-data">'
        f'{form_key(reviewer)}{revision}{fields}<div class="row">{buttons}</div></form>',
    )


def _papers_to_mend(language: str, names: Mapping[str, str], brought: Set[str]) -> str:
    """Return the checklist to return a case by: rows with pages at once, the others behind a fold."""

    def boxes(codes: Sequence[str]) -> str:
        why = say("why", language)
        inner = "".join(
            f'<div class="box"><label><input type="checkbox" name="item" value="{escape(code)}"> '
            f'{escape(names[code])}</label><input type="text" name="why_{escape(code)}" maxlength="200" '
            f'aria-label="{escape(names[code])}: {why}" placeholder="{why}"></div>'
            for code in codes
        )
        return f'<div class="boxes">{inner}</div>'

    rest = [code for code in names if code not in brought]
    more = (
        f"<details><summary>{say('other_papers', language)}</summary>{boxes(rest)}</details>" if rest else ""
    )
    return (
        f"<fieldset><legend>{say('which', language)}</legend>"
        f"{boxes([code for code in names if code in brought])}{more}</fieldset>"
    )


def _evidence(language: str, view: CaseView, reviewer: Reviewer) -> str:
    if view.found["state"] != CaseState.CERTIFICATE_ISSUED.value:
        return ""
    case_id = quote(view.found["id"], safe="")
    rows = [
        (
            f'<a href="/desk/cases/{case_id}/evidence/{row["digest"]}">{row["digest"][:12]}</a>',
            escape(row["media_type"]),
            f"{row['size'] / 1024:.0f} KB",
            when(row["at"]),
            escape(row["actor"]),
        )
        for row in view.evidence
    ]
    heads = ("evidence_digest", "evidence_kind", "evidence_size", "received", "audit_actor")
    form = ""
    if reviewer.may_decide:
        form = (
            f'<form class="row" method="post" action="/desk/cases/{case_id}/evidence?lang={language}" '
            f'enctype="multipart/form-data">{form_key(reviewer)}<label>{say("evidence_file", language)}'
            '<input type="file" name="evidence" required accept="application/pdf,image/jpeg,image/png">'
            f"</label><button>{say('evidence_add', language)}</button></form>"
        )
    return card(say("evidence", language), table(language, heads, rows, empty="evidence_none") + form)


def _history(language: str, found: Mapping[str, Any]) -> str:
    rows = []
    for entry in reversed(found["history"]):
        details = entry["details"]
        reason = details.get("reason_zh" if language == "zh" else "reason_en", "")
        items = "、".join(item[language] for item in details.get("items", []))
        words = " · ".join(part for part in (items, reason) if part)
        rows.append(
            (
                when(entry["at"]),
                chip(language, entry["state"]),
                str(entry["revision"]),
                escape(words),
                f'<span class="muted">{escape(entry["actor"])}</span>',
            )
        )
    heads = ("audit_when", "state", "revision", "reason_or_papers", "audit_actor")
    return card(say("history", language), table(language, heads, rows, empty="audit_none"))
