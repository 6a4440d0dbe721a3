"""Two or three commands that write at once: each does all that it says or refuses, and what is there
afterwards is as if they had come one after the other."""

import shutil
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

from tests.faults import truth
from tests.faults.commands import GRACE_S, Ended, ask, command, start
from tests.faults.ground import Copy, Ground, ground
from tests.faults.judgement import said_badly
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict
from tests.faults.scenarios import QUICK, Scenario

WEIGHT = 4


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        for _ in range(n):
            together = rng.choices(QUICK, k=rng.choice((2, 2, 2, 3)))
            shares = [rng.random() for _ in together]
            names = " and ".join(f"{s.name} at {at:.2f}" for s, at in zip(together, shares, strict=True))
            yield Case(names, partial(_tried, made, together, shares))


def _tried(made: Ground, together: Sequence[Scenario], shares: Sequence[float]) -> Outcome:
    references = [made.reference(scenario) for scenario in together]
    longest = max(reference.seconds for reference in references)
    with made.copied(Path("project"), together[0]) as copy:
        for scenario in together[1:]:
            scenario.before(copy.root)
        begun = time.monotonic()
        running = []
        for at, scenario in sorted(zip(shares, together, strict=True), key=lambda pair: pair[0]):
            time.sleep(max(0.0, begun + at * longest - time.monotonic()))
            running.append((scenario, start(copy.arguments_of(scenario), copy.folder)))
        limit = GRACE_S * len(together) + 5 * sum(reference.seconds for reference in references)
        ended = [(scenario, started.ended(limit)) for scenario, started in running]
        return _judged(copy, ended)


def _judged(copy: Copy, ended: Sequence[tuple[Scenario, Ended]]) -> Outcome:
    for scenario, one in ended:
        if outcome := said_badly(one):
            return Outcome(outcome.verdict, f"{scenario.name}: {outcome.told}")
    said = "\n".join(f"{scenario.name}: {one.said}" for scenario, one in ended)
    for scenario in {scenario for scenario, _ in ended}:
        is_done = any(one.code == 0 for other, one in ended if other is scenario)
        writes_raw = not scenario.shows(copy.ground.project)
        if writes_raw and scenario.shows(copy.root) is not is_done:
            verdict = Verdict.FALSE_SUCCESS if is_done else Verdict.INCONSISTENT
            return Outcome(verdict, f"{scenario.name} says otherwise\n{said}")
    for store in ("processed", "internal"):
        held = ask(truth.parts, copy.root)[store]
        if truth.DAMAGED in held or held == truth.NOTHING:
            return Outcome(Verdict.LOST, f"{store}: {held}\n{said}")
    if not all(truth.is_whole(kit) for kit in copy.root.glob("reports/*/")):
        return Outcome(Verdict.HALF, f"the kit is not what its manifest says\n{said}")
    return _built(copy, said) or (DONE if all(one.code == 0 for _, one in ended) else REFUSED)


def _built(copy: Copy, said: str) -> Outcome | None:
    """Judge the store that is built afterwards by one of the same tables elsewhere."""
    elsewhere = copy.folder / "elsewhere"
    shutil.copytree(copy.root / "data" / "raw", elsewhere / "data" / "raw")
    for root in (copy.root, elsewhere):
        built = command(["build", "--root", str(root)], copy.folder)
        if built.code != 0:
            return said_badly(built) or Outcome(Verdict.LOST, f"build: {built.said}\n{said}")
    mine, its = (ask(truth.parts, root) for root in (copy.root, elsewhere))
    if mine["raw"] != its["raw"] or any(mine[store] != its[store] for store in ("processed", "internal")):
        return Outcome(Verdict.FALSE_SUCCESS, f"the store is not that of the tables\n{said}")
    if left := truth.leavings(copy.root, copy.folder / "tmp"):
        return Outcome(Verdict.LEFT, f"{left[:8]}\n{said}")
    return None
