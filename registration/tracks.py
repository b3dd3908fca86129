"""One window (一窗受理): registration, transaction, tax and fee from one set of papers, each on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from registration.checklist import Checklist, Payer, Track
from registration.errors import Problem


class TrackState(StrEnum):
    """Where one track stands."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"  # for its papers
    UNDER_WAY = "under_way"
    HELD_UP = "held_up"  # something is missing or owed
    DONE = "done"


_NEXT: Mapping[TrackState, frozenset[TrackState]] = MappingProxyType(
    {
        TrackState.NOT_ASKED: frozenset({TrackState.WAITING}),
        TrackState.WAITING: frozenset({TrackState.UNDER_WAY, TrackState.HELD_UP, TrackState.NOT_ASKED}),
        TrackState.UNDER_WAY: frozenset({TrackState.DONE, TrackState.HELD_UP}),
        TrackState.HELD_UP: frozenset({TrackState.WAITING, TrackState.UNDER_WAY, TrackState.NOT_ASKED}),
        TrackState.DONE: frozenset(),
    }
)


@dataclass(frozen=True)
class TrackStatus:
    """The status of one track of one case; `owed_by` tells whose debt holds it up."""

    track: Track
    state: TrackState = TrackState.WAITING
    owed_by: Payer = Payer.NOBODY
    note: str = ""


def may_turn(now: TrackState, then: TrackState) -> bool:
    """Say whether a track may go from one state to another; each goes its own way.

    Source: 登记、交易、缴税、缴费 一窗受理、并行办理 (Gansu programme): sub-tracks run beside each other.
    """
    return then in _NEXT[now]


def tracks_of(asked: Sequence[Track]) -> tuple[TrackStatus, ...]:
    """Return the tracks of a new case; registration is always among them."""
    return tuple(
        TrackStatus(track, TrackState.WAITING if track in asked else TrackState.NOT_ASKED)
        if track is not Track.REGISTRATION
        else TrackStatus(track)
        for track in Track
    )


def papers_for(checklist: Checklist, track: Track) -> tuple[str, ...]:
    """Return the rows of the one set of papers that a track is fed from."""
    return tuple(item.code for item in checklist.items if track in item.tracks)


def holding_back(statuses: Sequence[TrackStatus], *, arrears_separated: bool) -> tuple[Track, ...]:
    """Return the tracks that hold back the householder's certificate.

    Tax and fees are paid before a certificate is handed out; what only the developer owes never holds back a
    household whose project's arrears are kept apart (证缴分离). The buyer's own tax stays due.
    Source: 自然资发〔2021〕1号 part 2; the Gansu programme.
    """
    return tuple(
        status.track
        for status in statuses
        if status.state not in (TrackState.DONE, TrackState.NOT_ASKED)
        and not (arrears_separated and status.owed_by is Payer.DEVELOPER)
        and status.track is not Track.REGISTRATION
    )


def tracks_fed(checklist: Checklist) -> frozenset[Track]:
    """Return the tracks that a type's papers feed; the fee's only where the type costs one."""
    fed = frozenset({Track.REGISTRATION}).union(*(item.tracks for item in checklist.items))
    return fed if checklist.fee in ("", "none") else fed | {Track.FEE}


def problems_of_tracks(asked: Sequence[Track], checklist: Checklist) -> tuple[Problem, ...]:
    """Return which tracks were asked for that this type does not feed."""
    fed = tracks_fed(checklist)
    return tuple(
        Problem("track_not_fed", "type.tracks", {"track": track.value}) for track in asked if track not in fed
    )
