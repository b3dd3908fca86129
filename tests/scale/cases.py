"""Cases in bulk: the rows that a submission leaves; a test compares them with those of a real one."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from registration.application import Application, application_to_json
from registration.identifiers import id_check_character
from registration.parties import Party
from registration.property_unit import Household
from registration.receipt import Receipt
from registration.receipt_json import receipt_to_json
from registration.session import Session
from registration.states import CaseState
from storage import audit, ledger, reference, search
from storage.json_text import compact_json
from storage.rows import as_micros, as_text
from tests.storage.evening import Evening

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴马丁白韩魏蔺", "建国秀英文博雪梅志强桂兰海燕永红玉珍晓东立新春生淑芳浩"
TYPES = ("new_housing_transfer",) * 8 + ("second_hand_transfer", "mortgage")
STATES = (
    (CaseState.CERTIFICATE_ISSUED,) * 45
    + (CaseState.REGISTERED,) * 12
    + (CaseState.ACCEPTED,) * 24
    + (CaseState.RECEIVED,) * 12
    + (CaseState.RETURNED,) * 4
    + (CaseState.WITHDRAWN,) * 3
)
TONIGHT, TONIGHT_CASES = "s-1", 60
AT_ONCE = 4_000
OTHERS = 5  # a case of another window for so many of our own
_STATEMENT = "{}"  # what the centre signed; nothing reads it once it is kept
_COLUMNS = (
    "seq, id, type_code, session_id, compound_id, household_id, revision, state, applicant_name,"
    " applicant_key, property_label, type_zh, type_en, receipt_number, acceptance_number, accepted_at,"
    " certificate_number, created_at, updated_at, received_at, submitted_at"
)


@dataclass(frozen=True)
class Case:
    """One submitted case: its facts, its receipt, what it is now and when that was heard of."""

    seq: int
    application: Application
    household: Household
    compound_id: str
    receipt: Receipt
    state: CaseState
    created_at: datetime
    updated_at: datetime
    acceptance_number: str = ""
    certificate_number: str = ""
    delivery: str = "acknowledged"  # of its event in the outbox


def people() -> Iterator[Party]:
    """Yield invented persons without end."""
    for n in itertools.count():
        name = SURNAMES[n % len(SURNAMES)] + GIVEN[n * 7 % len(GIVEN)] + GIVEN[n * 13 % len(GIVEN)]
        first = f"620102{1950 + n % 55}{n % 12 + 1:02d}{n % 28 + 1:02d}{n % 999:03d}"
        yield Party(
            name=name,
            document_number=first + id_check_character(first),
            phone=f"139{n * 7919 % 100_000_000:08d}",
        )


def put(db: Database, cases: Sequence[Case]) -> None:
    """Write everything that these cases have in the database, but their pages and audit rows."""
    db.conn.executemany(
        f"INSERT INTO applications ({_COLUMNS}) VALUES ({', '.join('?' * 21)})",
        [_row(case) for case in cases],
    )
    db.conn.executemany(
        "INSERT INTO application_bodies VALUES (?, ?, '')",
        [(case.seq, compact_json(application_to_json(case.application))) for case in cases],
    )
    db.conn.executemany(
        "INSERT INTO search (rowid, name, letters, tails, numbers, filters) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                case.seq,
                *search.terms_of(
                    case.application, case.household, case.state, case.receipt.number, case.acceptance_number
                ),
            )
            for case in cases
        ],
    )
    db.conn.executemany(
        "INSERT INTO receipts (application_id, revision, number, received_at, facts) VALUES (?, 1, ?, ?, ?)",
        [
            (
                case.application.id,
                case.receipt.number,
                as_text(case.receipt.received_at),
                compact_json(receipt_to_json(case.receipt)),
            )
            for case in cases
        ],
    )
    _put_events(db, cases)
    db.conn.executemany(
        "INSERT INTO corrections VALUES (?, 1, ?, '照片不清楚。', 'The picture is unclear.', ?, ?)",
        [
            (
                case.application.id,
                '[{"item_code":"invoice","zh":"发票","en":"Invoice"}]',
                (case.updated_at + timedelta(days=15)).date().isoformat() if case.seq % 3 else "",
                as_text(case.updated_at),
            )
            for case in cases
            if case.state is CaseState.RETURNED
        ],
    )
    db.conn.executemany(
        "INSERT INTO promises VALUES (?, ?, ?)",
        [
            (case.application.id, promise.item_code, promise.due)
            for case in cases
            for promise in case.application.deferrals
        ],
    )


def _row(case: Case) -> tuple[Any, ...]:
    application, receipt = case.application, case.receipt
    name = application.first_applicant.name
    return (
        case.seq, application.id, application.type_code, application.session_id, case.compound_id,
        case.household.id, 1, case.state.value, receipt.applicant, search.sort_key(name),
        case.household.label, receipt.type_zh, receipt.type_en, receipt.number,
        case.acceptance_number or None, as_micros(receipt.received_at) if case.acceptance_number else None,
        case.certificate_number or None, as_micros(case.created_at), as_micros(case.updated_at),
        as_micros(receipt.received_at), as_micros(receipt.received_at),
    )  # fmt: skip


def _put_events(db: Database, cases: Sequence[Case]) -> None:
    """Put the events; the body of one that the centre holds is left out, it would be half a gigabyte."""
    held = [case for case in cases if case.delivery == "acknowledged"]
    db.conn.executemany(
        "INSERT INTO acknowledgements (application_id, revision, statement, signature, received_at)"
        " VALUES (?, 1, ?, 'signature', ?)",
        [(case.application.id, _STATEMENT, as_text(case.receipt.received_at)) for case in held],
    )
    db.conn.executemany(
        "INSERT INTO outbox (id, kind, application_id, revision, base_revision, created_at, state,"
        " next_try_at, changed_at, result, error_code, error_zh, error_en, body_digest, digests, body)"
        " VALUES (?, 'application_submitted', ?, 1, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?)",
        [_event(case) for case in cases],
    )


def _event(case: Case) -> tuple[Any, ...]:
    at, parked = as_text(case.receipt.received_at), case.delivery == "parked"
    why = ("unknown_household", "中心没有这一户。", "The centre does not know it.") if parked else ("",) * 3
    body = "{}" if case.delivery == "acknowledged" else compact_json(receipt_to_json(case.receipt))
    result = "applied" if case.delivery == "acknowledged" else ""
    event = f"e-{case.seq:07d}"
    return (event, case.application.id, at, case.delivery, at, at, result, *why, "0" * 64, body)


def fill(evening: Evening, many: int, homes: Sequence[Mapping[str, Any]], past: Sequence[Session]) -> None:
    """Write so many submitted cases of past evenings, 60 of tonight, and cases of other windows.

    The last twentieth waits to be sent, 40 are parked, 30 are drafts of tonight.
    """
    models = _models(evening)
    made = _cases(evening, many, homes, past, models)
    while part := list(itertools.islice(made, AT_ONCE)):
        evening.write(put, part)
    evening.write(_give_numbers, TONIGHT_CASES)
    evening.write(_ledger, homes, many // OTHERS)
    for _ in range(min(many // 2_000, 10)):
        evening.write(_audit, evening, 1_000)


def _models(evening: Evening) -> dict[str, tuple[Application, Receipt]]:
    """Return a complete case with its receipt for each type: the real one, under another type's name."""
    home = evening.read(reference.households, "k001")[0].household.id
    first = evening.complete(household_id=home)
    receipt = evening.submit(first.id)
    found = {}
    for code in dict.fromkeys(TYPES):
        known = evening.read(reference.checklist, code)
        found[code] = (
            replace(first, type_code=code),
            replace(receipt, type_zh=known.zh, type_en=known.en),
        )
    return found


def _cases(
    evening: Evening,
    many: int,
    homes: Sequence[Mapping[str, Any]],
    past: Sequence[Session],
    models: Mapping[str, tuple[Application, Receipt]],
) -> Iterator[Case]:
    of_compound: dict[str, list[Session]] = {}
    for session in past:
        of_compound.setdefault(session.compound_id, []).append(session)
    names = ("building", "entrance", "floor", "room", "unit_code", "area", "address")
    for n, person in zip(range(many), people(), strict=False):
        home = homes[n * 7 % len(homes)] if n < many - TONIGHT_CASES else homes[n % 600]
        household = Household(home["id"], home["compound_id"], **{name: home[name] for name in names})
        held = of_compound[household.compound_id]
        session = held[n // len(homes) % len(held)]
        at = session.opened_at + timedelta(seconds=40 + n % 9000)
        state, delivery = STATES[n * 37 % 100], "acknowledged"
        if n >= many - many // 20:
            state, delivery = CaseState.RECEIVED, "parked" if n % 100 == 7 else "waiting"
        session_id = session.id
        if n >= many - TONIGHT_CASES:
            session_id, at = TONIGHT, evening.now - timedelta(minutes=n % 50 + 1)
        model, receipt = models[TYPES[n % len(TYPES)]]
        code = f"c-{n:07d}"
        application = replace(
            model, id=code, session_id=session_id, household_id=household.id, parties=(person,)
        )
        yield Case(
            1_000 + n,
            application,
            household,
            household.compound_id,
            replace(
                receipt,
                number=_number(n, many),
                application_id=code,
                received_at=at,
                applicant=person.name,
                property_label=household.label,
                property_address=household.address,
                unit_code=household.unit_code,
                id_tail=person.document_number[-4:],
                phone_tail=person.phone[-4:],
            ),
            state,
            at - timedelta(minutes=4),
            at + timedelta(days=0 if delivery != "acknowledged" else n % 20),
            f"2026{n:08d}" if state not in (CaseState.RECEIVED, CaseState.WITHDRAWN) else "",
            f"甘(2026)第{n:07d}号" if state is CaseState.CERTIFICATE_ISSUED else "",
            delivery,
        )


def _number(n: int, many: int) -> str:
    """Return a receipt's number: tonight's follow the one that was given by hand, the others are older."""
    tonight = n - (many - TONIGHT_CASES)
    return (
        f"620102-A03-261124-{tonight + 2:04d}"
        if tonight >= 0
        else f"620102-A03-25{n // 9_000 + 10}01-{n:07d}"
    )


def _give_numbers(db: Database, many: int) -> None:
    for _ in range(many):
        db.execute("UPDATE number_blocks SET next = next + 1 WHERE first = 1")


def _ledger(db: Database, homes: Sequence[Mapping[str, Any]], many: int) -> None:
    for n in range(many):
        ledger.put(
            db,
            {
                "application_id": f"l-{n:07d}",
                "household_id": homes[n * 11 % len(homes)]["id"],
                "type_code": TYPES[n % len(TYPES)],
                "state": STATES[n * 41 % 97].value,
                "receipt_number": f"620102-Y7-261120-{n:07d}",
                "device_code": "Y7",
                "people": [f"{n:064x}"],
            },
        )


def _audit(db: Database, evening: Evening, many: int) -> None:
    for n in range(many):
        details = json.loads('{"revision": 1}')
        audit.append(db, evening.who, evening.now, "application_submitted", f"c-{n:07d}", details)
