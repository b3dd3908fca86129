"""Whether the papers, as a machine read them, and the entries agree; what they offer, where they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from registration.application_value import Application
from registration.folding import fold, full_brackets
from registration.names import same_name
from registration.page_reading import PageReading
from registration.parties import Party
from registration.property_unit import Household

_WRONG = frozenset(
    {"check_failed", "contradicted"}
)  # doubts that tell of a wrong number, not of a bad picture
_AREA_SLACK, _AMOUNT_SLACK = 0.011, 0.5  # square metres, yuan


class Entry(StrEnum):
    """What is compared; the order is that of the screen."""

    NAME = "name"
    ID_NUMBER = "id_number"
    ADDRESS = "address"
    CO_OWNER = "co_owner"
    CERTIFICATE = "certificate_number"
    LOCATION = "location"
    UNIT_CODE = "unit_code"
    AREA = "area"
    AMOUNT = "amount"
    PAYEE = "payee"


class Outcome(StrEnum):
    """How an entry and a paper stand to each other."""

    AGREES = "agrees"
    OFFERED = "offered"  # the entry is empty, the paper fills it
    DIFFERS = "differs"
    NOT_BELIEVED = "not_believed"  # the number on the paper fails its own check
    KEPT = "kept"  # it differs, and the operator has decided for the entry


@dataclass(frozen=True)
class ReadPage:
    """A page that was read, and what the operator decided about it before (by entry)."""

    page_id: str
    item_code: str
    reading: PageReading
    confirmed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """One entry against one page. `party` is the index of the party concerned, -1 for none.

    `said` is what the paper says, of a number that is not believed the doubt's code; `entered` what stands
    in the entry or on another paper. `may_take`: the entry can be filled by what the paper says.
    """

    page_id: str
    item_code: str
    kind: str
    entry: Entry
    outcome: Outcome
    said: str
    entered: str = ""
    party: int = -1
    may_take: bool = False

    @property
    def open(self) -> bool:
        """Say whether it waits for the operator."""
        return self.outcome in (Outcome.OFFERED, Outcome.DIFFERS, Outcome.NOT_BELIEVED)


def compare(
    application: Application, household: Household | None, pages: Sequence[ReadPage]
) -> tuple[Comparison, ...]:
    """Hold every page that was read against the entries, and against the other papers where both say it.

    Nothing is changed by it: what a machine read is offered, and the operator decides.
    Source: 不动产登记暂行条例实施细则 art. 15 (what is checked on acceptance: whether identity papers
    agree with the applicant, and the documents of the right with what is applied for).
    """
    found = [
        comparison
        for page in pages
        for comparison in (
            *_people(application, page),
            *_property(application, household, page),
            *_amounts(page, pages),
        )
    ]
    return tuple(_settled(comparison, pages) for comparison in found)


def taken(application: Application, chosen: Sequence[Comparison]) -> Application:
    """Return the application with what these papers say entered; a place is chosen by its household."""
    for comparison in chosen:
        if not comparison.may_take:
            continue
        match comparison.entry:
            case Entry.NAME:
                application = _with_party(application, comparison.party, name=comparison.said, name_raw="")
            case Entry.ID_NUMBER:
                application = _with_party(application, comparison.party, document_number=comparison.said)
            case Entry.ADDRESS:
                application = _with_party(application, comparison.party, address=comparison.said)
            case Entry.CO_OWNER:
                party = Party(name=comparison.said)
                application = replace(application, parties=(*application.parties, party))
            case Entry.CERTIFICATE:
                application = replace(application, certificate_number=comparison.said)
    return application


def household_said(text: str, households: Sequence[Household]) -> Household | None:
    """Return the one household that a place on a paper means, None where none or several fit."""
    fitting = [household for household in households if _is_place_of(text, household)]
    return fitting[0] if len(fitting) == 1 else None


# -- people ----------------------------------------------------------------------------------------------


def _people(application: Application, page: ReadPage) -> Iterator[Comparison]:
    reading = page.reading
    match reading.kind:
        case "id_card_front":
            yield from _person(application, page, reading.text("name"), reading.text("id_number"))
        case "purchase_contract":
            buyers = _names(reading.text("buyer"))
            yield from _person(application, page, buyers[0] if buyers else "", reading.text("id_number"))
            yield from _others(application, page, buyers[1:])
        case "invoice":
            yield from _named(application, page, _names(reading.text("payer")))
        case "marriage_certificate":
            yield from _couple(application, page, _names(reading.text("holders")))
        case "real_estate_certificate":
            yield from _named(application, page, _names(reading.text("owners")))
        case "household_register":
            yield from _registered(application, page)


def _person(application: Application, page: ReadPage, name: str, number: str) -> Iterator[Comparison]:
    """A paper that names one party with the number."""
    at = _party_of(application, name, number)
    if at < 0:
        return
    party = application.parties[at]
    if name:
        yield _text(page, Entry.NAME, name, party.name, at, same=same_name)
    if number:
        yield _text(page, Entry.ID_NUMBER, number, party.document_number, at)
    elif page.reading.left_out.get("id_number") in _WRONG:
        doubt = page.reading.left_out["id_number"]
        yield _of(page, Entry.ID_NUMBER, Outcome.NOT_BELIEVED, doubt, party.document_number, at)
    address = page.reading.text("address")
    if address and page.reading.kind == "id_card_front":
        yield _text(page, Entry.ADDRESS, address, party.address, at)


def _party_of(application: Application, name: str, number: str) -> int:
    """Return the party that a paper means: by number, by name, the first empty one, else the only one."""
    parties = application.parties
    for at, party in enumerate(parties):
        if number and fold(party.document_number) == fold(number):
            return at
    for at, party in enumerate(parties):
        if name and same_name(party.name, name):
            return at
    for at, party in enumerate(parties):
        if not party.name.strip() and not party.document_number.strip():
            return at
    others = [
        (person.name, fold(person.document_number))
        for party in parties
        for person in (party.agent, party.guardian)
        if person is not None
    ]
    if any((number and number == known) or (name and same_name(name, called)) for called, known in others):
        return -1  # an agent's or a guardian's
    return 0 if parties else -1


def _others(application: Application, page: ReadPage, names: Sequence[str]) -> Iterator[Comparison]:
    """Further persons on a paper: parties already, or offered as co-owners."""
    for name in names:
        at = next((i for i, party in enumerate(application.parties) if same_name(party.name, name)), -1)
        if at >= 0:
            yield _of(page, Entry.NAME, Outcome.AGREES, name, application.parties[at].name, at)
        else:
            yield _of(page, Entry.CO_OWNER, Outcome.OFFERED, name, may_take=True)


def _named(application: Application, page: ReadPage, names: Sequence[str]) -> Iterator[Comparison]:
    """A paper that names people without their numbers: one of them must be a party."""
    if not names:
        return
    for at, party in enumerate(application.parties):
        if any(same_name(party.name, name) for name in names):
            yield _of(page, Entry.NAME, Outcome.AGREES, party.name, party.name, at)
            return
    entered = "、".join(party.name for party in application.parties if party.name.strip())
    if entered:
        yield _of(page, Entry.NAME, Outcome.DIFFERS, "、".join(names), entered)
    elif page.reading.kind == "invoice" and len(names) == 1:
        yield _of(page, Entry.NAME, Outcome.OFFERED, names[0], "", 0, may_take=True)


def _couple(application: Application, page: ReadPage, names: Sequence[str]) -> Iterator[Comparison]:
    matched = [name for name in names if any(same_name(p.name, name) for p in application.parties)]
    yield from _named(application, page, matched or names)
    if matched:
        yield from _others(application, page, [name for name in names if name not in matched])


def _registered(application: Application, page: ReadPage) -> Iterator[Comparison]:
    """A household register names whole families: only what it says of a party says something."""
    reading = page.reading
    name, number = reading.text("name") or reading.text("head"), reading.text("id_number")
    for at, party in enumerate(application.parties):
        mine = bool(number) and fold(party.document_number) == fold(number)
        if not mine and not (name and same_name(party.name, name)):
            continue
        yield _text(page, Entry.NAME, name, party.name, at, same=same_name)
        if number:
            yield _text(page, Entry.ID_NUMBER, number, party.document_number, at)
        address = reading.text("address")
        if address and not party.address.strip():
            yield _of(page, Entry.ADDRESS, Outcome.OFFERED, address, "", at, may_take=True)
        return


# -- property and money ----------------------------------------------------------------------------------


def _property(application: Application, household: Household | None, page: ReadPage) -> Iterator[Comparison]:
    reading = page.reading
    if reading.kind not in ("real_estate_certificate", "purchase_contract"):
        return
    number = reading.text("certificate_number")
    if number:
        same = _same_brackets
        yield _text(page, Entry.CERTIFICATE, number, application.certificate_number, same=same)
    place = reading.text("location")
    if place and household is None:
        yield _of(page, Entry.LOCATION, Outcome.OFFERED, place, may_take=True)
    elif place and household is not None:
        outcome = Outcome.AGREES if _is_place_of(place, household) else Outcome.DIFFERS
        said = household.label if outcome is Outcome.AGREES else place
        yield _of(page, Entry.LOCATION, outcome, said, household.label, may_take=True)
    code = reading.text("unit_code")
    if code and household is not None and household.unit_code:
        yield _text(page, Entry.UNIT_CODE, code, household.unit_code, may_take=False)
    area = reading.number("floor_area")
    if area is not None and household is not None and household.area:
        close = abs(area - _number(household.area)) < _AREA_SLACK
        yield _of(page, Entry.AREA, Outcome.AGREES if close else Outcome.DIFFERS, f"{area:g}", household.area)


def _amounts(page: ReadPage, pages: Sequence[ReadPage]) -> Iterator[Comparison]:
    """Invoices against the contract, where both are here: the seller is paid, and paid the price."""
    contract = next((p.reading for p in pages if p.reading.kind == "purchase_contract"), None)
    if page.reading.kind != "invoice" or contract is None:
        return
    invoices = [p for p in pages if p.reading.kind == "invoice"]
    price, paid = contract.number("price"), [p.reading.number("amount") for p in invoices]
    if page is invoices[-1] and price is not None and None not in paid:
        total = sum(amount or 0.0 for amount in paid)
        outcome = Outcome.AGREES if abs(total - price) < _AMOUNT_SLACK else Outcome.DIFFERS
        yield _of(page, Entry.AMOUNT, outcome, _money(total), _money(price))
    seller, payee = contract.text("seller"), page.reading.text("payee")
    if seller and payee:
        outcome = Outcome.AGREES if _same_brackets(seller, payee) else Outcome.DIFFERS
        yield _of(page, Entry.PAYEE, outcome, payee, seller)


# -- how one stands --------------------------------------------------------------------------------------


def _same_number(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _same_brackets(one: str, other: str) -> bool:
    return full_brackets(one) == full_brackets(other)


def _text(
    page: ReadPage,
    entry: Entry,
    said: str,
    entered: str,
    party: int = -1,
    *,
    same: Callable[[str, str], bool] = _same_number,
    may_take: bool = True,
) -> Comparison:
    if not entered.strip():
        return _of(page, entry, Outcome.OFFERED, said, "", party, may_take=may_take)
    outcome = Outcome.AGREES if same(said, entered) else Outcome.DIFFERS
    return _of(page, entry, outcome, said, entered, party, may_take=may_take)


def _of(
    page: ReadPage,
    entry: Entry,
    outcome: Outcome,
    said: str,
    entered: str = "",
    party: int = -1,
    *,
    may_take: bool = False,
) -> Comparison:
    return Comparison(
        page.page_id, page.item_code, page.reading.kind, entry, outcome, said, entered, party, may_take
    )


def _settled(comparison: Comparison, pages: Sequence[ReadPage]) -> Comparison:
    """What was decided stays decided, as long as paper and entry are what they were."""
    if not comparison.open:
        return comparison
    page = next(p for p in pages if p.page_id == comparison.page_id)
    decided = page.confirmed.get(comparison.entry.value, {})
    same = (decided.get("read"), decided.get("entered")) == (comparison.said, comparison.entered)
    return (
        replace(comparison, outcome=Outcome.KEPT)
        if decided.get("choice") == "entered" and same
        else comparison
    )


def _with_party(application: Application, at: int, **changes: str) -> Application:
    parties = list(application.parties)
    parties[at] = replace(parties[at], **changes)  # type: ignore[arg-type]
    return replace(application, parties=tuple(parties))


def _names(text: str) -> list[str]:
    return [name for name in (part.strip() for part in re.split(r"[、,，;；\s]+", text)) if name]


def _is_place_of(text: str, household: Household) -> bool:
    """Say whether a place as printed ends in this household's building, entrance and room."""
    said = re.findall(r"[0-9A-Z]+", fold(text))
    own = [
        re.findall(r"[0-9A-Z]+", fold(part))
        for part in (household.building, household.entrance, household.room)
    ]
    wanted = [number for part in own for number in part]
    if not wanted or not said or said[-1] != wanted[-1]:
        return False
    rest = iter(said)
    return all(number in rest for number in wanted)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _money(amount: float) -> str:
    return f"{amount:,.2f}".removesuffix(".00")
