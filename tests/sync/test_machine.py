"""A stateful property: whatever happens on the road, each case arrives once, whole and unaltered."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.sync.world import World

LAPTOPS = 3
HEAVY = 3  # what takes seconds, in one example
FAULTS = ("none", "lost", "cut_up", "cut_down", "double", "truncate", "portal", "late")
laptops = st.integers(0, LAPTOPS - 1)


class County(RuleBasedStateMachine):
    """Three laptops and a centre. The invariant is checked after each pass, the whole promise at the end."""

    world: World
    heavy = 0
    _folder: tempfile.TemporaryDirectory[str]

    @initialize(seed=st.integers(0, 2**32 - 1))
    def begin(self, seed: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="jilai-county-", dir=os.environ.get("TMPDIR"))
        self.world = World(Path(self._folder.name), LAPTOPS, seed=seed)

    @rule(number=laptops, files=st.integers(1, 3), shared=st.booleans())
    def submit(self, number: int, files: int, shared: bool) -> None:
        self.world.submit(number, files, shared)

    @rule(number=laptops, fault=st.sampled_from(FAULTS))
    def send(self, number: int, fault: str) -> None:
        self.world.send(number, fault)
        self.world.check(number)

    @rule(number=laptops)
    def withdraw(self, number: int) -> None:
        self.world.withdraw(number)

    @rule()
    def decide(self) -> None:
        self.world.decide()

    @rule(number=laptops)
    def kill(self, number: int) -> None:
        self.world.kill(number)
        self.world.check(number)

    @rule(number=laptops, seconds=st.sampled_from([0.0, 200.0, -250.0, 4000.0, -90_000.0, 63_000_000.0]))
    def move_clock(self, number: int, seconds: float) -> None:
        self.world.move_clock(number, seconds)

    @precondition(lambda self: self.heavy < HEAVY)
    @rule(what=st.sampled_from(["crash", "back up", "restore"]))
    def the_centre(self, what: str) -> None:
        self.heavy += 1
        if what == "crash":
            self.world.crash_centre()
        elif what == "back up":
            self.world.back_up()
        else:
            self.world.restore()

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.world.settle()
        finally:
            self.world.close()
            self._folder.cleanup()


County.TestCase.settings = settings(
    max_examples=2,  # `make soak` is the long form
    stateful_step_count=18,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a county takes seconds: no shrinking
    suppress_health_check=list(HealthCheck),
)
TestCounty = County.TestCase
