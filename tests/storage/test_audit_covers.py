"""No operation of a person changes anything that counts without a row in the audit log."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

STORAGE = Path(__file__).parents[2] / "storage"
WRITES = re.compile(r"\b(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+([a-z_]+)")
# What a person does that leaves no row by itself, and why.
WITHOUT = {
    (
        "operations",
        "save_draft",
    ): "each keystroke's draft; its beginning, its end and its submission are rows",
    ("survey_drafts", "hold"): "each keystroke's draft; answers that are kept, or thrown away, are rows",
    ("print_queue", "queue_paper"): "a wish; the paper's printing, copies and failures are rows",
    ("print_queue", "queue_batch"): "a wish, as above",
}
# What storage writes on nobody's behalf. Anything else has to be done by somebody.
BOOKKEEPING = {
    "aliases", "arrivals", "awaiting", "clock_guard", "collecting", "corrections", "device", "dossiers",
    "facts", "feed", "giving_up_numbers", "household_marks", "ledger", "ledger_batches", "line", "link",
    "moves", "news", "obstacles", "outbox", "packs", "page_operations", "page_rows", "people",
    "print_queue", "receipts", "reference", "reminders", "revisions", "search", "second_copy",
    "session_plans", "site_sessions", "status", "supervision", "surveys", "visits",
}  # fmt: skip

Name = tuple[str, str]


@dataclass
class Function:
    """What one function of storage writes and calls, and whether it acts for a person."""

    for_person: bool
    tables: set[str] = field(default_factory=set)
    calls: set[Name] = field(default_factory=set)


def functions() -> dict[Name, Function]:
    found: dict[Name, Function] = {}
    for path in STORAGE.glob("*.py"):
        if path.stem.startswith("schema_"):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        imported: dict[str, tuple[str, str]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("storage"):
                module = (node.module or "").partition(".")[2]
                imported |= {alias.name: (module, alias.name) for alias in node.names}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                found[path.stem, node.name] = _read(node, path.stem, imported)
    return found


def _read(node: ast.FunctionDef, module: str, imported: dict[str, tuple[str, str]]) -> Function:
    arguments = [*node.args.args, *node.args.kwonlyargs]
    function = Function(any(argument.arg == "who" for argument in arguments))
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            function.tables |= set(WRITES.findall(part.value))
        elif isinstance(part, ast.Name):
            function.calls.add(imported.get(part.id, (module, part.id)))
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            origin = imported.get(part.value.id)
            if origin is not None and origin[0] == "":
                function.calls.add((origin[1], part.attr))
    return function


def reached(start: Name, known: dict[Name, Function]) -> set[Name]:
    seen, waiting = set[Name](), [start]
    while waiting:
        name = waiting.pop()
        if name in known and name not in seen:
            seen.add(name)
            waiting += known[name].calls
    return seen


def silent() -> dict[Name, Function]:
    """Return the public functions that write, themselves or by others, and never append a row."""
    known = functions()
    found = {}
    for name, function in known.items():
        if name[1].startswith("_") or name[0] == "audit":
            continue
        path = reached(name, known)
        writes = any(known[step].tables for step in path if step[0] != "audit")
        if writes and ("audit", "append") not in path:
            found[name] = function
    return found


def test_whoever_acts_leaves_a_row() -> None:
    assert {name for name, function in silent().items() if function.for_person} == set(WITHOUT)


def test_only_bookkeeping_acts_for_nobody() -> None:
    nobodys = {name[0] for name, function in silent().items() if not function.for_person}
    assert nobodys <= BOOKKEEPING


def test_the_walk_sees_what_it_is_to_see() -> None:
    known = functions()
    assert known["session_closing", "close_session"].for_person
    assert "sessions" in known["session_closing", "close_session"].tables
    assert ("audit", "append") in reached(("session_closing", "close_session"), known)
    assert ("audit", "append") not in reached(("search", "index"), known)
