"""Gathers the window's words from the source, fills what a word list gives, and releases the catalogues.

`python -m ui.translations.update` after changing words; `--fill words.json` takes {"English": "中文"}, or
{"%n page(s)": {"zh": "%n 页", "en": ["%n page", "%n pages"]}} for a plural, and fills what is unfinished;
`--check` says whether everything is finished and released, and changes nothing. Exit status 1 while words are
missing.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import PySide6

HERE = Path(__file__).resolve().parent
CATALOGUES = ("jilai_zh_CN", "jilai_en")
Words = Mapping[str, str | Mapping[str, str | list[str]]]


def gather(folder: Path) -> None:
    """Bring the .ts files in `folder` up to date with the source; nothing finished is lost."""
    sources = sorted(str(p) for p in HERE.parent.rglob("*.py") if HERE not in p.parents)
    for name in CATALOGUES:
        language = name.removeprefix("jilai_")
        options = [
            "-no-obsolete",
            "-locations",
            "none",
            "-source-language",
            "en",
            "-target-language",
            language,
        ]
        if language == "en":
            options.append("-pluralonly")
        _tool("lupdate", *options, *sources, "-ts", str(folder / f"{name}.ts"))


def fill(catalogue: Path, language: str, words: Words) -> None:
    """Give unfinished entries their words in "zh" or "en", found by source text."""
    tree = ET.parse(catalogue)  # noqa: S314  # nosec B314: our own file
    for message in tree.iter("message"):
        source, target = message.findtext("source", ""), message.find("translation")
        if target is None or target.get("type") != "unfinished" or source not in words:
            continue
        entry = words[source]
        given = entry if isinstance(entry, str) else entry.get(language, "")
        if not given:
            continue
        forms = target.findall("numerusform")
        if forms:
            texts = given if isinstance(given, list) else [given] * len(forms)
            for form, text in zip(forms, texts, strict=True):
                form.text = text
        else:
            target.text = given if isinstance(given, str) else given[0]
        del target.attrib["type"]
    body = ET.tostring(tree.getroot(), encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    catalogue.write_text(head + body + "\n", "utf-8")


def unfinished(folder: Path) -> list[str]:
    """Return `catalogue: context: source` of every entry without a finished translation."""
    found = []
    for name in CATALOGUES:
        for context in ET.parse(folder / f"{name}.ts").iter("context"):  # noqa: S314  # nosec B314: our own file
            for message in context.iter("message"):
                target = message.find("translation")
                forms = [target.text] if target is not None else [None]
                if target is not None and target.findall("numerusform"):
                    forms = [form.text for form in target.findall("numerusform")]
                if target is None or target.get("type") == "unfinished" or not all(forms):
                    found.append(f"{name}: {context.findtext('name')}: {message.findtext('source')}")
    return found


def release(folder: Path) -> None:
    """Write the .qm files in one step each: a running window has the old ones mapped."""
    for name in CATALOGUES:
        new = folder / f"{name}.qm.new"
        _tool("lrelease", "-silent", str(folder / f"{name}.ts"), "-qm", str(new))
        new.replace(folder / f"{name}.qm")


def stale() -> list[str]:
    """Return what `update` would still change or miss: unfinished entries and files that are not fresh."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in CATALOGUES:
            shutil.copy(HERE / f"{name}.ts", folder)
        gather(folder)
        release(folder)
        found = unfinished(folder)
        for name in CATALOGUES:
            for suffix in (".ts", ".qm"):
                if _lines(folder / (name + suffix)) != _lines(HERE / (name + suffix)):
                    found.append(f"{name}{suffix} is not fresh")
    return found


def _lines(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _tool(name: str, *arguments: str) -> None:
    program = shutil.which(name, path=str(Path(PySide6.__file__).parent)) or f"pyside6-{name}"
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def _alone() -> Iterator[None]:
    with (HERE / "__init__.py").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--fill", type=Path, help="a JSON file of English source to Chinese words")
    parser.add_argument("--check", action="store_true", help="change nothing, say what is missing")
    wish = parser.parse_args()
    with _alone():
        if not wish.check:
            gather(HERE)
            if wish.fill:
                words = json.loads(wish.fill.read_text("utf-8"))
                fill(HERE / "jilai_zh_CN.ts", "zh", words)
                fill(HERE / "jilai_en.ts", "en", words)
                gather(HERE)  # lupdate's own layout, so that a file has one form
            release(HERE)
        left = stale() if wish.check else unfinished(HERE)
    sys.stdout.write("".join(f"{line}\n" for line in left))
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
