"""A page of the desk around its content: head, places, who is there; everything from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from urllib.parse import urlencode

from server.config import CHINA
from server.desk.wording import say, state_name
from server.store.desk_sessions import Reviewer


def form_key(reviewer: Reviewer) -> str:
    """Return the hidden field that proves a form to be the reviewer's own."""
    return f'<input type="hidden" name="form_key" value="{reviewer.form_key}">'


def places_of(reviewer: Reviewer) -> Sequence[tuple[str, str]]:
    """Return (name, address) of the places that a person's role opens, the first being theirs."""
    found = []
    if reviewer.may_see_cases:
        found += [("cases", "/desk"), ("evenings", "/desk/evenings")]
    if reviewer.may_configure:
        found += [(name, f"/desk/{name}") for name in ("devices", "people", "packs", "ledgers")]
    found.append(("reports", "/desk/reports"))
    if reviewer.may_audit:
        found.append(("audit", "/desk/audit"))
    return found


def frame(
    language: str,
    body: str,
    *,
    reviewer: Reviewer | None,
    demo: bool,
    other: str = "",
    title: str = "",
    place: str = "",
) -> str:
    """Return a whole document. `other` is this page's address in the other language."""
    who, places = "", ""
    if reviewer is not None:
        who = (
            f"<span>{escape(reviewer.name)} "
            f'<span class="muted">{say(f"role_{reviewer.role}", language)}</span></span>'
            f'<form method="post" action="/desk/leave?{urlencode({"lang": language})}">{form_key(reviewer)}'
            f"<button>{say('leave', language)}</button></form>"
        )
        links = "".join(
            f'<a href="{target}?lang={language}"{_current(name == place)}>{say(f"place_{name}", language)}'
            "</a>"
            for name, target in places_of(reviewer)
        )
        places = f'<nav class="places" aria-label="{say("title", language)}">{links}</nav>'
    banner = f'<span class="banner">{say("demo", language)}</span>' if demo else ""
    switch = (
        f'<a href="{escape(other)}" lang="{_lang(_other(language))}">{say("other", language)}</a>'
        if other
        else ""
    )
    name = say("title", language)
    whole_title = f"{escape(title)} · {name}" if title else name
    return (
        f'<!doctype html><html lang="{_lang(language)}"><head><meta charset="utf-8"><title>{whole_title}'
        "</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/desk/style.css"><script src="/desk/script.js" defer></script></head>'
        f'<body><a class="skip" href="#content">{say("skip", language)}</a>'
        f'<header><span class="brand"><a href="/desk?{urlencode({"lang": language})}">{name}</a></span>'
        f'{places}<div class="who">{banner}{switch}{who}</div></header>'
        f'<main id="content" tabindex="-1">{body}</main></body></html>'
    )


def card(title: str, content: str, *, level: int = 2, kind: str = "") -> str:
    """Return a card with its heading; `title` is escaped, `content` is HTML."""
    heading = f"<h{level}>{escape(title)}</h{level}>" if title else ""
    return f'<section class="card {kind}">{heading}{content}</section>'


def refusal(language: str, words: str, *, sign_in: bool = False) -> str:
    """Return the body of a page that says why something was not done."""
    target, name = ("/desk/sign-in", "sign_in") if sign_in else ("/desk", "back")
    back = f'<p><a href="{target}?lang={language}">{say(name, language)}</a></p>'
    return card(say("refused", language), f'<p role="alert">{escape(words)}</p>{back}', level=1)


def notice(words: str, *, wrong: bool = False) -> str:
    """Return a line that says what was done, or what is wrong."""
    kind, role = ("wrong", "alert") if wrong else ("good", "status")
    return f'<p class="notice {kind}" role="{role}">{escape(words)}</p>' if words else ""


def table(language: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, empty: str) -> str:
    """Return a table of HTML cells under heads of the desk's words, or the words `empty`."""
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    if not lines:
        return f"<p>{say(empty, language)}</p>"
    head = "".join(f'<th scope="col">{say(name, language)}</th>' for name in heads)
    return (
        '<div class="wide" tabindex="0" role="region" aria-label="'
        f'{say(heads[0], language)}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def choice(name: str, options: Iterable[tuple[str, str]], chosen: str, label: str) -> str:
    """Return a list to choose from, (value, words) each; the label is for those who cannot see it."""
    inner = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in options
    )
    return f'<select name="{escape(name)}" aria-label="{escape(label)}">{inner}</select>'


def chip(language: str, state: str) -> str:
    """Return a case's state as a chip."""
    return f'<span class="chip {escape(state)}">{state_name(state, language)}</span>'


def when(moment: datetime) -> str:
    """Return a moment in China's time, to the minute, as HTML that does not break."""
    return f'<span class="when">{moment.astimezone(CHINA):%Y-%m-%d %H:%M}</span>'


def _current(here: bool) -> str:
    return ' aria-current="page"' if here else ""


def _lang(language: str) -> str:
    return "zh-CN" if language == "zh" else "en"


def _other(language: str) -> str:
    return "en" if language == "zh" else "zh"
