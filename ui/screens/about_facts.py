"""What the about page says: the program, the database, every pack and what nobody has confirmed of it."""

from __future__ import annotations

import json
import platform
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import PySide6
from PySide6.QtCore import QCoreApplication

from registration.packs import Body, shipped, unverified
from storage import packs
from storage.origins import Origins, SentPack, read_origins


@dataclass(frozen=True)
class PackFacts:
    """One pack as this window works by it. `places` are paths within `body` that nobody confirmed, "" all."""

    body: Body
    places: tuple[str, ...]
    received_at: datetime | None  # None: it came with the program
    coming: tuple[SentPack, ...] = ()  # versions of the centre whose day of effect has not come

    @property
    def name(self) -> str:
        return str(self.body["name"])


@dataclass(frozen=True)
class AboutFacts:
    """Everything that is read for the page."""

    origins: Origins
    packs: tuple[PackFacts, ...]


def read_facts(db: Any, today: date) -> AboutFacts:
    """Read the packs in force and the database's own facts."""
    origins = read_origins(db)
    sent = {(pack.name, pack.version): pack for pack in origins.sent}
    coming = [pack for pack in origins.sent if pack.effective_from > today.isoformat()]
    found = []
    for name, body in [*packs.pack_set(db, today=today).bodies.items(), *_words_and_forms().items()]:
        origin = sent.get((name, str(body["version"])))
        found.append(
            PackFacts(
                body,
                tuple(unverified(body)),
                origin.received_at if origin is not None else None,
                tuple(pack for pack in coming if pack.name == name),
            )
        )
    return AboutFacts(origins, tuple(found))


def program_facts() -> list[tuple[str, str]]:
    """Return name and value of what runs here, in the language in force."""
    translate = QCoreApplication.translate
    return [
        (translate("About", "Program"), f"Jilai 即来 {program_version()}"),
        (translate("About", "Qt"), PySide6.__version__),
        (translate("About", "Python"), platform.python_version()),
        (translate("About", "System"), f"{platform.system()} {platform.release()}"),
    ]


@lru_cache(maxsize=1)
def program_version() -> str:
    """Return the version that is installed, or that of the source tree it runs from."""
    try:
        return version("jilai")
    except PackageNotFoundError:
        project = Path(__file__).resolve().parents[2] / "pyproject.toml"
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])


def pack_title(name: str) -> str:
    """Return what a pack is called, in the language in force; its own name where it has no other."""
    translate = QCoreApplication.translate
    titles = {
        "registration_types": translate("About", "Registration types and checklists"),
        "problem_categories": translate("About", "Problem categories"),
        "policies": translate("About", "Policies"),
        "deferral_policy": translate("About", "Promises of papers for later"),
        "inquiry": translate("About", "Questions of the inquiry"),
        "departments": translate("About", "Departments"),
        "central_checks": translate("About", "Checks of the centre"),
        "fees": translate("About", "Fees"),
        "code_lists": translate("About", "Code lists"),
        "divisions": translate("About", "Divisions"),
        "rare_characters": translate("About", "Rare characters"),
        "handover_sheet": translate("About", "Developer's sheet"),
        "wording": translate("About", "Words for problems"),
        "forms": translate("About", "Forms, Chinese"),
        "forms_en": translate("About", "Forms, English"),
        "paper_wording": translate("About", "Words of the papers"),
        "paper_labels_bo": translate("About", "Tibetan labels"),
    }
    return titles.get(name, name)


def place_words(body: Body, place: str, tongue: str) -> str:
    """Return where in a pack something stands, by the names of what it lies in: "" is the pack as a whole."""
    if not place:
        return QCoreApplication.translate("About", "The pack as a whole")
    return " · ".join(_names_along(body, place.split("/"), tongue))


def _names_along(body: Body, path: Sequence[str], tongue: str) -> list[str]:
    """Return the names of the entries that a path goes through, or its last key where none has one."""
    here: Any = body
    names = []
    for key in path:
        here = here[int(key)] if isinstance(here, Sequence) else here[key]
        named = (here.get(tongue) or here.get("zh")) if isinstance(here, Mapping) else None
        if isinstance(named, str):
            names.append(named)
    return names or [path[-1]]


@lru_cache(maxsize=1)
def _words_and_forms() -> dict[str, Body]:
    """Return what ships beside the packs of rules in the same form: words and the texts of papers."""
    found: dict[str, Body] = {}
    for file in sorted(resources.files("registration.reference").iterdir(), key=lambda each: each.name):
        name = file.name.removesuffix(".json")
        if file.name.endswith(".json") and name not in shipped().bodies:
            found[name] = {**json.loads(file.read_text("utf-8")), "name": name}
    return found
