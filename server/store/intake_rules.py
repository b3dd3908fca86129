"""What has to be true of one submitted application by itself: its shape, and the rules of registration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from registration.application import Application, PageRef, application_from_json, what_is_missing
from registration.checklist import Checklist
from registration.compound_file import CompoundFile
from registration.numbering import is_receipt_number
from registration.packs import PackSet
from registration.property_unit import Compound, Household
from registration.receipt import materials_digest
from server.words import words_for_problems
from sync.contract import Digest, Event, SubmittedBody, canonical, sha256_hex

_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Refusal:
    """Why an event is refused; words are empty where the centre's own catalogue has them."""

    code: str
    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class Submission:
    """A well-formed event: its body, the application read from it, and its pages."""

    body: SubmittedBody
    application: Application
    pages: tuple[PageRef, ...]
    sizes: dict[Digest, int]  # every page and original, once


def read_submission(event: Event) -> Submission | Refusal:
    """Read an event's body, or say what is wrong with its form."""
    try:
        return _read(event)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return Refusal("body_malformed")


def _read(event: Event) -> Submission | Refusal:
    if sha256_hex(canonical(event.body)) != event.body_digest:
        return Refusal("body_digest")
    body = SubmittedBody.model_validate(event.body)
    application = application_from_json(body.application)
    if (
        has_unstorable(event.body)
        or (application.id, application.revision) != (event.application_id, event.revision)
        or not 1 <= event.revision < 2**31
        or application.household_id != body.household_id
        or len({page.id for page in body.pages}) != len(body.pages)
    ):
        return Refusal("body_malformed")
    pages = tuple(
        PageRef(
            p.id,
            p.item_code,
            p.ordinal,
            p.digest,
            p.original_digest,
            p.size,
            p.original_size,
            p.width,
            p.height,
        )
        for p in body.pages
    )
    sizes: dict[Digest, int] = {}
    for digest, size in [(p.digest, p.size) for p in pages] + [
        (p.original_digest, p.original_size) for p in pages
    ]:
        if len(digest) != 64 or not _HEX.issuperset(digest):
            return Refusal("body_malformed")
        if sizes.setdefault(digest, size) != size:
            return Refusal("page_size_differs")
    if set(event.digests) != set(sizes):
        return Refusal("digests_mismatch")
    if not is_receipt_number(body.receipt_number):
        return Refusal("receipt_number_shape")
    if _receipt_differs(body, application, pages):
        return Refusal("receipt_mismatch")
    return Submission(body, application, pages, sizes)


def check_rules(
    submission: Submission,
    checklist: Checklist,
    household: Household | None,
    compound: Compound,
    *,
    today: date,
    packs: PackSet,
    file: CompoundFile,
) -> Refusal | None:
    """Apply the same rules as the window did, on the centre's own reference data.

    `packs` are of the versions that the application was taken in with.
    """
    problems = what_is_missing(
        submission.application,
        checklist,
        submission.pages,
        household,
        compound,
        today=today,
        packs=packs,
        file=file,
    )
    if not problems:
        return None
    code = problems[0].code if len(problems) == 1 else "rules_not_met"
    return Refusal(code, *words_for_problems(problems))


def _receipt_differs(body: SubmittedBody, application: Application, pages: tuple[PageRef, ...]) -> bool:
    """Say whether the paper in the household's hand would contradict the pages that came."""
    receipt = body.receipt
    expected = {
        "number": body.receipt_number,
        "application_id": application.id,
        "revision": application.revision,
        "materials_digest": materials_digest(pages),
    }
    return any(name in receipt and receipt[name] != value for name, value in expected.items())


def has_unstorable(value: Any) -> bool:
    """Say whether a JSON value has what PostgreSQL's jsonb cannot hold: NUL, NaN, infinity."""
    try:
        return "\\u0000" in json.dumps(value, allow_nan=False)
    except ValueError:
        return True
