"""What a machine read of a page, as it is kept with it: kind, fields, and the rows it may belong to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FieldValue = str | float | tuple[str, ...]


@dataclass(frozen=True)
class PageReading:
    """One reading. Every field passed its own check; `left_out` names those that did not, with the reason.

    `kind` is "" where the words fit none; `rows` are the checklist rows that the page may belong to, the
    likeliest first; `findings` what the reader adds to the quality gate, as (kind, severity). Confidences run
    from 0 to 1. Dates are ISO text, amounts yuan, areas square metres, several persons a tuple of names.
    """

    kind: str = ""
    confidence: float = 0.0
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    certainty: Mapping[str, float] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[tuple[str, str], ...] = ()
    rows: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return a field as one text, "" where it was not read."""
        value = self.fields.get(name, "")
        return "、".join(value) if isinstance(value, tuple) else str(value)

    def number(self, name: str) -> float | None:
        value = self.fields.get(name)
        return float(value) if isinstance(value, (int, float)) else None


def reading_to_json(reading: PageReading) -> str:
    """Return the JSON text that `reading_from_json` reads."""
    return json.dumps(
        {
            "kind": reading.kind,
            "confidence": reading.confidence,
            "fields": {
                name: [list(value) if isinstance(value, tuple) else value, reading.certainty.get(name, 0.0)]
                for name, value in reading.fields.items()
            },
            "left_out": dict(reading.left_out),
            "findings": [list(finding) for finding in reading.findings],
            "rows": list(reading.rows),
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def reading_from_json(text: str) -> PageReading | None:
    """Return a reading kept by `reading_to_json`, None for "" and for what another program wrote."""
    try:
        raw: dict[str, Any] = json.loads(text) if text else {}
        if not raw:
            return None
        return PageReading(
            kind=str(raw["kind"]),
            confidence=float(raw["confidence"]),
            fields={str(name): _value(value) for name, (value, _) in raw["fields"].items()},
            certainty={str(name): float(sure) for name, (_, sure) in raw["fields"].items()},
            left_out={str(name): str(doubt) for name, doubt in raw["left_out"].items()},
            findings=tuple((str(kind), str(severity)) for kind, severity in raw["findings"]),
            rows=tuple(str(code) for code in raw["rows"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _value(value: object) -> FieldValue:
    if isinstance(value, list):
        return tuple(str(part) for part in value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return str(value)
