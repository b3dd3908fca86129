"""A scripted evening at the real window, without end: it says what the operator saw; made to be killed."""

from __future__ import annotations

import argparse
import dataclasses
import json
import secrets
import sys
from pathlib import Path
from typing import Any

import main
from registration.application import Delivery
from registration.identifiers import id_check_character
from storage import applications, sessions
from tests import walks
from tests.driving import press, tend, wait_until
from ui.app import build_application
from ui.command_line import arguments
from ui.desk import Desk
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.office import Office
from ui.settings import Settings
from ui.signals import Signals

ACCOUNT, NAME, PASSWORD = "wang", "王海燕", "lanzhou cold evening"
PAPER = walks.SAMPLES / "purchase_contract-007-01.jpg"


def say(**news: Any) -> None:
    """Tell whoever started this process, one JSON line at a time; a line that was cut counts as unsaid."""
    print(json.dumps(news), flush=True)


class Evening:
    """One life of the program: intake after intake, and a word for everything the window showed as done."""

    def __init__(self, window: MainWindow, office: Office, number: int, folder: Path) -> None:
        self._window, self._office, self._number, self._folder = window, office, number, folder
        self._told: set[str] = set()  # page ids
        self._open: set[str] = set()  # submitted, not yet seen as held

    def work(self) -> None:
        """Go on with what the window brings back by itself, then take in one case after another."""
        if self._office.services().store.read(applications.latest_draft) is not None:
            walks.see_place(self._window, "intake")
            screen = self._window.screen_of("intake")
            assert isinstance(screen, IntakeScreen)
            wait_until(lambda: screen.case() is not None, "the draft of the last life")
            tend(0.2)
            case = screen.case()
            assert case is not None
            say(event="back", application=case.id, pages=[page.id for page in case.pages])
            press("Ctrl+Shift+N", screen)  # that applicant has gone home; the draft stays for another evening
        while True:
            self._one_intake()
            self._number += 1

    def _one_intake(self) -> None:
        screen = walks.begin_intake(self._window)
        press("Alt+1", screen)
        case = screen.case()
        assert case is not None
        say(event="begun", application=case.id)
        walks.enter_applicant(screen, person(self._number))
        walks.choose_household(screen, household(self._number))
        while wanted := [p.field for p in case.missing() if p.field.startswith("materials.")]:
            self._paper(screen, wanted[0].split(".")[1])
        application_id = walks.submit(self._window, screen)
        receipt = walks.receipt_of(self._office.services().store, application_id)
        say(event="receipt", application=application_id, number=receipt.number)
        self._open.add(application_id)
        self._look_for_held()
        tend(0.05)

    def _paper(self, screen: IntakeScreen, item_code: str) -> None:
        case = screen.case()
        assert case is not None
        pages = len(case.pages_of(item_code)) + 1
        walks.hand_over(screen, item_code, [self._photograph()], pages)
        for page in case.pages:  # shown on the board, so durable
            if page.id not in self._told:
                self._told.add(page.id)
                say(event="page", id=page.id, digests=[page.digest, page.original_digest])

    def _photograph(self) -> Path:
        """Return a picture of the paper that has no double: two shutters never give the same bytes."""
        picture, note = PAPER.read_bytes(), secrets.token_hex(16).encode()
        path = self._folder / "paper.jpg"
        path.write_bytes(picture[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + picture[2:])
        return path

    def _look_for_held(self) -> None:
        store = self._office.services().store
        for application_id in sorted(self._open):
            detail = store.read(lambda db, name=application_id: applications.detail(db, name))  # type: ignore[misc]
            if detail is not None and detail.delivery is Delivery.HELD:
                self._open.discard(application_id)
                say(event="held", application=application_id)


def person(number: int) -> walks.Person:
    """Return the number-th invented applicant, each with an identity number of their own."""
    body = f"62010219{60 + number // 3600 % 30:02d}{1 + number // 300 % 12:02d}{1 + number // 11 % 27:02d}"
    body += f"{100 + number % 899:03d}"
    known = walks.sample_person()
    return dataclasses.replace(known, id_number=body + id_check_character(body))


def household(number: int) -> str:
    """Return what finds the number-th of the demonstration compound's 400 households."""
    building, rest = divmod(number % 400, 100)
    entrance, rest = divmod(rest, 50)
    floor, room = divmod(rest, 2)
    return f"{building + 1}-{entrance + 1}-{floor + 1}{room + 1:02d}"


def run(argv: list[str]) -> int:
    """Open the program on a data directory, as new or as it was left, and work until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=0)
    given, rest = parser.parse_known_args(argv)
    found = arguments(rest)
    settings = Settings(Path(found.data_dir) / "settings.json")
    build_application(["jilai"], settings)
    signals = Signals()
    office = main.make_office(found, settings, signals)
    office.start()
    desk = Desk(office, settings, signals)
    desk.show()
    desk.activateWindow()
    if office.has_vault():
        window = walks.unlock(desk, ACCOUNT, PASSWORD)
    else:
        window = walks.first_run(desk, ACCOUNT, NAME, PASSWORD)
    services = office.services()
    if services.store.read(sessions.current) is None:
        walks.open_session(desk, window)
    say(event="open")
    Evening(window, office, given.number, found.data_dir.parent).work()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
