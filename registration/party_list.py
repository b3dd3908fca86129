"""The list of an application's parties: adding one, taking one out, and putting it back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from registration.application_value import Application
from registration.parties import Party
from registration.shares import CoOwnership
from registration.signatures import Signature


@dataclass(frozen=True)
class Removed:
    """A party that was taken out, with its place and all that went with it, so that it can come back."""

    index: int
    party: Party
    signatures: tuple[Signature, ...]
    co_ownership: CoOwnership | None
    separate_certificates: bool
    shares: tuple[str, ...]  # of those who stayed


def with_party(application: Application, party: Party) -> Application:
    """Return the application with one party more, at the end."""
    return replace(application, parties=(*application.parties, party))


def without_party(application: Application, index: int) -> tuple[Application, Removed]:
    """Return the application without the party at `index` (from 0), and what was taken out.

    Signatures name their signer by the place in the list: those of the party go with it, those of the
    parties behind it follow their signers. One right holder alone has no kind of co-ownership and no share.
    Raises IndexError where there is no such party.
    """
    parties = (*application.parties[:index], *application.parties[index + 1 :])
    removed = Removed(
        index,
        application.parties[index],
        tuple(s for s in application.signatures if s.signer == index),
        application.co_ownership,
        application.separate_certificates,
        tuple(party.share for party in parties),
    )
    kept = tuple(
        replace(s, signer=s.signer - 1) if s.signer > index else s
        for s in application.signatures
        if s.signer != index
    )
    after = replace(application, parties=parties, signatures=kept)
    if len(application.right_holders) > 1 >= len(after.right_holders):
        alone = tuple(replace(party, share="") for party in parties)
        after = replace(after, parties=alone, co_ownership=None, separate_certificates=False)
    return after, removed


def with_party_back(application: Application, removed: Removed) -> Application:
    """Return the application with a removed party at its former place, or at the end of a shorter list."""
    index = min(removed.index, len(application.parties))
    stayed = application.parties
    if len(application.right_holders) <= 1 and len(stayed) == len(removed.shares):
        stayed = tuple(
            replace(party, share=party.share or share)
            for party, share in zip(stayed, removed.shares, strict=True)
        )
    moved = tuple(replace(s, signer=s.signer + 1) if s.signer >= index else s for s in application.signatures)
    return replace(
        application,
        parties=(*stayed[:index], removed.party, *stayed[index:]),
        signatures=(*moved, *[replace(s, signer=index) for s in removed.signatures]),
        co_ownership=application.co_ownership or removed.co_ownership,
        separate_certificates=application.separate_certificates or removed.separate_certificates,
    )


def with_party_at(application: Application, index: int, party: Party) -> Application:
    """Return the application with the party at `index` replaced; the first is made where there is none."""
    parties = application.parties or (Party(),)
    return replace(application, parties=(*parties[:index], party, *parties[index + 1 :]))
