"""A form of the pack with its facts, as A4 pages; what is not known is left blank for a pen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from importlib import resources
from string import Formatter
from typing import Any

from printing import layout, qr
from printing.forms import parts
from printing.forms.parts import LEFT, RIGHT, Column, Style
from printing.layout import MM, Block
from printing.typesetting import draw, readable, regular, shorten

Facts = Mapping[str, Any]  # texts by name; lists of such mappings for tables; sets of codes for ticks
_TOP, _FOOT = 279 * MM, 20 * MM
_TINY = regular(7, 1.5)
_BLANK = "________"
_SMALLEST_MODULE = 0.5 * MM


@lru_cache(maxsize=1)
def shipped_pack() -> Mapping[str, Any]:
    """Return the `forms` pack that ships with the program."""
    text = resources.files("registration.reference").joinpath("forms.json").read_text("utf-8")
    pack: Mapping[str, Any] = json.loads(text)
    return pack


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
    token: str = "",
    verify_url: str = "",
    pack: Mapping[str, Any] | None = None,
) -> bytes:
    """Return one form as PDF bytes, A4 portrait; the same arguments give the same bytes.

    A fact that is missing or empty leaves a blank to be filled in by hand. `made_at` (aware) is the date
    in the file, not on the paper; `token` and `verify_url` make a QR code as on a receipt. KeyError for a
    form that the pack does not have; MachineError code font_missing.
    """
    pack = pack or shipped_pack()
    form = pack["forms"][code]
    canvas, buffer = layout.new_canvas(
        layout.A4,
        title=" ".join((form["title"], str(facts.get("number", "")))).strip(),
        language="zh",
        made_at=made_at,
    )
    draw_form(
        canvas, code, facts, pack=pack, code_text=f"{verify_url}#{token}" if verify_url and token else token
    )
    canvas.save()
    return buffer.getvalue()


def draw_form(
    canvas: Any, code: str, facts: Facts, *, pack: Mapping[str, Any] | None = None, code_text: str = ""
) -> int:
    """Draw a form on the canvas, each page shown; return how many pages it took."""
    pack = pack or shipped_pack()
    form = pack["forms"][code]
    modules = qr.matrix(code_text, "M") if code_text else []
    side = max(24 * MM, _SMALLEST_MODULE * len(modules)) if modules else 0.0
    pages = _pages(form, facts, side)
    for index, page in enumerate(pages):
        if index == 0 and modules:
            layout.fill(canvas, layout.BLACK)
            qr.draw(canvas, RIGHT - side, _TOP - side, side / len(modules), modules)
        layout.stack(canvas, page, _TOP)
        _draw_foot(canvas, pack, form, index + 1, len(pages))
        canvas.showPage()
    return len(pages)


def page_count(code: str, facts: Facts, *, pack: Mapping[str, Any] | None = None) -> int:
    """Return how many pages a form takes, without drawing it."""
    return len(_pages((pack or shipped_pack())["forms"][code], facts, 0))


def _pages(form: Mapping[str, Any], facts: Facts, code_side: float) -> list[list[Block]]:
    style = Style(float(form.get("scale", 1)))
    number = fill_in(form["number"], facts) if form.get("number") and facts.get("number") else ""
    blocks = parts.title(style, form["title"], form.get("subtitle", ""), number, code_side=code_side)
    torn_off = False
    for part in form["parts"]:
        torn_off = torn_off or "tear" in part
        if "signatures" in part:  # never alone on a page, without a line of what is signed
            blocks[-2:] = layout.kept(blocks[-2:])
        new = _blocks(style, part, facts)
        blocks += layout.kept(new) if torn_off else new
    return layout.paginate(blocks, _TOP - _FOOT, _TOP - _FOOT)


class _Blanks(Formatter):
    """Fills a template's names with facts, and what is unknown with a line to write on."""

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        value = kwargs.get(str(key), "")
        return (value.strip() if isinstance(value, str) else "") or kwargs["_blank"]


def fill_in(template: str, facts: Facts, blank: str = _BLANK) -> str:
    """Return a template with its {names} filled."""
    return _Blanks().vformat(template, (), {**facts, "_blank": blank})


def _blocks(style: Style, part: Mapping[str, Any], facts: Facts) -> list[Block]:
    """Return the blocks of one part of the pack, by the one key that says what it is."""
    if "if" in part and not facts.get(part["if"]):
        return []
    if "heading" in part:
        return [parts.heading(style, fill_in(part["heading"], facts))]
    if "text" in part:
        face = style.strong if part.get("strong") else style.body
        lines = parts.paragraph(face, fill_in(part["text"], facts), indent=part.get("indent", True))
        return layout.kept(lines) if part.get("leads") else lines
    if "cells" in part:
        return _cells(style, part["cells"], facts)
    if "each" in part:
        records = list(facts.get(part["each"], ())) or [{}]
        numbered = [{**record, "n": str(index + 1)} for index, record in enumerate(records)]
        return [
            block for record in numbered for inner in part["parts"] for block in _blocks(style, inner, record)
        ]
    if "table" in part:
        return _table(style, part, facts)
    if "ticks" in part:
        chosen = facts.get(part["ticks"], ())
        chosen = {chosen} if isinstance(chosen, str) else set(chosen)
        choices = [(fill_in(text, facts), code in chosen) for code, text in part["choices"].items()]
        return parts.ticks(style, part.get("label", ""), choices)
    if "signatures" in part:
        labels = [fill_in(label, facts, "") for label in part["signatures"]]
        return [parts.signatures(style, labels, room_mm=float(part.get("room_mm", 17)))]
    if "lines" in part:
        return parts.writing_lines(style, int(part["lines"]))
    if "tear" in part:
        return [parts.tear_line(style, part["tear"])]
    return [layout.space(float(part["space_mm"]) * MM)]


def _cells(style: Style, rows: Sequence[Sequence[str]], facts: Facts) -> list[Block]:
    blocks: list[Block] = []
    for row in rows:
        filled = [fill_in(text, facts, "") for text in row]
        pairs = list(zip(filled[::2], filled[1::2], strict=True))
        blocks += parts.cells(style, pairs)
    return [*layout.kept(blocks), layout.space(2 * MM)]


def _table(style: Style, part: Mapping[str, Any], facts: Facts) -> list[Block]:
    columns = [
        Column(entry["heading"], float(entry.get("mm", 0)), bool(entry.get("centred")))
        for entry in part["columns"]
    ]
    records = list(facts.get(part["table"], ()))
    records += [{}] * max(int(part.get("rows", 0)) - len(records), 0)
    rows = [
        [fill_in(entry["value"], {**record, "n": str(index + 1)}, "") for entry in part["columns"]]
        for index, record in enumerate(records)
    ]
    return [*parts.table(style, columns, rows), layout.space(2 * MM)]


def _draw_foot(canvas: Any, pack: Mapping[str, Any], form: Mapping[str, Any], page: int, pages: int) -> None:
    layout.fill(canvas, layout.MUTED)
    said = [form["title"], pack["version"]]
    if not form.get("verified", pack.get("verified", False)):
        said.append(pack["unverified"])
    draw(canvas, LEFT, 11 * MM, shorten(" · ".join(said), _TINY, 120 * MM), _TINY)
    draw(canvas, RIGHT, 11 * MM, readable(pack["page"].format(page=page, pages=pages)), _TINY, "right")
