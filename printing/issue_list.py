"""Issue lists (问题清单) on A4, one for each department: what it has to end, by when, on what proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from printing import layout, typesetting
from printing.layout import A4, MM, Block
from printing.typesetting import Face

_WORDS = {
    "zh": {
        "title": "问题清单", "of": "责任部门：{department}", "made": "{time} · {device} · {by} · {scope}",
        "count": "共 {n} 项，未销号 {open} 项，其中超期 {late} 项", "page": "第 {n} 页，共 {all} 页",
        "due": "期限 {day}", "late": "已超期 {day}", "no_due": "未定期限", "cleared": "已销号",
        "lead": "主责：{department}", "track": "并联：{department}，{task}", "until": "{day} 前",
        "done": "已办结", "open": "办理中", "proof": "依据：{words}",
        "annex": "附：依据文件的摘要（SHA-256）",
        "annex_line": "附{n}", "sign": "责任部门签收：", "date": "日期：", "team": "专班经办：",
        "empty": "没有要办的问题。", "masked": "清单只写位置和事项；文字里的证件号、电话号已遮挡。",
    },
    "en": {
        "title": "Issue list", "of": "Department: {department}", "made": "{time} · {device} · {by} · {scope}",
        "count": "{n} issue(s), {open} open, {late} of them overdue", "page": "Page {n} of {all}",
        "due": "due {day}", "late": "overdue since {day}", "no_due": "no day set", "cleared": "cleared",
        "lead": "Lead: {department}", "track": "At once: {department}, {task}", "until": "by {day}",
        "done": "done", "open": "open", "proof": "Evidence: {words}",
        "annex": "Annex: digests of the evidence (SHA-256)",
        "annex_line": "A{n}", "sign": "Received:", "date": "Date:", "team": "For the team:",
        "empty": "Nothing is to be ended.",
        "masked": "Places and tasks only; identity and phone numbers in the words are masked.",
    },
}  # fmt: skip
_LEFT, _RIGHT, _TOP, _FOOT = 18 * MM, 192 * MM, 281 * MM, 16 * MM
_WIDE = _RIGHT - _LEFT
_SHORT = 12
"""Hex digits of a digest beside its evidence: 48 bits, enough to find the line of the annex."""


@dataclass(frozen=True)
class Proof:
    """One piece of evidence: its words, and the SHA-256 digests (hex) of its files."""

    words: str
    digests: Sequence[str] = ()


@dataclass(frozen=True)
class Part:
    """One department's parallel track; `due` an ISO date or ""."""

    department: str
    task: str
    due: str
    done: bool
    proof: Proof | None = None


@dataclass(frozen=True)
class Issue:
    """One obstacle in words of the paper's language; `due` an ISO date or "", `place` with its compound."""

    place: str
    category: str
    department: str
    due: str
    late: bool
    cleared: bool
    court_number: str = ""
    note: str = ""
    parts: Sequence[Part] = ()
    proofs: Sequence[Proof] = ()


@dataclass(frozen=True)
class IssueList:
    """One department's list; `scope` says what was looked for, such as a compound."""

    department: str
    issues: Sequence[Issue]
    scope: str


def render(
    lists: Sequence[IssueList], *, language: str = "zh", made_at: datetime, device_code: str, by: str
) -> bytes:
    """Return the lists as PDF bytes, A4; each begins on a page of its own and counts its own pages.

    What an identity or phone number may be in the words has been masked by the caller. The same arguments
    give the same bytes. Raises MachineError font_missing.
    """
    tongue = "en" if language.startswith("en") else "zh"
    words = _WORDS[tongue]
    canvas, buffer = layout.new_canvas(A4, title=words["title"], language=tongue, made_at=made_at)
    for one in lists:
        made = words["made"].format(
            time=f"{made_at:%Y-%m-%d %H:%M}", device=device_code, by=by, scope=one.scope
        )
        _draw(canvas, one, words, made.rstrip(" ·"))
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Any, given: IssueList, words: dict[str, str], made: str) -> None:
    head, small = typesetting.bold(19), typesetting.regular(8.5)
    of, count = typesetting.bold(12.5), typesetting.regular(10)
    still = [issue for issue in given.issues if not issue.cleared]
    said = words["count"].format(n=len(given.issues), open=len(still), late=sum(one.late for one in still))
    top = [
        _text([words["title"]], head),
        _text([words["of"].format(department=given.department)], of),
        _text([said], count),
        _text(typesetting.wrap(f"{made} · {words['masked']}", small, _WIDE), small),
        layout.space(3 * MM),
    ]
    blocks: list[Block] = layout.kept(top)
    annex: dict[str, int] = {}
    for number, issue in enumerate(given.issues, start=1):
        blocks.append(_issue(number, issue, words, annex))
    if not given.issues:
        blocks.append(_text([words["empty"]], typesetting.regular(11)))
    if annex:
        blocks += [layout.space(4 * MM), *layout.kept([_text([words["annex"]], typesetting.bold(10.5))])]
        for digest, number in annex.items():
            line = f"{words['annex_line'].format(n=number)}  {digest}"
            blocks.append(_text([line], typesetting.regular(9, 1.6)))
    blocks.append(_signature(words))
    room = _TOP - _FOOT - 8 * MM
    pages = layout.paginate(blocks, room, room)
    for number, page in enumerate(pages, start=1):
        layout.fill(canvas, layout.INK)
        layout.stack(canvas, page, _TOP)
        foot = f"{given.department} · {words['page'].format(n=number, all=len(pages))}"
        typesetting.draw(canvas, _RIGHT, _FOOT - 3 * MM, foot, small, "right")
        canvas.showPage()


def _issue(number: int, issue: Issue, words: dict[str, str], annex: dict[str, int]) -> Block:
    """Return an issue as one block; its evidence's digests go to the annex."""
    strong, body, small = typesetting.bold(11), typesetting.regular(10), typesetting.regular(9)
    when = _when(issue, words)
    room = _WIDE - typesetting.width(when, body) - 6 * MM
    lines: list[tuple[str, Face]] = [
        (line, strong) for line in typesetting.wrap(f"{number}. {issue.place}", strong, room)
    ]
    about = (issue.category, words["lead"].format(department=issue.department), issue.court_number)
    lines += _wrapped(" · ".join(filter(None, about)), body)
    lines += _wrapped(issue.note, body)
    for part in issue.parts:
        state = words["done"] if part.done else words["open"]
        due = words["until"].format(day=part.due) if part.due and not part.done else ""
        said = words["track"].format(department=part.department, task=part.task)
        proof = _proof(part.proof, words, annex) if part.proof is not None else ""
        lines += _wrapped(" · ".join(filter(None, (said, due, state, proof))), small)
    for one in issue.proofs:
        lines += _wrapped(words["proof"].format(words=_proof(one, words, annex)), small)
    height = sum(face.leading for _, face in lines) + 4.5 * MM

    def draw(canvas: Any, top: float) -> None:
        layout.rule(canvas, _LEFT, _RIGHT, top - 1 * MM)
        y = top - 2 * MM
        typesetting.draw(canvas, _RIGHT, y - body.drop, when, body, "right")
        for text, face in lines:
            typesetting.draw_lines(canvas, _LEFT, y, [text], face)
            y -= face.leading

    return Block(height, draw)


def _when(issue: Issue, words: dict[str, str]) -> str:
    if issue.cleared:
        return words["cleared"]
    if not issue.due:
        return words["no_due"]
    return words["late" if issue.late else "due"].format(day=issue.due)


def _proof(proof: Proof, words: dict[str, str], annex: dict[str, int]) -> str:
    """Return the words of evidence with the short digests of its files, which stand in full in the annex."""
    said = [proof.words]
    for digest in proof.digests:
        number = annex.setdefault(digest, len(annex) + 1)
        said.append(f"[{words['annex_line'].format(n=number)}: {digest[:_SHORT]}]")
    return " ".join(filter(None, said))


def _signature(words: dict[str, str]) -> Block:
    body = typesetting.regular(10.5)

    def draw(canvas: Any, top: float) -> None:
        y = top - 14 * MM
        for left, right, label in ((0.0, 62, "sign"), (64, 118, "team"), (120, 174, "date")):
            start, end = _LEFT + left * MM, _LEFT + right * MM
            typesetting.draw(canvas, start, y, words[label], body)
            layout.rule(canvas, start + typesetting.width(words[label], body) + 1 * MM, end, y - 1 * MM)

    return Block(20 * MM, draw)


def _wrapped(text: str, face: Face) -> list[tuple[str, Face]]:
    return [(line, face) for line in typesetting.wrap(text, face, _WIDE)] if text else []


def _text(lines: Sequence[str], face: Face) -> Block:
    return Block(
        len(lines) * face.leading,
        lambda canvas, top: typesetting.draw_lines(canvas, _LEFT, top, list(lines), face),
    )
