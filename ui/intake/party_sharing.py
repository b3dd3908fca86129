"""The parties as a whole: their tabs, how they file, their kind of co-ownership and their shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from registration.documents import PartyKind
from registration.errors import Problem
from registration.filing import Filing, FilingRule, Obligor, SingleReason, filing_of, who_must_come
from registration.identifiers import mask_name
from registration.packs import PackSet
from registration.parties import Party, Role
from registration.party_list import with_party_at
from registration.shares import CoOwnership
from ui.intake.party_filing import FilingFacts, Holder
from ui.intake.party_strip import Tab
from ui.intake.party_words import co_ownership_words, filing_words, role_words, translate

if TYPE_CHECKING:
    from registration.application import Application
    from ui.intake.applicant import ApplicantPage
    from ui.intake.case import IntakeCase

_OF_ALL = ("filing", "co_ownership", "obligor", "separate_certificates")


class PartySharing:
    """Shows and changes what concerns all parties of an applicant page together."""

    def __init__(self, page: ApplicantPage) -> None:
        self._page = page
        self._put_by: tuple[str, ...] = ()  # shares as they were before joint ownership was chosen

    def packs(self) -> PackSet:
        """Return the packs that the case is judged by."""
        return self._case().packs

    def matters(self) -> bool:
        """Say whether there is something to decide for all parties together."""
        facts, rule = self._facts(), self._rule()
        joint = filing_of(rule, facts.single_reason) is Filing.JOINT
        lacks_obligor = joint and rule.obligor is Obligor.PARTY and not facts.obligors
        return (
            self._page.filing_open
            or len(facts.right_holders) > 1
            or facts.co_ownership is not None
            or facts.single_reason is not None
            or facts.separate_certificates
            or lacks_obligor
        )

    def show(self) -> None:
        """Show tabs, filing, shares, and who must come."""
        page, facts, rule = self._page, self._facts(), self._rule()
        wanted = self.matters()
        tabs = [self._tab(index, party) for index, party in enumerate(facts.parties)]
        if wanted:
            tabs.append(self._filing_tab(facts))
        here = len(facts.parties) if page.filing_in_hand() else page.index
        page.strip.show_tabs(tabs, here)
        page.strip.setVisible(len(tabs) > 1)
        if page.filing_in_hand():
            self._show_filing(facts, rule)
        only = facts.parties[0] if len(facts.parties) == 1 else None
        plain = only is not None and only.kind is PartyKind.NATURAL and not (only.agent or only.guardian)
        page.presence.show_names(who_must_come(facts.parties, rule, facts.single_reason), plain=plain)

    def _show_filing(self, facts: Application, rule: FilingRule) -> None:
        page = self._page
        page.filing.show_facts(
            FilingFacts(
                filing=facts.single_reason.value if facts.single_reason else "",
                ways=filing_words(rule, facts.single_reason, self._allowed(rule)),
                kind=facts.co_ownership.value if facts.co_ownership else "",
                kinds=co_ownership_words(self.packs()),
                holders=tuple(
                    Holder(index, self.name_of(index, party), party.share)
                    for index, party in enumerate(facts.parties)
                    if party.role is Role.RIGHT_HOLDER
                ),
                separate=facts.separate_certificates,
                other_side=self._other_side(facts, rule),
                wants_obligor=rule.obligor is Obligor.PARTY
                and filing_of(rule, facts.single_reason) is Filing.JOINT
                and not facts.obligors,
            )
        )
        page.filing.show_problems(
            {name: problem for name, problem in page.judge.found.items() if self._may_say(name, problem)}
        )

    # -- changing it ---------------------------------------------------------------------------------------

    def choose_filing(self, code: str) -> None:
        self._edit(lambda a: replace(a, single_reason=SingleReason(code) if code else None))

    def choose_kind(self, code: str) -> None:
        """Choose the kind of co-ownership; joint owners have no shares; after a slip they are back."""
        kind, parties = CoOwnership(code), self._facts().parties
        shares = tuple(party.share for party in parties)
        if kind is CoOwnership.JOINT and any(shares):
            self._put_by = shares
            parties = tuple(replace(party, share="") for party in parties)
        elif kind is CoOwnership.BY_SHARES and not any(shares) and len(self._put_by) == len(parties):
            parties = tuple(replace(p, share=s) for p, s in zip(parties, self._put_by, strict=True))
        self._edit(lambda a: replace(a, co_ownership=kind, parties=parties))

    def type_share(self, index: int, text: str) -> None:
        self._edit(lambda a: with_party_at(a, index, replace(a.parties[index], share=text)))

    def turn_separate(self, on: bool) -> None:
        self._edit(lambda a: replace(a, separate_certificates=on))

    def share_equally(self) -> None:
        """Give every right holder the same share."""
        share = str(Fraction(1, max(len(self._facts().right_holders), 1)))
        self._edit(
            lambda a: replace(
                a,
                parties=tuple(
                    replace(p, share=share) if p.role is Role.RIGHT_HOLDER else p for p in a.parties
                ),
            )
        )

    # -- words ---------------------------------------------------------------------------------------------

    def _tab(self, index: int, party: Party) -> Tab:
        judge, open_points = self._page.judge, self._page.judge.open_points(index)
        tail = party.document_number.strip()[-4:]
        elsewhere = self._page.filing_in_hand() or index != self._page.index
        return Tab(
            self.name_of(index, party),
            " · ".join(part for part in (role_words(party.role), tail) if part),
            done=not open_points,
            warned=open_points and judge.seen(index) and (elsewhere or judge.strict),
        )

    def _filing_tab(self, facts: Application) -> Tab:
        found = self._page.judge.found
        open_points = any(n in _OF_ALL or n.rpartition(".")[2] == "share" for n in found)
        kind = facts.co_ownership.value if facts.co_ownership else ""
        ways = dict(filing_words(self._rule(), facts.single_reason, frozenset()))
        way = ways[facts.single_reason.value if facts.single_reason else ""]
        second = dict(co_ownership_words(self.packs())).get(kind, way)
        return Tab(
            translate("ApplicantPage", "Filing and shares"),
            second,
            done=not open_points,
            warned=open_points and self._page.judge.strict,
        )

    def name_of(self, index: int, party: Party) -> str:
        """Return what a party is called in view of others: a person masked, a body by its name."""
        name = party.name.strip() if party.kind is PartyKind.LEGAL else mask_name(party.name)
        return name or translate("ApplicantPage", "Party {number}").format(number=index + 1)

    def _other_side(self, facts: Application, rule: FilingRule) -> str:
        if filing_of(rule, facts.single_reason) is Filing.SINGLE:
            return translate(
                "ApplicantPage", "One side alone needs one of the reasons of the regulation, art. 14"
            )
        if rule.obligor is Obligor.DEVELOPER:
            words = translate("ApplicantPage", "The developer {name} takes part by its standing mandate")
            return words.format(name=self._case().file.developer)
        return translate("ApplicantPage", "The other side comes as well and is entered as the obligor")

    def _may_say(self, name: str, problem: Problem) -> bool:
        """Say whether a problem is told now: what was not chosen or typed yet waits for the hand to leave."""
        if self._page.judge.strict or name in self._page.judge.left:
            return True
        place, _, last = name.rpartition(".")
        if last == "share":
            index, parties = int(place) if place else 0, self._facts().parties
            return index < len(parties) and bool(parties[index].share.strip())
        return problem.code != "co_ownership_missing"

    # -- facts ---------------------------------------------------------------------------------------------

    def _case(self) -> IntakeCase:
        assert self._page.case is not None
        return self._page.case

    def _facts(self) -> Application:
        return self._case().application

    def _rule(self) -> FilingRule:
        return self._case().checklist.filing_rule(self._facts().subtype)

    def _allowed(self, rule: FilingRule) -> frozenset[SingleReason]:
        """Return the reasons for one side alone; the buyer of a developer that is gone has another one."""
        gone = rule.obligor is Obligor.DEVELOPER and self._case().file.developer_gone
        return rule.reasons | ({SingleReason.OTHER_LAW} if gone else frozenset())

    def _edit(self, change: Callable[[Application], Application]) -> None:
        self._case().edit(change)
        self._page.show_all()
