"""Every code that the program raises has its words in both languages, and gets the parameters they name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

import pytest

from registration.wording import LANGUAGES, catalogue
from tests.test_architecture import Source, ours

ERRORS = {"Problem", "JilaiError", "InputError", "MachineError", "CentreError"}
ALWAYS_KNOWN = {"code"}  # say() adds it


@dataclass(frozen=True)
class Raised:
    """One place that names a code, with the parameters it passes; None where they cannot be read off."""

    where: str
    code: str
    params: frozenset[str] | None


def subclasses_of_errors(sources: list[Source]) -> set[str]:
    """Return the errors' names with those of all classes derived from them, anywhere in the program."""
    known = set(ERRORS)
    bases = {
        node.name: {ast.unparse(base).rsplit(".", 1)[-1] for base in node.bases}
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
    }
    while more := {name for name, above in bases.items() if above & known} - known:
        known |= more
    return known - {"RuleError"}  # has one code of its own, raised in its constructor


def params_of(call: ast.Call, name: str) -> frozenset[str] | None:
    if name == "Problem":
        given = call.args[2] if len(call.args) > 2 else None
        given = next((k.value for k in call.keywords if k.arg == "params"), given)
        if given is None:
            return frozenset()
        if not isinstance(given, ast.Dict) or not all(isinstance(k, ast.Constant) for k in given.keys):
            return None
        return frozenset(str(k.value) for k in given.keys if isinstance(k, ast.Constant))
    if any(k.arg is None for k in call.keywords):
        return None
    return frozenset(k.arg for k in call.keywords if k.arg and k.arg != "field")


def raised_in(sources: list[Source]) -> Iterator[Raised]:
    errors = subclasses_of_errors(sources)
    for source in sources:
        if source.package == "tests":
            continue
        for node in ast.walk(source.tree):
            where = f"{source.path}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rsplit(".", 1)[-1]
                if name in errors:
                    first = next((k.value for k in node.keywords if k.arg == "code"), None)
                    for code in constants_of(node.args[0] if node.args else first):
                        yield Raised(where, code, params_of(node, name))
                elif name == "__init__" and ast.unparse(node.func) == "super().__init__" and node.args:
                    for code in constants_of(node.args[0]) if within_error(source, node, errors) else ():
                        yield Raised(where, code, params_of(node, name))
            elif isinstance(node, ast.ClassDef) and node.name.endswith("Code"):
                for line in node.body:
                    if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
                        yield Raised(f"{source.path}:{line.lineno}", str(line.value.value), None)


def constants_of(expression: ast.expr | None) -> Iterator[str]:
    """Yield the codes an argument may stand for: itself, or either branch of a conditional."""
    if isinstance(expression, ast.IfExp):
        yield from constants_of(expression.body)
        yield from constants_of(expression.orelse)
    elif isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value


def within_error(source: Source, call: ast.Call, errors: set[str]) -> bool:
    classes = [
        n for n in ast.walk(source.tree) if isinstance(n, ast.ClassDef) and n.name in errors | {"RuleError"}
    ]
    return any(call in ast.walk(cls) for cls in classes)


def placeholders(code: str) -> set[str]:
    texts = [text for words in catalogue()[code].values() for text in words.values()]
    return {
        name.split(".")[0].split("[")[0]
        for text in texts
        for _, name, _, _ in Formatter().parse(text)
        if name
    }


def all_raised() -> list[Raised]:
    return list(raised_in(ours()))


def test_the_search_finds_codes():
    codes = {raised.code for raised in all_raised()}
    assert {"id_number_check", "name_missing", "number_block_empty", "rules_not_met", "not_an_image"} <= codes


def test_every_code_has_words():
    without = sorted({f"{r.code} ({r.where})" for r in all_raised() if r.code not in catalogue()})
    assert not without, f"no entry in registration/reference/wording.json for: {without}"


def test_every_code_is_given_the_parameters_that_its_words_name():
    short = [
        f"{r.where}: {r.code} lacks {sorted(lacking)}"
        for r in all_raised()
        if r.params is not None
        and r.code in catalogue()
        and (lacking := placeholders(r.code) - r.params - ALWAYS_KNOWN)
    ]
    assert not short


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_entry_is_whole_in_both_languages(code: str):
    entry = catalogue()[code]
    assert set(entry) == set(LANGUAGES)
    for words in entry.values():
        assert set(words) == {"title", "what", "remedy"}
        assert all(text.strip() for text in words.values())
    assert any("\u4e00" <= c <= "\u9fff" for c in entry["zh"]["title"])
    assert not any("\u4e00" <= c <= "\u9fff" for text in entry["en"].values() for c in text)


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_both_languages_name_the_same_parameters(code: str):
    def named(language: str) -> set[str]:
        texts = catalogue()[code][language].values()
        found = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
        return {name.removesuffix("_zh").removesuffix("_en") for name in found}

    assert named("zh") == named("en")
