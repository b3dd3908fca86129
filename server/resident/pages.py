"""The resident's page: the token stays in the browser's fragment until its own form brings it here."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from server.api.access import CentreHere
from server.centre import Centre
from server.config import CHINA
from server.desk.access import language_of
from server.desk.forms import read_form
from server.desk.wording import LANGUAGES
from server.errors import RefusedError
from server.resident.turnstile import Turnstile
from server.resident.wording import say
from server.store.database import transaction
from server.store.paper_status import PaperStatus, look_up

router = APIRouter(prefix="/r", include_in_schema=False)
_turnstile = Turnstile()
_COST_OF_A_WRONG_ONE = 4
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

_STYLE = """
:root { color-scheme: light dark; --bg: #F5F6F3; --surface: #FFF; --ink: #1A2429; --muted: #5E6A72;
  --line: #E2E6E1; --edge: #87938F; --primary: #0E6B5B; --soft: #E1F0EC; --seal: #C23B2B; --on: #FFF; }
@media (prefers-color-scheme: dark) { :root { --bg: #12181B; --surface: #1A2226; --ink: #E8ECEA;
  --muted: #9CA9AF; --line: #2B363B; --edge: #64737A; --primary: #3FB59E; --soft: #16352F; --seal: #EC8375;
  --on: #0C1513; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--ink);
  font: 21px/1.7 "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", system-ui,
  sans-serif; }
main { max-width: 640px; margin: 0 auto; padding: 16px; display: grid; gap: 16px; }
.top { display: flex; justify-content: space-between; align-items: center; gap: 16px; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 20px
  24px; }
h1 { font-size: 20px; margin: 0; font-weight: 500; } h2 { font-size: 22px; margin: 0 0 4px; } p { margin: 0; }
.state { font-size: 38px; line-height: 1.25; font-weight: 700; color: var(--primary); margin: 0 0 12px; }
.state.bad { color: var(--seal); }
dl { margin: 0; font-size: 18px; } dt { color: var(--muted); } dd { margin: 0 0 8px; overflow-wrap: anywhere;
  font-variant-numeric: tabular-nums; }
ul { margin: 0; padding-left: 28px; } .small { font-size: 17px; color: var(--muted); }
button { font: inherit; font-size: 18px; min-height: 52px; padding: 0 24px; border-radius: 10px;
  border: 1px solid var(--edge); background: var(--surface); color: var(--ink); }
button.primary { background: var(--primary); border-color: var(--primary); color: var(--on); width: 100%; }
textarea { font: inherit; font-size: 16px; width: 100%; min-height: 96px; border-radius: 10px; padding: 12px;
  border: 1px solid var(--edge); background: var(--surface); color: var(--ink); margin: 8px 0 12px; }
button:focus-visible, textarea:focus-visible { outline: 4px solid var(--primary); outline-offset: 2px; }
label { display: block; }
"""

_SCRIPT = """
"use strict";
(function () {
  const token = window.location.hash.slice(1);
  const form = document.getElementById("look");
  if (token && form) {
    window.history.replaceState(null, "", window.location.pathname);
    form.elements.t.value = token;
    form.submit();
  }
})();
"""


@router.get("/style.css")
def get_style() -> Response:
    """Return the style sheet."""
    return Response(_STYLE, media_type="text/css", headers={"X-Content-Type-Options": "nosniff"})


@router.get("/script.js")
def get_script() -> Response:
    """Return the script, which hands the fragment's token to the form."""
    return Response(_SCRIPT, media_type="text/javascript", headers={"X-Content-Type-Options": "nosniff"})


@router.get("")
def get_page(request: Request) -> Response:
    """Show where to begin. A token in the address is not looked at: logs on its way would keep it."""
    language = language_of(request)
    return _document(language, _beginning(language), "")


@router.post("")
async def post_page(request: Request, centre: CentreHere) -> Response:
    """Show how the case of a token stands; the address keeps nothing of it."""
    try:
        form = await read_form(request)
    except RefusedError:
        return _document(language_of(request), _unknown(language_of(request)), "", status=404)
    language = form.one("lang") if form.one("lang") in LANGUAGES else language_of(request)
    return await run_in_threadpool(_look, request, centre, form.one("t"), language)


def _look(request: Request, centre: Centre, token: str, language: str) -> Response:
    who = request.client.host if request.client else ""
    wait = _turnstile.take(who)
    if wait:
        body = f'<section><p role="alert">{say("busy", language)}</p></section>'
        answer = _document(language, body, token, status=429)
        answer.headers["Retry-After"] = str(int(wait) + 1)
        return answer
    with transaction(centre.engine) as connection:
        found = look_up(connection, token)
    if found is None:
        _turnstile.charge(who, _COST_OF_A_WRONG_ONE)
        return _document(language, _unknown(language), token, status=404)
    return _document(language, _status(found, language), token)


def _beginning(language: str) -> str:
    return (
        f'<section><form id="look" method="post" action="/r?lang={language}"><label>{say("paste", language)}'
        '<textarea name="t" required autocomplete="off" spellcheck="false" maxlength="1000"></textarea>'
        "</label>"
        f'<button class="primary">{say("look", language)}</button></form></section>'
    )


def _unknown(language: str) -> str:
    return (
        f'<section><p class="state bad" role="status">{say("unknown", language)}</p>'
        f"<p>{say('unknown_next', language)}</p></section>"
    )


def _status(found: PaperStatus, language: str) -> str:
    state = "on_its_way" if found.state is None else found.state.value
    following = "received_pages" if state == "received" and not found.whole else state
    bad = " bad" if state in {"returned", "rejected"} else ""
    rows = [("receipt", found.receipt_number), ("acceptance", found.acceptance_number)]
    if found.at is not None:
        rows.append(("since", f"{found.at.astimezone(CHINA):%Y-%m-%d %H:%M}"))
    facts = "".join(
        f"<dt>{say(name, language)}</dt><dd>{escape(value)}</dd>" for name, value in rows if value
    )
    bring = ""
    if found.items:
        items = "".join(f"<li>{escape(item[LANGUAGES.index(language)])}</li>" for item in found.items)
        bring = (
            f"<section><h2>{say('bring', language)}</h2><ul>{items}</ul>"
            f"<p>{say('where', language)}</p></section>"
        )
    return (
        f'<section><p class="state{bad}" role="status">{say(state, language)}</p><dl>{facts}</dl></section>'
        f"<section><h2>{say('next', language)}</h2><p>{say(f'{following}_next', language)}</p>"
        f"</section>{bring}"
        f'<p class="small">{say("privacy", language)}</p>'
    )


def _document(language: str, body: str, token: str, *, status: int = 200) -> Response:
    lang, other = ("zh-CN", "en") if language == "zh" else ("en", "zh")
    hidden = f'<input type="hidden" name="t" value="{escape(token[:1000])}">' if token else ""
    method, action = ("post", "/r") if token else ("get", "/r")
    switch = (
        f'<form method="{method}" action="{action}">{hidden}<input type="hidden" name="lang" value="{other}">'
        f'<button lang="{"en" if other == "en" else "zh-CN"}">{say("other", language)}</button></form>'
    )
    title = say("title", language)
    return HTMLResponse(
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><link rel="stylesheet" href="/r/style.css">'
        '<script src="/r/script.js" defer></script></head>'
        f'<body><main><div class="top"><h1>{title}</h1>{switch}</div>{body}</main></body></html>',
        status_code=status,
        headers=_HEADERS,
    )
