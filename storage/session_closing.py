"""The end of a session: its sheet is counted out of what is stored, and it closes only where that agrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.closing_sheet import EXPLAINED, ClosingSheet, Count, Item, Line, Said, sheet_to_json
from registration.errors import InputError
from registration.facts import Topic
from registration.paper_form import Form
from registration.queue import Slip, SlipState
from registration.rights import Act
from storage import device, facts, line, receipts, session_papers, sessions, site_sessions
from storage.rights import needs
from storage.rows import as_text, one, rows, scalar
from storage.values import Who

_GAPS = 200
"""How many missing numbers are named; more are a matter of a lost block, not of single papers."""


def sheet(db: Database, session_id: str, said: Said) -> ClosingSheet:
    """Count a session. KeyError for an unknown one.

    Drafts of a batch that nobody has touched wait for a later session and count nowhere.
    """
    session = sessions.session(db, session_id)
    if session is None:
        raise KeyError(session_id)
    cases = list(
        rows(
            db,
            "SELECT a.id, a.state, a.revision, a.receipt_number, a.property_label, a.delivery, a.second_copy,"  # noqa: S608
            f" ({sessions.WAITING}) AS waits FROM application_rows a WHERE a.session_id = ?"
            " ORDER BY a.receipt_number, a.created_at",
            (session_id,),
        )
    )
    cases = [case for case in cases if not case["waits"]]
    drafts = [case for case in cases if case["state"] == "draft" and case["revision"] == 1]
    received = [case for case in cases if case["receipt_number"]]
    issued = session_papers.issued(db, session_id)
    unprinted = [Item(one.number, one.application_id) for one in issued if not one.printed]
    notices = list(rows(db, _NOTICES, (session_id,)))
    silent = [Item(row["property_label"], row["id"]) for row in notices if row["paper"] != "printed"]
    numbers = [row["number"] for row in rows(db, _NUMBERS, (session_id,))]
    gaps, span = _gaps(db, numbers)
    pages, wrong, counted_pages, originals, with_originals = _papers(db, received)
    voided = list(rows(db, _VOIDED, (session_id,)))
    queued = [_item(row) for row in rows(db, _QUEUED, {"session": session_id})]
    households, taken, certificates = _compound(db, session.compound_id)
    unheld, uncopied, parked = (
        [case for case in received if case["delivery"] != "held"],
        [case for case in received if not case["second_copy"] and case["delivery"] != "held"],
        [case for case in received if case["delivery"] == "parked"],
    )
    reprints = int(scalar(db, _REPRINTS, (session_id,)) or 0)
    kept = with_originals if said.originals != originals else []
    slips = line.slips(db, session_id)
    here = _still_here(db, session_id, slips)
    lines = (
        Line(Count.SLIPS, len(slips), len(slips) - len(here), tuple(Item(one.number) for one in here)),
        Line(Count.OUTCOMES, len(cases), len(cases) - len(drafts), _items(drafts)),
        Line(Count.RECEIPTS, len(issued), len(issued) - len(unprinted), tuple(unprinted)),
        Line(Count.NOTICES, len(notices), len(notices) - len(silent), tuple(silent)),
        Line(Count.HELD, len(received), len(received) - len(unheld), _items(unheld)),
        Line(Count.COPIED, len(received), len(received) - len(uncopied), _items(uncopied)),
        Line(Count.PARKED, 0, len(parked), _items(parked)),
        Line(Count.QUEUE, 0, len(queued), tuple(queued)),
        Line(Count.HOUSEHOLDS, households, taken),
        Line(Count.ISSUED, households, certificates),
        Line(Count.NUMBERS, span, span - len(gaps), tuple(Item(number) for number in gaps)),
        Line(Count.VOIDED, len(voided), len(voided), tuple(Item(v["number"], v["id"]) for v in voided)),
        Line(Count.REPRINTS, reprints, reprints),
        Line(Count.PAGES, pages, counted_pages, _items(wrong)),
        Line(Count.ORIGINALS, originals, said.originals if originals else 0, tuple(kept)),
    )
    first, last = (numbers[0], numbers[-1]) if numbers else ("", "")
    return ClosingSheet(session_id, first, last, tuple(_explained(lines, said)))


@needs(Act.SESSION)
def close_session(
    db: Database, who: Who, now: datetime, *, session_id: str, fact_id: str, said: Said
) -> tuple[Changes, ClosingSheet]:
    """Close the running session with its sheet, as a fact that other windows and the centre hear of.

    InputError no_session if it does not run, drafts_open while a case has no outcome, session_mismatch where
    anything else does not agree and no reason is given that may stand.
    """
    running = sessions.current(db)
    if running is None or running.id != session_id:
        raise InputError("no_session")
    found = sheet(db, session_id, said)
    open_cases = found.line(Count.OUTCOMES)
    if open_cases.items:
        raise InputError("drafts_open", count=str(len(open_cases.items)))
    if found.mismatches:
        raise InputError("session_mismatch", count=str(len(found.mismatches)))
    db.execute("UPDATE sessions SET closed_at = ? WHERE id = ?", (as_text(now), session_id))
    changes, _ = facts.note(
        db,
        who,
        now,
        fact_id=fact_id,
        topic=Topic.SESSION,
        subject=session_id,
        verb="closed",
        compound_id=running.compound_id,
        body={"title": running.title, "opened_at": as_text(running.opened_at), **sheet_to_json(found)},
    )
    return changes | Changes(sessions=True), found


_NUMBERS = (
    "SELECT r.number FROM receipts r JOIN applications a ON a.id = r.application_id WHERE a.session_id = ?"
    " ORDER BY r.received_at, r.number"
)
_NOTICES = (
    "SELECT a.id, a.property_label, q.state AS paper FROM applications a"
    " JOIN closings c ON c.application_id = a.id LEFT JOIN print_queue q ON q.id = c.paper_id"
    " WHERE a.session_id = ? AND c.paper_id IS NOT NULL"
)
_VOIDED = (
    "SELECT r.number, a.id FROM voided_receipts v JOIN receipts r ON r.number = v.receipt_number"
    " JOIN applications a ON a.id = r.application_id WHERE a.session_id = ? ORDER BY r.number"
)
_QUEUED = (
    "SELECT q.document, q.receipt_number, q.application_id, a.property_label FROM print_queue q"
    " LEFT JOIN applications a ON a.id = q.application_id"
    " WHERE q.state IN ('waiting', 'sending', 'sent', 'failed', 'unknown')"
    " AND (a.session_id = :session OR q.session_id = :session) ORDER BY q.seq"
)
_REPRINTS = (
    "SELECT count(*) FROM prints p JOIN receipts r ON r.number = p.receipt_number"
    " JOIN applications a ON a.id = r.application_id WHERE a.session_id = ? AND p.copy_number > 1"
)
_GIVERS = (
    "SELECT f.subject, f.device_code FROM facts f JOIN slips s ON s.id = f.subject"
    " WHERE f.topic = 'queue' AND f.verb = 'issued' AND s.session_id = ?"
)
_COMPOUND = (
    "SELECT count(DISTINCT a.household_id) AS taken,"
    " count(DISTINCT CASE WHEN a.state = 'certificate_issued' THEN a.household_id END) AS issued"
    " FROM households h JOIN applications a ON a.household_id = h.id"
    " WHERE h.compound_id = ? AND a.state NOT IN ('draft', 'withdrawn')"
)


# Read once for all numbers that are asked about: no index leads to the end of a number.
_TAILS = (
    "SELECT CAST(substr(number, length(rtrim(number, '0123456789')) + 1) AS INTEGER) AS tail FROM receipts"
    " WHERE number LIKE :like AND tail BETWEEN :first AND :last"
)


def _still_here(db: Database, session_id: str, slips: Iterable[Slip]) -> list[Slip]:
    """Return whom this laptop answers for: at its table, or waiting with a number that it has to see to.

    Where nobody else goes on as far as is known here, that is everybody. Else a number that waits is left to
    the laptop that gave it, while that one goes on, and to nobody else without a word: two laptops that do
    not hear of each other can so never leave the same people each to the other.
    """
    known, identity = site_sessions.site(db, session_id), device.read_device(db)
    code = (identity.device_code if identity else None) or ""
    going = {part.device_code for part in known.others(code)} if known is not None else set()
    here = [one for one in slips if one.state in (SlipState.WAITING, SlipState.CALLED)]
    if not going:
        return here
    givers = {row["subject"]: row["device_code"] for row in rows(db, _GIVERS, (session_id,))}
    return [
        one
        for one in here
        if (one.called_by == code if one.state is SlipState.CALLED else givers.get(one.id, code) not in going)
    ]


def _compound(db: Database, compound_id: str) -> tuple[int, int, int]:
    """Return a compound's households, those with a case, and those with a certificate."""
    households = scalar(db, "SELECT count(*) FROM households WHERE compound_id = ?", (compound_id,))
    found = one(db, _COMPOUND, (compound_id,))
    assert found is not None
    return int(households), int(found["taken"]), int(found["issued"])


def _papers(
    db: Database, received: Iterable[Mapping[str, Any]]
) -> tuple[int, list[Mapping[str, Any]], int, int, list[Item]]:
    """Return pages as receipts say, cases that differ, pages as stored, originals, and the cases with any.

    A case that is being mended has pages that no receipt speaks of yet: it is not compared.
    """
    expected = counted = originals = 0
    wrong: list[Mapping[str, Any]] = []
    with_originals: list[Item] = []
    for case in received:
        receipt = receipts.receipt(db, case["receipt_number"])
        if receipt is None or case["state"] == "draft":
            continue
        said = sum(one.pages for one in receipt.lines)
        kept = int(scalar(db, "SELECT count(*) FROM pages WHERE application_id = ?", (case["id"],)))
        expected, counted = expected + said, counted + kept
        if said != kept:
            wrong.append(case)
        here = sum(one.copies for one in receipt.lines if one.form is Form.ORIGINAL)
        if here:
            originals += here
            with_originals.append(Item(f"{receipt.number} · {here}", case["id"]))
    return expected, wrong, counted, originals, with_originals


def _gaps(db: Database, numbers: list[str]) -> tuple[list[str], int]:
    """Return the numbers between the first and the last without a receipt, and how many there are in all.

    Only numbers that this machine was given count: between two blocks there is nothing.
    """
    taken = {int(number.rsplit("-", 1)[1]): number for number in numbers}
    if not taken:
        return [], 0
    first, last = min(taken), max(taken)
    stem = taken[first].rsplit("-", 1)[0]
    mine = {
        number
        for block in device.number_blocks(db)
        for number in range(max(first, block.first), min(last, block.last) + 1)
    }
    open_ = mine - taken.keys()
    if open_:
        given = {"like": f"%-{stem.split('-')[1]}-%", "first": min(open_), "last": max(open_)}
        open_ -= {row["tail"] for row in rows(db, _TAILS, given)}
    gaps = [f"{stem}-{number:04d}" for number in sorted(open_)[:_GAPS]]
    return gaps, max(len(mine & taken.keys()), len(taken)) + len(gaps)


def _explained(lines: Iterable[Line], said: Said) -> Iterable[Line]:
    for each in lines:
        reason = said.reasons.get(each.count, "").strip() if each.count in EXPLAINED else ""
        yield replace(each, reason=reason)


def _items(cases: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(
        Item(case["receipt_number"] or case["property_label"], case["id"], case["state"] == "draft")
        for case in cases
    )


def _item(row: Mapping[str, Any]) -> Item:
    return Item(
        row["receipt_number"] or row["property_label"] or row["document"], row["application_id"] or ""
    )
