"""What a correction notice or a refusal says: everything that is missing, told once, and on which ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from registration.application import CaseState
from registration.checklist import Checklist
from registration.errors import Problem
from registration.outcomes import Outcome, is_told_in_writing
from registration.wording import say
from storage.values import ApplicationDetail


def notice_facts(
    detail: ApplicationDetail,
    checklist: Checklist,
    missing: Sequence[Problem],
    outcome: str,
    reason: str,
    language: str,
) -> dict[str, Any]:
    """Return `items`, `grounds`, `competent` and `other_ground` of a notice.

    A returned case is told what the centre wants, any other what stands in its way here. `outcome` is
    "elsewhere" where another body registers the property; its name is the `reason` then.
    """
    from printing.forms.facts import missing_facts

    items = _wanted_by_centre(detail, language) or missing_facts(missing, checklist, language)
    if outcome == Outcome.ELSEWHERE:
        return {"items": [], "grounds": ["scope"], "competent": reason, "other_ground": ""}
    papers = {problem for problem in missing if problem.field.startswith("materials.")}
    others = [
        say(problem, language).what.rstrip("。.")
        for problem in missing
        if is_told_in_writing(problem) and problem not in papers
    ]
    if reason == "、".join(item["name"] for item in items):
        reason = ""  # the list itself, kept as the reason of a case that is closed
    said = ("; " if language.startswith("en") else "；").join(
        dict.fromkeys([*others, *([reason] if reason else [])])
    )
    grounds = [*(["incomplete"] if items else []), *(["other"] if said else [])]
    return {"items": items, "grounds": grounds, "competent": "", "other_ground": said}


def _wanted_by_centre(detail: ApplicationDetail, language: str) -> list[dict[str, str]]:
    if detail.state is not CaseState.RETURNED:
        return []
    told = next((row for row in detail.history if row.action == "status_returned"), None)
    tongue = "en" if language.startswith("en") else "zh"
    if told is None:
        return []
    requirement = str(told.details.get(f"reason_{tongue}") or "")
    return [
        {"name": str(item.get(tongue, "")), "requirement": requirement}
        for item in told.details.get("items") or ()
    ]
