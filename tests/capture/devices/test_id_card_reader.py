"""The identity card reader against a simulated one on a pseudo-terminal: cards, status words, bad cables."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.id_card_reader import (
    PROBES,
    SEEK_EVERY,
    STATUS_WORDS,
    CardRead,
    IdCardReader,
    ReaderCode,
    ReaderError,
    ReaderEvent,
    SamLine,
    read_card,
)
from capture.id_card_reader_card import Card, CardKind, GarbledCardError, UnknownCardError, card_from
from capture.id_card_reader_frames import Broken, Command, FrameReader, Reply, asked
from capture.sources.source import Back, Gone, Trouble
from registration.identifiers import id_check_character
from registration.wording import catalogue, say
from tests.capture.devices.simulated_reader import (
    SimulatedCard,
    SimulatedReader,
    citizen,
    foreigner,
    reply,
)

TODAY = date(2026, 11, 24)


def number(first17: str) -> str:
    return first17 + id_check_character(first17)


NUMBER = number("62010219860307123")
PERMIT = number("83000019900515001")


@pytest.fixture
def reader() -> Iterator[SimulatedReader]:
    made = SimulatedReader()
    yield made
    made.close()


@pytest.fixture
def line(reader: SimulatedReader) -> Iterator[SamLine]:
    made = SamLine(reader.port)
    yield made
    made.close()


def read(line: SamLine) -> Card:
    card = read_card(line, today=TODAY)
    assert card is not None
    return card


# -- frames ------------------------------------------------------------------------------------------------


def test_commands_are_those_of_the_published_protocol():
    wanted = {
        Command.STATUS: "AA AA AA 96 69 00 03 11 FF ED",
        Command.SERIAL_NUMBER: "AA AA AA 96 69 00 03 12 FF EE",
        Command.FIND: "AA AA AA 96 69 00 03 20 01 22",
        Command.SELECT: "AA AA AA 96 69 00 03 20 02 21",
        Command.READ: "AA AA AA 96 69 00 03 30 01 32",
        Command.READ_NEWEST_ADDRESS: "AA AA AA 96 69 00 03 30 03 30",
    }
    assert {command: asked(command) for command in Command} == {
        command: bytes.fromhex(text) for command, text in wanted.items()
    }


def test_a_read_answer_is_1295_bytes_long():
    assert len(reply(b"\0\0\x90", b"\1\0\4\0" + bytes(256) + bytes(1024))) == 1295


@given(noise=st.binary(max_size=40), data=st.binary(max_size=60), pieces=st.lists(st.integers(1, 9)))
def test_a_frame_is_found_behind_any_noise_and_in_any_pieces(noise: bytes, data: bytes, pieces: list[int]):
    if b"\xaa\x96" in noise + b"\xaa":
        noise = noise.replace(b"\x96", b"\x95")  # half a header in the noise is another test
    stream = noise + reply(b"\0\0\x90", data)
    frames, at = FrameReader(), 0
    found = None
    for piece in [*pieces, len(stream)]:
        found = frames.feed(stream[at : at + piece])
        at += piece
        if found is not None:
            break
    assert found == Reply(0x90, data)


def test_half_a_frame_before_a_whole_one_is_dropped_as_broken():
    frames = FrameReader()
    with pytest.raises(Broken):
        frames.feed(reply(b"\0\0\x90", b"x" * 9)[:12] + reply(b"\0\0\x9f"))
    assert frames.feed(reply(b"\0\0\x9f")) == Reply(0x9F, b"")


def test_a_length_that_no_frame_has_does_not_swallow_what_follows():
    frames = FrameReader()
    with pytest.raises(Broken):
        frames.feed(b"\xaa\xaa\xaa\x96\x69\xff\xff" + reply(b"\0\0\x90"))
    assert frames.feed(b"") == Reply(0x90, b"")


@given(at=st.integers(5, 20), flip=st.integers(1, 255))
def test_any_byte_that_changed_on_the_way_is_noticed(at: int, flip: int):
    frame = bytearray(reply(b"\0\0\x90", b"sixteen bytes..."))
    frame[at] ^= flip
    frames = FrameReader()
    with contextlib.suppress(Broken):
        assert frames.feed(bytes(frame)) is None  # a longer length: it waits for the rest, then times out


# -- cards -------------------------------------------------------------------------------------------------


def test_an_identity_card_is_read_whole(reader: SimulatedReader, line: SamLine):
    reader.lay(SimulatedCard(citizen(NUMBER, until="长期"), newest_address="甘肃省兰州市七里河区新居路8号"))
    card = read(line)
    assert (card.kind, card.name, card.number, card.sex, card.nation) == (
        CardKind.CITIZEN, "赵明远", NUMBER, "male", "01",
    )  # fmt: skip
    assert (card.birth, card.valid_from, card.valid_until) == (date(1986, 3, 7), date(2015, 1, 1), None)
    assert card.address == "甘肃省兰州市城关区示范路1号"
    assert card.letters_address == "甘肃省兰州市七里河区新居路8号"
    assert card.authority == "兰州市公安局城关分局"
    assert card.photo == bytes(range(256)) * 4  # raw WLT, untouched


def test_a_residence_permit_is_read_with_its_pass_number(reader: SimulatedReader, line: SamLine):
    text = citizen(PERMIT, name="林佳怡", sex="2", nation="", mark="J", pass_number="T12345678", issues="02")
    reader.lay(SimulatedCard(text))
    card = read(line)
    assert (card.kind, card.name, card.sex, card.nation) == (
        CardKind.RESIDENCE_PERMIT, "林佳怡", "female", "",
    )  # fmt: skip
    assert (card.pass_number, card.issue_count, card.valid_until) == ("T12345678", "02", date(2034, 12, 31))
    assert card.letters_address == card.address


def test_a_foreigners_card_is_read_with_both_names(reader: SimulatedReader, line: SamLine):
    reader.lay(SimulatedCard(foreigner()))
    card = read(line)
    assert (card.kind, card.name, card.english_name) == (CardKind.FOREIGNER, "穆斯特", "MUSTERFRAU, ERIKA")
    assert (card.number, card.nationality, card.birth) == ("DEU310080010100", "DEU", date(1980, 1, 2))


def test_no_log_shows_a_card(reader: SimulatedReader, line: SamLine):
    reader.lay(SimulatedCard(citizen(NUMBER)))
    card = read(line)
    shown = repr(card) + repr(CardRead("id-card-reader", card))
    assert "CITIZEN" in shown or "citizen" in shown
    for secret in (card.name, card.number, card.address, "1986"):
        assert secret not in shown


def test_a_card_of_a_later_kind_is_not_guessed_at(reader: SimulatedReader, line: SamLine):
    reader.lay(SimulatedCard(citizen(NUMBER, mark="Y")))
    with pytest.raises(ReaderError) as caught:
        read_card(line, today=TODAY)
    assert caught.value.reader_code is ReaderCode.CARD_UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        citizen(NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")),
        citizen(NUMBER, birth="19860308"),
        citizen(NUMBER, until="20341331"),
        citizen(NUMBER, name=""),
        citizen(NUMBER)[:200],
        b"\x00\xd8" * 128,
        b"",
    ],
    ids=["check digit", "another birth", "month 13", "no name", "short", "half characters", "nothing"],
)
def test_what_cannot_be_a_card_is_never_taken(text: bytes):
    data = len(text).to_bytes(2, "big") + (1024).to_bytes(2, "big") + text + bytes(1024)
    with pytest.raises(GarbledCardError):
        card_from(data, b"", today=TODAY)


@given(st.binary(max_size=1400))
def test_no_bytes_at_all_end_in_anything_but_a_card_or_a_word(data: bytes):
    with contextlib.suppress(GarbledCardError, UnknownCardError):
        card_from(data, b"", today=TODAY)


# -- the line ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "code"), STATUS_WORDS.items(), ids=str)
@pytest.mark.parametrize("command", [b"\x20\x01", b"\x20\x02", b"\x30\x01", b"\x30\x03"])
def test_every_status_word_of_every_command_is_said_in_words(
    reader: SimulatedReader, line: SamLine, status: int, code: ReaderCode, command: bytes
):
    reader.lay(SimulatedCard(citizen(NUMBER)))
    reader.status_of = {command: status}
    if status == 0x80 and command == b"\x20\x01":
        assert read_card(line, today=TODAY) is None
        return
    if status == 0x91 and command == b"\x30\x03":
        assert read(line).newest_address == ""
        return
    with pytest.raises(ReaderError) as caught:
        read_card(line, today=TODAY)
    wanted = ReaderCode.LINE_CHECKSUM if status in (0x10, 0x11) else code
    assert caught.value.reader_code is wanted
    assert wanted in catalogue()


def test_a_status_word_that_no_document_names_is_shown_as_it_is(reader: SimulatedReader, line: SamLine):
    reader.lay(SimulatedCard(citizen(NUMBER)))
    reader.status_of = {b"\x20\x02": 0xA7}
    with pytest.raises(ReaderError) as caught:
        read_card(line, today=TODAY)
    assert "A7" in say(caught.value.problem, "zh").what


def test_noise_pieces_and_a_wrong_checksum_do_not_keep_a_card_from_being_read(
    reader: SimulatedReader, line: SamLine
):
    reader.lay(SimulatedCard(citizen(NUMBER)))
    reader.noise, reader.piece = b"\x00\xff\xaa\xaa\x96garbage\xaa", 7
    reader.garble = 2
    assert read(line).number == NUMBER


def test_an_answer_that_was_lost_is_asked_for_again(reader: SimulatedReader, line: SamLine):
    reader.lay(SimulatedCard(citizen(NUMBER)))
    reader.deaf = 1
    assert read(line).number == NUMBER
    assert reader.asked.count(b"\x20\x01") == 2


def test_a_line_that_garbles_everything_is_named(reader: SimulatedReader, line: SamLine):
    reader.lay(SimulatedCard(citizen(NUMBER)))
    reader.garble = 99
    with pytest.raises(ReaderError) as caught:
        read_card(line, today=TODAY)
    assert caught.value.reader_code is ReaderCode.LINE_CHECKSUM


def test_a_port_with_something_else_behind_it_is_no_reader(reader: SimulatedReader, line: SamLine):
    assert line.is_reader()
    reader.mute = True
    assert not line.is_reader()


# -- the device on its thread ------------------------------------------------------------------------------


def soon(condition: Callable[[], object], seconds: float = 15.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "not seen in time"
        time.sleep(0.01)


class Desk:
    """A reader on its thread, with what it told."""

    def __init__(self, *readers: SimulatedReader) -> None:
        self.ports = [r.port for r in readers]
        self.told: list[ReaderEvent] = []
        self.device = IdCardReader(self.told.append, lambda: TODAY, lambda: list(self.ports))
        self.device.start()

    def of(self, kind: type) -> list[ReaderEvent]:
        return [event for event in self.told if isinstance(event, kind)]

    def codes(self) -> list[str]:
        return [event.problem.code for event in self.told if isinstance(event, Trouble)]


@pytest.fixture
def desk(reader: SimulatedReader) -> Iterator[Desk]:
    other = SimulatedReader()
    other.mute = True  # another serial device, which does not speak the protocol
    made = Desk(other, reader)
    yield made
    made.device.close()
    other.close()


def test_the_reader_is_found_among_other_devices_and_reads_on_demand(reader: SimulatedReader, desk: Desk):
    soon(lambda: desk.of(Back))
    assert desk.device.there
    assert b"\x20\x01" not in reader.asked  # nobody asked for a card yet
    desk.device.read()
    soon(lambda: ReaderCode.CARD_NOT_FOUND in desk.codes())
    reader.lay(SimulatedCard(citizen(NUMBER)))
    soon(lambda: desk.of(CardRead))
    (event,) = desk.of(CardRead)
    assert isinstance(event, CardRead)
    assert event.card.number == NUMBER
    time.sleep(0.5)
    assert len(desk.of(CardRead)) == 1


def test_a_card_that_was_not_lifted_is_asked_to_be(reader: SimulatedReader, desk: Desk):
    reader.lay(SimulatedCard(citizen(NUMBER)))
    soon(lambda: desk.of(Back))
    desk.device.read()
    soon(lambda: desk.of(CardRead))
    desk.device.read()
    soon(lambda: ReaderCode.CARD_NOT_LIFTED in desk.codes())
    reader.lay(SimulatedCard(citizen(NUMBER)))
    soon(lambda: len(desk.of(CardRead)) == 2)
    assert desk.codes().count(ReaderCode.CARD_NOT_LIFTED) == 1  # said once, not at every try


def test_unplugged_while_a_card_is_waited_for_and_back_again(reader: SimulatedReader, desk: Desk):
    soon(lambda: desk.of(Back))
    desk.device.read()
    reader.unplug()
    soon(lambda: desk.of(Gone))
    assert not desk.device.there
    again = SimulatedReader()
    try:
        again.lay(SimulatedCard(citizen(NUMBER)))
        desk.ports = [again.port]
        soon(lambda: desk.of(CardRead))
        assert len(desk.of(Back)) == 2
    finally:
        desk.device.close()
        again.close()


def test_without_a_reader_the_wish_is_answered_in_words():
    desk = Desk()
    try:
        desk.device.read()
        soon(lambda: ReaderCode.SILENT in desk.codes())
    finally:
        desk.device.close()


def test_another_device_is_asked_a_few_times_and_then_left_alone_until_a_person_asks():
    other = SimulatedReader()
    other.mute = True
    desk = Desk(other)
    try:
        soon(lambda: len(other.asked) == PROBES)
        time.sleep(2 * SEEK_EVERY)
        assert len(other.asked) == PROBES
        other.mute = False
        desk.device.read()
        soon(lambda: desk.of(Back))
    finally:
        desk.device.close()
        other.close()


def test_nothing_is_told_after_it_was_closed(reader: SimulatedReader):
    desk = Desk(reader)
    soon(lambda: desk.of(Back))
    desk.device.read()
    desk.device.close()
    told = len(desk.told)
    reader.lay(SimulatedCard(citizen(NUMBER)))
    time.sleep(0.6)
    assert len(desk.told) == told
