"""What a killed command leaves in the folders of a project, and among temporary files, is taken away by the
next one that publishes, whatever that was: nobody else looks after those folders."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

from tests.faults import truth
from tests.faults.commands import GRACE_S, command
from tests.faults.ground import Ground, ground
from tests.faults.judgement import said_badly
from tests.faults.kills import KINDS, Kill, disturbed
from tests.faults.outcome import Case, Outcome, Verdict
from tests.faults.scenarios import QUICK, Scenario

WEIGHT = 4
PUBLISHING = ("build", "publish")
ELSEWHERE = ("release",)
"""What writes where people say: only the same command finds there what it left."""


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        for _ in range(n):
            killed = rng.choice([one for one in QUICK if one.name not in ELSEWHERE])
            following = rng.choice([one for one in QUICK if one.name in PUBLISHING])
            kill, share = rng.choice(KINDS), rng.random()
            yield Case(
                f"{killed.name} killed {kill.__name__[1:]} at {share:.3f}, then {following.name}",
                partial(_tried, made, killed, partial(kill, share=share, loses=False), following),
            )


def _tried(made: Ground, killed: Scenario, kill: Kill, following: Scenario) -> Outcome:
    limit = GRACE_S + 5 * made.reference(following).seconds
    with made.copied(Path("project"), killed) as copy:
        outcome = disturbed(copy, kill)
        if outcome.verdict.is_bad:
            return outcome
        following.before(copy.root)
        ended = command(copy.arguments_of(following), copy.folder, limit)
        if bad := said_badly(ended):
            return bad
        left = truth.leavings(copy.root, copy.folder / "tmp")
        return Outcome(Verdict.LEFT, f"{left[:8]}\n{ended.said}") if left else outcome
