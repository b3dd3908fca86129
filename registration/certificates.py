"""Numbers of certificates (不动产权证书) and proofs (登记证明): read in any brackets, written in one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registration.errors import InputError
from registration.folding import fold, full_brackets

_UNIFIED = re.compile(
    r"(?P<province>[京津冀晋蒙辽吉黑沪浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新苏])"
    r"（(?P<year>[0-9]{4})）(?P<office>[\u4e00-\u9fff]{2,20}?)不动产(?P<kind>权|证明)第(?P<serial>[0-9]{1,10})号"
)
_OLDER = ("房权证", "房产证", "房地证", "房地权", "国用", "集用", "土地证", "他项", "所有权证", "使用权证")
_FIRST_YEAR = 2015  # unified certificates came with the 不动产登记暂行条例
_OLDER_LENGTH = 60


class CertificateKind(StrEnum):
    """What the paper is: a certificate of ownership, a proof of another right, or one from before 2015."""

    CERTIFICATE = "certificate"  # 不动产权证书
    PROOF = "proof"  # 不动产登记证明
    OLDER = "older"  # 房权证, 国用 …


@dataclass(frozen=True)
class CertificateNumber:
    """A certificate's number in its one written form; parts are empty for an older certificate."""

    text: str
    kind: CertificateKind
    province: str = ""  # the one character: 甘
    year: str = ""
    office: str = ""  # 兰州市
    serial: str = ""


def parse_certificate_number(text: str, *, today: date) -> CertificateNumber:
    """Read a certificate's number and write its brackets as （）.

    Source: national certificate templates: A（B）C不动产权第D号 and A（B）C不动产证明第D号, where A is the
    province, B the year, C the place and D the serial of that year. Certificates of before 2015 stay valid
    (不动产登记暂行条例 art. 33) and are taken as free text where they carry one of their usual words.
    Raises InputError with code certificate_number or certificate_year.
    """
    value = full_brackets(text)
    found = _UNIFIED.fullmatch(value)
    if found is None:
        if len(value) <= _OLDER_LENGTH and any(word in value for word in _OLDER) and re.search(r"\d", value):
            return CertificateNumber(value, CertificateKind.OLDER)
        raise InputError("certificate_number", field="certificate_number")
    if not _FIRST_YEAR <= int(found["year"]) <= today.year:
        raise InputError("certificate_year", field="certificate_number", year=found["year"])
    kind = CertificateKind.CERTIFICATE if found["kind"] == "权" else CertificateKind.PROOF
    return CertificateNumber(value, kind, found["province"], found["year"], found["office"], found["serial"])


def parse_print_serial(text: str) -> str:
    """Read the serial that is printed on the blank certificate: D, two digits of the province, nine more.

    Source: general knowledge of the national templates, not verified. InputError code print_serial.
    """
    value = fold(text)
    if not re.fullmatch(r"D[0-9]{11}", value):
        raise InputError("print_serial", field="print_serial")
    return value
