"""The archive of a case: complete, in order, its contents true, and captured pages untouched."""

from __future__ import annotations

import io
from functools import partial

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from PIL import Image

from printing import samples
from printing.forms import archive, sample_facts
from printing.forms.archive import CapturedPart, FormPart
from tests.printing import paper

AT = samples.ordinary().received_at
FACTS = sample_facts.ordinary()


def jpeg(shade: int, size=(120, 170)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (shade, 40, 200)).save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


PICTURES = [jpeg(20 * n) for n in range(5)]


def kept(index: int) -> bytes:
    return PICTURES[index]


PARTS: list[archive.Part] = [
    FormPart("不动产登记申请书", "application_form", FACTS),
    CapturedPart("申请人身份证明", "复印件", [partial(kept, 0), partial(kept, 1)]),
    CapturedPart("商品房买卖合同", "原件", [partial(kept, n) for n in (2, 3, 4)]),
    FormPart("询问记录", "inquiry_record", FACTS),
]


def number_at_the_top(pdf: bytes, page: int) -> str:
    """Return what stands in the upper right corner of a page."""
    with paper.opened(pdf) as document:
        leaf = document[page]
        text_page = leaf.get_textpage()
        text = str(text_page.get_text_bounded(left=500, bottom=800, right=560, top=840))
        text_page.close()
        leaf.close()
    return text.strip()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return archive.render(FACTS, PARTS, made_at=AT)


def test_the_contents_say_on_which_pages_each_part_stands(pdf):
    texts = paper.page_texts(pdf)
    contents = texts[1]
    assert "1不动产登记申请书1-2" in contents.replace(" ", "")
    assert "2申请人身份证明3-41复印件" in contents.replace(" ", "")
    assert "3商品房买卖合同5-71原件" in contents.replace(" ", "")
    assert "4询问记录8" in contents.replace(" ", "")
    after = texts[2:]  # cover and contents come first
    assert "不动产登记申请书" in after[0]
    assert "申请人身份证明 1 / 2" in after[2]
    assert after[2].endswith("3")
    assert "商品房买卖合同 3 / 3" in after[6]
    assert "询问记录" in after[7]
    assert [number_at_the_top(pdf, page) for page in (2, 3, 9)] == ["1", "2", "8"]
    assert len(after) == 8


def test_the_cover_counts_items_and_pages(pdf):
    cover = paper.page_texts(pdf)[0]
    assert "件数4" in cover.replace(" ", "")
    assert "页数8" in cover.replace(" ", "")


def test_bookmarks_lead_to_every_part(pdf):
    document = pdfium.PdfDocument(pdf)
    found = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    document.close()
    assert found == [
        ("封面", 0), ("卷内目录", 1), ("1. 不动产登记申请书", 2), ("2. 申请人身份证明", 4),
        ("3. 商品房买卖合同", 6), ("4. 询问记录", 9),
    ]  # fmt: skip


def test_captured_pages_keep_their_bytes(pdf):
    document = pdfium.PdfDocument(pdf)
    kept = []
    for page in document:
        kept += [bytes(item.get_data()) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
        page.close()
    document.close()
    assert kept == PICTURES


def test_a_page_lies_as_it_was_captured_and_is_seen_whole():
    wide = archive.render(FACTS, [CapturedPart("图", "原件", [lambda: jpeg(200, (300, 100))])], made_at=AT)
    assert [w > h for w, h in paper.sizes_mm(wide)] == [False, False, True]
    picture = paper.images(wide, 50, grey=False)[2].convert("RGB")
    assert picture.getpixel((picture.width // 2, picture.height // 2)) == pytest.approx((200, 40, 200), abs=6)


def test_what_is_not_a_jpeg_is_refused():
    with pytest.raises(ValueError, match="JPEG"):
        archive.render(FACTS, [CapturedPart("图", "原件", [lambda: b"GIF89a"])], made_at=AT)


def test_the_same_case_gives_the_same_bytes(pdf):
    assert archive.render(FACTS, PARTS, made_at=AT) == pdf
