"""docs/rules.md is what the packs and the docstrings say now."""

from __future__ import annotations

from pathlib import Path

from registration.checklist import checklist_from_pack, types_of
from registration.conditions import condition_from_data
from registration.packs import TYPES, shipped
from registration.rulebook import phrase, render

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/rules.md"


def test_the_document_is_generated():
    assert DOCUMENT.read_text("utf-8") == render(), "run: python -m registration.rulebook > docs/rules.md"


def test_every_type_and_every_row_stands_in_it():
    text = DOCUMENT.read_text("utf-8")
    for code, zh, en, _ in types_of(shipped()[TYPES]):
        assert f"### {zh} · {en} (`{code}`" in text
        for item in checklist_from_pack(shipped()[TYPES], code).items:
            assert f"| `{item.code}`" in text


def test_a_pack_that_changed_would_change_it():
    body = {**shipped()["deferral_policy"], "max_days": 31}
    assert render(shipped().with_pack(body)) != render()


def test_conditions_in_words():
    data = {
        "any": [
            {"fact": "agent"},
            {"all": [{"answer": "mortgaged", "is": "yes"}, {"not": {"fact": "minor"}}]},
        ]
    }
    assert phrase(condition_from_data(data)) == "agent or (answer.mortgaged is yes and (not (minor)))"
