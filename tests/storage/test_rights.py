"""What each role may do is kept by the operations themselves, whatever a screen offers."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from registration.errors import InputError
from registration.rights import Act, Role, role_of
from storage import operations
from storage.device import put_operator, who_for
from storage.values import Who
from tests.storage.evening import Evening

STORAGE = Path(operations.__file__).parent
# What is done within an operation that has asked already, or by a rule whoever is at the window.
WITHIN = {
    ("audit", "append"),
    ("facts", "note"),
    ("page_operations", "record_change"),
    ("retention", "destroy_ripe"),
    ("second_person", "require_second"),
}
# role: what a window lets it do. Written out once more, so that a slip in the table is seen.
TABLE = {
    "operator": "session draft capture batch submit end_case mend void call print"
    " send machine package people queue visit ledger hand_out own_password",
    "helper": "draft capture call print queue visit ledger own_password",
    "reviewer": "own_password",
    "auditor": "own_password",
    "administrator": "send machine package people own_password",
}


def for_persons() -> list[tuple[str, str]]:
    """Return (module, function) of every public operation of storage that acts for somebody."""
    found = []
    for path in sorted(STORAGE.glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if "who" in [arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)]:
                found.append((path.stem, node.name))
    return found


OPERATIONS = [name for name in for_persons() if name not in WITHIN]


def operation(name: tuple[str, str]) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(importlib.import_module(f"storage.{name[0]}"), name[1])
    return found


def test_there_are_operations_to_ask() -> None:
    assert {("submission", "submit_application"), ("device", "set_centre")} <= set(OPERATIONS)
    assert len(OPERATIONS) > 30


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", OPERATIONS, ids=".".join)
def test_every_operation_asks_before_it_touches_anything(name: tuple[str, str], role: Role) -> None:
    """Without a database: whoever may not is told so; whoever may gets as far as the missing arguments."""
    act = getattr(operation(name), "act", None)
    assert isinstance(act, Act), f"storage.{'.'.join(name)} has no @needs(Act....)"
    who = Who("o-1", "王海燕", "A03", role)
    if act.value in TABLE[role.value].split():
        with pytest.raises(TypeError):
            operation(name)(None, who)
    else:
        with pytest.raises(InputError) as refused:
            operation(name)(None, who)
        assert refused.value.code == "not_allowed"
        assert refused.value.problem.params == {"act": act.value, "role": role.value}


def test_a_helper_prepares_and_the_operator_takes_in(evening: Evening) -> None:
    operator, helper = evening.who, replace(evening.who, role=Role.HELPER)
    evening.who = helper
    application = evening.complete()
    with pytest.raises(InputError) as refused:
        evening.submit(application.id)
    assert refused.value.code == "not_allowed"
    evening.who = operator
    assert evening.submit(application.id).number


def test_a_helper_drops_an_empty_draft_but_nobody_who_has_applied(evening: Evening) -> None:
    evening.who = replace(evening.who, role=Role.HELPER)
    evening.write(operations.discard_draft, evening.who, evening.now, evening.start().id, "")
    application = evening.complete()
    wish = evening.paper(application.id)
    with pytest.raises(InputError) as refused:
        evening.write(
            operations.discard_draft, evening.who, evening.now, application.id, "did not want to", wish
        )
    assert refused.value.code == "not_allowed"


def test_the_centre_gives_the_role(evening: Evening) -> None:
    fact = {"id": "o-9", "account": "zhao", "name": "赵敏", "role": "helper"}
    evening.write(put_operator, fact)
    who = evening.store.read(lambda db: who_for(db, "ZHAO"))
    assert who is not None and who.role is Role.HELPER


def test_a_role_of_a_newer_centre_may_read() -> None:
    assert role_of("surveyor") is Role.AUDITOR
    assert [role_of(role.value) for role in Role] == list(Role)
