"""Fills an evening's store with a county: compounds, sessions that are over and the one of tonight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from registration.session import Session
from storage import operations, outbox, reference
from storage.ids import new_id
from storage.rows import as_text
from tests.scale import around, cases
from tests.scale.cases import TONIGHT
from tests.storage.evening import NOW, Evening


@dataclass(frozen=True)
class Size:
    """How much there is; the first compound has `largest` homes, the others the rest in equal parts."""

    compounds: int = 200
    households: int = 60_000
    applications: int = 100_000
    largest: int = 3_000

    def homes(self, number: int) -> int:
        """Return how many homes the compound of a number from 1 has."""
        if number == 1 or self.compounds == 1:
            return self.largest if self.compounds > 1 else self.households
        share, left = divmod(self.households - self.largest, self.compounds - 1)
        return share + (number - 2 < left)


SMALL = Size(compounds=5, households=1_500, applications=2_500, largest=600)
"""For a test: the plans of queries are the same as with all of it."""


def build(folder: Path, size: Size) -> Evening:
    """Return an evening over a new store of this size; tonight's session runs at the first compound.

    A folder that has been filled is opened as it is.
    """
    filled = (folder / "jilai.db").exists()
    evening = Evening(folder, last=1_000_000)
    if filled:
        return evening
    homes: list[dict[str, Any]] = []
    for number in range(1, size.compounds + 1):
        fact = compound(number, size.homes(number))
        homes += [{**home, "compound_id": fact["id"]} for home in fact["households"]]
        evening.write(reference.put_compound, fact)
    past = _past_sessions(size)
    evening.write(_close_all, past)
    _open_tonight(evening)
    cases.fill(evening, size.applications, homes, past)
    around.fill(evening, homes, past)
    return evening


def compound(number: int, homes: int) -> dict[str, Any]:
    """Return a compound of the feed: buildings of 30 floors with four homes each, the last one lower."""
    key = f"k{number:03d}"
    return {
        "id": key,
        "name": f"{'金银铜铁玉'[number % 5]}{'河湖山川'[number % 4]}湾{number}期",
        "division": f"6201{number % 8 + 2:02d}",
        "address": f"滨河路 {number} 号",
        "developer": f"第{number % 40}置业",
        "project_registration": ("registered", "together", "missing")[number % 3],
        "categories": ["D02"],
        "archetype": "commercial",
        "households": [_home(key, place) for place in range(homes)],
    }


def _home(key: str, place: int) -> dict[str, Any]:
    building, rest = divmod(place, 120)
    floor, room = divmod(rest, 4)
    label = f"{floor + 1}{room + 1:02d}"
    return {
        "id": f"{key}-{place:04d}",
        "building": f"{building + 1}号楼",
        "entrance": "1单元" if room < 2 else "2单元",
        "floor": floor + 1,
        "room": label,
        "unit_code": f"620102001001GB{building + 1:05d}F{floor + 1:04d}{room + 1:04d}",
        "area": "89.70",
        "address": f"{building + 1}号楼{label}",
    }


def _past_sessions(size: Size) -> list[Session]:
    """Return two evenings of each compound, the older ones first."""
    many = size.compounds * 2
    found = []
    for number in range(many):
        of = number % size.compounds + 1
        opened = NOW - timedelta(days=1 + (many - number) // 2, hours=number % 2)
        fact = compound(of, 0)
        found.append(
            Session(
                f"s-{number:04d}", fact["id"], fact["name"], fact["division"], "晚间场", "18:30", "21:00",
                "o-1", "王海燕", "李小兰", opened, opened + timedelta(hours=3),
            )
        )  # fmt: skip
    return found


def _close_all(db: Database, past: list[Session]) -> None:
    """Put sessions that are over: `site_sessions.open_part` with an end."""
    db.conn.executemany(
        "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.id, one.compound_id, one.compound_name, one.division, one.title, one.starts, one.ends,
                one.operator_id, one.operator_name, one.helper_name, as_text(one.opened_at),
                None if one.closed_at is None else as_text(one.closed_at),
            )
            for one in past
        ],
    )  # fmt: skip


def _open_tonight(evening: Evening) -> None:
    fact = new_id(evening.now)
    evening.write(
        lambda db: operations.open_session(
            db, evening.who, evening.now, session_id=TONIGHT, fact_id=fact, compound_id="k001",
            title="晚间场", starts="18:30", ends="21:00", helper_name="李小兰",
        )
    )  # fmt: skip
    evening.write(outbox.settle, evening.now, fact, "applied", 1)
