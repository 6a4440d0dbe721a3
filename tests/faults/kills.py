"""Commands killed before each thing that they do to files, or at any time: what is there afterwards is all
old or all new, and the next command puts everything right."""

import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from tests.faults.commands import Ended, start
from tests.faults.ground import Copy, Ground, ground
from tests.faults.judgement import judged, recovered
from tests.faults.moments import KILLED, end_before
from tests.faults.outcome import Case, Outcome
from tests.faults.scenarios import QUICK, SCENARIOS, Scenario

WEIGHT = 6
_LONG = 0.03
"""How many of all cases are of scenarios that take long."""


_MOMENTS = 50
"""The parts of a command in which it is killed, each before any is again."""
Kill = Callable[[Copy], Ended]


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        for _ in range(n):
            scenario = rng.choice(SCENARIOS if rng.random() < _LONG else QUICK)
            share = (rng.choice(range(_MOMENTS)) + rng.random()) / _MOMENTS
            loses = rng.random() < 0.3
            kind = rng.choice(KINDS)
            yield Case(
                f"{scenario.name} killed {kind.__name__[1:]}, at {share:.3f} of all{', power lost' * loses}",
                partial(_tried, made, scenario, partial(kind, share=share, loses=loses)),
            )


def _tried(made: Ground, scenario: Scenario, killed: Kill) -> Outcome:
    with made.copied(Path("project"), scenario) as copy:
        outcome = disturbed(copy, killed)
        return outcome if outcome.verdict.is_bad else recovered(copy)


def disturbed(copy: Copy, killed: Kill) -> Outcome:
    """Run the command of a scenario, kill it, and judge what is there."""
    ended = killed(copy)
    return judged(copy, ended, was_killed=ended.code in (KILLED, -signal.SIGKILL))


def _at_a_write(copy: Copy, *, share: float, loses: bool) -> Ended:
    moment = 1 + int(share * copy.reference.moments)
    return copy.run(before=partial(end_before, moment, copy.folder, loses=loses, reads=False))


def _at_a_time(copy: Copy, *, share: float, loses: bool) -> Ended:
    running = start(copy.arguments, copy.folder)
    time.sleep(share * copy.reference.seconds)
    running.signal(signal.SIGKILL)
    return running.ended(copy.limit)


KINDS = (_at_a_write, _at_a_write, _at_a_time)
