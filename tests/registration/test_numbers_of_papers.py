"""Numbers of firms, certificates, permits and units: right ones are read in any writing, slips are caught."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registration.certificates import CertificateKind, parse_certificate_number, parse_print_serial
from registration.codes import (
    credit_check_character,
    organisation_check_character,
    parse_credit_code,
    parse_licence_number,
    parse_organisation_code,
)
from registration.documents import DocumentKind, PartyKind, parse_document
from registration.errors import InputError
from registration.unit_codes import read_unit_code
from tests.registration.strategies import TODAY

CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SAMPLE = "91350100M000100Y43"  # the sample of GB 32100-2015


def code_of(call: object, *args: object, **named: object) -> str:
    with pytest.raises(InputError) as caught:
        call(*args, **named)  # type: ignore[operator]
    return caught.value.code


def test_the_sample_of_the_credit_code():
    code = parse_credit_code(f" {SAMPLE[:8]}-{SAMPLE[8:].lower()} ")
    assert (code.text, code.authority, code.category) == (SAMPLE, "9", "91")
    assert (code.division, code.organisation) == ("350100", "M000100Y4")
    assert parse_organisation_code("M000100Y-4") == "M000100Y4"


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    body = draw(st.text(CREDIT, min_size=8, max_size=8))
    check = organisation_check_character(body)
    head = draw(st.sampled_from(["91", "92", "11", "12", "51"])) + draw(st.sampled_from(["620102", "621121"]))
    return head + body + check + credit_check_character(head + body + check)


@given(credit_codes())
def test_every_valid_credit_code_is_read(code: str):
    assert parse_credit_code(code).text == code
    assert parse_licence_number(code) == code


@given(credit_codes(), st.integers(0, 17), st.sampled_from(CREDIT))
def test_one_wrong_character_of_a_credit_code_is_always_caught(code: str, at: int, other: str):
    assume(code[at] != other)
    assert code_of(parse_credit_code, code[:at] + other + code[at + 1 :]).startswith("credit_code_")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "credit_code_length"),
        (SAMPLE[:-1], "credit_code_length"),
        (SAMPLE.replace("0", "O", 1), "credit_code_characters"),
        ("91I50100M000100Y43", "credit_code_characters"),
        ("9135010AM000100Y43", "credit_code_characters"),
        (SAMPLE[:-1] + "4", "credit_code_check"),
    ],
)
def test_slips_in_a_credit_code_say_what_they_are(typed: str, code: str):
    assert code_of(parse_credit_code, typed) == code


def test_the_organisation_code_inside_has_a_check_of_its_own():
    head = "91350100M000100Y5"
    assert code_of(parse_credit_code, head + credit_check_character(head)) == "credit_code_organisation"


def test_the_number_of_a_licence_from_before_2015():
    assert parse_licence_number("110108000000016") == "110108000000016"
    wrong = ["110108000000016"[:i] + d + "110108000000016"[i + 1 :] for i in range(15) for d in "0123456789"]
    assert all(
        text == "110108000000016" or code_of(parse_licence_number, text) == "registration_number"
        for text in wrong
    )


# -- certificates ------------------------------------------------------------

WRITTEN = "甘（2022）兰州市不动产权第0000001号"


@pytest.mark.parametrize(
    "typed",
    [
        WRITTEN,
        "甘(2022)兰州市不动产权第0000001号",
        "甘〔2022〕兰州市 不动产权第 0000001 号",
        "甘[２０２２]兰州市不动产权第0000001号",
    ],
)
def test_a_certificates_number_has_one_form(typed: str):
    number = parse_certificate_number(typed, today=TODAY)
    assert (number.text, number.kind) == (WRITTEN, CertificateKind.CERTIFICATE)
    assert (number.province, number.year, number.office, number.serial) == ("甘", "2022", "兰州市", "0000001")


def test_proofs_and_older_certificates():
    proof = parse_certificate_number("甘（2023）通渭县不动产证明第0000021号", today=TODAY)
    assert (proof.kind, proof.office) == (CertificateKind.PROOF, "通渭县")
    old = parse_certificate_number("兰房权证(城关区)字第12345号", today=TODAY)
    assert (old.kind, old.text) == (CertificateKind.OLDER, "兰房权证（城关区）字第12345号")
    assert parse_print_serial(" d62 000000001 ") == "D62000000001"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "certificate_number"),
        ("甘（2022）兰州市不动产权第号", "certificate_number"),
        ("某（2022）兰州市不动产权第0000001号", "certificate_number"),
        ("甘（2014）兰州市不动产权第0000001号", "certificate_year"),
        ("甘（2027）兰州市不动产权第0000001号", "certificate_year"),
    ],
)
def test_what_is_no_certificates_number(typed: str, code: str):
    assert code_of(parse_certificate_number, typed, today=TODAY) == code


# -- documents of persons ------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [
        (DocumentKind.PASSPORT, "e 12345678", "E12345678"),
        (DocumentKind.HONG_KONG_MACAO_PERMIT, "H12345678", "H12345678"),
        (DocumentKind.HONG_KONG_MACAO_PERMIT, "M1234567801", "M1234567801"),
        (DocumentKind.TAIWAN_PERMIT, "12345678", "12345678"),
        (DocumentKind.PERMANENT_RESIDENCE, "USA110000000001", "USA110000000001"),
        (DocumentKind.MILITARY, "军字第1234567号", "军字第1234567号"),
        (DocumentKind.ORGANISATION_CODE, "M000100Y-4", "M000100Y4"),
        (DocumentKind.HOUSEHOLD_REGISTER, "11010519491231002x", "11010519491231002X"),
    ],
)
def test_documents_of_all_kinds(kind: DocumentKind, typed: str, number: str):
    assert parse_document(kind, typed, today=TODAY).number == number


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (DocumentKind.PASSPORT, "ABCDEFG", "passport_number"),
        (DocumentKind.HONG_KONG_MACAO_PERMIT, "K12345678", "hong_kong_macao_number"),
        (DocumentKind.TAIWAN_PERMIT, "1234567", "taiwan_number"),
        (DocumentKind.RESIDENCE_PERMIT, "11010519491231002X", "residence_number"),
        (DocumentKind.PERMANENT_RESIDENCE, "11010519491231002X", "permanent_residence_number"),
        (DocumentKind.MILITARY, "军字", "military_number"),
        (DocumentKind.OTHER, "??", "document_number"),
        (DocumentKind.ORGANISATION_CODE, "M000100Y5", "organisation_code"),
    ],
)
def test_wrong_documents_say_which_rule(kind: DocumentKind, typed: str, code: str):
    assert code_of(parse_document, kind, typed, today=TODAY) == code


def test_what_a_document_tells_of_its_holder():
    card = parse_document(DocumentKind.ID_CARD, "11010519491231002X", today=TODAY)
    assert (card.birth, card.sex) == (date(1949, 12, 31), "female")
    assert parse_document(DocumentKind.PASSPORT, "E12345678", today=TODAY).birth is None
    bodies = {kind for kind in DocumentKind if kind.party_kind is PartyKind.LEGAL}
    assert bodies == {
        DocumentKind.BUSINESS_LICENCE, DocumentKind.CREDIT_CODE, DocumentKind.ORGANISATION_CODE,
    }  # fmt: skip
    assert not DocumentKind.ID_CARD.foreign
    assert DocumentKind.PASSPORT.foreign


# -- property units ------------------------------------------------------------


def test_the_layers_of_a_unit_code():
    code = read_unit_code("620102 001002 GB00003 F00010012")
    assert code is not None
    assert (code.division, code.cadastral_district, code.cadastral_subdistrict) == ("620102", "001", "002")
    assert (code.parcel_kind, code.parcel_number, code.fixture_kind) == ("GB", "00003", "F")
    assert (code.building, code.unit, code.temporary, code.on_collective_land) == (
        "0001",
        "0012",
        False,
        False,
    )


@pytest.mark.parametrize("typed", ["620102001002", "620102001002GB00003", "620102001002GB00003F0001"])
def test_a_code_that_ends_after_a_layer_is_temporary(typed: str):
    code = read_unit_code(typed)
    assert code is not None
    assert code.temporary


def test_an_empty_code_is_none_and_a_cut_one_is_refused():
    assert read_unit_code(" ") is None
    for typed in ("620102001002GB00003F000100", "62010200100", "620102001002GA00003", "虚拟单元号"):
        assert code_of(read_unit_code, typed) == "unit_code"
    collective = read_unit_code("620102001002JC00003F00010012")
    assert collective is not None and collective.on_collective_land
