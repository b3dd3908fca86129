"""The privacy notice at the signatures: one key shows its words and records who was told, and when."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from registration.parties import Party
from registration.privacy_notice import privacy_notice
from storage.privacy import notice_given
from tests import walks
from tests.driving import press, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import begin, type_applicant
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    found = begin(window)
    type_applicant(found)
    press("Alt+5")
    walks.answer_inquiry(found)
    wait_until(lambda: found.step() is Step.SIGNATURES, "the signatures")
    return found


def test_one_key_shows_the_notice_and_records_it(screen: IntakeScreen, evening: Evening):
    page, case = screen.signatures_page, screen.case()
    assert case is not None
    assert "尚未告知" in page.privacy.state.text_whole()
    press("N")
    assert "单独同意" in page.text.text()
    wait_until(lambda: "王海燕" in page.privacy.state.text_whole(), "the record")
    given = evening.read(notice_given, case.id)
    assert given is not None
    assert (given.version, given.applicants) == (privacy_notice().version, 1)
    sql = "SELECT details FROM audit WHERE action = 'privacy_notice_given'"
    ((details,),) = evening.sql(sql)
    assert json.loads(details)["digest"] == privacy_notice().digest
    assert json.loads(details)["separate_consent"] is True
    press("N")  # told twice is on record once
    assert len(evening.sql(sql)) == 1


def test_who_joins_later_has_to_be_told(screen: IntakeScreen, evening: Evening):
    page, case = screen.signatures_page, screen.case()
    assert case is not None
    press("N")
    wait_until(lambda: "王海燕" in page.privacy.state.text_whole(), "the record")
    other = Party(name="丁博", document_number="620102199001011234")
    case.edit(lambda a: replace(a, parties=(*a.parties, other)))
    page.privacy.reload()
    wait_until(lambda: "又有申请人加入" in page.privacy.state.text_whole(), "the word")
    press("N")
    wait_until(lambda: "已告知 2 人" in page.privacy.state.text_whole(), "the new record")
    assert len(evening.sql("SELECT 1 FROM audit WHERE action = 'privacy_notice_given'")) == 2


def test_the_notice_says_what_the_law_wants_said():
    notice = privacy_notice()
    for said in ("处理者", "目的和方式", "敏感个人信息", "保存期限", "权利", "单独同意"):
        assert said in notice.zh
    assert len(notice.digest) == 64 and notice.source and notice.en
