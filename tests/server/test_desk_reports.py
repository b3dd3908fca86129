"""Progress at the centre: only what is certified with evidence counts, on the page as in the workbook."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, text

from registration.application import CaseState
from registration.property_unit import Compound, Household, ProjectRegistration
from server.store import reference
from server.store.database import transaction
from server.store.progress import report
from server.store.review import Decision, decide
from tests.centre import Centre
from tests.server.desk import PDF, Browser, new_ticket, submit
from tests.server.window import COMPOUNDS, HOUSEHOLDS, Window

NOW = datetime.now(UTC)
NAME = "=1+1 测试小区"  # what a spreadsheet would take for a formula


@pytest.fixture(scope="module")
def compound(engine: Engine) -> Compound:
    """A compound of four homes that no other test knows."""
    made = Compound(
        "report-compound", NAME, "620103", "某路1号", "某公司", ProjectRegistration.REGISTERED, ("C4",)
    )
    homes = [
        Household(
            f"report-compound-{n}",
            made.id,
            "1号楼",
            "",
            n,
            f"{n}01",
            f"620103001012GB00188F00010{n:03d}",
            "80.00",
            f"某路1号1号楼{n}01室",
        )
        for n in range(1, 5)
    ]
    with transaction(engine) as connection:
        reference.add_compound(connection, NOW, made, homes)
    COMPOUNDS[made.id] = made
    HOUSEHOLDS.update({home.id: home for home in homes})
    return made


def certified(
    window: Window,
    engine: Engine,
    centre: Centre,
    compound: Compound,
    home: int,
    tmp_path: Path,
    *,
    proof: bool,
) -> None:
    application_id = submit(
        window,
        compound=compound.id,
        household=f"{compound.id}-{home}",
        receipt_number=window.take_number("620103"),
    )
    with transaction(engine) as connection:
        for state in (CaseState.ACCEPTED, CaseState.REGISTERED, CaseState.CERTIFICATE_ISSUED):
            decide(connection, NOW, application_id, Decision(state, "test", certificate_number="甘第8号"))
    if proof:
        file = tmp_path / "evidence.pdf"
        file.write_bytes(PDF + application_id.encode())
        centre.admin("add-evidence", application_id, str(file))


def line(engine: Engine, compound: Compound) -> Any:
    with engine.connect() as connection:
        (found,) = [c.progress for c in report(connection, NOW.date()).compounds if c.id == compound.id]
    return found


def test_progress_follows_certificates_and_their_evidence(
    engine: Engine, window: Window, centre: Centre, compound: Compound, tmp_path: Path
) -> None:
    assert line(engine, compound).counted == 4
    certified(window, engine, centre, compound, 1, tmp_path, proof=False)
    assert (line(engine, compound).done, line(engine, compound).unproved) == (0, 1)
    certified(window, engine, centre, compound, 2, tmp_path, proof=True)
    progress = line(engine, compound)
    assert (progress.done, progress.resolved) == (1, 0)  # 25 % exactly is not above 25 %
    certified(window, engine, centre, compound, 3, tmp_path, proof=True)
    progress = line(engine, compound)
    assert (progress.done, progress.unproved, progress.resolved) == (2, 1, 4)

    browser = Browser(window)
    browser.enter(new_ticket(engine))
    page = browser.get("/desk/reports?division=620103").body.decode()
    assert "七里河区" in page and "测试小区" in page and "50.0%" in page and "已化解" in page
    assert "金河湾" not in page.partition("各小区")[2]

    for data in (browser.get("/desk/reports/progress.xlsx?lang=zh").body, by_command(centre, tmp_path)):
        book = openpyxl.load_workbook(io.BytesIO(data))
        rows = [[cell.value for cell in row] for row in book["各小区"].iter_rows()]
        (found,) = [row for row in rows if row[2] == compound.id]
        assert found[1] == NAME and found[3:10] == [4, 3, 2, 0.5, 4, 1, 1]
        cell = next(c for c in book["各小区"]["B"] if c.value == NAME)
        assert cell.data_type == "s"
        listed = [row for row in book["发证佐证"].iter_rows(values_only=True) if row[1] == NAME]
        assert len(listed) == 2 and all(len(row[-1]) == 64 for row in listed)
        assert "> 25%" in [cell.value for cell in book["口径"]["B"]]


def by_command(centre: Centre, tmp_path: Path) -> bytes:
    out = tmp_path / "report.xlsx"
    centre.admin("report", "--out", str(out))
    return out.read_bytes()


def test_the_homes_sold_are_counted_where_the_pack_says_so(
    engine: Engine, compound: Compound, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = {
        "name": "progress_targets",
        "version": "9999.1",
        "source": "test",
        "effective_from": "2020-01-01",
        "project_threshold": 25,
        "resolution_target": 95,
        "completion_target": 80,
        "denominator": "sold",
        "types": ["new_housing_transfer"],
    }
    with engine.connect() as connection:  # rolled back: a pack stays for ever
        reference.add_pack(connection, NOW, pack)
        connection.execute(text("INSERT INTO compound_counts VALUES (:id, 3, now())"), {"id": compound.id})
        found = report(connection, NOW.date())
        connection.rollback()
    assert found.targets.version == "9999.1"
    assert next(c.progress.counted for c in found.compounds if c.id == compound.id) == 3
