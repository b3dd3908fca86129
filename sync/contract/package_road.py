"""Handing others' sealed packages to the centre over the wire, slice by slice, and fetching their answers."""

from __future__ import annotations

from sync.contract import Wire

SLICE = 4 << 20  # bytes of a package's file in one request

# GET  /v1/packages/{package}/{part}             SliceAnswer: how much of this part's file the centre has
# PUT  /v1/packages/{package}/{part}?offset=     the file's next bytes -> SliceAnswer; 409 offset_mismatch
#                                                with Upload-Offset where they do not follow what is there
# POST /v1/packages/{package}                    HandInAnswer once every part is there; 4xx with the reason
# GET  /v1/packages/{package}/answer/{n}?offset= at most SLICE bytes of the n-th file of the answer, from 1


class SliceAnswer(Wire):
    """How many bytes of a part's file are on the centre's disk."""

    offset: int
    server_time: float


class AnswerFile(Wire):
    """One file of the answer to a package: what it is to be called, and its bytes."""

    name: str
    size: int


class HandInAnswer(Wire):
    """What became of a package. The answer is sealed to its maker: whoever carries it cannot read it."""

    package: str
    new: bool  # False: imported before
    events: dict[str, int]  # outcome -> how many
    pages: int
    answer: list[AnswerFile]
    server_time: float
