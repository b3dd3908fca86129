"""The texts that are signed: complete, the same for the same facts, and another as soon as a fact is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given

from registration.application_value import Application
from registration.case_facts import facts_of
from registration.compound_file import file_of
from registration.deferral import Deferral
from registration.inquiry import Answer
from registration.packs import shipped
from registration.parties import Agent, Guardian, Role
from registration.shares import CoOwnership
from registration.signed_documents import (
    APPLICATION,
    INQUIRY_RECORD,
    PROMISE,
    digests,
    document_text,
    hand_of,
)
from tests.registration.cases import BUYER, CHILD, COMPOUND, HOUSEHOLD, SELLER, WIFE, application, checklist
from tests.registration.strategies import TODAY, applications

LATE = Deferral("invoice", promised_on="2026-12-01", due="2026-12-15")


def texts(case: Application) -> dict[str, str]:
    rules = checklist(case.type_code)
    facts = facts_of(case, rules, HOUSEHOLD, file_of(COMPOUND), today=TODAY)
    return {
        code: document_text(code, case, rules, HOUSEHOLD, COMPOUND, facts, shipped())
        for code in (APPLICATION, INQUIRY_RECORD, PROMISE)
    }


def test_the_application_says_who_wants_what_of_which_property():
    case = application(parties=(BUYER, WIFE, SELLER), co_ownership=CoOwnership.JOINT)
    said = texts(case)[APPLICATION]
    for words in (
        "登记事项：新建商品房转移登记（商品房买卖）",
        "申请方式：共同申请",
        f"权利人：张立群　居民身份证 {BUYER.document_number}",
        f"义务人：金河置业　营业执照 {SELLER.document_number}",
        "法定代表人（负责人）：李建国",
        "共有方式：共同共有",
        "分别持证：否",
        "坐落：雁滩路 18 号",
        "不动产单元号：620102001002GB00003F00010001",
    ):
        assert words in said


def test_the_record_has_every_question_with_its_answer_to_each_side():
    answers = (
        Answer("true_intention", "yes"),
        Answer("co_owned", "yes", note="与配偶"),
        Answer("co_ownership", "joint"),
        Answer("true_intention", "yes", Role.OBLIGOR),
    )
    said = texts(application(parties=(BUYER, WIFE, SELLER), answers=answers))[INQUIRY_RECORD]
    assert "被询问人（权利人）：张立群、魏秀英" in said and "被询问人（义务人）：金河置业" in said
    assert "答：是；与配偶" in said and "答：共同共有" in said
    assert said.count("是否是您的真实意思表示？") == 2
    assert "3．" in said and "4．共有方式是什么？" in said  # asked because there are co-owners


def test_the_promise_names_each_paper_with_its_day():
    said = texts(
        application(deferrals=(LATE, replace(LATE, item_code="marriage", delivered_on="2026-12-02")))
    )
    assert "缺少的材料：购房发票（缺失），2026-12-15前补交" in said[PROMISE]
    assert "婚姻材料" not in said[PROMISE]


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (lambda a: replace(a, parties=(replace(BUYER, phone="13812345679"),)), {APPLICATION, PROMISE}),
        (lambda a: replace(a, answers=(Answer("co_owned", "no"),)), {INQUIRY_RECORD}),
        (lambda a: replace(a, deferrals=(replace(LATE, due="2026-12-14"),)), {PROMISE}),
        (lambda a: replace(a, reason="买卖"), {APPLICATION, INQUIRY_RECORD, PROMISE}),
        (lambda a: replace(a, deferrals=(replace(LATE, promise="a" * 64),)), set()),
        (lambda a: replace(a, revision=2, remarks="请尽快"), set()),
    ],
)
def test_a_change_shows_in_the_digest_of_every_text_that_says_it(
    change: Callable[[Application], Application], touched: set[str]
):
    def marks(case: Application) -> dict[str, str]:
        rules = checklist(case.type_code)
        facts = facts_of(case, rules, HOUSEHOLD, file_of(COMPOUND), today=TODAY)
        return dict(digests(case, rules, HOUSEHOLD, COMPOUND, facts, shipped()))

    before = application(deferrals=(LATE,))
    old, new = marks(before), marks(change(before))
    assert {code for code in old if old[code] != new[code]} == touched
    assert old == marks(before)
    for code, text in texts(before).items():
        assert old[code] == hashlib.sha256(text.encode()).hexdigest()


def test_the_hand_that_signs_is_the_agents_or_the_guardians():
    assert hand_of(BUYER) == "张立群"
    assert hand_of(replace(CHILD, guardian=Guardian("魏秀英"))) == "魏秀英"
    assert hand_of(replace(BUYER, agent=Agent("李玉"))) == "李玉"
    case = application(parties=(replace(CHILD, guardian=Guardian("魏秀英")),))
    assert "被询问人（权利人）：张小宝（魏秀英代）" in texts(case)[INQUIRY_RECORD]


@given(applications)
def test_any_case_has_its_texts(case: Application):
    rules = checklist()
    facts = facts_of(case, rules, None, None, today=TODAY)
    found = digests(case, rules, None, None, facts, shipped())
    assert all(len(digest) == 64 for digest in found.values())
