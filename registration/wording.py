"""Words for problems, in Chinese and English, from one catalogue beside the code that raises them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from string import Formatter

from registration.errors import Problem

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Words:
    """What a person reads: a title, what happened, and what to do."""

    title: str
    what: str
    remedy: str


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return code -> language -> {title, what, remedy}."""
    text = resources.files("registration.reference").joinpath("wording.json").read_text("utf-8")
    entries: dict[str, Mapping[str, Mapping[str, str]]] = json.loads(text)["entries"]
    return entries


class _Lenient(Formatter):
    """Fill what is known and leave a dash for what is not: wording never raises."""

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "—")


def say(problem: Problem, language: str = "zh") -> Words:
    """Word a problem in `language` ("zh" or "en"); an unknown code gets the general words with its code."""
    entry = catalogue().get(problem.code) or catalogue()["unknown"]
    words = entry["en" if language.startswith("en") else "zh"]
    params = {"code": problem.code, **problem.params}
    fill = _Lenient().format
    return Words(*(fill(words[part], **params) for part in ("title", "what", "remedy")))
