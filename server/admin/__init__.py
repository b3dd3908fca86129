"""The administrator's command line: codes, people, devices, and decisions on cases."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from registration.application import CaseState
from registration.central_checks import CheckResult
from registration.checklist import Payer, Track
from registration.compound_file import file_to_json
from registration.tracks import TrackState, TrackStatus
from server.admin import (
    backup,
    device_audit,
    enrolling,
    evenings,
    ledger,
    packages,
    people,
    recovery,
    reports,
    rollout,
)
from server.admin.topic import Command, Later, Topic, read_object
from server.config import Settings, system_clock
from server.errors import RefusedError
from server.running import database_for_administration
from server.store import audit, devices, reference, review, rollouts
from server.store.aliases import tell_aliases
from server.store.database import migrate, open_engine, transaction
from server.store.desk_sessions import issue_ticket
from server.store.people import ROLES
from server.store.people import add as add_person
from server.store.review import Decision, ItemToMend

_ACTOR = "administrator"
_TOPICS: tuple[Topic, ...] = (
    enrolling,
    packages,
    backup,
    reports,
    rollout,
    ledger,
    people,
    recovery,
    device_audit,
    evenings,
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server admin --data-dir DIR")
    kinds = parser.add_subparsers(dest="command", required=True)
    person = kinds.add_parser("add-operator", help="add a person")
    person.add_argument("account")
    person.add_argument("name")
    person.add_argument("--role", default="operator", choices=ROLES)
    person.add_argument("--until", default="", metavar="DAY", help="the last day of their rights, 2026-12-31")
    for name, words in (
        ("revoke-operator", "take a person's rights"),
        ("restore-operator", "give them back"),
    ):
        kinds.add_parser(name, help=words).add_argument("account")
    kinds.add_parser("desk-link", help="a one-time way into the review desk").add_argument("account")
    kinds.add_parser("devices", help="list devices")
    kinds.add_parser("revoke-device", help="revoke a device").add_argument("device_code")
    names = kinds.add_parser("aliases", help="other names of a compound and its homes")
    names.add_argument("compound")
    names.add_argument("file", help='JSON: {"compound": [name, ...], "households": {id: [name, ...]}}')
    pack = kinds.add_parser("publish-pack", help="publish a version of a data pack to every window")
    pack.add_argument("file", help="JSON of the whole pack, as registration/reference has them")
    kinds.add_parser("packs", help="list packs, every version")
    about = kinds.add_parser("compound-file", help="what the task force knows of a compound")
    about.add_argument("compound")
    about.add_argument("file", help='JSON: {"land": "state", "listed": true, "sold_on": "2012-06-01", ...}')
    listing = kinds.add_parser("list", help="list cases")
    listing.add_argument("--state", choices=[state.value for state in CaseState])
    listing.add_argument("--limit", type=int, default=100)
    for name, words in (
        ("show", "show one case"),
        ("accept", "accept (受理)"),
        ("return", "return for correction (补正)"),
        ("reject", "reject (不予受理)"),
        ("register", "enter in the register (登簿)"),
        ("certificate", "issue the certificate (发证)"),
        ("withdraw", "withdraw at the applicant's wish (撤回)"),
    ):
        command = kinds.add_parser(name, help=words)
        command.add_argument("case", help="application id, receipt number or acceptance number")
        if name == "return":
            command.add_argument("--item", action="append", default=[], metavar="CODE=中文|English")
            command.add_argument("--due", default="", metavar="DATE", help="to be mended by this day")
        if name in {"return", "reject", "withdraw"}:
            command.add_argument("--reason-zh", default="")
            command.add_argument("--reason-en", default="")
        if name == "certificate":
            command.add_argument("number", help="甘（2026）…不动产权第…号")
    check = kinds.add_parser("check", help="what an online check found")
    check.add_argument("case")
    check.add_argument("code", help="of the pack central_checks")
    check.add_argument("result", choices=[result.value for result in CheckResult])
    check.add_argument("--note", default="")
    track = kinds.add_parser("track", help="where a track stands")
    track.add_argument("case")
    track.add_argument("track", choices=[each.value for each in Track])
    track.add_argument("state", choices=[state.value for state in TrackState])
    track.add_argument("--owed-by", default="", choices=[payer.value for payer in Payer])
    track.add_argument("--note", default="")
    for topic in _TOPICS:
        topic.add(kinds)
    return parser


def run(settings: Settings, words: list[str]) -> int:
    """Run one administrative command and print its answer as JSON; 0 when it was done, 1 when refused."""
    given = _parser().parse_args(words, argparse.Namespace(settings=settings))
    try:
        if given.command == backup.RESTORE:
            answer = backup.restore(settings, given)
        else:
            answer = _in_database(settings, given)
    except RefusedError as refused:
        print(
            json.dumps({"code": refused.code, "zh": refused.zh, "en": refused.en}, ensure_ascii=False),
            file=sys.stderr,
        )
        return 1
    print(json.dumps(answer, ensure_ascii=False, default=_plain, indent=1))
    return 0


def _in_database(settings: Settings, given: argparse.Namespace) -> Any:
    with database_for_administration(settings) as url:
        engine = open_engine(url, connections=1)
        try:
            migrate(engine)
            with transaction(engine) as connection:
                answer = _command(given.command)(connection, given)
            return answer.make() if isinstance(answer, Later) else answer
        finally:
            engine.dispose()


def _command(name: str) -> Command:
    return (
        _COMMANDS[name]
        if name in _COMMANDS
        else next(t.COMMANDS[name] for t in _TOPICS if name in t.COMMANDS)
    )


def _plain(value: Any) -> Any:
    """Return what JSON has no form for as fields or as text."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def _add_operator(connection: Connection, given: argparse.Namespace) -> Any:
    now = system_clock()
    return add_person(
        connection, now, given.account, given.name, given.role, actor=_ACTOR, until=given.until
    ).model_dump()


def _set_operator(active: bool) -> Command:
    def command(connection: Connection, given: argparse.Namespace) -> Any:
        devices.set_operator_active(connection, system_clock(), given.account, active, actor=_ACTOR)
        return {"account": given.account, "active": active}

    return command


def _desk_link(connection: Connection, given: argparse.Namespace) -> Any:
    ticket = issue_ticket(connection, system_clock(), given.account, actor=_ACTOR)
    return {"path": f"/desk/enter?ticket={ticket}"}


def _devices(connection: Connection, _: argparse.Namespace) -> Any:
    rows = connection.execute(
        text("SELECT code, name, status, sites, enrolled_at FROM devices ORDER BY code")
    )
    return [dict(row._mapping) for row in rows]


def _revoke_device(connection: Connection, given: argparse.Namespace) -> Any:
    devices.revoke_device(connection, system_clock(), given.device_code, actor=_ACTOR)
    return {"device": given.device_code, "status": "revoked"}


def _aliases(connection: Connection, given: argparse.Namespace) -> Any:
    try:
        names = json.loads(Path(given.file).read_text("utf-8"))
        own, homes = names.get("compound", []), dict(names.get("households", {}))
    except (OSError, ValueError, TypeError, AttributeError):
        raise RefusedError(400, "body_malformed") from None
    now = system_clock()
    count = tell_aliases(connection, now, given.compound, own, homes)
    audit.append(connection, now, _ACTOR, "aliases_sent", given.compound)
    return {"compound": given.compound, "names": count}


def _publish_pack(connection: Connection, given: argparse.Namespace) -> Any:
    pack = read_object(given.file)
    new = rollouts.publish(connection, system_clock(), pack, actor=_ACTOR)
    return {"name": pack["name"], "version": pack["version"], "new": new}


def _packs(connection: Connection, _: argparse.Namespace) -> Any:
    rows = connection.execute(
        text("SELECT name, version, effective_from, added_at FROM packs ORDER BY name, added_at")
    )
    return [dict(row._mapping) for row in rows]


def _compound_file(connection: Connection, given: argparse.Namespace) -> Any:
    now = system_clock()
    file = reference.put_compound_file(connection, now, given.compound, read_object(given.file))
    audit.append(connection, now, _ACTOR, "compound_file_kept", given.compound)
    return {"compound": given.compound, **file_to_json(file)}


def _check(connection: Connection, given: argparse.Namespace) -> Any:
    found = {given.code: (CheckResult(given.result), given.note)}
    return review.report(
        connection, system_clock(), review.find(connection, given.case), _ACTOR, checks=found
    )


def _track(connection: Connection, given: argparse.Namespace) -> Any:
    status = TrackStatus(Track(given.track), TrackState(given.state), Payer(given.owed_by), given.note)
    return review.report(
        connection, system_clock(), review.find(connection, given.case), _ACTOR, tracks=[status]
    )


def _list(connection: Connection, given: argparse.Namespace) -> Any:
    return review.listing(connection, state=given.state, limit=given.limit)


def _show(connection: Connection, given: argparse.Namespace) -> Any:
    case_id = review.find(connection, given.case)
    audit.append(connection, system_clock(), _ACTOR, "case_viewed_in_full", case_id)
    return review.case(connection, case_id)


def _decide(state: CaseState) -> Command:
    def command(connection: Connection, given: argparse.Namespace) -> Any:
        decision = Decision(
            state,
            _ACTOR,
            items=tuple(_item(text_value) for text_value in getattr(given, "item", [])),
            reason_zh=getattr(given, "reason_zh", ""),
            reason_en=getattr(given, "reason_en", ""),
            certificate_number=getattr(given, "number", ""),
            due=getattr(given, "due", ""),
        )
        return review.decide(connection, system_clock(), review.find(connection, given.case), decision)

    return command


def _item(typed: str) -> ItemToMend:
    code, _, words = typed.partition("=")
    zh, _, en = words.partition("|")
    return ItemToMend(code, zh or code, en or zh or code)


_COMMANDS: dict[str, Command] = {
    "add-operator": _add_operator,
    "revoke-operator": _set_operator(False),
    "restore-operator": _set_operator(True),
    "desk-link": _desk_link,
    "devices": _devices,
    "revoke-device": _revoke_device,
    "aliases": _aliases,
    "publish-pack": _publish_pack,
    "packs": _packs,
    "compound-file": _compound_file,
    "check": _check,
    "track": _track,
    "list": _list,
    "show": _show,
    "accept": _decide(CaseState.ACCEPTED),
    "return": _decide(CaseState.RETURNED),
    "reject": _decide(CaseState.REJECTED),
    "register": _decide(CaseState.REGISTERED),
    "certificate": _decide(CaseState.CERTIFICATE_ISSUED),
    "withdraw": _decide(CaseState.WITHDRAWN),
}
