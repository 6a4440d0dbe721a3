"""Runs families of cases, in processes of their own, and counts what they end as.

A family is a module of this folder, named in `FAMILIES`, with `cases(rng, n)`: an iterator over at most `n`
cases, the first of which are the same for every `n`. `WEIGHT` says how many of a hundred cases of all
families are its own: cheap cases have more. What the cases of a family share is made before the first and
deleted after the last, by the iterator.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random

from tests.faults.outcome import Case, Outcome, Verdict

FAMILIES = (
    "kills", "full_disks", "damaged_files", "two_writers", "leavings", "odd_paths", "hostile_imports",
    "planted_markup", "clocks", "languages", "obstacles", "addresses", "slow_clients", "publications",
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]
SHARED = "ENNUM_FAULTS_GROUND"
"""Where the workers of a run find the folder for what they share."""
SILENCE_S = 900
"""How long a worker may say nothing before it is killed: one case, with all that it looks at afterwards."""
_PART = 100
"""The least cases for which a worker of its own is worth its start."""


@dataclass(frozen=True)
class Tried:
    """A case that ran: which one of a family, and what it ended as."""

    family: str
    number: int
    name: str
    outcome: Outcome
    seconds: float

    def told(self, seed: int) -> str:
        """Say what happened, and the line that repeats it."""
        again = f"python3 run.py test search --only {self.family} --seed {seed} --case {self.number}"
        told = "\n    ".join(self.outcome.told.splitlines())
        return f"{self.outcome.verdict}: {self.family}: {self.name}\n  {again}\n    {told}"


def shares(families: Sequence[str], total: int) -> dict[str, int]:
    """Share a number of cases among families; each gets one at least."""
    weights = {name: import_module(f"tests.faults.{name}").WEIGHT for name in families}
    return {n: max(1, round(total * w / sum(weights.values()))) for n, w in weights.items()}


def run(counts: dict[str, int], seed: int, jobs: int) -> Iterator[Tried]:
    """Run so many cases of each family, and give each when it has ended."""
    parts = [
        _Part(family, seed, n, part, of)
        for family, n in counts.items()
        for of in [min(jobs * 2, -(-n // _PART))]
        for part in range(of)
    ]
    ended: SimpleQueue[Tried | None] = SimpleQueue()
    with ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(part.run, ended) for part in parts]
        for future in futures:
            future.add_done_callback(lambda _: ended.put(None))
        left = len(futures)
        while left:
            if (one := ended.get()) is None:
                left -= 1
            else:
                yield one
        for future in futures:
            future.result()  # raises what went wrong


def run_alone(family: str, seed: int, number: int) -> Tried:
    """Run one case of a family in this process."""
    (tried,) = run_here(family, seed, number + 1, lambda n: n == number)
    return tried


def run_here(
    family: str, seed: int, n: int, is_mine: Callable[[int], bool] = lambda _: True
) -> Iterator[Tried]:
    """Run cases of a family in this process."""
    for number, case in enumerate(_cases(family, seed, n)):
        if is_mine(number):
            _say({"begun": number, "name": case.name})
            begun = time.monotonic()
            try:
                outcome = case.run()
            except Exception:  # noqa: BLE001 - a fault that the case does not know, or its own
                outcome = Outcome(Verdict.TRACE, traceback.format_exc()[-2500:])
            yield Tried(family, number, case.name, outcome, time.monotonic() - begun)


class Guided(Random):
    """Chooses, each time that it is given the same things, one of those that it chose least: what was never met, a
    page, a cell, a moment, goes before what was."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self.met: Counter[object] = Counter()

    def choice(self, things: Sequence) -> object:
        times = [self.met[len(things), str(things[0]), n] for n in range(len(things))]
        n = super().choice([n for n, met in enumerate(times) if met == min(times)])
        self.met[len(things), str(things[0]), n] += 1
        return things[n]


def _cases(family: str, seed: int, n: int) -> Iterator[Case]:
    chance = Guided(f"{family} {seed}")  # the same cases each time
    return islice(import_module(f"tests.faults.{family}").cases(chance, n), n)


def _say(told: dict[str, object]) -> None:
    if "--part" in sys.argv:
        print(json.dumps(told), flush=True)


def work(family: str, seed: int, n: int, part: int, of: int, first: int) -> None:
    """Run a part of the cases of a family, and tell of each on standard output, as `_Part` reads it."""
    for one in run_here(family, seed, n, lambda k: k >= first and k % of == part):
        verdict, told = one.outcome.verdict, one.outcome.told
        _say({"ended": one.number, "verdict": verdict, "told": told, "seconds": one.seconds})


@dataclass(frozen=True)
class _Part:
    """A part of a family's cases, run by a worker; another one goes on behind a case that ended it."""

    family: str
    seed: int
    n: int
    part: int
    of: int

    def run(self, ended: SimpleQueue) -> None:
        first = 0
        while (stopped := self._run_from(first, ended)) is not None:
            ended.put(stopped)
            first = stopped.number + 1

    def _run_from(self, first: int, ended: SimpleQueue) -> Tried | None:
        """Run a worker to its end; give the case that it did not survive."""
        numbers = (self.seed, self.n, self.part, self.of, first)
        command = [sys.executable, "-m", "tests.faults", "--only", self.family, "--part"]
        with subprocess.Popen(
            [*command, *map(str, numbers)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            encoding="utf-8", errors="replace", start_new_session=os.name != "nt",
        ) as worker:  # fmt: skip
            return self._told_by(worker, ended)

    def _told_by(self, worker: subprocess.Popen, ended: SimpleQueue) -> Tried | None:
        """Hear a worker to its end."""
        errors: list[str] = []
        reader = threading.Thread(target=lambda: errors.extend(worker.stderr), daemon=True)
        reader.start()
        begun = None
        for line in _lines(worker):
            told = json.loads(line)
            if "begun" in told:
                begun = told
                continue
            outcome = Outcome(Verdict(told["verdict"]), told["told"])
            ended.put(Tried(self.family, told["ended"], begun["name"], outcome, told["seconds"]))
            begun = None
        is_silent = worker.poll() is None
        if is_silent:
            _kill(worker)
        reader.join(5)
        if worker.wait() == 0:
            return None
        if begun is None:
            raise RuntimeError(f"{self.family}: the worker failed\n{''.join(errors[-40:])}")
        verdict = Verdict.HANG if is_silent else Verdict.TRACE
        outcome = Outcome(verdict, f"the worker ended ({worker.returncode})\n{''.join(errors[-40:])}")
        return Tried(self.family, begun["begun"], begun["name"], outcome, SILENCE_S)


def _lines(worker: subprocess.Popen) -> Iterator[str]:
    """Give what a worker says until it ends, or says nothing for too long."""
    said: SimpleQueue[str | None] = SimpleQueue()

    def listen() -> None:
        for line in worker.stdout:
            said.put(line)
        said.put(None)

    threading.Thread(target=listen, daemon=True).start()
    try:
        while (line := said.get(timeout=SILENCE_S)) is not None:
            if line.startswith("{"):
                yield line
    except Empty:
        return
    worker.wait()


def _kill(worker: subprocess.Popen) -> None:
    """End a worker with the processes that it started."""
    if os.name == "nt":
        worker.kill()
    else:
        os.killpg(worker.pid, signal.SIGKILL)


def table(tried: Sequence[Tried]) -> str:
    """Write how many cases of each family ended as what."""
    counts: dict[str, Counter] = {}
    for one in tried:
        counts.setdefault(one.family, Counter())[one.outcome.verdict] += 1
    total = sum(counts.values(), Counter())
    header = ["family", "cases", *Verdict]
    lines = [
        [name, str(count.total()), *(str(count[verdict] or "–") for verdict in Verdict)]
        for name, count in [*sorted(counts.items()), ("all", total)]
    ]
    widths = [max(map(len, column)) for column in zip(header, *lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in [header, *lines]
    )
