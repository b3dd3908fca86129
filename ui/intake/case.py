"""One draft in hand: its facts in memory, and the promise that they are on the disk within two seconds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from registration.application import Application, board_of, what_is_missing
from registration.case_facts import facts_of
from registration.changes import Changes
from registration.checklist import Checklist, checklist_from_pack, offered_types, with_other_papers
from registration.compound_file import CompoundFile
from registration.conditions import Facts
from registration.dossier import Defaulter
from registration.errors import JilaiError, Kind, Problem
from registration.legacy import suggested_source
from registration.materials import Row, Standing
from registration.packs import TYPES, PackSet
from registration.property_unit import Compound, Household
from registration.rights import Role
from storage import applications, operations, packs, page_rows, reference
from storage.values import StoredPage
from ui.intake.steps import place_of
from ui.run import read_aside, run

if TYPE_CHECKING:
    from registration.session import Session
    from ui.services import Services

_SAVE_AFTER_MS = 700  # from the first unsaved keystroke, not the last: steady typing is stored as well
_TRY_AGAIN_MS = 3000


class Keeping(StrEnum):
    """How the draft stands to the disk."""

    NEW = "new"  # nothing entered yet, so nothing stored
    KEPT = "kept"
    UNSAVED = "unsaved"
    FAILED = "failed"


class IntakeCase(QObject):
    """The draft of one application. Frozen facts come in through `edit`; every change is stored soon after.

    The row is made by the first fact, so that a look at an empty form leaves no draft behind.
    `packs` are those that the draft is pinned to, `file` what is known of the compound's project.
    `facts_changed`: application, household, compound, file, packs or checklist. `keeping_changed(Keeping)`.
    `save_failed(JilaiError)`: the disk refused; it is tried again by itself.
    """

    facts_changed = Signal()
    pages_changed = Signal()
    keeping_changed = Signal(object)
    save_failed = Signal(object)

    def __init__(
        self,
        services: Services,
        application: Application,
        compound: Compound,
        checklist: Checklist,
        *,
        packs: PackSet,
        file: CompoundFile,
        newer: Mapping[str, tuple[str, str]] | None = None,
        household: Household | None = None,
        pages: tuple[StoredPage, ...] = (),
        place: Mapping[str, Any] | None = None,
        stored: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.application = application
        self.compound = compound
        self.packs = packs
        self.file = file
        self.defaulter: Defaulter | None = None  # a flag on its compound's developer
        self.newer = dict(newer or {})  # packs in force that are newer than the draft's: name -> (own, newer)
        self.household = household
        self.pages = pages
        self.checklist = self.checklist_of(checklist.type_code)
        self.place: dict[str, Any] = dict(place or {})
        self.keeping = Keeping.KEPT if stored else Keeping.NEW
        self._services = services
        self._stored = stored
        self._unsaved = False
        self._over = False
        self._waiting: list[Callable[[], None]] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.save)
        services.signals.changed.connect(self._changed)

    @property
    def id(self) -> str:
        return self.application.id

    def today(self) -> date:
        """Return the date by the corrected clock."""
        return self._services.clock().date()

    def role(self) -> Role:
        """Return what the person at the window is now; a draft outlasts a change of hands."""
        return self._services.who.role

    def missing(self) -> tuple[Problem, ...]:
        """Return what still stands in the way of submitting, in the order of the screen."""
        return what_is_missing(
            self.application,
            self.checklist,
            [page.ref for page in self.pages],
            self.household,
            self.compound,
            today=self.today(),
            packs=self.packs,
            file=self.file,
        )

    def facts(self) -> Facts:
        """Return the facts that conditions of the packs ask for."""
        return facts_of(self.application, self.checklist, self.household, self.file, today=self.today())

    def checklist_of(self, type_code: str) -> Checklist:
        """Return the checklist of a type in the draft's own packs, with rows for pages that it has none for.

        KeyError where the packs do not have the type.
        """
        own = checklist_from_pack(self.packs[TYPES], type_code)
        return with_other_papers(own, [page.item_code for page in self.pages], self.packs[TYPES])

    def board(self, *, whole: bool = False) -> tuple[Row, ...]:
        """Return the rows of the materials board: what is wanted, here or welcome in this case.

        `whole` adds the rows whose condition does not hold, in the checklist's order.
        """
        wanted = board_of(
            self.application,
            self.checklist,
            [page.ref for page in self.pages],
            self.household,
            self.compound,
            today=self.today(),
            packs=self.packs,
            file=self.file,
        )
        if not whole:
            return wanted
        known = {row.item.code: row for row in wanted}
        items = self.checklist.items
        return tuple(known.get(i.code) or Row(i, Standing.NOT_WANTED, 0) for i in items)

    def pages_of(self, item_code: str) -> tuple[StoredPage, ...]:
        """Return the pages of one checklist row in their order."""
        return tuple(page for page in self.pages if page.item_code == item_code)

    # -- changing it ---------------------------------------------------------------------------------------

    def edit(self, change: Callable[[Application], Application]) -> None:
        """Replace the facts by `change(facts)`; the draft is stored within two seconds."""
        new = change(self.application)
        if new == self.application or self._over:
            return
        self.application = new
        self._to_save()
        self.facts_changed.emit()

    def choose_household(self, household: Household | None) -> None:
        """Make the case about this household of the session's compound."""
        self.household = household
        self.edit(lambda a: replace(a, household_id=household.id if household else ""))

    def choose_type(self, checklist: Checklist) -> None:
        """Make the case one of this checklist's type; give one of `checklist_of`, so that no page is lost."""
        self.checklist = checklist
        self.edit(lambda a: replace(a, type_code=checklist.type_code))

    def set_place(self, **where: Any) -> None:
        """Remember where the operator is; stored with the draft, but never the reason to make one."""
        if {**self.place, **where} == self.place or self._over:
            return
        self.place.update(where)
        if self._stored:
            self._to_save()

    def reload_pages(self) -> None:
        """Read the pages again after one was added, moved, replaced or removed."""
        case_id = self.id

        def arrived(pages: list[StoredPage]) -> None:
            self.pages = tuple(pages)
            self.checklist = self.checklist_of(self.application.type_code)
            self.pages_changed.emit()

        read_aside(self, self._services, lambda db: page_rows.pages_of(db, case_id), arrived)

    def renew(self) -> None:
        """Judge the draft by the newest rules instead of those that it began with; stored and audited."""
        who, now, case_id = self._services.who, self._services.clock(), self.id
        keep = self.keeping_operation()

        def operation(db: Any) -> tuple[Changes, Application, PackSet]:
            kept, _ = keep(db)
            renewed, draft = packs.renew(db, who, now, case_id)
            return kept | renewed, draft, packs.pack_set(db, draft.pack_versions)

        self._soon.stop()
        self._unsaved = False
        run(self, self._services, operation, self._renewed, self._not_kept)

    def close(self) -> None:
        """Keep what is unsaved and take no more: the operator turned to another case, or left."""
        self.save()
        self._over = True

    def hold(self) -> None:
        """Save nothing by itself for now: an operation that stores the draft is on its way."""
        self._soon.stop()

    def end(self) -> None:
        """The draft is a draft no more (submitted or discarded): nothing of it may be saved again."""
        self._soon.stop()
        self._unsaved, self._over = False, True

    # -- keeping it ----------------------------------------------------------------------------------------

    def when_stored(self, then: Callable[[], None]) -> None:
        """Call `then` once the application has its row, making the row where there is none yet."""
        if self._stored:
            then()
            return
        self._waiting.append(then)
        self._unsaved = True
        self.save()

    def save(self) -> None:
        """Store what is unsaved now: on leaving a field, on a change of step, before the window closes."""
        self._soon.stop()
        if self._unsaved and not self._over:
            self._unsaved = False
            run(self, self._services, self.keeping_operation(), self._kept, self._not_kept)

    def keeping_operation(self) -> Callable[[Any], tuple[Changes, Application]]:
        """Return the operation that stores the draft as it stands now, making its row where it has none."""
        who, now = self._services.who, self._services.clock()
        facts, screen = self.application, json.dumps(self.place, ensure_ascii=False)

        def operation(db: Any) -> tuple[Changes, Application]:
            changes, row = Changes(), applications.application(db, facts.id)
            if row is None:
                changes, row = operations.start_application(
                    db,
                    who,
                    now,
                    application_id=facts.id,
                    type_code=facts.type_code,
                    session_id=facts.session_id,
                    household_id=facts.household_id,
                )
            draft = replace(facts, pack_versions=row.pack_versions, revision=row.revision)
            return changes | operations.save_draft(db, who, now, draft, screen), draft

        return operation

    def _changed(self, changes: Changes) -> None:
        if changes.reference and not self._over:
            self._reload_reference()

    def _reload_reference(self) -> None:
        """Read the compound and its file again, and whether newer rules have come."""
        compound_id, application, today = self.compound.id, self.application, self.today()

        def read(db: Any) -> tuple[Compound | None, CompoundFile, dict[str, tuple[str, str]]]:
            return (
                reference.compound(db, compound_id),
                reference.compound_file(db, compound_id),
                packs.newer_versions(db, application, today),
            )

        def arrived(found: tuple[Compound | None, CompoundFile, dict[str, tuple[str, str]]]) -> None:
            compound, file, newer = found
            if compound is not None and found != (self.compound, self.file, self.newer):
                self.compound, self.file, self.newer = compound, file, newer
                self.facts_changed.emit()

        read_aside(self, self._services, read, arrived)

    def _kept(self, answer: tuple[Changes, Application]) -> None:
        draft = answer[1]
        self.application = replace(
            self.application, pack_versions=draft.pack_versions, revision=draft.revision
        )
        self._stored = True
        own = self.packs.versions()
        if any(own.get(name) != version for name, version in draft.pack_versions.items()):
            self._reload_packs()  # newer ones came between the look at an empty form and its first fact
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
        self._turn(Keeping.UNSAVED if self._unsaved else Keeping.KEPT)

    def _reload_packs(self) -> None:
        versions = dict(self.application.pack_versions)

        def arrived(found: PackSet) -> None:
            self.packs = found
            self.checklist = self.checklist_of(self.application.type_code)
            self.facts_changed.emit()

        read_aside(self, self._services, lambda db: packs.pack_set(db, versions), arrived)

    def _renewed(self, answer: tuple[Changes, Application, PackSet]) -> None:
        self.packs, self.newer = answer[2], {}
        self._kept(answer[:2])
        self.checklist = self.checklist_of(self.application.type_code)
        self.facts_changed.emit()

    def _not_kept(self, error: JilaiError) -> None:
        if self._over:
            return
        self._unsaved = True
        self._turn(Keeping.FAILED)
        self.save_failed.emit(error)
        if error.kind is not Kind.INPUT:  # what only a person can mend is tried again with the next change
            self._soon.start(_TRY_AGAIN_MS)

    def _to_save(self) -> None:
        self._unsaved = True
        if not self._soon.isActive():
            self._soon.start(_SAVE_AFTER_MS)
        if self.keeping is not Keeping.FAILED:
            self._turn(Keeping.UNSAVED)

    def _turn(self, keeping: Keeping) -> None:
        if keeping is not self.keeping:
            self.keeping = keeping
            self.keeping_changed.emit(keeping)


def new_case(services: Services, session: Session, household_id: str = "") -> IntakeCase:
    """Return an empty case of a session, of the type that the pack offers first. Reads a few rows."""

    def read(db: Any) -> tuple[Compound | None, CompoundFile, PackSet, Household | None]:
        return (
            reference.compound(db, session.compound_id),
            reference.compound_file(db, session.compound_id),
            packs.pack_set(db, today=services.clock().date()),
            reference.household(db, household_id) if household_id else None,
        )

    compound, file, in_force, household = services.store.read(read)
    assert compound is not None  # a session's compound is a foreign key
    type_code = next(iter(offered_types(in_force[TYPES])))[0]
    checklist = checklist_from_pack(in_force[TYPES], type_code)
    application = Application(
        services.new_id(),
        type_code,
        session.id,
        household_id=household.id if household else "",
        source=suggested_source(file, in_force),
    )
    return IntakeCase(
        services, application, compound, checklist, packs=in_force, file=file, household=household
    )


def stored_case(services: Services, application_id: str, screen: str) -> IntakeCase:
    """Return a draft as it was left, in the rules that it began with, with its pages and its place."""

    def read(db: Any) -> tuple[applications.ApplicationDetail, PackSet, CompoundFile, dict[str, Any]]:
        detail = applications.detail(db, application_id)
        if detail is None:
            raise KeyError(application_id)
        return (
            detail,
            packs.pack_set(db, detail.application.pack_versions),
            reference.compound_file(db, detail.compound.id),
            packs.newer_versions(db, detail.application, services.clock().date()),
        )

    detail, own, file, newer = services.store.read(read)
    return IntakeCase(
        services,
        detail.application,
        detail.compound,
        checklist_from_pack(own[TYPES], detail.application.type_code),
        packs=own,
        file=file,
        newer=newer,
        household=detail.household,
        pages=detail.pages,
        place=place_of(screen),
        stored=True,
    )
