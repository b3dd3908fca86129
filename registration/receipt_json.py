"""A receipt as plain JSON values: as it is frozen in the store, sent to the centre and read for print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from registration.paper_form import Form
from registration.receipt import Receipt, ReceiptLine

_TEXTS = (
    "number",
    "application_id",
    "applicant",
    "id_tail",
    "phone_tail",
    "compound",
    "property_label",
    "property_address",
    "unit_code",
    "type_zh",
    "type_en",
    "site",
    "session_title",
    "operator",
    "device_code",
    "materials_digest",
)
_LATER_TEXTS = ("token", "clock_note")  # absent in a receipt frozen before they were known


def receipt_to_json(receipt: Receipt) -> dict[str, Any]:
    """Return the receipt as JSON values; `receipt_from_json` is its inverse.

    `received_at` is ISO 8601 with its offset. ValueError for a naive time: without an offset it says
    nothing about when.
    """
    if receipt.received_at.utcoffset() is None:
        raise ValueError("received_at has no offset")
    return {
        **{name: getattr(receipt, name) for name in (*_TEXTS, *_LATER_TEXTS)},
        "revision": receipt.revision,
        "received_at": receipt.received_at.isoformat(),
        "lines": [
            {
                "item_code": line.item_code,
                "zh": line.zh,
                "en": line.en,
                "form": line.form.value,
                "copies": line.copies,
                "pages": line.pages,
            }
            for line in receipt.lines
        ],
    }


def receipt_from_json(value: Mapping[str, Any]) -> Receipt:
    """Read what `receipt_to_json` wrote. KeyError, TypeError or ValueError on anything else.

    Unknown fields are ignored, so that a receipt of a newer program can still be shown.
    """
    received_at = datetime.fromisoformat(value["received_at"])
    if received_at.utcoffset() is None:
        raise ValueError("received_at has no offset")
    lines = tuple(
        ReceiptLine(
            item_code=_text(line, "item_code"),
            zh=_text(line, "zh"),
            en=_text(line, "en"),
            form=Form(line["form"]),
            copies=int(line["copies"]),
            pages=int(line["pages"]),
        )
        for line in value["lines"]
    )
    texts = {name: _text(value, name) for name in _TEXTS}
    later = {name: _text(value, name) for name in _LATER_TEXTS if name in value}
    return Receipt(**texts, **later, revision=int(value["revision"]), received_at=received_at, lines=lines)


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value[name]
    if not isinstance(found, str):
        raise TypeError(f"{name} is not text")
    return found
