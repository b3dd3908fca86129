"""The county for as long as one likes: `python -m tests.sync.soak --operations 100000 --laptops 50`."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.sync.world import World

FAULTS = ("none", "none", "lost", "cut_up", "cut_down", "double", "truncate", "portal", "late")
CLOCKS = (0.0, 0.0, 200.0, -250.0, 4000.0, -90_000.0, 63_000_000.0, -63_000_000.0)


def steps(
    world: World, chance: random.Random, *, restores: bool
) -> list[tuple[float, Callable[[int], None]]]:
    """Return (weight, step) of everything that may happen to a laptop."""

    def sent(number: int) -> None:
        world.send(number, chance.choice(FAULTS))
        world.check(number)

    def killed(number: int) -> None:
        world.kill(number)
        world.check(number)

    found: list[tuple[float, Callable[[int], None]]] = [
        (10, lambda n: world.submit(n, chance.randint(1, 3), chance.random() < 0.2)),
        (16, sent),
        (1, world.withdraw),
        (1, lambda _: world.decide()),
        (1.5, killed),
        (1, lambda n: world.move_clock(n, chance.choice(CLOCKS))),
        (0.15, lambda _: world.crash_centre()),
    ]
    if restores:
        found += [(0.06, lambda _: world.back_up()), (0.03, lambda _: world.restore())]
    return found


def soak(
    operations: int, laptops: int, seed: int, *, restores: bool = True, settle_every: int = 2000
) -> World:
    """Do that many steps, the whole promise checked now and then and at the end; return the world, closed.

    AssertionError where a promise is broken, with the seed in its message.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="jilai-county-") as folder:
        world = World(Path(folder), laptops, seed=seed)
        try:
            all_steps = steps(world, chance, restores=restores)
            weights = [weight for weight, _ in all_steps]
            for number in range(1, operations + 1):
                _, step = chance.choices(all_steps, weights)[0]
                step(chance.randrange(laptops))
                if number % settle_every == 0:
                    world.settle()
                if number % 200 == 0:
                    print(f"{number} {json.dumps(world.counts)}", file=sys.stderr, flush=True)
            world.settle()
        except Exception as error:
            raise AssertionError(f"seed {seed}, after {json.dumps(world.counts)}") from error
        finally:
            world.close()
    return world


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=100_000)
    parser.add_argument("--laptops", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--no-restores", action="store_true", help="never put the centre back to a backup")
    given = parser.parse_args()
    start = time.monotonic()
    chosen = given.seed if given.seed is not None else random.SystemRandom().randrange(2**31)
    print(f"seed {chosen}", file=sys.stderr, flush=True)
    done = soak(given.operations, given.laptops, chosen, restores=not given.no_restores)
    cases = sum(len(laptop.cases) for laptop in done.laptops)
    told = {"seed": chosen, "seconds": round(time.monotonic() - start), "cases": cases, **done.counts}
    print(json.dumps({"operations": given.operations, "laptops": given.laptops, **told}))
