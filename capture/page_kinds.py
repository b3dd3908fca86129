"""What kind of page it is, by the words on it, and which row of a checklist it may belong to."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from capture.recognition import PageKind
from capture.sheet import Sheet

ENOUGH = 0.5
K = PageKind

# (pattern, how much it says); a title alone is enough, a label that many papers have is not.
_MARKS: Mapping[PageKind, tuple[tuple[str, float], ...]] = {
    K.ID_CARD_FRONT: (
        (r"公民身份号码", 0.45), (r"^姓名|姓名 ", 0.15), (r"住址", 0.2), (r"民族", 0.15), (r"性别", 0.1),
        (r"出生", 0.15), (r"户主|户别|登记卡|结婚证|合同|证书", -0.6),
    ),
    K.ID_CARD_BACK: (
        (r"居民身份证", 0.4), (r"签发机关", 0.35), (r"有效期限", 0.3), (r"中华人民共和国", 0.1),
        (r"公安局", 0.1), (r"\d{4}\.\d\d\.\d\d-", 0.15), (r"登记卡|户口簿|合同", -0.6),
    ),
    K.PURCHASE_CONTRACT: (
        (r"商品房(?:买卖|预售)合同|存量房买卖合同|房屋买卖合同", 0.7), (r"^合同编号", 0.2), (r"出卖人", 0.3),
        (r"买受人", 0.3), (r"第[一二三四五六七八九十]+条", 0.1), (r"建筑面积", 0.05),
        (r"授权委托书|申请书", -0.4),
    ),
    K.INVOICE: (
        (r"发票(?!.*(?:复印|原件))", 0.4), (r"发票号码", 0.35), (r"发票代码", 0.2),
        (r"付款方|购买方|购货单位", 0.2), (r"收款方|销售方|销货单位", 0.2), (r"小写", 0.1),
        (r"价税合计|开票日期", 0.2),
    ),
    K.MARRIAGE_CERTIFICATE: (
        (r"^结婚证", 0.6), (r"结婚证字号", 0.4), (r"持证人", 0.25), (r"身份证件号", 0.15),
        (r"登记机关|婚姻登记", 0.1),
    ),
    K.REAL_ESTATE_CERTIFICATE: (
        (r"不动产权证书", 0.6), (r"不动产权第", 0.5), (r"不动产单元号", 0.3), (r"权利人", 0.15),
        (r"共有情况", 0.2), (r"坐落", 0.1), (r"权利类型|权利性质", 0.15), (r"房屋所有权证", 0.6),
        (r"申请书|委托书|合同", -0.5),
    ),
    K.HOUSEHOLD_REGISTER: (
        (r"居民户口簿", 0.7), (r"常住人口登记卡", 0.7), (r"与户主关系", 0.4), (r"户别|户号", 0.2),
        (r"户主姓名", 0.3), (r"籍贯|曾用名|出生地", 0.15), (r"申请书|委托书|合同", -0.5),
    ),
    K.APPLICATION_FORM: ((r"登记申请(?:书|表)", 0.8), (r"申请登记事由|登记类型|申请人", 0.2)),
    K.DEED_TAX_RECEIPT: (
        (r"税收完税证明|完税(?:证明|凭证)|契税.*(?:缴款书|证明)", 0.6), (r"契税", 0.3), (r"税务", 0.2),
        (r"纳税人", 0.15),
    ),
    K.MAINTENANCE_FUND_RECEIPT: ((r"维修(?:资|基)金", 0.6), (r"专用(?:票据|收据)|交存|缴存", 0.25)),
    K.POWER_OF_ATTORNEY: (
        (r"授权委托书|^委托书", 0.7), (r"委托人", 0.2), (r"受托人|受委托人|代理人", 0.2),
    ),
}  # fmt: skip

# Codes of registration/reference/registration_types.json, the likeliest row first.
_ITEMS: Mapping[PageKind, tuple[str, ...]] = {
    K.ID_CARD_FRONT: ("identity",),
    K.ID_CARD_BACK: ("identity",),
    K.HOUSEHOLD_REGISTER: ("marriage", "kinship", "identity"),
    K.PURCHASE_CONTRACT: ("purchase_contract", "contract", "presale_contract"),
    K.REAL_ESTATE_CERTIFICATE: ("original_certificate",),
    K.INVOICE: ("invoice",),
    K.MARRIAGE_CERTIFICATE: ("marriage",),
    K.APPLICATION_FORM: ("application_form",),
    K.DEED_TAX_RECEIPT: ("deed_tax", "tax_receipt"),
    K.MAINTENANCE_FUND_RECEIPT: ("maintenance_fund",),
    K.POWER_OF_ATTORNEY: ("proxy",),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind and how sure it is, 0..1; kind is None, with 0, when the words fit none."""

    kind: PageKind | None
    confidence: float


def guess(sheet: Sheet, expected: Collection[PageKind] = ()) -> Guess:
    """The kind whose words the page has; what is expected wins where two fit alike."""
    scores = {kind: _score(sheet, kind) + 0.1 * (kind in expected) for kind in _MARKS}
    best = max(scores, key=lambda kind: scores[kind])
    rival = max(score for kind, score in scores.items() if kind is not best)
    if scores[best] < ENOUGH:
        return Guess(None, 0.0)
    return Guess(
        best, round(min(1.0, scores[best]) * min(1.0, 0.5 + (scores[best] - max(rival, 0)) / 0.8), 3)
    )


def item_codes(kind: PageKind | None) -> tuple[str, ...]:
    """The checklist rows that a page of this kind may belong to, the likeliest first."""
    return _ITEMS.get(kind, ()) if kind is not None else ()


def _score(sheet: Sheet, kind: PageKind) -> float:
    return sum(worth for pattern, worth in _MARKS[kind] if re.search(pattern, sheet.text, re.MULTILINE))
