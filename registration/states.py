"""What a case is, which moves it may make, and with which paper: the state machine as one table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from registration.errors import Problem


class CaseState(StrEnum):
    """What a case IS; where its facts are is another axis (see Delivery)."""

    DRAFT = "draft"
    RECEIVED = "received"  # 已收件
    ACCEPTED = "accepted"  # 已受理
    RETURNED = "returned"  # 待补正
    REJECTED = "rejected"  # 不予受理, 不予登记
    REGISTERED = "registered"  # 已登簿
    CERTIFICATE_ISSUED = "certificate_issued"  # 已发证
    WITHDRAWN = "withdrawn"  # 已撤回


class Delivery(StrEnum):
    """Where the facts of a submitted case are; computed from the outbox, stored nowhere."""

    DRAFT = "draft"
    ON_DISK = "on_disk"
    SENDING = "sending"
    HELD = "held"  # by the centre, with its signed acknowledgement
    PARKED = "parked"  # refused by the centre or failed; needs a person
    SUPERSEDED = "superseded"  # a person decided that another revision, the centre's, counts


class Paper(StrEnum):
    """What a person holds in the hand after a move."""

    INTAKE_RECEIPT = "intake_receipt"  # 收件凭证
    ACCEPTANCE_CERTIFICATE = "acceptance_certificate"  # 受理凭证
    REFUSAL = "refusal"  # 不予受理告知书, with everything that is missing or where to go
    CORRECTION_NOTICE = "correction_notice"  # 补正告知
    REGISTRATION_REFUSAL = "registration_refusal"  # 不予登记告知书
    WITHDRAWAL = "withdrawal"  # 撤回申请书
    COLLECTION_NOTICE = "collection_notice"  # 领证通知
    ISSUE_RECORD = "issue_record"  # 发证记录


class Mover(StrEnum):
    """Whose move it is."""

    WINDOW = "window"
    CENTRE = "centre"
    APPLICANT = "applicant"


@dataclass(frozen=True)
class Move:
    """One line of the table: from, to, by whom, with which paper, and where that is written."""

    now: CaseState
    then: CaseState
    mover: Mover
    paper: Paper
    source: str


_S, _M, _P = CaseState, Mover, Paper
MOVES: tuple[Move, ...] = (
    Move(
        _S.DRAFT,
        _S.RECEIVED,
        _M.WINDOW,
        _P.INTAKE_RECEIPT,
        "条例 art. 17(1) (2); 收件 before the online check",
    ),
    Move(_S.DRAFT, _S.REJECTED, _M.WINDOW, _P.REFUSAL, "条例 art. 17(3) (4)"),
    Move(_S.DRAFT, _S.WITHDRAWN, _M.APPLICANT, _P.WITHDRAWAL, "条例 art. 15"),
    Move(_S.RECEIVED, _S.ACCEPTED, _M.CENTRE, _P.ACCEPTANCE_CERTIFICATE, "条例 art. 17(1)"),
    Move(_S.RECEIVED, _S.RETURNED, _M.CENTRE, _P.CORRECTION_NOTICE, "条例 art. 17(3)"),
    Move(_S.RECEIVED, _S.REJECTED, _M.CENTRE, _P.REFUSAL, "条例 art. 17(3) (4)"),
    Move(_S.RECEIVED, _S.WITHDRAWN, _M.APPLICANT, _P.WITHDRAWAL, "条例 art. 15"),
    Move(
        _S.RETURNED,
        _S.RECEIVED,
        _M.WINDOW,
        _P.INTAKE_RECEIPT,
        "条例 art. 17(1): all that was missing is here",
    ),
    Move(_S.RETURNED, _S.REJECTED, _M.CENTRE, _P.REFUSAL, "条例 art. 17(3)"),
    Move(_S.RETURNED, _S.WITHDRAWN, _M.APPLICANT, _P.WITHDRAWAL, "条例 art. 15"),
    Move(_S.ACCEPTED, _S.RETURNED, _M.CENTRE, _P.CORRECTION_NOTICE, "条例 art. 18; 操作规范, 补充材料"),
    Move(_S.ACCEPTED, _S.REGISTERED, _M.CENTRE, _P.COLLECTION_NOTICE, "条例 art. 21"),
    Move(_S.ACCEPTED, _S.REJECTED, _M.CENTRE, _P.REGISTRATION_REFUSAL, "条例 art. 22"),
    Move(
        _S.ACCEPTED, _S.WITHDRAWN, _M.APPLICANT, _P.WITHDRAWAL, "条例 art. 15: before it is in the register"
    ),
    Move(_S.REGISTERED, _S.CERTIFICATE_ISSUED, _M.CENTRE, _P.ISSUE_RECORD, "条例 art. 21"),
)
_BY_PAIR: Mapping[tuple[CaseState, CaseState], Move] = MappingProxyType(
    {(move.now, move.then): move for move in MOVES}
)


def may_become(now: CaseState, then: CaseState) -> bool:
    """Say whether a case may go from one state to another.

    Source: 不动产登记暂行条例 arts. 15 (withdrawal before 登簿), 17 (outcomes), 21 (登簿) and 22; `MOVES`.
    """
    return (now, then) in _BY_PAIR


def move_of(now: CaseState, then: CaseState) -> Move:
    """Return the table's line for a move. KeyError where there is none."""
    return _BY_PAIR[now, then]


def is_closed(state: CaseState) -> bool:
    """Say whether a case has come to its end: nothing leads out of its state."""
    return not any(move.now is state for move in MOVES)


def problems_of_move(
    now: CaseState, then: CaseState, papers: Collection[Paper], *, anybody_applied: bool = True
) -> tuple[Problem, ...]:
    """Return why a case may not make a move: the table has none, or the paper that belongs to it is missing.

    `papers` are those that were printed for this move. A draft of which nobody has said or handed over
    anything may be dropped without a paper (`anybody_applied` False).
    Source: 不动产登记暂行条例 art. 15 and 17; its last paragraph takes an oral refusal for an acceptance, so
    no case ends without a paper.
    """
    if not may_become(now, then):
        return (Problem("move_forbidden", "", {"now": now.value, "then": then.value}),)
    if now is CaseState.DRAFT and then is CaseState.WITHDRAWN and not anybody_applied:
        return ()
    paper = move_of(now, then).paper
    if paper in papers:
        return ()
    return (Problem("paper_missing", "review.paper", {"paper_zh": _ZH[paper], "paper_en": _EN[paper]}),)


_ZH: Mapping[Paper, str] = MappingProxyType(
    {
        Paper.INTAKE_RECEIPT: "收件凭证",
        Paper.ACCEPTANCE_CERTIFICATE: "受理凭证",
        Paper.REFUSAL: "不予受理告知书",
        Paper.CORRECTION_NOTICE: "补正告知书",
        Paper.REGISTRATION_REFUSAL: "不予登记告知书",
        Paper.WITHDRAWAL: "撤回申请书",
        Paper.COLLECTION_NOTICE: "领证通知",
        Paper.ISSUE_RECORD: "发证记录",
    }
)
_EN: Mapping[Paper, str] = MappingProxyType(
    {
        Paper.INTAKE_RECEIPT: "intake receipt",
        Paper.ACCEPTANCE_CERTIFICATE: "acceptance certificate",
        Paper.REFUSAL: "notice of refusal",
        Paper.CORRECTION_NOTICE: "correction notice",
        Paper.REGISTRATION_REFUSAL: "refusal of registration",
        Paper.WITHDRAWAL: "withdrawal",
        Paper.COLLECTION_NOTICE: "notice to collect",
        Paper.ISSUE_RECORD: "record of issue",
    }
)
