"""The A4 receipt as its reader has it: every fact to be found, nothing overlapping, a code that scans."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from itertools import combinations

import pytest

from printing import receipt_a4, samples
from printing.receipt_words import qr_text, section
from printing.signed_token import verify
from tests.printing import paper

WORDS = section("receipt", "zh")


def rendered(receipt, **options) -> bytes:
    return receipt_a4.render(receipt, verify_url=samples.VERIFY_URL, **options)


def test_every_fact_is_found_as_text():
    receipt = samples.ordinary()
    (text,) = paper.page_texts(rendered(receipt))
    for fact in (
        "收件凭证", receipt.number, "2026年11月7日 19:36", "张立群", "371X", "0021", "新建商品房转移登记",
        "雁滩花园 3号楼 2单元 1201", receipt.property_address, "620102 001002 GB00003 F00010001",
        "6 项 · 6 份 · 19 页", "雁滩花园 · 晚间场", "王海燕", "设备 A03", "第 1 次打印", "第 1 页，共 1 页",
        receipt.materials_digest[:8], *(line.zh for line in receipt.lines),
    ):  # fmt: skip
        assert fact in text


def test_it_says_that_acceptance_comes_only_after_the_online_check():
    (text,) = paper.page_texts(rendered(samples.ordinary()))
    assert "材料已收到，尚未受理" in text
    assert "正式受理日期和受理编号，在登记机构联网核验后确定" in text


def test_labels_in_english_with_the_facts_as_they_are():
    (text,) = paper.page_texts(rendered(samples.ordinary(), language="en"))
    for words in (
        "Intake receipt",
        "not yet accepted",
        "张立群",
        "Purchase contract",
        "Original",
        "Page 1 of 1",
    ):
        assert words in text
    assert "收件凭证" not in text
    assert "7 November 2026, 19:36" in text


def test_all_text_is_set_in_the_fonts_that_the_file_carries():
    pdf = rendered(samples.hardest())
    assert {(name.split("+")[-1], carried) for name, carried in paper.fonts(pdf)} == {
        ("NotoSansSC-Regular", True),
        ("NotoSansSC-Bold", True),
        ("JilaiBlank", True),
    }
    assert b"/FontFile2" in pdf  # TrueType outlines
    assert b"/Type1" not in pdf


def test_the_page_is_a4_and_to_be_printed_at_true_size():
    pdf = rendered(samples.ordinary())
    assert [(round(w, 1), round(h, 1)) for w, h in paper.sizes_mm(pdf)] == [(210.0, 297.0)]
    assert b"/PrintScaling /None" in pdf


@pytest.mark.parametrize("angle", [0, 7, -13, 90, 181])
def test_the_code_is_read_from_a_poor_photograph(angle):
    receipt = samples.ordinary()
    (page,) = paper.images(rendered(receipt), 150)
    photograph = paper.photographed(page, angle=angle, blur=0.9, quality=55)
    assert paper.codes(photograph) == [qr_text(receipt, samples.VERIFY_URL)]


def test_the_code_is_read_with_a_smudge_across_it():
    receipt = samples.ordinary()
    (page,) = paper.images(rendered(receipt), 150)
    # A tenth of the symbol's area, away from its corners: error correction M makes good for that.
    left, top = round(page.width * 0.805), round(page.height * 0.095)
    page.paste(255, (left, top, left + 68, top + 68))
    assert paper.codes(page) == [qr_text(receipt, samples.VERIFY_URL)]


def test_the_code_on_paper_proves_the_receipt():
    receipt = samples.ordinary()
    (page,) = paper.images(rendered(receipt), 150)
    (text,) = paper.codes(page)
    assert verify(text, samples.TRUST).speaks_of(receipt)


def test_the_code_is_at_least_half_a_millimetre_a_module():
    assert receipt_a4._QR_SIDE / (72 / 25.4) / 65 > 0.5  # even at version 12, twice the usual content


@pytest.mark.parametrize("name", samples.RECEIPTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_texts_overlap_and_none_leaves_the_margins(name, language):
    pdf = rendered(
        samples.RECEIPTS[name](), language=language, copy_number=2, reprinted_by="阿依古丽·买买提艾力"
    )
    for boxes in paper.text_boxes(pdf):
        for left, bottom, right, top in boxes:
            assert left > 40
            assert right < 595.3 - 40
            assert bottom > 20
            assert top < 841.9 - 40
        for a, b in combinations(boxes, 2):
            across = min(a[2], b[2]) - max(a[0], b[0])
            upright = min(a[3], b[3]) - max(a[1], b[1])
            assert across <= 1.0 or upright <= 1.0, (a, b)


def test_twelve_co_owners_stand_whole_on_one_page():
    receipt = samples.co_owners()
    (text,) = paper.page_texts(rendered(receipt))
    assert "申请人 12 人" in text
    for name in receipt.applicant.replace("\ue863", "䶮").split("、"):
        assert name in text


def test_forty_materials_flow_over_pages_with_head_and_number_on_each():
    receipt = samples.many_materials()
    texts = paper.page_texts(rendered(receipt))
    assert len(texts) == 3
    for index, text in enumerate(texts):
        assert f"第 {index + 1} 页，共 3 页" in text
        assert receipt.number in text
        assert text.count("材料名称") == 1
    assert all("收件凭证（续）" in text for text in texts[1:])
    whole = "".join(texts)
    for line in receipt.lines:
        assert whole.count(line.zh) == sum(other.zh == line.zh for other in receipt.lines)


def test_empty_facts_leave_dashes_and_no_code():
    pdf = rendered(samples.nearly_empty())
    (text,) = paper.page_texts(pdf)
    assert text.count("—") >= 5
    assert "未登记材料" in text
    assert WORDS["scan"] not in text
    assert paper.codes(paper.images(pdf, 150)[0]) == []


def test_a_reprint_says_so_with_its_count_and_who():
    (text,) = paper.page_texts(rendered(samples.ordinary(), copy_number=3, reprinted_by="李帮办"))
    assert "补打 · 第 3 次打印 · 补打人 李帮办" in text
    (first,) = paper.page_texts(rendered(samples.ordinary()))
    assert "补打" not in first


def test_a_clock_that_was_off_is_told():
    receipt = dataclasses.replace(samples.ordinary(), clock_note="本机时钟慢 3 分，已校正")
    assert "本机时钟慢 3 分，已校正" in paper.page_texts(rendered(receipt))[0]


def test_newer_wording_from_the_centre_takes_the_place_of_the_shipped():
    pack = {"receipt": {"zh": {**WORDS, "title": "收件回执"}}}
    (text,) = paper.page_texts(rendered(samples.ordinary(), wording=pack))
    assert "收件回执" in text
    assert "收件凭证" not in text.replace("扫码核验本凭证", "")


def test_the_same_facts_give_the_same_bytes_in_any_process():
    program = (
        "import hashlib; from printing import receipt_a4, samples; "
        "pdf = receipt_a4.render(samples.hardest(), verify_url=samples.VERIFY_URL); "
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    digests = {hashlib.sha256(rendered(samples.hardest())).hexdigest()}
    for seed in ("1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "SOURCE_DATE_EPOCH": "1000000000",
            "TZ": "America/Lima",
        }
        run = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
        )
        digests.add(run.stdout.strip())
    assert len(digests) == 1


def test_other_facts_give_other_bytes_and_the_date_in_the_file_is_that_of_the_facts():
    receipt = samples.ordinary()
    later = dataclasses.replace(receipt, operator="赵敏")
    assert rendered(receipt) != rendered(later)
    assert b"/CreationDate (D:20261107113612+00'00')" in rendered(receipt)
    assert receipt.applicant.encode("utf-16-be") not in rendered(receipt)  # metadata names nobody


def test_hostile_facts_cannot_break_the_page():
    receipt = dataclasses.replace(
        samples.ordinary(),
        applicant="张\n立\x00群\u202e、" + "长" * 400,
        property_address="A" * 600,
        site="场" * 200,
        operator="\t",
    )
    boxes = paper.text_boxes(rendered(receipt))
    assert all(left > 40 and right < 556 for page in boxes for left, _, right, _ in page)
