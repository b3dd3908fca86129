"""The forms of a compound's file: what each entry asks for, new or to be corrected, and why one goes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from registration.dossier import DOCUMENT, FIRST_CERTIFICATE, MINUTES, Contact, Defaulter, Dossier, FilePaper
from registration.property_unit import Compound
from ui.screens.compound_entry import Entry
from ui.screens.compound_words import between, registrations

translate = QCoreApplication.translate


def plan(text: str) -> Entry:
    """A new version of the plan, from what stands in another one."""
    lines = [("text", translate("CompoundFile", "Plan"), text)]
    title = translate("CompoundFile", "A new version of the plan")
    return Entry(title, "plan_written", lines, {}, long="text")


def person(known: Contact) -> Entry:
    """Somebody to call, of the task force or not; the same id corrects who stands there."""
    lines = [
        ("name", translate("CompoundFile", "Name"), known.name),
        ("unit", translate("CompoundFile", "Unit"), known.unit),
        ("role", translate("CompoundFile", "Role"), known.role),
        ("phone", translate("CompoundFile", "Phone"), known.phone),
    ]
    title = (
        translate("CompoundFile", "A person of the task force")
        if known.team
        else translate("CompoundFile", "A phone outside the task force")
    )
    return Entry(title, "contact_kept", lines, {"id": known.id, "team": known.team})


def paper(known: FilePaper, *, new: bool) -> Entry:
    """Minutes or another document; what is attached already stays with a correction."""
    lines = [
        ("title", translate("CompoundFile", "Title"), known.title),
        ("number", translate("CompoundFile", "Number"), known.number),
        ("day", translate("CompoundFile", "Day"), known.day),
        ("gist", translate("CompoundFile", "What was decided"), known.gist),
    ]
    fixed: dict[str, Any] = {"id": known.id} if new else {"id": known.id, "same_files": True}
    if known.kind == MINUTES:
        title = translate("CompoundFile", "Minutes, as a legal basis")
        return Entry(title, "paper_kept", lines, {**fixed, "kind": MINUTES}, attaches=True)
    kinds = {
        DOCUMENT: translate("CompoundFile", "Document"),
        FIRST_CERTIFICATE: translate("CompoundFile", "Certificate of the first registration"),
    }
    lines.append(("kind", translate("CompoundFile", "Kind"), known.kind))
    title = translate("CompoundFile", "A document")
    return Entry(title, "paper_kept", lines, fixed, attaches=True, chosen="kind", choices=kinds)


def flag(developer: str, known: Defaulter | None) -> Entry:
    """The developer on the list of defaulters."""
    measures = between().join(known.measures) if known else ""
    lines = [
        ("developer", translate("CompoundFile", "Developer"), developer),
        ("source", translate("CompoundFile", "The list it stands on"), known.source if known else ""),
        ("day", translate("CompoundFile", "Day"), known.day if known else ""),
        ("measures", translate("CompoundFile", "Measures, parted by commas"), measures),
    ]
    title = translate("CompoundFile", "Developer on the list of defaulters")
    return Entry(title, "developer_flagged", lines, {}, listed="measures")


def alias() -> Entry:
    """Another name, by which people ask for the compound."""
    lines = [("alias", translate("CompoundFile", "Another name of the compound or its street"), "")]
    return Entry(translate("CompoundFile", "Other name"), "alias_added", lines, {})


def place(file: Dossier) -> Entry:
    """Street office and community."""
    lines = [
        ("street", translate("CompoundFile", "Street office"), file.street),
        ("community", translate("CompoundFile", "Community"), file.community),
    ]
    return Entry(translate("CompoundFile", "Street office and community"), "placed", lines, {})


def categories(compound: Compound) -> Entry:
    """Other categories, which the centre decides on."""
    known = ", ".join(compound.categories)
    lines = [("value", translate("CompoundFile", "Categories, parted by commas: C1, C4"), known)]
    title = translate("CompoundFile", "Propose other categories to the centre")
    return Entry(title, "proposed", lines, {"field": "categories"}, listed="value")


def registration(compound: Compound) -> Entry:
    """Another state of the project's first registration, which the centre decides on."""
    now = compound.project_registration.value
    others = {code: said for code, said in registrations().items() if code != now}
    lines = [("value", translate("CompoundFile", "First registration of the project"), "")]
    title = translate("CompoundFile", "Propose another state of the first registration")
    fixed = {"field": "project_registration"}
    return Entry(title, "proposed", lines, fixed, chosen="value", choices=others)


_REMOVALS = {
    "plan": ("plan_dropped", "id"),
    "contact": ("contact_dropped", "id"),
    "paper": ("paper_dropped", "id"),
    "alias": ("alias_dropped", "alias"),
    "proposal": ("proposal_withdrawn", "field"),
    "developer": ("developer_cleared", "developer"),
}
"""By the kind of an entry's key: the verb of its removal, and by which name of the body it is found."""


def removal(key: str, file: Dossier) -> Entry:
    """Why the entry of that key goes; its name goes with it into the history."""
    kind, _, at = key.partition(":")
    names = {
        **{f"plan:{one.id}": one.text[:20] for one in file.plans},
        **{f"contact:{one.id}": one.name for one in file.contacts},
        **{f"paper:{one.id}": one.title for one in file.papers},
        **{f"alias:{one}": one for one in file.aliases},
        "developer:": file.defaulter.developer if file.defaulter else "",
    }
    verb, place = _REMOVALS[kind]
    what = names.get(key, "")
    title = {
        "developer": translate("CompoundFile", "Take the mark away"),
        "proposal": translate("CompoundFile", "Take the proposal back"),
    }.get(kind) or translate("CompoundFile", "Remove {name}").format(name=what)
    lines = [("reason", translate("CompoundFile", "Why it goes"), "")]
    return Entry(
        title,
        verb,
        lines,
        {place: what if kind == "developer" else at, "what": what},
        go=translate("CompoundFile", "Take it out"),
    )
