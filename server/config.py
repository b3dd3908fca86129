"""Where a centre keeps its things and how it listens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

Clock = Callable[[], datetime]

CHINA = timezone(timedelta(hours=8), "CST")
MAX_PAGE_BYTES = 256 * 1024 * 1024
MAX_BODY_BYTES = 32 * 1024 * 1024


def system_clock() -> datetime:
    """Return the centre's time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Settings:
    """One centre's settings; every path lies below `data_dir`."""

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 0
    database_url: str | None = None  # None: the embedded PostgreSQL in data_dir/postgres
    pages_url: str | None = None  # s3://bucket/prefix; None: data_dir/pages
    workers: int = 1
    metrics_token: str | None = None  # None: metrics are shown on this machine alone
    demo: bool = False
    accept_after: float = 3.0  # seconds, demonstration reviewer only
    tls_certificate: Path | None = None
    tls_key: Path | None = None

    @property
    def postgres_dir(self) -> Path:
        return self.data_dir / "postgres"

    @property
    def pages_dir(self) -> Path:
        return self.data_dir / "pages"

    @property
    def keys_dir(self) -> Path:
        return self.data_dir / "keys"

    @property
    def restoring_file(self) -> Path:
        """There from the first to the last line of a restore; a centre does not start beside it."""
        return self.data_dir / "restoring"

    @property
    def metrics_dir(self) -> Path:
        return self.data_dir / "metrics"

    @property
    def lock_file(self) -> Path:
        return self.data_dir / "centre.lock"

    @property
    def address_file(self) -> Path:
        return self.data_dir / "address.json"
