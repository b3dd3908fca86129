"""Any order of actions keeps the facts in step: counts, numbers, search, lamps and the audit chain."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from registration.application import CaseState, Delivery
from registration.errors import JilaiError
from registration.receipt import Receipt
from storage import applications, audit, feed, outbox, sessions
from storage.values import OutboxRow
from tests.storage.evening import PERSON, Evening, signed

NAMES = st.sampled_from(["张立群", "李芳", "单雄信", "王伟", "欧阳娜娜"])


class AnyEvening(RuleBasedStateMachine):
    """The model: which drafts there are, which receipts, what the centre was told and has sworn."""

    @initialize()
    def begin(self) -> None:
        self.place = tempfile.TemporaryDirectory()
        self.evening = Evening(Path(self.place.name) / "data")
        self.evening.open_session()
        self.drafts: dict[str, Any] = {}
        self.receipts: dict[str, Receipt] = {}
        self.claimed: dict[str, OutboxRow] = {}
        self.sworn: set[str] = set()
        self.parked: set[str] = set()
        self.gone = 0
        self.cursor = 1

    @property
    def now(self) -> Any:
        return self.evening.now

    @rule(name=NAMES, complete=st.booleans())
    def start(self, name: str, complete: bool) -> None:
        self.evening.now += timedelta(seconds=31)
        person = replace(PERSON, name=name)
        if complete:
            draft = self.evening.complete(person, "h-2-101")
        else:
            draft = replace(self.evening.start("h-2-101"), parties=(person,))
            self.evening.save(draft)
        self.drafts[draft.id] = (draft, complete)

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), name=NAMES)
    def edit(self, data: st.DataObject, name: str) -> None:
        draft, complete = self.drafts[data.draw(st.sampled_from(sorted(self.drafts)))]
        edited = replace(draft, parties=(replace(PERSON, name=name),))
        if complete:
            edited = signed(self.evening, edited)  # another name is signed anew
        self.evening.save(edited, name)
        self.drafts[draft.id] = (edited, complete)

    @precondition(lambda self: self.drafts)
    @rule(data=st.data())
    def submit(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(sorted(self.drafts)))
        if self.drafts[case][1]:
            self.receipts[case] = self.evening.submit(case)
            del self.drafts[case]
        else:
            try:
                self.evening.submit(case)
                raise AssertionError("an incomplete case was taken")
            except JilaiError as error:
                assert error.code == "rules_not_met"

    @precondition(lambda self: self.receipts)
    @rule(data=st.data())
    def submit_again(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(sorted(self.receipts)))
        assert self.evening.submit(case) == self.receipts[case]

    @precondition(lambda self: self.drafts)
    @rule(data=st.data())
    def discard(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(sorted(self.drafts)))
        self.evening.discard(case)
        del self.drafts[case]
        self.gone += 1

    @rule(limit=st.integers(1, 3))
    def claim(self, limit: int) -> None:
        rows = self.evening.write(outbox.claim, self.now, limit)
        assert not {row.application_id for row in rows} & (self.sworn | self.parked)
        self.claimed |= {row.application_id: row for row in rows}

    @precondition(lambda self: self.claimed)
    @rule(data=st.data(), what=st.sampled_from(["settle", "park", "retry", "release", "swear"]))
    def answer(self, data: st.DataObject, what: str) -> None:
        case = data.draw(st.sampled_from(sorted(self.claimed)))
        row = self.claimed[case]
        if what == "settle":
            self.evening.write(outbox.settle, self.now, row.id, "applied", 1)
            self.parked.discard(case)
        elif what == "park":
            self.evening.write(outbox.park, self.now, row.id, "bad", "不行", "no")
            self.parked |= {case} - self.sworn
        elif what == "retry":
            self.evening.write(outbox.retry, self.now, row.id)
            self.parked.discard(case)
        elif what == "release":
            self.evening.write(outbox.release, self.now)
        else:
            statement = {
                "application_id": case, "revision": 1, "receipt_number": self.receipts[case].number,
                "device_id": "d-1", "digests": list(row.digests), "server_time": 1.0,
            }  # fmt: skip
            ack = {"statement": statement, "signature": "s"}
            self.evening.write(outbox.apply_acknowledgement, self.now, ack)
            self.sworn.add(case)
            self.parked.discard(case)

    @precondition(lambda self: self.receipts)
    @rule(data=st.data(), state=st.sampled_from(["accepted", "returned", "registered"]))
    def hear(self, data: st.DataObject, state: str) -> None:
        case = data.draw(st.sampled_from(sorted(self.receipts)))
        self.cursor += 1
        body = {"application_id": case, "revision": 1, "state": state, "items": []}
        item = {"seq": self.cursor, "kind": "status", "body": body}
        self.evening.write(feed.apply_feed, self.now, [item], self.cursor)

    @rule()
    def restart(self) -> None:
        self.evening.reopen()

    @invariant()
    def facts_are_in_step(self) -> None:
        read = self.evening.read
        total = len(self.drafts) + len(self.receipts) + self.gone
        rows = read(applications.rows, limit=200)
        assert len(rows) == total == read(applications.count)
        assert {r.id for r in rows if r.state is CaseState.DRAFT} == set(self.drafts)
        for state in CaseState:
            assert read(applications.count, state=state) == sum(r.state is state for r in rows)
            found = {r.id for r in read(applications.rows, search="张", state=state)}
            assert found == {r.id for r in rows if r.state is state and "张" in r.applicant_name}
        numbers = sorted(receipt.number[-4:] for receipt in self.receipts.values())
        assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
        assert {r.id for r in rows if r.delivery is Delivery.HELD} == self.sworn
        assert {r.id for r in rows if r.delivery is Delivery.PARKED} == self.parked
        pending = read(outbox.pending_counts)
        assert pending.applications == len(self.receipts) - len(self.sworn) - len(self.parked)
        assert pending.parked == len(self.parked)
        figures = read(sessions.figures, "s-1")
        assert (figures.received, figures.held, figures.drafts) == (
            len(self.receipts),
            len(self.sworn),
            len(self.drafts),
        )
        assert read(audit.verify) is None

    def teardown(self) -> None:
        if hasattr(self, "evening"):
            self.evening.close()
            self.place.cleanup()


TestAnyEvening = AnyEvening.TestCase
TestAnyEvening.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
