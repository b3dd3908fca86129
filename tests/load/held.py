"""A database that already holds many applications: written by PostgreSQL itself, as the centre would have."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Engine, text

from tests.load.windows import Cases, Device

_CHUNK = 20_000
_DIGEST = "encode(sha256(('{which}' || n || '-' || k)::bytea), 'hex')"
_ID = "'held-' || lpad(n::text, 9, '0')"
_NUMBER = "'620102-' || :code || '-261124-' || lpad(n::text, 8, '0')"
_SERIES = "FROM generate_series(CAST(:low AS bigint), CAST(:high AS bigint)) AS n"
_BY_PAGE = _SERIES + " CROSS JOIN generate_series(1, 5) AS k"

_STATEMENTS = (
    f"INSERT INTO applications (id, device_id, compound_id, household_id, type_code, receipt_number, "
    f"revision, state, received_at, whole_at, after_revocation) SELECT {_ID}, :device, 'demo-jinhewan', '', "
    f"'new_housing_transfer', {_NUMBER}, 1, 'received', now(), now(), false {_SERIES}",
    f"INSERT INTO receipt_numbers (number, application_id) SELECT {_NUMBER}, {_ID} {_SERIES}",
    f"INSERT INTO events (id, device_id, body_digest, application_id, revision, received_at) "
    f"SELECT 'event-' || {_ID}, :device, repeat('a', 64), {_ID}, 1, now() {_SERIES}",
    f"INSERT INTO revisions (application_id, revision, event_id, device_id, operator_id, sender_id, "
    f"receipt_number, facts, receipt, session, submitted_at, received_at) SELECT {_ID}, 1, "
    f"'event-' || {_ID}, :device, :operator, :operator, {_NUMBER}, CAST(:facts AS jsonb), '{{}}', '{{}}', "
    f"'', now() {_SERIES}",
    f"INSERT INTO senders (device_id, application_id) SELECT :device, {_ID} {_SERIES}",
    f"INSERT INTO acknowledgements (application_id, revision, statement, signature, made_at) "
    f"SELECT {_ID}, 1, repeat('s', 900), repeat('k', 86), now() {_SERIES}",
    f"INSERT INTO history (application_id, revision, state, actor, details, at) "
    f"SELECT {_ID}, 1, 'received', 'device', '{{}}', now() {_SERIES}",
    f"INSERT INTO audit (at, actor, action, subject, details) "
    f"SELECT now(), 'operator', 'application_received', {_ID}, '{{}}' {_SERIES}",
    f"INSERT INTO pages (application_id, revision, id, item_code, ordinal, digest, size, original_digest, "
    f"original_size, original_type, width, height) SELECT {_ID}, 1, 'page-' || n || '-' || k, 'identity', k, "
    f"{_DIGEST.format(which='p')}, 200000, {_DIGEST.format(which='o')}, 400000, 'image/jpeg', 1200, 1600 "
    f"{_BY_PAGE}",
    *(
        f"INSERT INTO page_needs (application_id, revision, digest, size) "
        f"SELECT {_ID}, 1, {_DIGEST.format(which=which)}, 200000 {_BY_PAGE}"
        for which in "po"
    ),
    *(
        f"INSERT INTO page_files (digest, size, held_at) "
        f"SELECT {_DIGEST.format(which=which)}, 200000, now() {_BY_PAGE}"
        for which in "po"
    ),
)


def fill(engine: Engine, device: Device, cases: Cases, until: int, *, since: int = 0) -> Iterator[int]:
    """Add applications number `since` to `until`, yielding how many there are; then statistics are fresh."""
    facts = json.dumps(cases.make(device).event["body"]["application"], ensure_ascii=False)
    given = {
        "device": device.line.device,
        "operator": device.line.operator,
        "code": device.code,
        "facts": facts,
    }
    for low in range(since, until, _CHUNK):
        high = min(low + _CHUNK, until)
        with engine.begin() as connection:
            connection.execute(
                text("SET LOCAL session_replication_role = replica")
            )  # references hold by design
            connection.execute(text("SET LOCAL synchronous_commit = off"))
            for statement in _STATEMENTS:
                connection.execute(text(statement), {**given, "low": low + 1, "high": high})
        yield high
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
