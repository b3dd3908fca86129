"""Every action that storage puts on record in a case has words in its history."""

from __future__ import annotations

import ast
from pathlib import Path

import storage
from ui.history_words import _templates, action_words

STORAGE = Path(storage.__file__).parent
# On record of a machine, a session, a batch or a package: in no case's history, exported by their codes.
ELSEWHERE = {
    "arrival_asked", "batch_started", "batch_undone", "centre_changed", "centre_life_met", "database_mended",
    "device_created", "device_enrolled", "events_retried", "link_changed", "originals_destroyed",
    "package_answered", "package_begun", "package_carried", "package_handed_on", "package_written",
    "password_changed", "person_admitted", "person_dismissed", "recovery_renewed", "rescuer_admitted",
    "restored_from_copy", "second_copy_chosen", "session_closed", "session_opened", "vault_bound",
    "vault_released", "vault_sealed",
}  # fmt: skip


def actions() -> set[str]:
    """Return the actions that storage names where it writes a row; what is put together is left out."""
    found: set[str] = set()
    for path in STORAGE.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        named = {
            node.targets[0].id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or len(call.args) < 4:
                continue
            name = ast.unparse(call.func).rpartition(".")
            if name[2] == "record_change" or (name[0], name[2]) == ("audit", "append"):
                what = call.args[3]
                what = named.get(what.id, what) if isinstance(what, ast.Name) else what
                ends = (what.body, what.orelse) if isinstance(what, ast.IfExp) else (what,)
                found |= {
                    end.value for end in ends if isinstance(end, ast.Constant) and isinstance(end.value, str)
                }
    return found


def test_every_action_in_a_case_has_words() -> None:
    found = actions()
    assert len(found) > 45 and "receipt_voided" in found
    assert found - set(_templates()) - ELSEWHERE == set()
    assert not ELSEWHERE & set(_templates())


def test_who_confirmed_and_who_was_alone_is_said() -> None:
    told = action_words("receipt_voided", {"reason": "重开", "second": "o-3", "second_name": "赵敏"})
    assert "重开" in told and told.endswith("赵敏")
    assert action_words("receipt_voided", {"reason": "重开", "alone": "夜间一人"}).endswith("夜间一人")
