"""A reading between the program and the recognition process, every field converted to its type on arrival."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from capture.imaging_wire import BrokenFrameError, Head
from capture.pages import Finding, FindingKind, Severity
from capture.recognition import Box, Doubt, FieldReading, FieldValue, PageKind, Recognition, TextLine


def recognition_head(read: Recognition) -> dict[str, Any]:
    """Everything of a reading, ready for JSON."""
    return {
        "kind": "recognition",
        "page_kind": read.kind.value if read.kind else None,
        "kind_confidence": read.kind_confidence,
        "fields": {
            name: [list(f.value) if isinstance(f.value, tuple) else f.value, f.confidence, list(f.box)]
            for name, f in read.fields.items()
        },
        "left_out": {name: doubt.value for name, doubt in read.left_out.items()},
        "texts": [[line.text, line.confidence, list(line.box)] for line in read.texts],
        "rotation": read.rotation,
        "findings": [[f.kind.value, f.severity.value, f.measured, f.limit] for f in read.findings],
        "item_codes": list(read.item_codes),
        "seconds": dict(read.seconds),
    }


def recognition_from(head: Head) -> Recognition:
    """The reading that recognition_head described. Raises BrokenFrameError if one field is mistyped."""
    try:
        kind = head["page_kind"]
        rotation = int(head["rotation"])
        if rotation not in (0, 90, 180, 270):
            raise BrokenFrameError
        return Recognition(
            kind=None if kind is None else PageKind(kind),
            kind_confidence=float(head["kind_confidence"]),
            fields={
                str(name): FieldReading(_value(value), float(confidence), _box(box))
                for name, (value, confidence, box) in head["fields"].items()
            },
            left_out={str(name): Doubt(doubt) for name, doubt in head["left_out"].items()},
            texts=tuple(
                TextLine(str(text), float(confidence), _box(box)) for text, confidence, box in head["texts"]
            ),
            rotation=rotation,
            findings=tuple(
                Finding(FindingKind(kind), Severity(severity), float(measured), float(limit))
                for kind, severity, measured, limit in head["findings"]
            ),
            item_codes=tuple(str(code) for code in head["item_codes"]),
            seconds={str(step): float(spent) for step, spent in head["seconds"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenFrameError from error


def _value(value: object) -> FieldValue:
    if isinstance(value, list):
        return tuple(str(part) for part in value)
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return value
    raise BrokenFrameError


def _box(sides: Sequence[float]) -> Box:
    left, top, right, bottom = (float(side) for side in sides)
    return (left, top, right, bottom)
