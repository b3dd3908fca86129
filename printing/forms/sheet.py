"""A form of the pack with its facts, as A4 pages; what is not known is left blank for a pen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import Any

from printing import layout, packs, qr
from printing.forms import parts
from printing.forms.parts import LEFT, RIGHT, Column, Style
from printing.layout import MM, Block
from printing.typesetting import draw, readable, regular, shorten

Facts = Mapping[str, Any]  # texts by name; lists of such mappings for tables; sets of codes for ticks
_TOP, _FOOT = 279 * MM, 20 * MM
_TINY, _RUNNING = regular(7, 1.5), regular(9, 1.5)
_BLANK = "________"
_SMALLEST_MODULE = 0.5 * MM


@dataclass(frozen=True)
class Manner:
    """How a form is drawn, besides its facts.

    `language` "zh" or "en"; `second` a language for labels beside the Chinese ones, "" for none;
    `copy_number` above 1 marks a reprint and says by whom; `code_text` goes into a QR code; `pack` is a
    `forms` pack in place of the shipped one.
    """

    language: str = "zh"
    second: str = ""
    copy_number: int = 1
    reprinted_by: str = ""
    code_text: str = ""
    number_from: int = 0  # of the first page within a file of several papers; 0 gives no such number
    pack: Mapping[str, Any] | None = None

    @property
    def forms(self) -> Mapping[str, Any]:
        return self.pack or shipped_pack()

    @property
    def words(self) -> Mapping[str, Any]:
        """Return what stands on every form: page numbers, the reprint's mark, that nothing is official."""
        return packs.shipped("forms_en") if self.english else self.forms

    @property
    def english(self) -> bool:
        return self.language.startswith("en")

    def say(self, text: str) -> str:
        """Return a text of the pack in the language of the paper; one that has no translation stays."""
        return str(packs.shipped("forms_en")["texts"].get(text, text)) if self.english else text

    def title(self, form: Mapping[str, Any]) -> str:
        return str(form["title_en" if self.english else "title"])

    @property
    def reprint(self) -> str:
        """Return the mark of a reprint with its count and who made it, "" on a first print."""
        if self.copy_number <= 1:
            return ""
        said = [str(self.words["reprint"]).format(count=self.copy_number)]
        if self.reprinted_by.strip():
            said.append(str(self.words["reprinted_by"]).format(name=self.reprinted_by.strip()))
        return " · ".join(said)


PLAIN = Manner()


def shipped_pack() -> Mapping[str, Any]:
    """Return the `forms` pack that ships with the program."""
    return packs.shipped("forms")


def offered_forms(pack: Mapping[str, Any] | None = None) -> list[tuple[str, str, str]]:
    """Return (code, Chinese title, English title) of every form, in the pack's order."""
    return [
        (code, form["title"], form["title_en"]) for code, form in (pack or shipped_pack())["forms"].items()
    ]


def render(
    code: str,
    facts: Facts,
    *,
    made_at: datetime,
    language: str = "zh",
    second: str = "",
    token: str = "",
    verify_url: str = "",
    copy_number: int = 1,
    reprinted_by: str = "",
    pack: Mapping[str, Any] | None = None,
) -> bytes:
    """Return one form as PDF bytes, A4 portrait; the same arguments give the same bytes.

    A fact that is missing or empty leaves a blank to be filled in by hand. `made_at` (aware) is the date
    in the file, not on the paper; `token` and `verify_url` make a QR code as on a receipt; the rest is
    that of Manner. KeyError for a form that the pack does not have; MachineError code font_missing.
    """
    code_text = f"{verify_url}#{token}" if verify_url and token else token
    manner = Manner(language, second, copy_number, reprinted_by, code_text, pack=pack)
    canvas, buffer = layout.new_canvas(
        layout.A4,
        title=" ".join((manner.title(manner.forms["forms"][code]), str(facts.get("number", "")))).strip(),
        language=language,
        made_at=made_at,
    )
    draw_form(canvas, code, facts, manner)
    canvas.save()
    return buffer.getvalue()


def draw_form(canvas: Any, code: str, facts: Facts, manner: Manner = PLAIN) -> int:
    """Draw a form on the canvas, each page shown; return how many pages it took."""
    form = manner.forms["forms"][code]
    modules = qr.matrix(manner.code_text, "M") if manner.code_text else []
    side = max(24 * MM, _SMALLEST_MODULE * len(modules)) if modules else 0.0
    pages = _pages(form, facts, manner, side)
    for index, page in enumerate(pages):
        if index == 0 and modules:
            layout.fill(canvas, layout.BLACK)
            qr.draw(canvas, RIGHT - side, _TOP - side, side / len(modules), modules)
        layout.stack(canvas, page, _TOP)
        _draw_foot(canvas, manner, form, index + 1, len(pages))
        canvas.showPage()
    return len(pages)


def page_count(code: str, facts: Facts, manner: Manner = PLAIN) -> int:
    """Return how many pages a form takes, without drawing it."""
    return len(_pages(manner.forms["forms"][code], facts, manner, 0))


def _pages(form: Mapping[str, Any], facts: Facts, manner: Manner, code_side: float) -> list[list[Block]]:
    style = Style(float(form.get("scale", 1)), packs.second_labels(manner.second))
    facts = {**form.get("defaults", {}), **facts}
    template = form.get("number", "")
    numbered = all(facts.get(name) for _, name, _, _ in _BLANKS.parse(template) if name)
    number = fill_in(manner.say(template), facts) if numbered else ""
    second = packs.second_of(style.second, form["title"])
    subtitles = [manner.say(form.get("subtitle", "")), second, manner.reprint]
    blocks = parts.title(style, manner.title(form), subtitles, number, code_side=code_side)
    torn_off = False
    for part in form["parts"]:
        torn_off = torn_off or "tear" in part
        if "signatures" in part:  # never alone on a page, without a line of what is signed
            blocks[-2:] = layout.kept(blocks[-2:])
        new = _blocks(style, part, facts, manner)
        blocks += layout.kept(new) if torn_off else new
    return layout.paginate(blocks, _TOP - _FOOT, _TOP - _FOOT)


class _Blanks(Formatter):
    """Fills a template's names with facts, and what is unknown with a line to write on."""

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        value = kwargs.get(str(key), "")
        return (value.strip() if isinstance(value, str) else "") or kwargs["_blank"]


_BLANKS = _Blanks()


def fill_in(template: str, facts: Facts, blank: str = _BLANK) -> str:
    """Return a template with its {names} filled."""
    return _BLANKS.vformat(template, (), {**facts, "_blank": blank})


def _blocks(style: Style, part: Mapping[str, Any], facts: Facts, manner: Manner) -> list[Block]:
    """Return the blocks of one part of the pack, by the one key that says what it is."""
    say = manner.say
    if "if" in part and not facts.get(part["if"]):
        return []
    if "heading" in part:
        return [parts.heading(style, fill_in(say(part["heading"]), facts))]
    if "text" in part:
        face = style.strong if part.get("strong") else style.body
        indented = part.get("indent", True) and not manner.english
        lines = parts.paragraph(face, fill_in(say(part["text"]), facts), indent=indented)
        return layout.kept(lines) if part.get("leads") else lines
    if "cells" in part:
        return _cells(style, part["cells"], facts, manner)
    if "each" in part:
        records = list(facts.get(part["each"], ())) or [{}]
        numbered = [
            {**record, "n": str(index + 1), **_said(record, "question", manner)}
            for index, record in enumerate(records)
        ]
        return [
            block
            for record in numbered
            for inner in part["parts"]
            for block in _blocks(style, inner, record, manner)
        ]
    if "table" in part:
        return _table(style, part, facts, manner)
    if "ticks" in part:
        chosen = facts.get(part["ticks"], ())
        chosen = {chosen} if isinstance(chosen, str) else set(chosen)
        choices = [(fill_in(say(text), facts), code in chosen) for code, text in part["choices"].items()]
        return parts.ticks(style, say(part.get("label", "")), choices)
    if "signatures" in part:
        labels = [fill_in(say(label), facts, "") for label in part["signatures"]]
        return [parts.signatures(style, labels, room_mm=float(part.get("room_mm", 17)))]
    if "drawn" in part:
        return parts.drawn_signatures(style, facts.get("drawn", {}).get(part["drawn"], ()))
    if "lines" in part:
        return parts.writing_lines(style, int(part["lines"]))
    if "tear" in part:
        return [parts.tear_line(style, say(part["tear"]))]
    return [layout.space(float(part["space_mm"]) * MM)]


def _said(record: Facts, name: str, manner: Manner) -> dict[str, str]:
    """Return a fact that may be a text of the pack, such as a standard question, in the paper's language."""
    return {name: manner.say(str(record[name]))} if name in record else {}


def _cells(style: Style, rows: Sequence[Sequence[str]], facts: Facts, manner: Manner) -> list[Block]:
    blocks: list[Block] = []
    for row in rows:
        filled = [fill_in(manner.say(text), facts, "") for text in row]
        blocks += parts.cells(style, list(zip(filled[::2], filled[1::2], strict=True)))
    return [*layout.kept(blocks), layout.space(2 * MM)]


def _table(style: Style, part: Mapping[str, Any], facts: Facts, manner: Manner) -> list[Block]:
    columns = [
        Column(manner.say(entry["heading"]), float(entry.get("mm", 0)), bool(entry.get("centred")))
        for entry in part["columns"]
    ]
    records = list(facts.get(part["table"], ()))
    records += [{}] * max(int(part.get("rows", 0)) - len(records), 0)
    rows = [
        [fill_in(entry["value"], {**record, "n": str(index + 1)}, "") for entry in part["columns"]]
        for index, record in enumerate(records)
    ]
    return [*parts.table(style, columns, rows), layout.space(2 * MM)]


def _draw_foot(canvas: Any, manner: Manner, form: Mapping[str, Any], page: int, pages: int) -> None:
    layout.fill(canvas, layout.MUTED)
    said = [manner.title(form), manner.forms["version"]]
    if not form.get("verified", manner.forms.get("verified", False)):
        said.append(manner.words["unverified"])
    if manner.reprint:
        said.append(manner.reprint)
    numbered = manner.words["page"].format(page=page, pages=pages)
    draw(canvas, LEFT, 11 * MM, shorten(" · ".join(said), _TINY, 130 * MM), _TINY)
    draw(canvas, RIGHT, 11 * MM, readable(numbered), _TINY, "right")
    if manner.number_from:
        layout.fill(canvas, layout.INK)
        draw(canvas, RIGHT, 285 * MM, str(manner.number_from + page - 1), _RUNNING, "right")
