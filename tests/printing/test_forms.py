"""Forms out of the pack: all facts stand on them, blanks are left for a pen, and nothing overlaps."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from printing import packs, samples
from printing.forms import sample_facts, sheet
from printing.forms.facts import application_facts, missing_facts
from printing.signed_token import verify
from registration.application import Application, PageRef, what_is_missing
from registration.checklist import Checklist, checklist_from_pack
from registration.deferral import Deferral
from registration.inquiry import Answer
from registration.mortgage import Mortgage
from registration.packs import TYPES, shipped
from registration.parties import Agent, DocumentKind, Party, Role
from registration.property_unit import Compound, Household, ProjectRegistration
from registration.session import Session
from registration.shares import CoOwnership
from tests.complete import STROKES, completed
from tests.printing import paper

AT = samples.ordinary().received_at
CODES = [code for code, _, _ in sheet.offered_forms()]


def rendered(code, facts, **options) -> bytes:
    return sheet.render(code, facts, made_at=AT, **options)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", samples.FORM_FACTS)
def test_no_two_texts_overlap_and_none_leaves_the_margins(code, kind):
    for boxes in paper.text_boxes(rendered(code, samples.FORM_FACTS[kind]())):
        assert boxes
        for left, bottom, right, top in boxes:
            assert left > 50
            assert right < 595.3 - 50
            assert bottom > 20
            assert top < 841.9 - 40
        for a, b in combinations(boxes, 2):
            across = min(a[2], b[2]) - max(a[0], b[0])
            upright = min(a[3], b[3]) - max(a[1], b[1])
            assert across <= 1.0 or upright <= 1.0, (a, b)


@pytest.mark.parametrize("code", CODES)
def test_every_placeholder_of_the_pack_is_filled_or_left_blank_never_printed(code):
    for facts in (sample_facts.ordinary(), {}):
        text = "".join(paper.page_texts(rendered(code, facts)))
        assert "{" not in text
        assert "}" not in text
        assert "None" not in text
        assert "['" not in text


@pytest.mark.parametrize("code", CODES)
def test_every_form_says_its_title_its_version_and_that_its_wording_is_not_official(code):
    form = sheet.shipped_pack()["forms"][code]
    texts = paper.page_texts(rendered(code, sample_facts.ordinary()))
    for index, text in enumerate(texts):
        assert form["title"] in text
        assert sheet.shipped_pack()["version"] in text
        assert "示范文本" in text
        assert f"第 {index + 1} 页，共 {len(texts)} 页" in text


def test_the_notice_lists_everything_with_the_article_and_a_part_to_tear_off():
    (text,) = paper.page_texts(rendered("correction_notice", sample_facts.ordinary()))
    for words in (
        "一次性告知",
        "第十七条",
        "购房发票",
        "补交销售不动产发票原件",
        "登记时限自补正申请材料之日起重新计算",
        "补正结果确认",
    ):
        assert words in text


def test_a_refusal_names_the_remedies_and_only_the_grounds_that_apply():
    pdf = rendered("refusal", sample_facts.ordinary())
    (text,) = paper.page_texts(pdf)
    for words in ("决定不予受理", "六十日内", "行政复议", "六个月内", "行政诉讼", "城关区人民政府"):
        assert words in text
    # One tick more than on the form without grounds: the tick is drawn, not a letter.
    plain = rendered("refusal", {**sample_facts.ordinary(), "grounds": set()})
    (with_tick,), (without,) = paper.images(pdf, 100), paper.images(plain, 100)
    assert with_tick.tobytes() != without.tobytes()


def test_the_entry_of_a_person_never_breaks_over_pages():
    texts = paper.page_texts(rendered("application_form", sample_facts.long()))
    assert sum(text.count("证件种类") for text in texts) == 13
    for text in texts:
        entries = re.findall(r"权利人 \d|义务人 \d", text)
        assert text.count("证件种类") == text.count("通讯地址") == len(entries)


@pytest.mark.parametrize("count", range(14, 34))
def test_signatures_never_stand_alone_on_a_page(count):
    items = (sample_facts.ordinary()["items"] * 12)[:count]
    facts = {**sample_facts.ordinary(), "items": items, "deferred": ()}
    last = paper.page_texts(rendered("checklist", facts))[-1]
    assert "收件专用章" in last
    assert items[-1]["name"] in last


def test_a_form_with_a_token_has_a_code_that_proves_it():
    token = samples.ordinary().token
    pdf = rendered(
        "acceptance_certificate", sample_facts.ordinary(), token=token, verify_url=samples.VERIFY_URL
    )
    (code,) = paper.codes(paper.images(pdf, 150)[0])
    assert verify(code, samples.TRUST).number == samples.ordinary().number


def test_a_pack_of_the_centre_replaces_the_shipped_forms():
    pack = json.loads(json.dumps(sheet.shipped_pack()))
    pack["version"] = "2027.1.1"
    pack["forms"]["checklist"] = {
        "title": "收件清单",
        "title_en": "List",
        "verified": True,
        "parts": [{"text": "坐落：{property_address}"}],
    }
    (text,) = paper.page_texts(rendered("checklist", sample_facts.ordinary(), pack=pack))
    assert "收件清单" in text
    assert "2027.1.1" in text
    assert "示范文本" not in text


def test_the_same_facts_give_the_same_bytes():
    for code in CODES:
        assert rendered(code, sample_facts.ordinary()) == rendered(code, sample_facts.ordinary())


def test_what_is_longer_than_a_page_flows_on():
    facts = {**sample_facts.ordinary(), "remarks": "备" * 6000, "reason": "因" * 3000}
    texts = paper.page_texts(rendered("application_form", facts))
    assert sum(text.count("备") for text in texts) == 6000 + 1  # and the label
    assert sum(text.count("因") for text in texts) >= 3000


PACK = {
    "version": "1",
    "types": {
        "t": {
            "zh": "新建商品房转移登记", "en": "Transfer",
            "items": [
                {"code": "identity", "zh": "申请人身份证明", "en": "Identity", "need": "required"},
                {"code": "invoice", "zh": "购房发票", "en": "Invoice", "need": "required", "form": "original",
                 "hint_zh": "销售不动产发票"},
            ],
        }
    },
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One application with one of its two papers, and what it is of."""

    application: Application
    checklist: Checklist
    page: PageRef
    household: Household
    compound: Compound
    session: Session

    def facts(self, **options: Any) -> dict[str, Any]:
        return application_facts(
            self.application,
            self.checklist,
            [self.page],
            self.household,
            self.compound,
            self.session,
            now=AT,
            number="N-1",
            **options,
        )


def a_case() -> Case:
    party = Party(name="张立群", document_number="62010219880312371X", phone="13900000021", share="1/1")
    application = Application("a", "t", "s", parties=(party,), household_id="h", reason="买卖")
    page = PageRef("p", "identity", 1, "0" * 64, "0" * 64, 1, 1, 10, 10)
    household = Household(
        "h", "c", "3号楼", "2单元", 12, "1201", "620102001002GB00003F00010001", "108.42", "雁滩路 18 号"
    )
    compound = Compound("c", "雁滩花园", "620102", "雁滩路", "开发商", ProjectRegistration.REGISTERED)
    session = Session("s", "c", "雁滩花园", "620102", "晚间场", "18:30", "21:00", "o", "王海燕", "白雪", AT)
    return Case(application, checklist_from_pack(PACK, "t"), page, household, compound, session)


def test_what_the_window_knows_fills_the_forms():
    case = a_case()
    facts = case.facts()
    (text,) = paper.page_texts(rendered("checklist", facts))
    for known in (
        "张立群",
        "雁滩路 18 号",
        "620102 001002 GB00003 F00010001",
        "申请人身份证明",
        "N-1",
        "王海燕",
        "晚间场",
    ):
        assert known in text
    assert "购房发票" not in text
    problems = what_is_missing(
        case.application,
        case.checklist,
        [case.page],
        case.household,
        case.compound,
        today=date(2026, 11, 7),
    )
    rows = missing_facts(problems, case.checklist)
    assert rows == [
        {"name": "购房发票", "form": "原件", "copies": "1", "requirement": "需提交；销售不动产发票"}
    ]
    (notice,) = paper.page_texts(rendered("correction_notice", {**facts, "items": rows}))
    assert "需提交；销售不动产发票" in notice


def texts_of(parts) -> list[str]:
    """Return every text of a form's parts that is put on paper."""
    found = []
    for part in parts:
        found += [part[key] for key in ("heading", "text", "tear", "label") if part.get(key)]
        found += [text for row in part.get("cells", ()) for text in row]
        found += [*part.get("choices", {}).values(), *part.get("signatures", ())]
        found += [column["heading"] for column in part.get("columns", ())]
        found += texts_of(part.get("parts", ()))
    return found


@pytest.mark.parametrize("code", CODES)
def test_every_text_of_a_form_has_its_english_with_the_same_blanks(code):
    form = sheet.shipped_pack()["forms"][code]
    english = packs.shipped("forms_en")["texts"]
    asked = [question["question"] for question in form.get("defaults", {}).get("questions", ())]
    for text in [*texts_of(form["parts"]), form.get("number", ""), form.get("subtitle", ""), *asked]:
        if re.search("[\u4e00-\u9fff]", text):
            blanks = re.findall(r"{(\w+)}", text)
            assert sorted(re.findall(r"{(\w+)}", english[text])) == sorted(blanks), text
    assert packs.shipped("forms_en")["version"] == sheet.shipped_pack()["version"]


@pytest.mark.parametrize("code", CODES)
def test_an_english_form_has_no_chinese_but_the_facts(code):
    (text,) = ["".join(paper.page_texts(rendered(code, {}, language="en")))]
    assert re.findall("[\u4e00-\u9fff]+", text) == []
    assert sheet.shipped_pack()["forms"][code]["title_en"] in text
    for boxes in paper.text_boxes(rendered(code, sample_facts.long(), language="en")):
        assert all(right < 595.3 - 50 for _, _, right, _ in boxes)


def test_a_reprinted_form_says_so_with_its_count_and_who():
    (text,) = paper.page_texts(
        rendered("correction_notice", sample_facts.ordinary(), copy_number=3, reprinted_by="王海燕")
    )
    assert "补打（第 3 次打印） · 补打人 王海燕" in text
    (first,) = paper.page_texts(rendered("correction_notice", sample_facts.ordinary()))
    assert "补打" not in first


def test_an_inquiry_without_answers_asks_the_standard_questions():
    (text,) = paper.page_texts(rendered("inquiry_record", {}))
    for words in ("真实意思表示", "共有人", "异议登记", "一房二卖", "价款是否付清"):
        assert words in text
    assert "自愿承担由此产生的风险" not in text
    (warned,) = paper.page_texts(rendered("inquiry_record", {"objection": "yes"}))
    assert "自愿承担由此产生的风险" in warned


def test_a_number_stands_on_a_form_only_where_it_is_known():
    facts = {**sample_facts.ordinary(), "acceptance_number": ""}
    (text,) = paper.page_texts(rendered("collection_notice", facts))
    assert "受理编号" not in text
    (text,) = paper.page_texts(rendered("collection_notice", sample_facts.ordinary()))
    assert "受理编号：20261108-00317" in text


def test_facts_of_an_application_come_in_english_too():
    known = a_case().facts(language="en", accepted_at=AT)
    assert (known["date"], known["accepted_on"]) == ("7 November 2026", "7 November 2026")
    assert known["type_name"] == "Transfer"
    assert known["document_kind"] == "ID card"
    assert [item["form"] for item in known["items"]] == ["copy"]
    assert (known["sharing"], a_case().facts()["date"]) == ("sole", "2026年11月7日")


def test_what_a_case_says_of_its_people_and_promises_stands_on_its_forms():
    case = a_case()
    holder = replace(
        case.application.first_applicant,
        agent=Agent(name="李建国", document_number="620102197001010019", phone="13900000023"),
    )
    firm = Party(
        role=Role.OBLIGOR, name="雁滩房地产", document_kind=DocumentKind.CREDIT_CODE, representative="周明"
    )
    application = replace(
        case.application,
        parties=(holder, firm),
        co_ownership=CoOwnership.BY_SHARES,
        separate_certificates=True,
        certificate_number="甘（2020）兰州市不动产权第0000009号",
        answers=(Answer("true_intention", "yes"), Answer("objection_known", "yes", note="已看过")),
        deferrals=(Deferral("invoice", due="2026-12-07"),),
        mortgage=Mortgage(amount="500000", starts="2026-11-07", ends="2046-11-06", transfer_ban="no"),
    )
    facts = replace(case, application=application).facts()
    whole = "".join(paper.page_texts(rendered("application_form", facts)))
    for known in (
        "李建国",
        "13900000023",
        "周明",
        "统一社会信用代码证书",
        "500000",
        "2026-11-07 至 2046-11-06",
    ):
        assert known in whole
    assert (facts["sharing"], facts["separate"]) == ("shares", "yes")
    (inquiry,) = paper.page_texts(rendered("inquiry_record", facts))
    assert "答：是；已看过" in inquiry
    assert "自愿承担由此产生的风险" in inquiry
    (listed,) = paper.page_texts(rendered("checklist", facts))
    assert "2026-12-07" in listed


def paths(pdf: bytes) -> int:
    """Return how many lines and boxes are drawn on all pages."""
    with paper.opened(pdf) as document:
        kinds = [part.type for page in document for part in page.get_objects()]
    return kinds.count(FPDF_PAGEOBJ_PATH)


def test_what_was_signed_on_the_pad_is_drawn_under_the_words_it_was_signed_for():
    case = a_case()
    rules = checklist_from_pack(shipped()[TYPES], "new_housing_transfer")
    application = replace(case.application, type_code="new_housing_transfer")
    done = completed(application, rules, case.household, case.compound, today=AT.date())
    facts = replace(case, application=done, checklist=rules).facts()
    (entry,) = facts["drawn"]["inquiry_record"]
    assert (entry["name"], entry["at"], len(entry["strokes"])) == ("张立群", "2026-11-24 19:30", len(STROKES))
    bare = {**facts, "drawn": {}}
    for document in ("application_form", "inquiry_record"):
        assert paths(rendered(document, facts)) == paths(rendered(document, bare)) + len(STROKES)
        assert "2026-11-24 19:30" in "".join(paper.page_texts(rendered(document, facts)))
    moved = replace(done, reason="赠与")  # signed under other words
    assert replace(case, application=moved, checklist=rules).facts()["drawn"] == {}


def test_the_record_of_the_inquiry_says_who_answered_what():
    seller = Party(Role.OBLIGOR, "魏秀英", document_number="620102196203041226")
    case = a_case()
    answers = (
        Answer("co_ownership", "joint", note="与配偶"),
        Answer("true_intention", "yes", Role.OBLIGOR),
        Answer("true_intention", "yes"),
    )
    parties = (*case.application.parties, seller)
    facts = replace(case, application=replace(case.application, parties=parties, answers=answers)).facts()
    assert [row["answer"] for row in facts["questions"]] == [
        "是（权利人）", "共同共有（权利人）；与配偶", "是（义务人）",
    ]  # fmt: skip
