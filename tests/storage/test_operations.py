"""Use cases: sessions, drafts, pages, prints; each changes what it says and leaves an audit row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from registration.application import CaseState, Delivery
from registration.checklist import Form, Material
from registration.errors import InputError
from registration.packs import shipped
from registration.parties import Party
from storage import applications, audit, operations, reference, sessions
from tests.storage.evening import NOW, PERSON, REQUIRED, Evening, end_session


def actions(evening: Evening, subject: str) -> list[str]:
    return [row.action for row in evening.read(lambda db: audit.history(db, subject))][::-1]


def refused(code: str) -> pytest.RaisesExc[InputError]:
    return pytest.RaisesExc(InputError, check=lambda error: error.code == code)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Evening]:
    """An enrolled device without a session."""
    found = Evening(tmp_path / "data")
    yield found
    found.close()


def test_a_session_opens_once_and_closes_when_its_drafts_are_gone(closed: Evening) -> None:
    session = closed.open_session()
    assert (session.compound_name, session.division, session.operator_name) == ("金河湾", "620102", "王海燕")
    assert session.opened_at == NOW and session.closed_at is None
    assert closed.read(sessions.current) == session
    with refused("session_open"):
        closed.open_session("s-2")
    draft = closed.start()
    with refused("drafts_open"):
        end_session(closed)
    closed.write(lambda db: operations.discard_draft(db, closed.who, NOW, draft.id, "test"))
    closed.now += timedelta(hours=2)
    end_session(closed)
    assert closed.read(sessions.current) is None
    with refused("no_session"):
        end_session(closed)
    closed.now += timedelta(days=1)
    closed.open_session("s-2")
    assert [s.id for s in closed.read(sessions.recent)] == ["s-2", "s-1"]
    assert actions(closed, "s-1") == ["session_opened", "session_closed"]


def test_intake_needs_an_open_session(closed: Evening) -> None:
    with refused("no_session"):
        closed.start()


def test_a_draft_comes_back_with_its_pages_and_screen(evening: Evening) -> None:
    draft = evening.start()
    assert draft.pack_versions == shipped().rule_versions()
    edited = replace(
        draft, parties=(PERSON, Party(name="李芳")), remarks="晚上来的",
        materials=(Material("identity", Form.COPY, 2, 3),),
    )  # fmt: skip
    evening.save(edited, '{"row":"identity"}')
    page = evening.add(draft.id, "identity")
    evening.reopen()
    assert evening.read(applications.latest_draft) == (edited, '{"row":"identity"}')
    detail = evening.read(lambda db: applications.detail(db, draft.id))
    assert detail is not None
    assert detail.application == edited and detail.pages == (page,)
    assert detail.state is CaseState.DRAFT and detail.delivery is Delivery.DRAFT
    assert detail.lamps == applications.Lamps(on_disk=True, second_copy=False, held=False)
    assert evening.read(lambda db: applications.thumbnail(db, page.id)) == b"\xff\xd8thumbnail"
    (row,) = evening.read(applications.rows)
    assert (row.applicant_name, row.property_label) == ("张立群、李芳", "2号楼 2单元 101")


def test_saving_what_is_stored_changes_nothing(evening: Evening) -> None:
    draft = evening.start()
    save = operations.save_draft
    edited = replace(draft, remarks="x")
    assert evening.write(lambda db: save(db, evening.who, NOW, edited, "{}")).applications == {draft.id}
    assert not evening.write(lambda db: save(db, evening.who, NOW, edited, "{}"))
    assert not evening.write(lambda db: save(db, evening.who, NOW, edited, '{"at":1}'))
    assert evening.read(lambda db: applications.draft(db, draft.id)) == (edited, '{"at":1}')


def test_a_draft_keeps_to_a_known_household_its_session_and_itself(evening: Evening) -> None:
    draft = evening.start()
    with refused("household_missing"):
        evening.save(replace(draft, household_id="nowhere"))
    with pytest.raises(ValueError, match="session"):
        evening.save(replace(draft, session_id="other"))
    with pytest.raises(KeyError):
        evening.save(replace(draft, id="unknown"))
    with pytest.raises(KeyError):
        evening.write(
            lambda db: operations.start_application(
                db, evening.who, NOW, application_id="x", type_code="no such type", session_id="s-1"
            )
        )


def test_a_discarded_draft_stays_readable_and_can_go_nowhere(evening: Evening) -> None:
    draft = evening.complete()
    evening.discard(draft.id)
    detail = evening.read(lambda db: applications.detail(db, draft.id))
    assert detail is not None and detail.state is CaseState.WITHDRAWN and len(detail.pages) == len(REQUIRED)
    assert evening.read(applications.latest_draft) is None
    for action in (
        lambda: evening.save(draft, "{}"),
        lambda: evening.submit(draft.id),
        lambda: evening.write(lambda db: operations.discard_draft(db, evening.who, NOW, draft.id, "")),
    ):
        with refused("not_a_draft"):
            action()
    assert actions(evening, draft.id)[-1] == "draft_discarded"


def ordered(evening: Evening, application_id: str) -> list[tuple[str, int, str]]:
    detail = evening.read(lambda db: applications.detail(db, application_id))
    assert detail is not None
    return [(page.item_code, page.ordinal, page.id) for page in detail.pages]


def test_pages_keep_their_order_when_moved_and_removed(evening: Evening) -> None:
    draft = evening.start()
    a, b, c = (evening.add(draft.id, "contract").id for _ in range(3))
    x = evening.add(draft.id, "identity").id
    move, remove = operations.move_page, operations.remove_page
    evening.write(lambda db: move(db, evening.who, NOW, c, "contract", 1))
    assert ordered(evening, draft.id)[:3] == [("contract", 1, c), ("contract", 2, a), ("contract", 3, b)]
    evening.write(lambda db: move(db, evening.who, NOW, a, "identity", 99))
    evening.write(lambda db: move(db, evening.who, NOW, c, "contract", 2))
    assert ordered(evening, draft.id) == [
        ("contract", 1, b), ("contract", 2, c), ("identity", 1, x), ("identity", 2, a),
    ]  # fmt: skip
    evening.write(lambda db: remove(db, evening.who, NOW, x))
    assert ordered(evening, draft.id)[2:] == [("identity", 1, a)]
    for unknown in (x, "unknown"):
        with pytest.raises(KeyError):
            evening.write(remove, evening.who, NOW, unknown)


def test_a_removed_page_can_be_added_again(evening: Evening) -> None:
    draft = evening.start()
    page = evening.new_page(draft.id, "identity")
    evening.write(lambda db: operations.add_page(db, evening.who, NOW, page))
    evening.write(lambda db: operations.remove_page(db, evening.who, NOW, page.id))
    _, again = evening.write(lambda db: operations.add_page(db, evening.who, NOW, page))
    assert evening.pages.has(again.digest) and evening.pages.has(again.original_digest)
    assert actions(evening, draft.id)[-3:] == ["page_added", "page_removed", "page_added"]


def test_adding_the_same_page_twice_adds_one(evening: Evening) -> None:
    draft = evening.start()
    page = evening.new_page(draft.id, "identity")
    first, stored = evening.write(lambda db: operations.add_page(db, evening.who, NOW, page))
    second, again = evening.write(lambda db: operations.add_page(db, evening.who, NOW, page))
    assert first.applications == {draft.id} and not second
    assert stored == again and len(ordered(evening, draft.id)) == 1


def test_a_better_cut_takes_the_page_s_place_and_keeps_the_original(evening: Evening) -> None:
    draft = evening.start()
    page = evening.add(draft.id, "identity")
    digest = evening.pages.put(b"a better cut")
    evening.write(
        lambda db: operations.replace_page(
            db,
            evening.who,
            NOW,
            page.id,
            digest,
            12,
            800,
            600,
            ((0, 0), (9, 0), (9, 9), (0, 9)),
            450,
            b"thumb",
        )
    )
    detail = evening.read(lambda db: applications.detail(db, draft.id))
    assert detail is not None
    assert detail.pages == (
        replace(
            page, digest=digest, size=12, width=800, height=600, rotation=90,
            corners=((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)),
        ),
    )  # fmt: skip
    assert evening.read(lambda db: applications.thumbnail(db, page.id)) == b"thumb"


def test_a_submitted_case_refuses_every_change_of_its_pages(evening: Evening) -> None:
    receipt = evening.submitted()
    page = evening.new_page(receipt.application_id, "identity")
    (stored, *_) = ordered(evening, receipt.application_id)
    before = ordered(evening, receipt.application_id)
    who = evening.who
    for change in (
        lambda db: operations.add_page(db, who, NOW, page),
        lambda db: operations.remove_page(db, who, NOW, stored[2]),
        lambda db: operations.move_page(db, who, NOW, stored[2], "identity", 1),
        lambda db: operations.replace_page(db, who, NOW, stored[2], page.digest, 9, 9, 9, (), 0, b"t"),
    ):
        with refused("frozen"):
            evening.write(change)
    assert ordered(evening, receipt.application_id) == before


def test_the_building_table_shows_where_each_household_stands(evening: Evening) -> None:
    assert evening.read(lambda db: reference.buildings(db, "c1")) == ["2号楼", "3号楼", "10号楼"]
    first = evening.submitted()
    draft = evening.start()
    gone = evening.start()
    evening.write(lambda db: operations.discard_draft(db, evening.who, NOW, gone.id, ""))
    cells = {cell.household.id: cell for cell in evening.read(lambda db: reference.households(db, "c1"))}
    assert len(cells) == 12
    assert (cells["h-2-101"].state, cells["h-2-101"].application_id) == ("received", first.application_id)
    assert (cells["h-2-102"].state, cells["h-2-102"].application_id) == ("draft", draft.id)
    assert (cells["h-2-1201"].state, cells["h-2-1201"].application_id) == ("", "")
    rooms = [cell.household.room for cell in evening.read(lambda db: reference.households(db, "c1", "3号楼"))]
    assert rooms == ["1201", "1202", "101", "102"]


def test_a_mistaken_program_cannot_change_frozen_facts(evening: Evening) -> None:
    receipt = evening.submitted()
    for change in FORBIDDEN:
        with refused("frozen"):
            evening.sql(change)
    assert evening.read(audit.verify) is None
    detail = evening.read(lambda db: applications.detail(db, receipt.application_id))
    assert detail is not None and detail.receipt == receipt


FORBIDDEN = [
    "UPDATE receipts SET facts = '{}'",
    "DELETE FROM receipts",
    "UPDATE applications SET applicant_name = 'another'",
    "UPDATE applications SET receipt_number = '1'",
    "UPDATE applications SET received_at = '2020'",
    "UPDATE applications SET household_id = NULL",
    "UPDATE applications SET state = 'draft'",
    "UPDATE applications SET revision = 2",
    "DELETE FROM applications",
    "UPDATE application_bodies SET body = '{}'",
    "DELETE FROM application_bodies",
    "UPDATE pages SET digest = original_digest",
    "UPDATE pages SET ordinal = 2",
    "DELETE FROM pages",
    "INSERT INTO pages SELECT seq + 100, 'new', application_id, item_code, 9, digest, size, original_digest,"
    " original_size, original_type, page_index, width, height, corners, rotation, page_found, findings,"
    " captured_at, kept, marked FROM pages LIMIT 1",
    "UPDATE outbox SET body = '{}'",
    "UPDATE outbox SET body_digest = id",
    "UPDATE outbox SET id = 'other'",
    "UPDATE outbox SET state = 'acknowledged'",  # without an acknowledgement
    "DELETE FROM outbox",
    "DELETE FROM page_needs",
    "UPDATE audit SET details = '{}'",
    "DELETE FROM audit",
    "UPDATE audit_head SET seq = 1",
    "DELETE FROM audit_head",
    "UPDATE number_blocks SET next = 1",
    "UPDATE number_blocks SET next = next + 2",
    "DELETE FROM number_blocks",
    "UPDATE device SET signing_key = zeroblob(32)",
    "UPDATE device SET device_code = 'B01'",
    "DELETE FROM sessions",
    "UPDATE feed SET cursor = 0",
    "UPDATE packs SET body = '{}'",
]


@pytest.mark.parametrize(
    "nonsense",
    [
        "INSERT INTO sessions SELECT 'x', 'no such compound', compound_name, division, title, starts, ends,"
        " operator_id, operator_name, helper_name, opened_at, opened_at FROM sessions",
        "UPDATE applications SET state = 'lost'",
        "UPDATE sessions SET operator_id = NULL",
        "INSERT INTO thumbnails VALUES ('no such page', x'00')",
        "UPDATE operators SET active = 'yes'",
        "INSERT INTO sessions SELECT 'y', compound_id, compound_name, division, title, starts, ends,"
        " operator_id, operator_name, helper_name, opened_at, NULL FROM sessions",
    ],
)
def test_the_schema_refuses_nonsense(evening: Evening, nonsense: str) -> None:
    evening.start()
    with pytest.raises(dbapi2.IntegrityError):
        evening.sql(nonsense)
