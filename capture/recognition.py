"""What reading a page brings: its kind, its fields, its lines of text, and how it has to be turned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from capture.pages import Finding

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as shares (0..1) of the page's width and height once it stands upright."""

FieldValue = str | int | float | tuple[str, ...]


class PageKind(StrEnum):
    """What a page is by the words on it."""

    ID_CARD_FRONT = "id_card_front"
    ID_CARD_BACK = "id_card_back"
    PURCHASE_CONTRACT = "purchase_contract"
    INVOICE = "invoice"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    REAL_ESTATE_CERTIFICATE = "real_estate_certificate"
    HOUSEHOLD_REGISTER = "household_register"
    APPLICATION_FORM = "application_form"
    DEED_TAX_RECEIPT = "deed_tax_receipt"
    MAINTENANCE_FUND_RECEIPT = "maintenance_fund_receipt"
    POWER_OF_ATTORNEY = "power_of_attorney"


class Doubt(StrEnum):
    """Why a field that stands on the page was left out."""

    UNSURE = "unsure"  # the characters themselves are not certain
    READINGS_DIFFER = "readings_differ"  # a second look at the same line saw something else
    MALFORMED = "malformed"  # not of the form that the field has
    CHECK_FAILED = "check_failed"  # a check digit, a division, a date that is none, an order or a sum
    CONTRADICTED = "contradicted"  # another field of the same page says otherwise


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field that passed its own check.

    Dates are ISO text, numbers are numbers, several persons are a tuple of names in the page's order.
    confidence (0..1) is that of the least certain character; box is where the value stands.
    """

    value: FieldValue
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line as it was read; confidence is the mean over its characters."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Recognition:
    """Everything that reading one page brought.

    rotation (0, 90, 180, 270) is the clockwise turn that brings the page as it was given upright; boxes are
    on the page so turned. kind is None when the words fit none. left_out names fields that were seen and
    refused. item_codes are the checklist rows that the page may belong to, the likeliest first.
    seconds maps each step to its time.
    """

    kind: PageKind | None
    kind_confidence: float
    fields: Mapping[str, FieldReading]
    left_out: Mapping[str, Doubt]
    texts: tuple[TextLine, ...]
    rotation: int
    findings: tuple[Finding, ...]
    item_codes: tuple[str, ...]
    seconds: Mapping[str, float]
