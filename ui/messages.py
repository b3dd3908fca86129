"""Words for problems and states in the language the window speaks now."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QLocale

from registration.errors import JilaiError, Problem
from registration.wording import Words, say


def language() -> str:
    """Return "zh" or "en", the language in force (ui.language sets it as the default locale)."""
    return "en" if QLocale().language() == QLocale.Language.English else "zh"


def words(problem: Problem | JilaiError) -> Words:
    """Word a problem: title, what happened, what to do."""
    if isinstance(problem, JilaiError):
        problem = problem.problem
    return say(problem, language())


def details(problem: Problem) -> str:
    """Return what support needs: code, field, parameters, both languages, time; no personal data."""
    lines = [f"jilai {problem.code}", datetime.now(UTC).isoformat(timespec="seconds")]
    if problem.field:
        lines.append(f"field: {problem.field}")
    lines += [f"{key}: {value}" for key, value in sorted(problem.params.items())]
    for tongue in ("zh", "en"):
        said = say(problem, tongue)
        lines.append(f"{said.title} — {said.what} {said.remedy}")
    return "\n".join(lines)


def as_problem(error: BaseException) -> JilaiError:
    """Return the error itself if it has words, otherwise the general words for a fault of the program."""
    if isinstance(error, JilaiError):
        return error
    return JilaiError("bug", error=type(error).__name__)
