"""Certificates into their owners' hands (领证): who comes, what comes back for it, what is signed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from registration.errors import InputError
from registration.facts import Fact, in_order
from registration.identifiers import mask_name
from registration.signatures import Point, is_drawn


class Taker(StrEnum):
    """Who takes the certificate."""

    OWNER = "owner"
    AGENT = "agent"  # with a mandate and both identity documents


class Way(StrEnum):
    """How it reaches the owner."""

    WINDOW = "window"
    VISIT = "visit"
    POST = "post"


class CollectionState(StrEnum):
    """How far a certificate is from its owner's hand."""

    WAITING = "waiting"
    NOTIFIED = "notified"
    IN_HAND = "in_hand"
    TAKEN_BACK = "taken_back"  # the hand-over was corrected: it waits again


@dataclass(frozen=True)
class HandOver:
    """What is said at a hand-over. `certificates` are all numbers that go, one each for co-owners.

    `place` is the home as the signed text names it: other windows may know it by another name.

    Either the original receipt comes back (`receipt_returned` with its number) or `receipt_lost` says why
    not. Strokes are empty where it goes by post, which has `post_number`, or is signed on paper.
    """

    household_id: str
    receipt_number: str
    certificates: tuple[str, ...]
    place: str = ""
    way: Way = Way.WINDOW
    taker: Taker = Taker.OWNER
    taker_name: str = ""
    identity_seen: bool = False
    mandate_seen: bool = False
    receipt_returned: bool = False
    receipt_typed: str = ""  # as scanned or typed from the paper that came back
    receipt_lost: str = ""
    post_number: str = ""
    on_paper: bool = False
    strokes: tuple[tuple[Point, ...], ...] = ()
    text_digest: str = ""  # lower-case SHA-256 hex of the text beside the pad, in UTF-8


@dataclass(frozen=True)
class Collection:
    """What is known of one certificate's way. `twice`: two laptops handed it out.

    `given` is of the hand-over; in hand without it: a newer program wrote what this one cannot read.
    """

    state: CollectionState
    at: datetime | None = None
    by: str = ""
    given: HandOver | None = None
    twice: bool = False
    why: str = ""  # of a hand-over that was taken back


def receipt_text(given: HandOver, language: str) -> str:
    """Return what the taker signs: the certificates, the place and what came back. Its digest is bound."""
    numbers = "、".join(given.certificates)
    if language.startswith("en"):
        who = "as the owner" if given.taker is Taker.OWNER else "as the owner's agent"
        back = (
            "The original receipt was given back."
            if given.receipt_returned
            else f"The original receipt is not given back: {given.receipt_lost}."
        )
        return (
            f"I, {given.taker_name}, {who}, have received for {given.place}: {numbers}."
            f" Receipt {given.receipt_number}. {back}"
        )
    who = "权利人本人" if given.taker is Taker.OWNER else "权利人的代理人"
    back = "收件凭证原件已交回。" if given.receipt_returned else f"收件凭证原件未交回：{given.receipt_lost}。"
    return (
        f"本人{given.taker_name}（{who}）已领取{given.place}的不动产登记证明文件：{numbers}。"
        f"收件编号{given.receipt_number}。{back}"
    )


def signed_text(given: HandOver) -> str:
    """Return the text that was signed, in the language that was shown; the Chinese one where neither fits."""
    return next((text for text in _texts(given) if digest_of(text) == given.text_digest), _texts(given)[0])


def _texts(given: HandOver) -> list[str]:
    return [receipt_text(given, language) for language in ("zh", "en")]


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def check_hand_over(given: HandOver) -> HandOver:
    """Return a hand-over that lacks nothing, its texts trimmed.

    Raises InputError with the field: certificate_missing, taker_missing, identity_not_seen, mandate_not_seen,
    receipt_not_returned, receipt_differs, post_number_missing, hand_over_unsigned, hand_over_text_changed.
    """
    given = replace(
        given,
        certificates=tuple(dict.fromkeys(n.strip() for n in given.certificates if n.strip())),
        taker_name=given.taker_name.strip(),
        receipt_typed=given.receipt_typed.strip().upper(),
        receipt_lost=given.receipt_lost.strip(),
        post_number=given.post_number.strip(),
    )
    if not given.certificates:
        raise InputError("certificate_missing", field="certificates")
    if not given.taker_name:
        raise InputError("taker_missing", field="taker_name")
    if not given.identity_seen:
        raise InputError("identity_not_seen", field="identity_seen")
    if given.taker is Taker.AGENT and not given.mandate_seen:
        raise InputError("mandate_not_seen", field="mandate_seen")
    if given.receipt_returned and given.receipt_typed != given.receipt_number.upper():
        raise InputError("receipt_differs", field="receipt_typed")
    if not given.receipt_returned and not given.receipt_lost:
        raise InputError("receipt_not_returned", field="receipt_lost")
    if given.way is Way.POST:
        if not given.post_number:
            raise InputError("post_number_missing", field="post_number")
    elif not given.on_paper and not is_drawn(given.strokes):
        raise InputError("hand_over_unsigned", field="strokes")
    if given.strokes and given.text_digest not in map(digest_of, _texts(given)):
        raise InputError("hand_over_text_changed", field="strokes")
    return given


def hand_over_to_json(given: HandOver) -> dict[str, Any]:
    """Return a hand-over as the body of its fact; `certificate_number` has all numbers in one text."""
    return {
        "household_id": given.household_id,
        "receipt_number": given.receipt_number,
        "certificate_number": "、".join(given.certificates),
        "certificates": list(given.certificates),
        "place": given.place,
        "way": given.way.value,
        "taken_by": given.taker.value,
        "taker_name": given.taker_name,
        "identity_seen": given.identity_seen,
        "mandate_seen": given.mandate_seen,
        "receipt_returned": given.receipt_returned,
        "receipt_lost": given.receipt_lost,
        "post_number": given.post_number,
        "on_paper": given.on_paper,
        "strokes": [[list(point) for point in stroke] for stroke in given.strokes],
        "text_digest": given.text_digest,
    }


def hand_over_from_json(body: Mapping[str, Any]) -> HandOver:
    """Inverse of `hand_over_to_json`; KeyError, ValueError, TypeError or OverflowError for what is none."""
    return HandOver(
        household_id=str(body["household_id"]),
        receipt_number=str(body["receipt_number"]),
        certificates=tuple(map(str, body["certificates"])),
        place=str(body["place"]),
        way=Way(body["way"]),
        taker=Taker(body["taken_by"]),
        taker_name=str(body["taker_name"]),
        identity_seen=bool(body["identity_seen"]),
        mandate_seen=bool(body["mandate_seen"]),
        receipt_returned=bool(body["receipt_returned"]),
        receipt_typed=str(body["receipt_number"]) if body["receipt_returned"] else "",
        receipt_lost=str(body["receipt_lost"]),
        post_number=str(body["post_number"]),
        on_paper=bool(body["on_paper"]),
        strokes=tuple(
            tuple((float(x), float(y), int(t)) for x, y, t in stroke) for stroke in body["strokes"]
        ),
        text_digest=str(body["text_digest"]),
    )


def collection_from(facts: Sequence[Fact]) -> Collection:
    """Return how a certificate stands from all facts of its case.

    Of two hand-overs without a correction between them the earlier stands, and `twice` says it.
    """
    found = Collection(CollectionState.WAITING)
    for fact in in_order(facts):
        if fact.verb == "handed_out":
            if found.state is CollectionState.IN_HAND:
                found = replace(found, twice=True)
                continue
            found = Collection(CollectionState.IN_HAND, fact.at, fact.operator_name, _readable(fact))
        elif fact.verb == "hand_over_taken_back":
            why = str(fact.body.get("why", ""))
            found = Collection(CollectionState.TAKEN_BACK, fact.at, fact.operator_name, why=why)
        elif fact.verb == "notified" and found.state is not CollectionState.IN_HAND:
            found = Collection(CollectionState.NOTIFIED, fact.at, fact.operator_name)
    return found


def _readable(fact: Fact) -> HandOver | None:
    try:
        return hand_over_from_json(fact.body)
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def masked(given: HandOver) -> str:
    """Return the taker as others may see it."""
    return mask_name(given.taker_name)
