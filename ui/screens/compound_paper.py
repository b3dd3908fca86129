"""A compound's file as a paper: what the store knows of it, put into the words of the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from registration.dossier import Contact, Dossier, dossier_of, still_proposed
from registration.property_unit import Compound
from registration.standing import Obstacle, Standing
from storage import dossiers, household_marks, reference
from storage.values import HouseholdCell
from ui.obstacle_words import obstacle_words
from ui.screens.compound_words import between, local_day, paper_words, proposal_words, registrations
from ui.widgets.cell_look import state_words

if TYPE_CHECKING:
    from ui.services import Services

translate = QCoreApplication.translate


def compound_pdf(services: Services, compound: Compound, *, language: str, now: datetime) -> bytes:
    """Return the paper's PDF bytes, A4; reads the store, so for `ui.run.aside`."""
    from printing.compound_sheet import CompoundSheet, render

    def read(db: Any) -> tuple[Dossier, Sequence[HouseholdCell], tuple[Obstacle, ...]]:
        file = dossier_of(dossiers.history(db, compound.id))
        return file, reference.households(db, compound.id), household_marks.of_whole(db, compound.id)

    file, cells, own = services.store.read(read)
    standings = Counter(cell.standing for cell in cells)
    held: Counter[Obstacle] = Counter(obstacle for cell in cells for obstacle in set(cell.obstacles))
    homes = translate("CompoundFile", "{n} household(s)")
    plan = file.plans[0] if file.plans else None
    sheet = CompoundSheet(
        compound.name,
        facts=_facts(compound, file, now),
        counts=[
            (translate("CompoundFile", "Households"), str(len(cells))),
            *((state_words(one.value), str(standings[one])) for one in Standing if standings[one]),
        ],
        obstacles=[
            *(f"{obstacle_words(one)} — {translate('CompoundFile', 'the whole compound')}" for one in own),
            *(f"{obstacle_words(one)} — {homes.format(n=count)}" for one, count in held.most_common()),
        ],
        plan=plan.text if plan else "",
        plan_by=f"{plan.by} · {local_day(plan.at, now.tzinfo)}" if plan else "",
        team=[_person(one) for one in file.team],
        phones=[_person(one) for one in file.contacts if not one.team],
        papers=[" — ".join(filter(None, (paper_words(one), one.gist))) for one in file.papers],
    )
    return render(sheet, language=language, printed_at=now)


def _facts(compound: Compound, file: Dossier, now: datetime) -> list[tuple[str, str]]:
    flag = file.defaulter
    owned: dict[str, Any] = {
        "categories": list(compound.categories),
        "project_registration": compound.project_registration.value,
    }
    pairs = [
        (translate("CompoundFile", "Place"), " › ".join(filter(None, (file.street, file.community)))),
        (translate("CompoundFile", "Address"), compound.address),
        (translate("CompoundFile", "Other name"), between().join(file.aliases)),
        (translate("CompoundFile", "Developer"), compound.developer),
        (
            translate("CompoundFile", "On the list of defaulters"),
            between().join(filter(None, (flag.source, flag.day, *flag.measures))) if flag else "",
        ),
        (
            translate("CompoundFile", "First registration of the project"),
            registrations()[compound.project_registration.value],
        ),
        (translate("CompoundFile", "Categories"), between().join(compound.categories)),
        *(("", proposal_words(one, now.tzinfo)) for one in still_proposed(file, owned)),
    ]
    return [(label, said) for label, said in pairs if said]


def _person(contact: Contact) -> tuple[str, str, str]:
    return contact.name, " · ".join(filter(None, (contact.unit, contact.role))), contact.phone
