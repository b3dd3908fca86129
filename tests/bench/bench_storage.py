"""Storage: submitting, and searching and jumping in a long list, on a real encrypted file."""

from __future__ import annotations

import itertools
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from registration.application import Application, application_to_json
from registration.identifiers import id_check_character
from registration.parties import Party
from storage import applications, duplicates, reference, search
from storage.ids import new_id
from tests.bench.row import Row, timed
from tests.storage.evening import TYPE, Evening

MANY = int(os.environ.get("JILAI_BENCH_APPLICATIONS", "1000000"))
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴马丁白韩魏蔺", "建国秀英文博雪梅志强桂兰海燕永红玉珍晓东立新春生淑芳浩"
_AT = 1_790_000_000_000_000
_WHOLE = 2_000  # so many of the newest cases have all their facts, as a look at one of them needs


def rows() -> list[Row]:
    """Measure and return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        evening = Evening(Path(folder), last=100_000)
        evening.open_session()
        home = evening.read(reference.households, "c1")[0].household.id
        drafts = [evening.complete(household_id=home).id for _ in range(60)]
        ready = iter(drafts)
        submit = timed(lambda: evening.submit(next(ready)), 50, warm=5)
        found = [
            Row("submit: press to committed with its number, p95", submit.p95, "ms", 20, "50 submissions")
        ]
        _fill(evening, MANY)
        found += _searches(evening)
        found.append(_duplicates(evening))
        evening.close()
    return found


def _people() -> Iterator[Party]:
    for n in itertools.count():
        name = SURNAMES[n % len(SURNAMES)] + GIVEN[n * 7 % len(GIVEN)] + GIVEN[n * 13 % len(GIVEN)]
        first = f"620102{1950 + n % 55}{n % 12 + 1:02d}{n % 28 + 1:02d}{n % 999:03d}"
        yield Party(
            name=name,
            document_number=first + id_check_character(first),
            phone=f"139{n * 7919 % 100_000_000:08d}",
        )


def _fill(evening: Evening, many: int) -> None:
    """Put rows of submitted cases straight into the tables: the operations would take an hour."""
    people = _people()
    households = [cell.household for cell in evening.read(reference.households, "c1")]

    def chunk(db: Any, start: int, size: int) -> None:
        facts, terms, bodies = [], [], []
        for n in range(start, start + size):
            person, home = next(people), households[n % len(households)]
            case = Application(new_id(evening.now), TYPE, "s-1", parties=(person,), household_id=home.id)
            number = f"620102-Z9-261124-{n:07d}"
            facts.append(
                (
                    1_000 + n, case.id, TYPE, "s-1", "c1", home.id, 1, "received", person.name,
                    search.sort_key(person.name), home.label, "新建商品房转移登记", "Transfer", number,
                    _AT + n, _AT + n, _AT + n, _AT + n,
                )
            )  # fmt: skip
            if n >= many - _WHOLE:
                bodies.append((1_000 + n, json.dumps(application_to_json(case), ensure_ascii=False)))
            terms.append((1_000 + n, *search.terms_of(case, home, "received", number, "")))
        db.conn.executemany(
            "INSERT INTO applications (seq, id, type_code, session_id, compound_id, household_id, revision,"
            " state, applicant_name, applicant_key, property_label, type_zh, type_en, receipt_number,"
            " created_at, updated_at, received_at, submitted_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            facts,
        )
        db.conn.executemany(
            "INSERT INTO search (rowid, name, letters, tails, numbers, filters) VALUES (?, ?, ?, ?, ?, ?)",
            terms,
        )

        db.conn.executemany("INSERT INTO application_bodies VALUES (?, ?, '')", bodies)

    for start in range(0, many, 20_000):
        size = min(20_000, many - start)
        evening.store.write(lambda db, s=start, n=size: chunk(db, s, n)).result()  # type: ignore[misc]


def _searches(evening: Evening) -> list[Row]:
    person = next(itertools.islice(_people(), 777, None))
    asked = {
        "name, 2 characters": person.name[:2],
        "pinyin initials": "wjg",
        "ID tail": person.document_number[-4:],
        "phone tail": person.phone[-4:],
        "house number": "1201",
    }
    found = []
    for what, text in asked.items():
        times = timed(lambda text=text: evening.read(applications.rows, search=text, limit=50), 40, warm=2)  # type: ignore[misc]
        how = f"first 50 of {MANY:,} cases, 40 searches, {times.cpu:.1f} ms of processor each"
        found.append(Row(f"search by {what}, p95", times.p95, "ms", 10, how))
    places = itertools.cycle(range(0, MANY, MANY // 37 or 1))
    jump = timed(lambda: evening.read(applications.rows, limit=50, offset=next(places)), 40)
    found.append(Row("list: jump to any place, worst", jump.wall[-1], "ms", 50, f"{MANY:,} cases, 40 jumps"))
    return found


def _duplicates(evening: Evening) -> Row:
    """Look for other open cases of a household with hundreds of them, and of a person who has one."""
    home = evening.read(reference.households, "c1")[0].household
    person = next(itertools.islice(_people(), MANY - 5, None))
    case = Application(new_id(evening.now), TYPE, "s-1", parties=(person,), household_id=home.id)
    assert len(evening.read(duplicates.duplicates, case)) > 1
    times = timed(lambda: evening.read(duplicates.duplicates, case), 40, warm=2)
    how = f"{MANY:,} cases, {MANY // 12:,} of them of this household, {times.cpu:.1f} ms of processor each"
    return Row("other open cases of a household or person, p95", times.p95, "ms", 10, how)
