"""The receipt holds what was handed over, no more of a person than it must, and a digest of every page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import assume, given
from hypothesis import strategies as st

from registration.application import Application, PageRef
from registration.checklist import Checklist, ChecklistItem, Form, Material, Need
from registration.parties import Party
from registration.property_unit import Compound, Household, ProjectRegistration
from registration.receipt import Receipt, ReceiptLine, materials_digest, receipt_for
from registration.session import Session
from tests.registration.strategies import pages

NOW = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
CHECKLIST = Checklist(
    "transfer",
    "转移登记",
    "Transfer",
    "1",
    (
        ChecklistItem("form", "申请书", "Application form", Need.REQUIRED, Form.ORIGINAL),
        ChecklistItem("identity", "身份证明", "Identity document", Need.REQUIRED, copies=2),
        ChecklistItem("tax", "完税凭证", "Deed tax receipt", Need.SHARED),
    ),
)
PAGES = tuple(
    PageRef(f"p{n}", item, n, str(n) * 64, "f" * 64, 1000, 5000, 1240, 1754)
    for n, item in enumerate(("form", "identity", "identity"), 1)
)
APPLICATION = Application(
    "a1",
    "transfer",
    "s1",
    parties=(
        Party(name="张立群", document_number="11010519491231002X", phone="13812345678"),
        Party(name="王芳"),
    ),
    materials=(Material("form", Form.COPY, 3),),
)
COMPOUND = Compound("c1", "雁滩花园", "620102", "雁滩路 18 号", "某公司", ProjectRegistration.REGISTERED)
HOUSEHOLD = Household(
    "h1", "c1", "3号楼", "", 12, "1201", "620102001002GB00003F00010001", "98.5", "雁滩路 18 号 1201"
)
SESSION = Session("s1", "c1", "雁滩花园", "620102", "晚间场", "18:30", "21:00", "o1", "王海燕", "", NOW)


def receipt(application: Application = APPLICATION, household: Household | None = HOUSEHOLD) -> Receipt:
    return receipt_for(
        application, CHECKLIST, PAGES, household, COMPOUND, SESSION,
        number="620102-A03-261124-0001", received_at=NOW, operator="王海燕", device_code="A03",
    )  # fmt: skip


def test_the_lines_are_what_was_handed_over_as_it_was_recorded():
    assert receipt().lines == (
        ReceiptLine("form", "申请书", "Application form", Form.COPY, 3, 1),
        ReceiptLine("identity", "身份证明", "Identity document", Form.COPY, 2, 2),
    )


def test_the_facts_of_place_and_people():
    facts = receipt()
    assert (facts.applicant, facts.operator, facts.device_code) == ("张立群、王芳", "王海燕", "A03")
    assert (facts.property_label, facts.property_address) == ("3号楼 1201", "雁滩路 18 号 1201")
    assert (facts.compound, facts.session_title, facts.type_zh) == ("雁滩花园", "晚间场", "转移登记")
    assert facts.received_at == NOW


def test_numbers_of_the_person_appear_by_their_tail_alone():
    facts = receipt()
    assert (facts.id_tail, facts.phone_tail) == ("002X", "5678")
    everything = repr(facts)
    assert "11010519491231002X" not in everything
    assert "13812345678" not in everything


def test_a_type_without_a_household_leaves_the_property_empty():
    facts = receipt(household=None)
    assert (facts.property_label, facts.property_address, facts.unit_code) == ("", "", "")


def test_an_application_without_anybody_still_makes_a_value():
    assert receipt(replace(APPLICATION, parties=())).applicant == ""


@given(
    st.lists(pages, min_size=1, max_size=5).flatmap(
        lambda held: st.tuples(st.just(held), st.permutations(held))
    )
)
def test_the_digest_does_not_depend_on_the_order_of_reading(both: tuple[list[PageRef], list[PageRef]]):
    assert materials_digest(both[0]) == materials_digest(both[1])


@given(st.lists(pages, min_size=1, max_size=4), st.data())
def test_the_digest_shows_a_page_exchanged_moved_lost_or_doubled(held: list[PageRef], data: st.DataObject):
    at = data.draw(st.integers(0, len(held) - 1))
    changed = data.draw(pages)
    assume((changed.item_code, changed.ordinal, changed.digest) !=
           (held[at].item_code, held[at].ordinal, held[at].digest))  # fmt: skip
    digest = materials_digest(held)
    assert materials_digest([*held[:at], changed, *held[at + 1 :]]) != digest
    assert materials_digest(held[:at] + held[at + 1 :]) != digest
    assert materials_digest([*held, held[at]]) != digest
