"""The frames between the program and its imaging process: whole pages, and no trust in broken ones."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.imaging_wire import BrokenFrameError, page_from, page_head, read_frame, write_frame
from capture.pages import Finding, FindingKind, PreparedPage, Severity

PAGE = PreparedPage(
    page_index=2,
    improved_jpeg=b"improved",
    improved_sha256="ab" * 32,
    thumbnail_jpeg=b"small",
    width=1654,
    height=2339,
    original_width=4000,
    original_height=3000,
    corners=((1.5, 2.0), (100.0, 3.0), (99.0, 200.25), (0.0, 199.0)),
    rotation=90,
    page_found=True,
    confidence=0.97,
    findings=(Finding(FindingKind.GLARE, Severity.WARN, 0.01, 0.003),),
    seconds={"decode": 0.05, "find": 0.04},
)


def test_a_page_arrives_as_it_was_sent():
    pipe = io.BytesIO()
    write_frame(pipe, page_head(PAGE), [PAGE.improved_jpeg, PAGE.thumbnail_jpeg])
    pipe.seek(0)
    assert page_from(*read_frame(pipe)) == PAGE


@given(st.binary(max_size=200))
def test_noise_is_a_broken_frame_and_nothing_else(data: bytes):
    with pytest.raises(BrokenFrameError):
        read_frame(io.BytesIO(data))


@given(st.data())
def test_a_frame_cut_anywhere_is_broken(data: st.DataObject):
    pipe = io.BytesIO()
    write_frame(pipe, page_head(PAGE), [PAGE.improved_jpeg, PAGE.thumbnail_jpeg])
    whole = pipe.getvalue()
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(BrokenFrameError):
        read_frame(io.BytesIO(whole[:cut]))


def test_a_frame_that_claims_more_than_it_may_is_refused_before_memory_is_taken():
    head = b"{}"
    claims = struct.pack("<II", len(head), 1) + head + struct.pack("<Q", 1 << 60)
    with pytest.raises(BrokenFrameError):
        read_frame(io.BytesIO(claims))


@pytest.mark.parametrize("field", sorted(set(page_head(PAGE)) - {"kind"}))
def test_a_page_with_a_field_missing_or_of_another_type_is_broken(field: str):
    head = page_head(PAGE)
    blobs = [PAGE.improved_jpeg, PAGE.thumbnail_jpeg]
    del head[field]
    with pytest.raises(BrokenFrameError):
        page_from(head, blobs)
    if field not in ("page_found", "improved_sha256"):
        with pytest.raises(BrokenFrameError):
            page_from({**page_head(PAGE), field: "nonsense"}, blobs)
