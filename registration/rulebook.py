"""docs/rules.md out of the data packs and the rules' own docstrings: `python -m registration.rulebook`."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterable, Iterator

from registration.checklist import Checklist, ChecklistItem, Need, checklist_from_pack, types_of
from registration.conditions import FACTS, Condition, Every, Is, Not, Some
from registration.packs import (
    CATEGORIES,
    CHECKS,
    DEFERRAL,
    FEES,
    INQUIRY,
    POLICIES,
    TYPES,
    PackSet,
    shipped,
    unverified,
)
from registration.states import MOVES

_MODULES = (
    "progress",
    "missing", "materials", "identifiers", "unit_codes", "codes", "certificates", "documents", "names",
    "parties", "representation", "shares", "filing", "deferral", "promises", "legacy", "inquiry", "mortgage",
    "tracks", "signatures", "states", "outcomes", "central_checks", "fees", "handover", "minding",
    "property_unit",
)  # fmt: skip
_HEAD = """# Rules and reference data

Generated from `registration/reference/*.json` and from the docstrings of `registration/` by
`python -m registration.rulebook > docs/rules.md`; a test compares the two. **?** marks what the registration
body has not confirmed (`"verified": false`): it is a model, to be replaced by a newer pack.
"""


def render(packs: PackSet | None = None) -> str:
    """Return the whole document as Markdown."""
    packs = packs or shipped()
    parts = [
        _HEAD,
        *_packs(packs),
        *_types(packs),
        *_categories(packs),
        *_other_data(packs),
        *_states(),
        *_rules(),
    ]
    return "\n".join(parts).rstrip() + "\n"


def phrase(condition: Condition) -> str:
    """Return a condition in words."""
    if isinstance(condition, Is):
        values = sorted(condition.values)
        return f"{condition.fact} is {' or '.join(values)}" if values else condition.fact
    if isinstance(condition, Not):
        return f"not ({phrase(condition.part)})"
    assert isinstance(condition, Every | Some)
    word = " and " if isinstance(condition, Every) else " or "
    return word.join(f"({phrase(p)})" if not isinstance(p, Is) else phrase(p) for p in condition.parts)


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"
    yield ""


def _packs(packs: PackSet) -> Iterator[str]:
    yield "## Packs\n"
    yield from _table(
        ("pack", "version", "from", "confirmed", "source"),
        (
            (
                name,
                body["version"],
                body["effective_from"],
                _confirmed(list(unverified(body))),
                body["source"],
            )
            for name, body in packs.bodies.items()
        ),
    )


def _confirmed(places: list[str]) -> str:
    return "yes" if not places else "no" if places == [""] else f"but for {len(places)} entries"


def _types(packs: PackSet) -> Iterator[str]:
    yield "## Registration types\n"
    yield "Facts that conditions ask for: " + "; ".join(f"`{k}` {v}" for k, v in FACTS.items()) + ".\n"
    for code, *_ in types_of(packs[TYPES]):
        yield from _type(checklist_from_pack(packs[TYPES], code))


def _type(checklist: Checklist) -> Iterator[str]:
    yield f"### {checklist.zh} · {checklist.en} (`{checklist.type_code}`, {checklist.registration_code})\n"
    filing = checklist.filing
    reasons = ", ".join(sorted(filing.reasons)) or "none"
    facts = [
        f"window: {checklist.route}",
        f"filing: {filing.default} (alone for: {reasons}; other side: {filing.obligor})",
        f"fee: {checklist.fee}",
        "waits for the project's first registration" if checklist.needs_project else "needs no 大证",
    ]
    if checklist.cross_province:
        facts.append("跨省通办")
    if checklist.lapse_days:
        facts.append(f"lapses after {checklist.lapse_days} days")
    yield "; ".join(facts) + ".\n"
    if checklist.subtypes:
        yield "Sub-types: " + "; ".join(f"{s.zh} {s.en} (`{s.code}`)" for s in checklist.subtypes) + ".\n"
    if checklist.questions:
        yield "Inquiry: " + ", ".join(f"`{code}`" for code in checklist.questions) + ".\n"
    heads = ("row", "材料", "paper", "when", "class", "form", "deferrable", "shared by")
    yield from _table(heads, (_row(item) for item in checklist.items))


def _row(item: ChecklistItem) -> tuple[str, ...]:
    if item.condition is not None:
        when = phrase(item.condition)
    else:
        when = {Need.REQUIRED: "always", Need.SHARED: "looked up", Need.CONDITIONAL: "optional"}[item.need]
    mark = "" if item.verified else " ?"
    deferrable = "yes" if item.deferrable else ""
    return (
        f"`{item.code}`{mark}", item.zh, item.en, when, item.material_class, item.form, deferrable,
        item.shared_by,
    )  # fmt: skip


def _categories(packs: PackSet) -> Iterator[str]:
    yield "## Problem categories (登记难)\n"
    body = packs[CATEGORIES]
    yield from _table(
        ("", "类别", "category", "lead", "assist", "in place of which paper", "blocks", "in parallel"),
        (
            (
                code,
                each["zh"],
                each["en"],
                each["lead"],
                ", ".join(each["assist"]),
                "; ".join(f"`{r['item']}`: {r['zh']}" for r in each["replaces"]),
                "; ".join(f"{', '.join(b['types'])}: {b['zh']}" for b in each["blocks"]),
                each["parallel_zh"],
            )
            for code, each in sorted(body["categories"].items(), key=lambda pair: int(pair[0][1:]))
        ),
    )
    stops = "; ".join(f"{stop['zh']} ({stop['en']})" for stop in body["hard_stops"].values())
    yield f"Never taken in: {stops}.\n"


def _other_data(packs: PackSet) -> Iterator[str]:
    yield "## Policies, deferral, fees, questions, checks\n"
    yield from _table(
        ("policy", "number", "built and sold until", "task list", "confirmed"),
        (
            (p["zh"], p["number"], p["scope_until"], p["list_required"], p.get("verified", True))
            for p in packs[POLICIES]["policies"].values()
        ),
    )
    yield f"A deferred paper comes within {packs[DEFERRAL]['max_days']} days; registration waits for it.\n"
    yield from _table(
        ("fee", "收费项目", "yuan"),
        ((code, fee["zh"], fee["price"]) for code, fee in packs[FEES]["fees"].items()),
    )
    yield from _table(
        ("question", "问题", "asked of", "has to be"),
        (
            (f"`{code}`", q["zh"], ", ".join(q["roles"]), q.get("must_be", ""))
            for code, q in packs[INQUIRY]["questions"].items()
        ),
    )
    yield (
        "Waiting for the online check (待联网核验): "
        + "；".join(c["zh"] for c in packs[CHECKS]["checks"])
        + "。\n"
    )


def _states() -> Iterator[str]:
    yield "## What a case is: every move, and the paper that goes with it\n"
    yield from _table(
        ("from", "to", "by", "paper", "source"),
        ((move.now, move.then, move.mover, move.paper, move.source) for move in MOVES),
    )


def _rules() -> Iterator[str]:
    yield "## Rules\n"
    for name in _MODULES:
        module = importlib.import_module(f"registration.{name}")
        yield f"### registration/{name}.py\n"
        yield f"{inspect.getdoc(module)}\n"
        for title, thing in vars(module).items():
            own = inspect.isfunction(thing) and thing.__module__ == module.__name__
            text = inspect.getdoc(thing) if own and not title.startswith("_") else None
            if text and "Source:" in text:
                yield f"- `{title}`: {' '.join(text.split())}"
        yield ""


if __name__ == "__main__":
    sys.stdout.write(render())
