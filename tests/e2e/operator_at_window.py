"""An operator's hands: runs the real window in a process of its own, does one walk, and says what it sees."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path
from typing import Any

import main
from storage import applications
from storage.journal import keep_journal, leave_no_memory_behind
from tests import walks
from tests.driving import press, tend, wait_until, write
from ui.app import build_application
from ui.command_line import arguments
from ui.desk import Desk
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.office import Office
from ui.settings import Settings
from ui.signals import Signals

ACCOUNT, NAME, PASSWORD = "wang", "王海燕", "lanzhou cold evening"
TYPED = "麻新"


def say(**news: Any) -> None:
    """Tell the test that started this process, one JSON line at a time."""
    print(json.dumps(news, ensure_ascii=False, default=str), flush=True)


def _submit_one(window: MainWindow, office: Office) -> None:
    screen = walks.begin_intake(window)
    walks.enter_applicant(screen, walks.sample_person())
    walks.choose_household(screen, "1202")
    for item_code, names in walks.PAPERS.items():
        pages = {"application_form": 3, "identity": 2, "marriage": 2}.get(item_code, 1)
        walks.hand_over(screen, item_code, [walks.SAMPLES / name for name in names], pages)
    say(event="complete")
    application_id = walks.submit(window, screen)
    store = office.services().store
    detail = walks.detail_of(store, application_id)
    say(
        event="submitted",
        application_id=application_id,
        receipt_number=walks.receipt_of(store, application_id).number,
        digests=sorted({d for page in detail.pages for d in (page.digest, page.original_digest)}),
    )


def _wait_held(office: Office, application_id: str) -> None:
    store = office.services().store
    wait_until(lambda: walks.detail_of(store, application_id).acceptance_number, "acceptance", 60)
    detail = walks.detail_of(store, application_id)
    say(event="held", delivery=str(detail.delivery), acceptance_number=detail.acceptance_number)


def _type_half(window: MainWindow) -> None:
    """Begin an intake with two pages, then type a name and leave it there, the caret still in the field."""
    screen = walks.begin_intake(window)
    walks.enter_applicant(screen, walks.sample_person())
    walks.choose_household(screen, "1202")
    walks.hand_over(screen, "identity", [walks.SAMPLES / n for n in walks.PAPERS["identity"]], 2)
    press("Alt+1", screen.materials_page.board)
    line = screen.applicant_page.fields["name"].editor
    line.setFocus()
    line.selectAll()  # type: ignore[attr-defined]
    write(TYPED)
    say(event="typed")
    tend(60)


def _look_at_draft(window: MainWindow, office: Office) -> None:
    """Say what the window shows by itself after the unlock."""
    walks.see_place(window, "intake")
    screen = window.screen_of("intake")
    assert isinstance(screen, IntakeScreen)
    wait_until(lambda: screen.case() is not None, "the draft")
    tend(0.5)
    case = screen.case()
    assert case is not None
    fields = {name: field.editor.text() for name, field in screen.applicant_page.fields.items()}  # type: ignore[attr-defined]
    say(
        event="draft",
        step=str(screen.step()),
        fields=fields,
        household=case.household.room if case.household else "",
        pages=len(case.pages_of("identity")),
        drafts=office.services().store.read(lambda db: applications.count(db, state="draft")),
        focus=screen.applicant_page.entry_in_focus(),
    )


def run(argv: list[str]) -> int:
    """Do one walk: "submit", "half", "again ID" or "draft"."""
    parser = argparse.ArgumentParser()
    parser.add_argument("walk", choices=("submit", "half", "again", "draft"))
    parser.add_argument("--application", default="")
    given, rest = parser.parse_known_args(argv)
    found = arguments(rest)
    leave_no_memory_behind()
    keep_journal(Path(found.data_dir) / "logs", on_surprise=lambda: None)
    logging.getLogger("tests.e2e").info("the walk %s begins", given.walk)
    settings = Settings(Path(found.data_dir) / "settings.json")
    app = build_application(["jilai"], settings)
    signals = Signals()
    office = main.make_office(found, settings, signals)
    office.start()
    desk = Desk(office, settings, signals)
    desk.show()
    desk.activateWindow()
    try:
        if office.has_vault():
            window = walks.unlock(desk, ACCOUNT, PASSWORD)
        else:
            window = walks.first_run(desk, ACCOUNT, NAME, PASSWORD)
            walks.open_session(desk, window)
        say(event="open")
        if given.walk == "submit":
            _submit_one(window, office)
            tend(60)
        elif given.walk == "half":
            _type_half(window)
        elif given.walk == "again":
            _wait_held(office, given.application)
        else:
            _look_at_draft(window, office)
    finally:
        desk.close()
        office.close()
        app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
