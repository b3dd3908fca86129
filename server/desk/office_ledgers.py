"""Administration of ledgers: xlsx in with faults named, other names, and what is known of a compound."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import text
from starlette.responses import Response

from registration.compound_file import CompoundFile, Land
from server.api.access import CentreHere
from server.centre import Centre
from server.desk.access import ADMINISTRATOR, PRIVATE, AdministratorHere, check_form, go, language_of, show
from server.desk.document import card, choice, form_key, notice, table
from server.desk.forms import Form, read_form
from server.desk.queue_page import division_name
from server.desk.wording import say
from server.errors import RefusedError
from server.ledger_form import empty_ledger
from server.ledger_sheet import read_ledger
from server.store import audit, ledgers, queue, reference
from server.store.aliases import tell_aliases
from server.store.database import transaction
from server.store.desk_sessions import Reviewer

router = APIRouter(prefix="/desk/ledgers", include_in_schema=False)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_FAULTS = 200


@router.get("")
def get_ledgers(request: Request, reviewer: AdministratorHere, centre: CentreHere) -> Response:
    """Show every compound, and the form for a ledger."""
    return _page(request, centre, reviewer, "")


@router.get("/form.xlsx", dependencies=[ADMINISTRATOR])
def get_form() -> Response:
    """Hand out an empty ledger."""
    headers = {**PRIVATE, "Content-Disposition": 'attachment; filename="ledger.xlsx"'}
    return Response(empty_ledger(), media_type=_XLSX, headers=headers)


@router.post("")
async def post_ledger(request: Request, reviewer: AdministratorHere, centre: CentreHere) -> Response:
    """Check a ledger or take it in; with one fault nothing comes in."""
    form = await read_form(request)
    check_form(reviewer, form)
    return await run_in_threadpool(_take_in, request, centre, reviewer, form)


@router.get("/{compound_id}")
def get_compound(
    compound_id: str, request: Request, reviewer: AdministratorHere, centre: CentreHere
) -> Response:
    """Show what is known of one compound."""
    return _compound_page(request, centre, reviewer, compound_id, "")


@router.post("/{compound_id}")
async def post_compound(
    compound_id: str, request: Request, reviewer: AdministratorHere, centre: CentreHere
) -> Response:
    """Keep a compound's file, or send its other names to the windows."""
    form = await read_form(request)
    check_form(reviewer, form)
    return await run_in_threadpool(_keep, request, centre, reviewer, compound_id, form)


def _take_in(request: Request, centre: Centre, reviewer: Reviewer, form: Form) -> Response:
    language, dry = language_of(request), form.one("action") != "import"
    try:
        cells = read_ledger(form.files.get("ledger", b""))
        with transaction(centre.engine) as connection:
            done = ledgers.take_in(connection, centre.now(), cells, actor=reviewer.actor, dry=dry)
    except RefusedError as refused:
        words = refused.zh if language == "zh" else refused.en
        return _page(request, centre, reviewer, notice(words, wrong=True), status=refused.status)
    if not done.faults:
        words = say("ledger_good" if dry else "ledger_done", language).format(
            compounds=done.compounds, homes=done.homes, new=done.new, changed=done.changed
        )
        return _page(request, centre, reviewer, notice(words))
    rows = [
        (
            escape(fault.sheet),
            str(fault.line or ""),
            escape(fault.column),
            say(f"fault_{fault.code}", language),
        )
        for fault in done.faults[:_MOST_FAULTS]
    ]
    heads = ("sheet", "line", "column", "fault")
    words = f"{say('ledger_faults', language)} · {len(done.faults)}"
    above = notice(words, wrong=True) + card("", table(language, heads, rows, empty="none"))
    return _page(request, centre, reviewer, above, status=400)


def _page(request: Request, centre: Centre, reviewer: Reviewer, above: str, *, status: int = 200) -> Response:
    language = language_of(request)
    with transaction(centre.engine) as connection:
        places = queue.places(connection)
        counted = connection.execute(
            text("SELECT compound_id, count(*) FROM households GROUP BY compound_id")
        )
        homes: dict[str, int] = {row[0]: int(row[1]) for row in counted}
    rows = [
        (
            f'<a href="/desk/ledgers/{escape(compound)}?lang={language}">{escape(name)}</a>',
            escape(compound),
            escape(division_name(division, language)),
            str(homes.get(compound, 0)),
        )
        for division, compound, name in places
    ]
    form = (
        f"<p>{say('ledger_help', language)}</p>"
        f'<form class="row" method="post" action="/desk/ledgers?lang={language}" '
        'enctype="multipart/form-data">'
        f'{form_key(reviewer)}<label>{say("ledger_file", language)}<input type="file" name="ledger" required '
        f'accept=".xlsx"></label><button name="action" value="try">{say("ledger_try", language)}</button>'
        f'<button class="primary" name="action" value="import">{say("ledger_import", language)}</button>'
        "</form>"
        f'<p><a href="/desk/ledgers/form.xlsx">{say("ledger_template", language)}</a></p>'
    )
    title = say("place_ledgers", language)
    heads = ("compound", "compound_id", "division", "homes")
    body = (
        f"<h1>{title}</h1>{above}"
        + card(say("ledger_import", language), form)
        + card("", table(language, heads, rows, empty="none"))
    )
    return show(request, centre, reviewer, body, title=title, place="ledgers", status=status)


def _keep(request: Request, centre: Centre, reviewer: Reviewer, compound_id: str, form: Form) -> Response:
    language, now = language_of(request), centre.now()
    try:
        with transaction(centre.engine) as connection:
            if form.one("action") == "aliases":
                names = [line.strip() for line in form.one("names").splitlines() if line.strip()]
                tell_aliases(connection, now, compound_id, names, {})
                action = "aliases_sent"
            else:
                facts = {
                    "developer_gone": form.one("developer_gone") == "1",
                    "land": form.one("land"),
                    "substitute_applicant": form.one("substitute_applicant"),
                    "sold_on": form.one("sold_on"),
                    "arrears_basis": form.one("arrears_basis"),
                }
                reference.put_compound_file(connection, now, compound_id, facts)
                action = "compound_file_kept"
            audit.append(connection, now, reviewer.actor, action, compound_id)
    except RefusedError as refused:
        if refused.code == "unknown_site":
            raise
        words = refused.zh if language == "zh" else refused.en
        return _compound_page(
            request, centre, reviewer, compound_id, notice(words, wrong=True), status=refused.status
        )
    return go(f"/desk/ledgers/{compound_id}?lang={language}&done=1")


def _compound_page(
    request: Request,
    centre: Centre,
    reviewer: Reviewer,
    compound_id: str,
    above: str,
    *,
    status: int = 200,
) -> Response:
    language = language_of(request)
    with transaction(centre.engine) as connection:
        file = reference.compound_files(connection, [compound_id]).get(compound_id)
    if file is None:
        raise RefusedError(404, "unknown_site")
    if request.query_params.get("done"):
        above = notice(say("done", language))
    action = f'method="post" action="/desk/ledgers/{escape(compound_id)}?lang={language}"'
    aliases = (
        f'<form class="stack" {action}>{form_key(reviewer)}<label>{say("aliases", language)}'
        '<textarea name="names" rows="4"></textarea></label><div class="row">'
        f'<button name="action" value="aliases">{say("aliases_send", language)}</button></div></form>'
    )
    body = (
        f"<h1>{escape(file.name)}</h1>{above}"
        + card(say("compound_file", language), _file_form(language, file, reviewer, action))
        + card("", aliases)
    )
    return show(request, centre, reviewer, body, title=file.name, place="ledgers", status=status)


def _file_form(language: str, file: CompoundFile, reviewer: Reviewer, action: str) -> str:
    texts = "".join(
        f'<label>{say(word, language)}<input type="{kind}" name="{name}" value="{escape(value)}" '
        'maxlength="200"></label>'
        for word, name, kind, value in (
            ("substitute", "substitute_applicant", "text", file.substitute_applicant),
            ("arrears_basis", "arrears_basis", "text", file.arrears_basis),
            ("sold_on", "sold_on", "date", file.sold_on),
        )
    )
    land = choice(
        "land",
        [(kind.value, say(f"land_{kind}", language)) for kind in Land],
        file.land,
        say("land", language),
    )
    return (
        f'<form class="stack" {action}>{form_key(reviewer)}<div class="row">{texts}'
        f'<label>{say("land", language)}{land}</label></div><div class="box"><label>'
        f'<input type="checkbox" name="developer_gone" value="1"{" checked" if file.developer_gone else ""}> '
        f'{say("developer_gone", language)}</label></div><div class="row">'
        f'<button class="primary" name="action" value="file">{say("keep", language)}</button></div></form>'
    )
