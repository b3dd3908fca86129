"""What a centre under test holds, read from its own database and disk."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, text

from server.config import system_clock
from server.embedded import running_url
from server.store import devices, reference, review
from server.store.database import transaction
from tests.centre import Centre


class Archive:
    """One centre's cases, devices and pages; `close` when done."""

    def __init__(self, centre: Centre, engine: Engine) -> None:
        self.centre = centre
        self._engine = engine

    def close(self) -> None:
        self._engine.dispose()

    def code(self) -> str:
        """Return a fresh enrolment code."""
        with transaction(self._engine) as connection:
            return devices.issue_code(connection, system_clock(), actor="test", new_operators=True)

    def decide(self, application_id: str, decision: review.Decision) -> None:
        with transaction(self._engine) as connection:
            review.decide(connection, system_clock(), application_id, decision)

    def report(self, application_id: str, **found: Any) -> None:
        with transaction(self._engine) as connection:
            review.report(connection, system_clock(), application_id, "test", **found)

    def publish(self, pack: dict[str, Any]) -> None:
        with transaction(self._engine) as connection:
            reference.add_pack(connection, system_clock(), pack)

    def put_file(self, compound_id: str, facts: dict[str, Any]) -> None:
        with transaction(self._engine) as connection:
            reference.put_compound_file(connection, system_clock(), compound_id, facts)

    def revoke(self, device_code: str) -> None:
        with transaction(self._engine) as connection:
            devices.revoke_device(connection, system_clock(), device_code, actor="test")

    def case(self, application_id: str) -> dict[str, Any]:
        with transaction(self._engine) as connection:
            return review.case(connection, application_id)

    def count(self, sql: str, **values: Any) -> int:
        with transaction(self._engine) as connection:
            return int(connection.execute(text(sql), values).scalar_one())

    def times_applied(self, application_id: str) -> int:
        return self.count("SELECT count(*) FROM events WHERE application_id = :id", id=application_id)

    def submissions(self, application_id: str) -> int:
        """Return how many revisions of a case the centre has."""
        return self.count("SELECT count(*) FROM revisions WHERE application_id = :id", id=application_id)

    def is_whole(self, application_id: str) -> bool:
        """Say whether the centre has a case with all its pages."""
        sql = "SELECT count(*) FROM applications WHERE id = :id AND whole_at IS NOT NULL"
        return self.count(sql, id=application_id) == 1

    def has_whole(self, application_id: str, digests: Sequence[str]) -> bool:
        """Say whether the centre has a case and every byte of these pages on its disk."""
        return self.is_whole(application_id) and self.digests(application_id) == sorted(digests)

    def receipt_numbers(self) -> list[str]:
        with transaction(self._engine) as connection:
            return list(connection.execute(text("SELECT receipt_number FROM applications")).scalars())

    def digests(self, application_id: str) -> list[str]:
        """Return the digests of the case's pages, each proved by reading its bytes from the centre's disk."""
        found = set()
        for page in self.case(application_id)["pages"]:
            for digest in (page["digest"], page["original_digest"]):
                data = (self.centre.data_dir / "pages" / digest[:2] / digest).read_bytes()
                assert hashlib.sha256(data).hexdigest() == digest
                found.add(digest)
        return sorted(found)


def archive_of(centre: Centre) -> Archive:
    url = running_url(centre.data_dir / "postgres")
    assert url is not None
    return Archive(centre, create_engine(url, poolclass=NullPool))  # the centre may be killed under it
