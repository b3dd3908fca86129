"""A case's papers as a page shows them: small pages beside a big one, and what a revision changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from registration.errors import Problem
from registration.identifiers import mask_name, mask_tail
from registration.wording import say as word
from server.desk.document import card, table
from server.desk.queue_page import address
from server.desk.wording import say
from server.store.case_revisions import Difference

_PRIVATE_FACTS: Mapping[str, Callable[[str], str]] = {
    "name": mask_name,
    "document_number": mask_tail,
    "phone": mask_tail,
}


def pages_card(
    language: str, found: Mapping[str, Any], names: Mapping[str, str], chosen: str, *, plain: bool
) -> str:
    """Return the two panes; the page with the digest `chosen` is the big one, else the first."""
    order = {code: place for place, code in enumerate(names)}
    pages = sorted(found["pages"], key=lambda p: (order.get(p["item_code"], len(order)), p["ordinal"]))
    if not pages:
        return card(say("pages", language), f"<p>{say('missing', language)}</p>")
    at = next((n for n, page in enumerate(pages) if page["digest"] == chosen), 0)
    links = []
    for number, page in enumerate(pages):
        here = ' aria-current="true"' if number == at else ""
        more = {"page": page["digest"], **({"plain": 1} if plain else {})}
        links.append(
            f'<a href="{escape(address(found["id"], language, **more))}#view"{here} '
            f'data-page="{_source(found, page)}" data-words="{escape(_words(page, names))}">'
            f"{_picture(language, found, page)}{escape(_words(page, names))}{_kept(language, page)}</a>"
        )
    return card(
        say("pages", language),
        f'<div class="viewer"><nav class="thumbs" tabindex="0" aria-label="{say("page_list", language)}">'
        f"{''.join(links)}</nav>"
        f"{_view(language, found, pages, at, names, plain=plain)}</div>",
    )


def _view(
    language: str,
    found: Mapping[str, Any],
    pages: Sequence[Mapping[str, Any]],
    at: int,
    names: Mapping[str, str],
    *,
    plain: bool,
) -> str:
    page = pages[at]
    words, source = _words(page, names), _source(found, page)
    absent, shown = (" hidden", "") if page["held"] else ("", " hidden")
    turns = []
    for name, step in (("previous_page", -1), ("next_page", 1)):
        target = pages[min(max(at + step, 0), len(pages) - 1)]["digest"]
        more = {"page": target, **({"plain": 1} if plain else {})}
        turns.append(
            f'<a class="button" data-turn="{step}" '
            f'href="{escape(address(found["id"], language, **more))}#view">{say(name, language)}</a>'
        )
    image = f'<img src="{source}" alt="{escape(words)}">' if page["held"] else "<img alt=''>"
    return (
        f'<div id="view"><figure class="view" data-view><a href="{source or "#view"}"{shown} '
        f'title="{say("whole_size", language)}">{image}</a>'
        f'<div class="absent"{absent}>{say("missing", language)}</div>'
        f'<figcaption aria-live="polite">{escape(words)}</figcaption></figure>'
        f'<div class="turns">{turns[0]}<span class="muted">{say("keys_hint", language)}</span>'
        f"{turns[1]}</div></div>"
    )


def difference_card(
    language: str, found: Mapping[str, Any], changed: Difference, names: Mapping[str, str], *, plain: bool
) -> str:
    """Return what the newest revision changed; persons' facts are masked unless `plain`."""
    rows = [
        (
            f'<span class="muted">{escape(change.path)}</span>',
            escape(_masked(change.path, change.before, plain=plain)),
            escape(_masked(change.path, change.after, plain=plain)),
        )
        for change in changed.facts
    ]
    title = say("revisions", language).format(before=changed.before, after=changed.after)
    content = table(language, ("fact", "before", "after"), rows, empty="no_difference") if rows else ""
    for name, pages, kind in (("came", changed.came, ""), ("went", changed.went, "gone")):
        if pages:
            figures = "".join(
                f"<figure>{_picture(language, found, page)}<figcaption>{escape(_words(page, names))}"
                "</figcaption></figure>"
                for page in pages
            )
            content += f'<h3>{say(name, language)}</h3><div class="strip {kind}">{figures}</div>'
    return card(title, content or f"<p>{say('no_difference', language)}</p>")


def _masked(path: str, value: str, *, plain: bool) -> str:
    mask = None if plain else _PRIVATE_FACTS.get(path.rpartition(".")[2])
    return mask(value) if mask and value else value


def _words(page: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return f"{names.get(page['item_code'], page['item_code'])} {page['ordinal']}"


def _source(found: Mapping[str, Any], page: Mapping[str, Any]) -> str:
    return f"/desk/cases/{quote(found['id'], safe='')}/pages/{page['digest']}" if page["held"] else ""


def _picture(language: str, found: Mapping[str, Any], page: Mapping[str, Any]) -> str:
    if not page["held"]:
        return f'<span class="absent">{say("missing", language)}</span>'
    return f'<img src="{_source(found, page)}" alt="" loading="lazy">'


def _kept(language: str, page: Mapping[str, Any]) -> str:
    """Say who kept a page in spite of the quality gate, and of what; "" where nobody did."""
    kept = page["kept"]
    if not isinstance(kept, Mapping):
        return ""
    reasons = kept.get("reasons")
    codes = [str(code) for code in reasons] if isinstance(reasons, list) else []
    faults = "、" if language == "zh" else ", "
    told = faults.join(word(Problem(f"gate_{code}"), language).title for code in codes)
    said = f"{say('kept', language)} {told} · {kept.get('name', '')}"
    return f'<span class="kept">{escape(said)}</span>'
