"""What a helper elsewhere needs to know of a machine, as text that a person reads before it goes anywhere."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from storage import audit, schema
from storage.journal import last_lines
from storage.redaction import redact
from storage.rows import rows, scalar

_LOG_LINES = 300
_COUNTED = (
    ("cases by state", "SELECT state AS name, applications AS n FROM state_counts ORDER BY state"),
    ("events by state", "SELECT state AS name, count(*) AS n FROM outbox GROUP BY state ORDER BY state"),
    (
        "events that failed, by code",
        "SELECT error_code AS name, count(*) AS n FROM outbox WHERE error_code <> '' GROUP BY 1 ORDER BY 1",
    ),
    (
        "papers by state",
        "SELECT state AS name, count(*) AS n FROM print_queue GROUP BY state ORDER BY state",
    ),
)
_COUNTS = (
    ("pages", "SELECT count(*) FROM pages"),
    ("page files that the centre lacks", "SELECT count(*) FROM page_needs WHERE NOT held"),
    ("news that was not understood", "SELECT count(*) FROM feed_kept"),
    ("receipt numbers left", "SELECT coalesce(sum(last - next + 1), 0) FROM number_blocks"),
    ("originals destroyed", "SELECT count(*) FROM destroyed_files"),
)


def bundle_text(
    db: Database,
    folder: Path,
    now: datetime,
    *,
    program: Sequence[tuple[str, str]],
    settings: Mapping[str, object],
    link: str,
) -> str:
    """Return the whole bundle: versions, settings, counts, states and the newest log lines; nobody's data.

    `folder` is the data directory. Settings that hold a path, an address or a device are said to be set.
    """
    lines = ["Jilai support bundle", f"made {now.isoformat(timespec='seconds')}", "", "## program"]
    lines += [f"{name}: {value}" for name, value in program]
    lines += ["", "## machine", f"disk free: {shutil.disk_usage(folder).free >> 20} MiB"]
    lines += [f"schema: {', '.join(schema.applied(db))}"]
    enrolled = scalar(db, "SELECT device_code FROM device")
    offset = scalar(db, "SELECT clock_offset FROM device")
    lines += [f"device: {enrolled or 'not enrolled'}", f"link: {redact(link)}"]
    lines += [f"clock: {'never compared' if offset is None else f'{offset:+.1f} s off'}"]
    lines += ["", "## settings"]
    lines += [f"{name}: {_setting(value)}" for name, value in sorted(settings.items())]
    lines += ["", "## counts", *(f"{name}: {scalar(db, sql)}" for name, sql in _COUNTS)]
    for title, sql in _COUNTED:
        lines += [f"{title}: " + (", ".join(f"{row['name']} {row['n']}" for row in rows(db, sql)) or "none")]
    head, held = audit.head(db), audit.held_through(db)
    lines += ["", "## audit log", f"rows: {head.seq}", f"held by the centre through: {held.seq}"]
    lines += ["", f"## log, newest {_LOG_LINES} lines"]
    lines += [redact(line) for line in last_lines(folder / "logs", _LOG_LINES)]
    return "\n".join(lines) + "\n"


def bundle_zip(text: str) -> bytes:
    """Return a ZIP file that holds the text as it was shown, and nothing else."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("jilai-support.txt"), text.encode("utf-8"))
    return data.getvalue()


def _setting(value: object) -> str:
    if isinstance(value, bool | int | float):
        return str(value)
    text = str(value)
    known = text.isascii() and text.isalnum() and len(text) <= 12 and not text.isdigit()
    return (text if known else "set") if text else "not set"
