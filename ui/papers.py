"""The bytes of any paper that a window prints: the preview and the printer get them from here, the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from registration.closing_sheet import ClosingSheet, Count, Said, Verdict
from registration.missing import what_is_missing
from registration.receipt import Receipt
from storage import (
    applications,
    packs,
    receipts,
    reference,
    session_closing,
    session_papers,
    sessions,
    voiding,
)
from storage.print_queue import RECEIPT, Wish
from ui.closing_words import count_name
from ui.notices import notice_facts
from ui.settings import Preferences

if TYPE_CHECKING:
    from printing.forms.archive import Part
    from storage.database import Store
    from storage.pages import PageFiles
    from ui.services import Services

ARCHIVE = "archive"
CERTIFICATE = "acceptance_certificate"
CLOSING_SHEET = "closing_sheet"
WITHDRAWAL = "withdrawal"
REFUSAL = "refusal"
CORRECTION = "correction_notice"
NOTICES = (CORRECTION, REFUSAL)
CASE_FORMS = (
    CERTIFICATE,
    "application_form",
    "inquiry_record",
    "checklist",
    *NOTICES,
    WITHDRAWAL,
    "deferral_promise",
    "power_of_attorney",
    "co_ownership",
    "fee_sheet",
    "collection_notice",
    "issue_record",
    "home_visit_order",
    "privacy_notice",
)
_BEFORE = ("application_form", "inquiry_record")  # the pages that were captured stand between, in the archive
_AFTER = ("checklist", "issue_record", "archive_remarks")
_FORMS = {"original": ("原件", "original"), "copy": ("复印件", "copy")}


@dataclass(frozen=True)
class PaperMaker:
    """Makes papers out of what is stored. Every call reads and renders: not for the thread that draws.

    `sign_copy(receipt, print count, certificate)` gives the token of a reprint or of an acceptance
    certificate; `verify_url()` the page that a scanned code opens.
    """

    store: Store
    pages: PageFiles
    verify_url: Callable[[], str]
    sign_copy: Callable[[Receipt, int, bool], str]
    preferences: Callable[[], Preferences]

    def make(self, wish: Wish, copy_number: int, reprinted_by: str) -> bytes:
        """Return a paper as PDF bytes; the same arguments give the same bytes.

        KeyError for a document that there is not; JilaiError where it cannot be made.
        """
        if wish.document == RECEIPT:
            return self._receipt(wish, copy_number, reprinted_by)
        if wish.document == ARCHIVE:
            return self._archive(wish)
        return self._form(wish, copy_number, reprinted_by)

    def roll_commands(self, wish: Wish, copy_number: int, reprinted_by: str) -> bytes:
        """Return a receipt as the commands of a receipt printer."""
        from printing import escpos
        from printing.receipt_words import qr_text

        width = self.preferences().roll_width
        own = self.preferences().roll_own_code
        receipt = self._signed(wish, copy_number)
        code = qr_text(receipt, self.verify_url()) if own and receipt.token else ""
        pdf = self._receipt(wish, copy_number, reprinted_by, code_follows=bool(code))
        return escpos.encode(pdf, width, code=code)

    def _receipt(
        self, wish: Wish, copy_number: int, reprinted_by: str, *, code_follows: bool = False
    ) -> bytes:
        from printing import receipt_a4, receipt_roll

        receipt = self._signed(wish, copy_number)
        void = self.store.read(lambda db: voiding.voided(db, receipt.number))
        if receipt.revision > 1 and not wish.reason:
            copy_number = 1  # the first print of a later issue is no reprint, whatever was printed before it
        said: dict[str, Any] = {
            "language": wish.language,
            "second": wish.second,
            "verify_url": self.verify_url(),
            "copy_number": copy_number,
            "reprinted_by": reprinted_by if copy_number > 1 else "",
            "voided": void.reason if void is not None else "",
        }
        if wish.paper == "a4":
            return receipt_a4.render(receipt, **said)
        width = self.preferences().roll_width
        return receipt_roll.render(receipt, width_mm=width, code_follows=code_follows, **said)

    def _signed(self, wish: Wish, copy_number: int) -> Receipt:
        """Return the frozen receipt, its token signed anew for a reprint; without one where it is void."""
        receipt = self.store.read(lambda db: receipts.receipt(db, wish.receipt_number))
        if receipt is None:
            raise KeyError(wish.receipt_number)
        if self.store.read(lambda db: voiding.voided(db, receipt.number)) is not None:
            return replace(receipt, token="")
        if copy_number > 1 and receipt.token:
            return replace(receipt, token=self.sign_copy(receipt, copy_number, False))
        return receipt

    def _form(self, wish: Wish, copy_number: int, reprinted_by: str) -> bytes:
        from printing.forms import sheet

        token = ""
        if wish.document == CERTIFICATE and wish.application_id:
            found = self.store.read(lambda db: receipts.receipt_for_application(db, wish.application_id))
            token = self.sign_copy(found, copy_number, True) if found is not None else ""
        return sheet.render(
            wish.document,
            wish.facts,
            made_at=datetime.fromisoformat(wish.facts["made_at"]),
            language=wish.language,
            second=wish.second,
            token=token,
            verify_url=self.verify_url(),
            copy_number=copy_number,
            reprinted_by=reprinted_by if copy_number > 1 else "",
        )

    def _archive(self, wish: Wish) -> bytes:
        from printing.forms import archive
        from printing.forms.sheet import Manner

        manner = Manner(language=wish.language, second=wish.second)
        return archive.render(
            wish.facts,
            self._parts(wish),
            made_at=datetime.fromisoformat(wish.facts["made_at"]),
            manner=manner,
        )

    def _parts(self, wish: Wish) -> list[Part]:
        """Return the case's forms, and between them its captured pages in the checklist's order."""
        from printing.forms.archive import CapturedPart, FormPart
        from printing.forms.sheet import PLAIN, Manner

        english = wish.language == "en"
        forms, manner = PLAIN.forms["forms"], Manner(language=wish.language)
        detail = self.store.read(lambda db: applications.detail(db, wish.application_id))
        if detail is None:
            raise KeyError(wish.application_id)
        version = detail.application.pack_versions.get(reference.TYPES_PACK)
        code = detail.application.type_code
        checklist = self.store.read(lambda db: reference.checklist(db, code, version))
        captured: list[Part] = []
        for item in checklist.items:
            digests = [page.digest for page in detail.pages if page.item_code == item.code]
            if digests:
                material = detail.application.material(item.code)
                form = (material.form if material else item.form).value
                copies = str(material.copies if material else item.copies)
                fetch = [partial(self.pages.get, digest) for digest in digests]
                captured.append(CapturedPart(item.name(wish.language), _FORMS[form][english], fetch, copies))
        return [
            *(FormPart(manner.title(forms[code]), code, wish.facts) for code in _BEFORE),
            *captured,
            *(FormPart(manner.title(forms[code]), code, wish.facts) for code in _AFTER),
        ]


def receipt_wish(services: Services, receipt: Receipt, paper: str, language: str, reason: str = "") -> Wish:
    """Return the wish for one copy of a receipt on "a4" or "roll"."""
    return Wish(
        id=services.new_id(),
        document=RECEIPT,
        paper=paper,
        application_id=receipt.application_id,
        receipt_number=receipt.number,
        language=language,
        second=services.settings.value.second_labels,
        reason=reason,
    )


def case_facts(
    db: Any,
    document: str,
    application_id: str,
    *,
    language: str,
    now: datetime,
    outcome: str = "",
    reason: str = "",
) -> dict[str, Any]:
    """Return what a case tells to one of its forms; a notice lists what is missing, others what is here.

    `outcome` and `reason` are those of a case that is just being closed; one that is closed has kept its own.
    """
    from printing.forms.facts import application_facts

    detail = applications.detail(db, application_id)
    if detail is None:
        raise KeyError(application_id)
    application = detail.application
    session = sessions.session(db, application.session_id)
    assert session is not None  # a foreign key says so
    version = application.pack_versions.get(reference.TYPES_PACK)
    checklist = reference.checklist(db, application.type_code, version)
    pages = [page.ref for page in detail.pages]
    rules = packs.pack_set(db, application.pack_versions)
    facts = application_facts(
        application,
        checklist,
        pages,
        detail.household,
        detail.compound,
        session,
        now=now,
        number=detail.receipt.number if detail.receipt else "",
        acceptance_number=detail.acceptance_number,
        accepted_at=detail.accepted_at,
        certificate_number=detail.certificate_number,
        language=language,
        rules=rules,
    )
    if detail.closing is not None:
        outcome, reason = detail.closing.outcome, detail.closing.reason
    if document in NOTICES:
        missing = what_is_missing(
            application,
            checklist,
            pages,
            detail.household,
            detail.compound,
            today=now.date(),
            packs=rules,
            file=reference.compound_file(db, detail.compound.id),
        )
        facts |= notice_facts(detail, checklist, missing, outcome, reason, language)
    if document == WITHDRAWAL:
        facts["withdrawal_reason"] = reason
    if document == "deferral_promise":
        facts["items"], facts["count"] = facts["deferred"], str(len(facts["deferred"]))
    return {**facts, "made_at": now.isoformat()}


def session_facts(
    db: Any, session_id: str, *, now: datetime, sheet: ClosingSheet | None = None
) -> dict[str, Any]:
    """Return what the closing sheet of a session says; without `sheet` as it counts now."""
    session = sessions.session(db, session_id)
    if session is None:
        raise KeyError(session_id)
    figures, counted = sessions.figures(db, session_id), session_papers.figures(db, session_id)
    cells = reference.households(db, session.compound_id)
    taken = [cell for cell in cells if cell.state not in ("", "draft", "withdrawn")]
    first, last = counted.first_number, counted.last_number
    sheet = sheet or session_closing.sheet(db, session_id, Said())
    returned = sheet.line(Count.ORIGINALS)
    differ = [line for line in sheet.lines if line.verdict in (Verdict.MISMATCH, Verdict.EXPLAINED)]
    return {
        "number": f"{session.title} {session.opened_at.astimezone(now.tzinfo):%Y-%m-%d}".strip(),
        "site": session.compound_name,
        "date": f"{now:%Y-%m-%d}",
        "operator": session.operator_name,
        "helper": session.helper_name,
        "opened": f"{session.opened_at.astimezone(now.tzinfo):%H:%M}",
        "closed": f"{(session.closed_at or now).astimezone(now.tzinfo):%H:%M}",
        "received": str(figures.received),
        "drafts": str(figures.drafts),
        "held": str(figures.held),
        "waiting": str(figures.waiting),
        "parked": str(figures.parked),
        "numbers": first if first == last else f"{first} — {last}",
        "households": str(len(cells)),
        "households_received": str(len(taken)),
        "households_issued": str(sum(cell.state == "certificate_issued" for cell in cells)),
        "pages": str(counted.pages),
        "printed": str(counted.printed),
        "voided": str(counted.voided),
        "originals_returned": "" if returned.counted is None else f"{returned.counted} / {returned.expected}",
        "refused": str(sheet.line(Count.NOTICES).expected),
        "mismatches": [
            {"what": f"{count_name(line.count)} · {item.label}", "note": line.reason}
            for line in differ
            for item in line.items
        ],
        "made_at": now.isoformat(),
    }


def title_of(wish: Wish) -> str:
    """Return what a paper is called in the print system's history: a number, nothing of a person."""
    return wish.receipt_number or f"jilai-{wish.document}"
