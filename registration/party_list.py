"""The list of an application's parties: adding one, taking one out, and putting it back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from registration.application_value import Application
from registration.parties import Party
from registration.signatures import Signature


@dataclass(frozen=True)
class Removed:
    """A party that was taken out, with its place and its signatures, so that it can come back."""

    index: int
    party: Party
    signatures: tuple[Signature, ...]


def with_party(application: Application, party: Party) -> Application:
    """Return the application with one party more, at the end."""
    return replace(application, parties=(*application.parties, party))


def without_party(application: Application, index: int) -> tuple[Application, Removed]:
    """Return the application without the party at `index` (from 0), and what was taken out.

    Signatures name their signer by the place in the list: those of the party go with it, those of the
    parties behind it follow their signers. Raises IndexError where there is no such party.
    """
    removed = Removed(
        index, application.parties[index], tuple(s for s in application.signatures if s.signer == index)
    )
    kept = tuple(
        replace(s, signer=s.signer - 1) if s.signer > index else s
        for s in application.signatures
        if s.signer != index
    )
    parties = (*application.parties[:index], *application.parties[index + 1 :])
    return replace(application, parties=parties, signatures=kept), removed


def with_party_back(application: Application, removed: Removed) -> Application:
    """Return the application with a removed party at its former place, or at the end of a shorter list."""
    index = min(removed.index, len(application.parties))
    parties = (*application.parties[:index], removed.party, *application.parties[index:])
    moved = tuple(replace(s, signer=s.signer + 1) if s.signer >= index else s for s in application.signatures)
    back = tuple(replace(s, signer=index) for s in removed.signatures)
    return replace(application, parties=parties, signatures=(*moved, *back))


def with_party_at(application: Application, index: int, party: Party) -> Application:
    """Return the application with the party at `index` replaced; the first is made where there is none."""
    parties = application.parties or (Party(),)
    return replace(application, parties=(*parties[:index], party, *parties[index + 1 :]))
