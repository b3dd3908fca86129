"""Every paper with invented facts: an ordinary evening's case, and the ones that break layouts."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from printing import escpos, queue_slip, receipt_a4, receipt_roll
from printing.forms import archive, sample_facts, sheet
from printing.queue_slip import QueueSlip
from printing.receipt_words import qr_text
from printing.roll import PRINTABLE_MM
from printing.signed_token import Kind, TrustedKey, key_id, sign_receipt
from registration.paper_form import Form
from registration.receipt import Receipt, ReceiptLine
from registration.receipt_json import receipt_to_json

# A demonstration key that anyone can derive: it signs samples and proves nothing.
_KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"jilai sample papers").digest())
_PUBLIC = _KEY.public_key().public_bytes_raw()
TRUST = {key_id(_PUBLIC): TrustedKey(_PUBLIC, "A03", "active")}
VERIFY_URL = "https://bdc.example.cn/v"

_LINES = (
    ReceiptLine("application_form", "不动产登记申请书", "Application form", Form.ORIGINAL, 1, 2),
    ReceiptLine("identity", "申请人身份证明", "Applicant's identity document", Form.COPY, 1, 2),
    ReceiptLine("purchase_contract", "商品房买卖合同", "Purchase contract", Form.ORIGINAL, 1, 12),
    ReceiptLine("invoice", "购房发票", "Purchase invoice", Form.ORIGINAL, 1, 1),
    ReceiptLine("deed_tax", "契税完税凭证", "Deed tax receipt", Form.ORIGINAL, 1, 1),
    ReceiptLine("repair_fund", "住宅专项维修资金凭证", "Repair fund receipt", Form.COPY, 1, 1),
)

_LONG_ZH = (
    "关于该项目历史遗留问题的会议纪要、认定意见、安全鉴定报告以及"
    "街道办事处出具的入住和无争议证明（复印件与原件核对一致）"
)
_LONG_EN = (
    "Minutes of the meeting that settled this legacy project, with the safety report and the "
    "neighbourhood office's statement of residence"
)


def _signed(receipt: Receipt) -> Receipt:
    return replace(receipt, token=sign_receipt(receipt, _KEY))


def ordinary() -> Receipt:
    """Return the receipt of one household with six papers."""
    return _signed(
        Receipt(
            number="620102-A03-261107-0042",
            application_id="00000000-0000-7000-8000-000000000042",
            revision=1,
            received_at=datetime(2026, 11, 7, 19, 36, 12, tzinfo=timezone(timedelta(hours=8))),
            applicant="张立群",
            id_tail="371X",
            phone_tail="0021",
            compound="雁滩花园",
            property_label="3号楼 2单元 1201",
            property_address="兰州市城关区雁滩街道滩尖子路 18 号雁滩花园 3 号楼 2 单元 1201 室",
            unit_code="620102001002GB00003F00010001",
            type_zh="新建商品房转移登记",
            type_en="New commodity housing transfer",
            lines=_LINES,
            site="雁滩花园",
            session_title="晚间场",
            operator="王海燕",
            device_code="A03",
            materials_digest=hashlib.sha256(b"sample pages").hexdigest(),
        )
    )


def co_owners() -> Receipt:
    """Return a receipt of twelve co-owners, some with long or rare names."""
    names = (
        "张立群", "阿卜杜热合曼·买买提艾力", "欧阳静怡", "𠮷野龑", "马哈三", "索南卓玛·拉毛才让",
        "李𬭎", "王㛃", "陈䶮", "卓玛", "东乡族自治县锁南镇何家村集体经济组织", "刘\ue863",
    )  # fmt: skip
    return _signed(replace(ordinary(), number="620102-A03-261107-0043", applicant="、".join(names)))


def many_materials() -> Receipt:
    """Return a receipt of forty papers, some with names of several lines."""
    lines = tuple(
        ReceiptLine(
            f"extra_{n}",
            _LONG_ZH if n % 9 == 4 else f"佐证材料（第 {n} 组）",
            _LONG_EN if n % 9 == 4 else f"Supporting evidence, set {n}",
            Form.COPY if n % 3 else Form.ORIGINAL,
            1 + n % 3,
            1 + n % 17,
        )
        for n in range(1, 41)
    )
    return _signed(replace(ordinary(), number="620102-A03-261107-0044", lines=lines))


def nearly_empty() -> Receipt:
    """Return a receipt whose optional facts are all empty, and which has no token."""
    return replace(
        ordinary(),
        number="620102-A03-261107-0045",
        applicant="",
        id_tail="",
        phone_tail="",
        compound="",
        property_label="",
        property_address="",
        unit_code="",
        lines=(),
        session_title="",
        operator="",
        token="",
    )


def hardest() -> Receipt:
    """Return a receipt in which everything is long at once, with a character that no font may have."""
    return _signed(
        replace(
            many_materials(),
            number="620102-A0300000-261107-00000046",
            applicant=co_owners().applicant + "、赵\U000323af",
            compound="兰州新区黄河生态走廊国际文化旅游度假区职工经济适用住房小区（二期）",
            property_label="第十七号楼（原第九号楼） 东单元 二十七层 2701 及附属储藏室",
            property_address="甘肃省兰州市兰州新区黄河生态走廊国际文化旅游度假区迎宾大道中段北侧三千六百八十八号"
            * 2,
            operator="阿依古丽·买买提艾力",
            clock_note="本机时钟比中心快 4 分 12 秒，已校正",
        )
    )


RECEIPTS = {
    "ordinary": ordinary,
    "co-owners": co_owners,
    "many-materials": many_materials,
    "nearly-empty": nearly_empty,
    "hardest": hardest,
}

FORM_FACTS: dict[str, Callable[[], dict[str, Any]]] = {
    "ordinary": sample_facts.ordinary,
    "long": sample_facts.long,
    "blank": dict,
}


def queue_slip_facts() -> QueueSlip:
    """Return a slip of the evening that the receipts are of."""
    receipt = ordinary()
    return QueueSlip("A012", receipt.site, receipt.session_title, receipt.received_at, 7, receipt.type_zh)


def archive_parts() -> list[archive.Part]:
    """Return a case whole: its forms, and three captured materials as grey sheets of paper."""
    facts = sample_facts.ordinary()
    titles = {code: title for code, title, _ in sheet.offered_forms()}
    before, after = ("application_form", "inquiry_record"), ("checklist", "issue_record", "archive_remarks")
    return [
        *(archive.FormPart(titles[code], code, facts) for code in before),
        *(
            archive.CapturedPart(
                line.zh,
                "原件" if line.form is Form.ORIGINAL else "复印件",
                [partial(captured_page, shade=200 + page) for page in range(line.pages)],
            )
            for line in _LINES[1:4]
        ),
        *(archive.FormPart(titles[code], code, facts) for code in after),
    ]


def captured_page(*, shade: int, width: int = 827, height: int = 1169) -> bytes:
    """Return a picture of an empty sheet, as JPEG: a captured page without anybody's data."""
    buffer = io.BytesIO()
    Image.new("L", (width, height), shade).save(buffer, "JPEG", quality=70)
    return buffer.getvalue()


def papers() -> Iterator[tuple[str, bytes]]:
    """Yield every paper as (file name, bytes): receipts, forms, slip and archive, in every form they have."""
    at = ordinary().received_at
    for name, facts in RECEIPTS.items():
        receipt = facts()
        text = json.dumps(receipt_to_json(receipt), ensure_ascii=False, indent=1)
        yield f"receipt-{name}.json", text.encode("utf-8")
        for language in ("zh", "en"):
            paper = receipt_a4.render(receipt, language=language, verify_url=VERIFY_URL)
            yield f"receipt-{name}-a4-{language}.pdf", paper
            for width in PRINTABLE_MM:
                paper = receipt_roll.render(receipt, width_mm=width, language=language, verify_url=VERIFY_URL)
                yield f"receipt-{name}-{width}mm-{language}.pdf", paper
    yield from _marked_receipts()
    for kind, known in FORM_FACTS.items():
        for code, _, _ in sheet.offered_forms():
            yield f"form-{code}-{kind}.pdf", sheet.render(code, known(), made_at=at)
    case = sample_facts.ordinary()
    for code, _, _ in sheet.offered_forms():
        yield f"form-{code}-en.pdf", sheet.render(code, case, made_at=at, language="en")
        yield f"form-{code}-bo.pdf", sheet.render(code, case, made_at=at, second="bo")
    token = sign_receipt(ordinary(), _KEY, kind=Kind.ACCEPTANCE_CERTIFICATE)
    certificate = sheet.render("acceptance_certificate", case, made_at=at, token=token, verify_url=VERIFY_URL)
    yield "form-acceptance_certificate-signed.pdf", certificate
    for width in PRINTABLE_MM:
        for language in ("zh", "en"):
            slip = queue_slip.render(queue_slip_facts(), width_mm=width, language=language)
            yield f"queue-slip-{width}mm-{language}.pdf", slip
    yield "archive.pdf", archive.render(case, archive_parts(), made_at=at)


def _marked_receipts() -> Iterator[tuple[str, bytes]]:
    """Yield the receipts that say something of themselves: reprinted, void, in two scripts, as commands."""
    receipt = ordinary()
    again = replace(receipt, token=sign_receipt(receipt, _KEY, print_count=2))
    yield (
        "receipt-reprint-a4-zh.pdf",
        receipt_a4.render(again, verify_url=VERIFY_URL, copy_number=2, reprinted_by="王海燕"),
    )
    yield "receipt-void-a4-zh.pdf", receipt_a4.render(receipt, voided="申请人信息录入有误，重新收件")
    yield "receipt-a4-bo.pdf", receipt_a4.render(receipt, verify_url=VERIFY_URL, second="bo")
    yield "receipt-80mm-bo.pdf", receipt_roll.render(receipt, verify_url=VERIFY_URL, second="bo")
    for width in PRINTABLE_MM:
        paper = receipt_roll.render(receipt, width_mm=width, verify_url=VERIFY_URL)
        yield f"receipt-{width}mm.escpos", escpos.encode(paper, width)
        text = qr_text(receipt, VERIFY_URL)
        above = receipt_roll.render(receipt, width_mm=width, verify_url=VERIFY_URL, code_follows=True)
        yield f"receipt-{width}mm-own-code.escpos", escpos.encode(above, width, code=text)


def write_all(folder: Path) -> list[Path]:
    """Write every paper into a folder, which is made if need be; return the files. OSError if it cannot."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, content in papers():
        files.append(folder / name)
        files[-1].write_bytes(content)
    return files
