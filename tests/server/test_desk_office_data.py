"""What administrators change: ledgers from xlsx, packs by stages, people and their roles."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, select

from registration.packs import shipped
from server.errors import RefusedError
from server.ledger_form import empty_ledger
from server.ledger_rows import COMPOUNDS, HOMES, Fault
from server.ledger_sheet import read_ledger
from server.store import ledgers, people, rollouts, schema
from server.store.database import transaction
from server.store.packs import pack_set
from server.store.progress import report
from tests.centre import Centre
from tests.server.desk import submit
from tests.server.window import Window

NOW = datetime.now(UTC)
Change = Callable[[Any], None]


def workbook(change: Change = lambda book: None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(empty_ledger()))
    change(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def with_id(compound_id: str) -> Change:
    def change(book: Any) -> None:
        book[COMPOUNDS]["A2"] = compound_id
        book[HOMES]["A2"] = compound_id

    return change


def imported(engine: Engine, data: bytes, *, dry: bool = False) -> ledgers.Imported:
    with transaction(engine) as connection:
        return ledgers.take_in(connection, NOW, read_ledger(data), actor="test", dry=dry)


def homes_of(engine: Engine, compound_id: str) -> list[Any]:
    with engine.connect() as connection:
        table = schema.households
        return list(
            connection.execute(select(table).where(table.c.compound_id == compound_id).order_by(table.c.id))
        )


def test_a_ledger_comes_in_and_reaches_the_windows_that_serve_it(engine: Engine, new_window: Any) -> None:
    compound_id = f"led-{uuid.uuid4().hex[:8]}"
    data = workbook(with_id(compound_id))
    assert imported(engine, data, dry=True) == ledgers.Imported(1, 1, 1, 0)
    assert homes_of(engine, compound_id) == []  # a dry run leaves nothing
    window: Window = new_window(sites=[compound_id])
    stranger: Window = new_window(sites=["demo-jinhewan"])
    assert imported(engine, data) == ledgers.Imported(1, 1, 1, 0)
    (item,) = [i["body"] for i in window.all_changes()[0] if i["kind"] == "compound"]
    assert (item["id"], item["division"], len(item["households"])) == (compound_id, "620102", 1)
    assert item["households"][0]["area"] == "89.36"
    assert not [i for i in stranger.all_changes()[0] if i["body"].get("id") == compound_id]
    with engine.connect() as connection:
        (line,) = [c for c in report(connection, NOW.date()).compounds if c.id == compound_id]
    assert line.progress.counted == 1


def test_a_ledger_again_changes_only_what_differs(engine: Engine) -> None:
    compound_id = f"led-{uuid.uuid4().hex[:8]}"
    imported(engine, workbook(with_id(compound_id)))

    def more(book: Any) -> None:
        with_id(compound_id)(book)
        book[HOMES]["G2"] = 90.5
        for column, value in enumerate([compound_id, "1号楼", "2单元", 13, 1301, "", 80, "某处1301"], 1):
            book[HOMES].cell(3, column, value)

    assert imported(engine, workbook(more)) == ledgers.Imported(1, 2, 1, 1)
    assert [(row.room, row.area) for row in homes_of(engine, compound_id)] == [
        ("1201", "90.50"),
        ("1301", "80.00"),
    ]
    assert imported(engine, workbook(more)) == ledgers.Imported(1, 2, 0, 0)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "fault"),
    [
        (COMPOUNDS, "C2", "999999", Fault(COMPOUNDS, 2, "区划代码*", "division_unknown")),
        (COMPOUNDS, "B2", "", Fault(COMPOUNDS, 2, "小区名称*", "cell_empty")),
        (COMPOUNDS, "F2", "大概", Fault(COMPOUNDS, 2, "首次登记*", "choice_unknown")),
        (COMPOUNDS, "G2", "C99", Fault(COMPOUNDS, 2, "问题类别", "category_unknown")),
        (COMPOUNDS, "I2", "许多", Fault(COMPOUNDS, 2, "已售套数", "not_whole_number")),
        (COMPOUNDS, "D1", "什么", Fault(COMPOUNDS, 1, "地址", "column_missing")),
        (HOMES, "A2", "nowhere", Fault(HOMES, 2, "小区编号*", "compound_unknown")),
        (HOMES, "D2", "十二", Fault(HOMES, 2, "层*", "not_whole_number")),
        (HOMES, "F2", "62010", Fault(HOMES, 2, "不动产单元代码", "unit_code_form")),
        (HOMES, "G2", "-3", Fault(HOMES, 2, "建筑面积", "area_form")),
    ],
)
def test_one_fault_is_named_by_line_and_column_and_nothing_comes_in(
    engine: Engine, sheet: str, cell: str, value: str, fault: Fault
) -> None:
    compound_id = f"led-{uuid.uuid4().hex[:8]}"

    def change(book: Any) -> None:
        with_id(compound_id)(book)
        book[sheet][cell] = value

    done = imported(engine, workbook(change))
    assert fault in done.faults
    with engine.connect() as connection:
        known = connection.execute(select(schema.compounds.c.id)).scalars().all()
    assert compound_id not in known and homes_of(engine, compound_id) == []


def test_a_home_twice_is_a_fault(engine: Engine) -> None:
    def change(book: Any) -> None:
        for column in range(1, 10):
            book[HOMES].cell(3, column, book[HOMES].cell(2, column).value)

    assert Fault(HOMES, 3, "室号*", "twice") in imported(engine, workbook(change)).faults


def test_an_id_that_another_home_has_is_a_fault_and_changes_neither(engine: Engine) -> None:
    compound_id = f"led-{uuid.uuid4().hex[:8]}"
    imported(engine, workbook(with_id(compound_id)))
    (before,) = homes_of(engine, compound_id)

    def change(book: Any) -> None:
        with_id(compound_id)(book)
        book[HOMES]["E2"] = "1202"
        book[HOMES]["H2"] = "某处1202"
        book[HOMES]["I2"] = before.id

    assert imported(engine, workbook(change)).faults == (Fault(HOMES, 2, "房屋编号", "id_taken"),)
    assert homes_of(engine, compound_id) == [before]

    def both(book: Any) -> None:  # the home that has the id is in the file too, and changes
        change(book)
        cells = [compound_id, "1号楼", "2单元", 12, 1201, "", 80, "某处1201", "named anew"]
        for column, value in enumerate(cells, 1):
            book[HOMES].cell(3, column, value)

    assert imported(engine, workbook(both)).faults == (Fault(HOMES, 2, "房屋编号", "id_taken"),)
    assert homes_of(engine, compound_id) == [before]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nonsense", b"<html>", b"PK" * 1000])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError, match="file_unreadable"):
        read_ledger(data)


def test_the_command_line_imports_and_names_faults(centre: Centre, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    centre.admin("ledger-form", str(form))
    form.write_bytes(workbook(with_id(f"led-{uuid.uuid4().hex[:8]}")))
    tried: Any = centre.admin("import-ledger", str(form), "--dry-run")
    assert (tried["imported"], tried["new"]) == (False, 1)
    done: Any = centre.admin("import-ledger", str(form))
    assert (done["imported"], done["new"], done["faults"]) == (True, 1, [])


# -- packs by stages


def newer(version: str) -> dict[str, Any]:
    return {**shipped()["deferral_policy"], "version": version, "effective_from": "2020-01-01", "max_days": 7}


def versions(window: Window, cursor: int) -> list[str]:
    return [i["body"]["version"] for i in window.all_changes(cursor)[0] if i["kind"] == "pack"]


def test_a_pilot_reaches_its_compounds_first_and_then_everyone(engine: Engine, new_window: Any) -> None:
    first, other = new_window(sites=["demo-longfang"]), new_window(sites=["demo-jinhewan"])
    cursors = [window.all_changes()[1] for window in (first, other)]
    version = f"2030.{int(NOW.timestamp())}.1"
    with transaction(engine) as connection:
        pack = newer(version)
        assert rollouts.publish(connection, NOW, pack, sites=["demo-longfang"], actor="test")
        assert not rollouts.publish(connection, NOW, pack, sites=["demo-longfang"], actor="test")
    assert versions(first, cursors[0]) == [version]
    assert versions(other, cursors[1]) == []
    with engine.connect() as connection:
        in_force = pack_set(connection, frozenset(), NOW.date())
        named = pack_set(connection, frozenset({("deferral_policy", version)}), NOW.date())
        assert in_force is not None and named is not None
        assert in_force["deferral_policy"]["version"] != version  # a pilot judges those alone who name it
        assert named["deferral_policy"]["max_days"] == 7
        (row,) = [r for r in rollouts.listing(connection) if r["version"] == version]
        assert (row["pilot"], row["sites"]) == (True, ["demo-longfang"])
    with transaction(engine) as connection:
        assert rollouts.complete(connection, NOW, "deferral_policy", version, actor="test")
        assert not rollouts.complete(connection, NOW, "deferral_policy", version, actor="test")
    assert versions(other, cursors[1]) == [version]


def test_a_share_of_the_devices_is_close_to_what_was_asked_and_differs_by_version() -> None:
    ids = [str(uuid.uuid4()) for _ in range(4000)]
    chosen = {v: {i for i in ids if rollouts.is_chosen(i, "fees", v, 20)} for v in ("1", "2")}
    assert all(650 < len(found) < 950 for found in chosen.values())
    assert chosen["1"] != chosen["2"]
    assert not any(rollouts.is_chosen(i, "fees", "1", 0) for i in ids)


@pytest.mark.parametrize("more", [{"share": 0}, {"share": 101}, {"sites": ["nowhere"]}])
def test_a_pilot_for_nobody_is_refused(engine: Engine, more: Any) -> None:
    with transaction(engine) as connection, pytest.raises(RefusedError):
        rollouts.publish(connection, NOW, newer("2031.1.1"), actor="test", **more)


def test_the_command_line_pilots_and_rolls_out(centre: Centre, tmp_path: Path) -> None:
    version = f"2032.{int(NOW.timestamp())}.1"
    file = tmp_path / "pack.json"
    file.write_text(
        json.dumps({**newer(version), "name": "pilot_only", "effective_from": "2099-01-01"}), "utf-8"
    )
    assert centre.admin("pilot-pack", str(file), "--share", "10") == {
        "name": "pilot_only",
        "version": version,
        "new": True,
    }
    done: Any = centre.admin("roll-out", "pilot_only", version)
    assert done["new"] is True


def test_what_the_command_line_shows_and_changes_is_audited(
    centre: Centre, engine: Engine, window: Window, tmp_path: Path
) -> None:
    compound_id, case_id = f"led-{uuid.uuid4().hex[:8]}", submit(window)
    version = f"2035.{int(NOW.timestamp())}.1"
    imported(engine, workbook(with_id(compound_id)))
    names, pack = tmp_path / "facts.json", tmp_path / "pack.json"
    names.write_text(json.dumps({"compound": ["老院"]}), "utf-8")
    pack.write_text(json.dumps({**newer(version), "effective_from": "2099-01-01"}), "utf-8")
    centre.admin("aliases", compound_id, str(names))
    names.write_text(json.dumps({"land": "state"}), "utf-8")
    centre.admin("compound-file", compound_id, str(names))
    centre.admin("publish-pack", str(pack))
    centre.admin("show", case_id)
    person: Any = centre.admin("add-operator", compound_id, "某人", "--role", "helper")
    table = schema.audit.c
    with engine.connect() as connection:
        rows = connection.execute(
            select(table.action, table.subject, table.details).where(table.actor == "administrator")
        ).all()
    deeds = {(row.action, row.subject) for row in rows}
    assert {("aliases_sent", compound_id), ("compound_file_kept", compound_id)} <= deeds
    assert ("person_added", person["id"]) in deeds
    assert ("case_viewed_in_full", case_id) in deeds
    published = [row.details["version"] for row in rows if row.action == "pack_published"]
    assert version in published


# -- people


def person(engine: Engine, role: str) -> str:
    with transaction(engine) as connection:
        return people.add(connection, NOW, f"p-{uuid.uuid4().hex}", "某人", role, actor="test").id


def test_an_account_is_taken_once(engine: Engine) -> None:
    with transaction(engine) as connection, pytest.raises(RefusedError, match="account_taken"):
        people.add(connection, NOW, " MA ", "马某", "reviewer", actor="test")


def test_nobody_locks_themselves_or_everyone_out(engine: Engine) -> None:
    first = person(engine, "administrator")
    second = person(engine, "administrator")
    with transaction(engine) as connection:
        with pytest.raises(RefusedError, match="last_administrator"):
            people.set_active(connection, NOW, first, False, actor=f"administrator:{first}")
        people.set_active(connection, NOW, first, False, actor=f"administrator:{second}")
        people.set_active(connection, NOW, first, True, actor=f"administrator:{second}")
        with pytest.raises(RefusedError, match="last_administrator"):
            people.set_role(connection, NOW, second, "reviewer", actor=f"administrator:{second}")


def test_another_role_is_told_to_every_window(engine: Engine, window: Window) -> None:
    operator_id = person(engine, "operator")
    _, cursor = window.all_changes()
    with transaction(engine) as connection:
        people.set_role(connection, NOW, operator_id, "helper", actor="test")
    (item,) = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "operator"]
    assert (item["id"], item["role"]) == (operator_id, "helper")
