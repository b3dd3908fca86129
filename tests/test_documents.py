"""What the documents say is there, is there: links, commands, licences, decisions in order."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def locked() -> set[str]:
    return set(
        re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements/lock.txt").read_text("utf-8"), re.MULTILINE)
    )


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_link_between_documents_leads_somewhere():
    dead = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in DOCUMENTS
        for target in LINK.findall(document.read_text("utf-8"))
        if "://" not in target and not (document.parent / target.split("#")[0]).exists()
    ]
    assert not dead


def test_every_make_target_that_a_document_names_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"run", "test", "check", "demo", "bench"} <= targets
    for document in DOCUMENTS:
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", document.read_text("utf-8"), re.MULTILINE))
        assert named <= targets, document.name


def test_every_locked_package_has_its_licence_written_down():
    listed = set(re.findall(r"[a-z0-9][a-z0-9-]+", (ROOT / "THIRD_PARTY.md").read_text("utf-8").lower()))
    assert locked() <= listed, sorted(locked() - listed)


def test_every_dependency_is_locked_with_a_hash():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(d for extra in project["optional-dependencies"].values() for d in extra),
    ]
    names = {normal(re.split(r"[\[<>=!~ ;]", line)[0]) for line in wanted}
    assert names <= locked()
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements/lock.txt").read_text("utf-8").strip())
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)


def test_decisions_are_numbered_without_a_gap_and_say_why():
    decisions = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{n:04d}" for n in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text("utf-8")
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert all(f"**{part}.**" in text for part in ("Situation", "Decision", "Consequences")), path.name


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "LICENSE", "docs/glossary.md", "docs/quick-guide.zh.md"]
)
def test_the_documents_a_reader_looks_for_are_there(name: str):
    assert (ROOT / name).stat().st_size > 500
