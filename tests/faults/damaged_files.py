"""Files that are damaged, in everything that the program has made and that people have written.

No answer comes of a damaged store, and `build` repairs it; a damaged table, kit or release is told.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from tests.faults import truth
from tests.faults.commands import GRACE_S, ask, command
from tests.faults.ground import Copy, Ground, ground
from tests.faults.judgement import said_badly
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict
from tests.faults.scenarios import QUICK, READS, Scenario

WEIGHT = 8
MADE, WRITTEN, GIVEN = "data/processed", "data/raw", ("reports", "release")
_READING_S = GRACE_S + 15
BUILD, PRESS, RELEASE = (next(s for s in QUICK if s.name == n) for n in ("build", "press", "release"))


def _halved(path: Path, rng: Random) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _emptied(path: Path, rng: Random) -> None:
    os.truncate(path, 0)


def _cut(path: Path, rng: Random) -> None:
    os.truncate(path, rng.randrange(max(path.stat().st_size, 1)))


def _flipped(path: Path, rng: Random) -> None:
    """Change a byte, or many, as a bad disk does."""
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice((1, 1, 8, 100)) if data else 0):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def _zeroed(path: Path, rng: Random) -> None:
    """Write zeros over a block, as file systems do after a power failure."""
    data = bytearray(path.read_bytes())
    start = rng.randrange(max(len(data), 1)) // 4096 * 4096
    data[start : start + 4096] = bytes(len(data[start : start + 4096]))
    path.write_bytes(data)


def _lengthened(path: Path, rng: Random) -> None:
    with path.open("ab") as file:
        file.write(rng.randbytes(rng.choice((1, 100, 5000))))


def _replaced(path: Path, rng: Random) -> None:
    path.write_bytes(rng.choice((b"{", b"null", b"[1]", b"\xff\xfe", b"\0" * 512, rng.randbytes(2000))))


def _swapped(path: Path, rng: Random) -> None:
    """Exchange it with another file of its kind."""
    others = [p for p in sorted(path.parent.glob(f"*{path.suffix}")) if p != path and p.is_file()]
    if not others:
        return _emptied(path, rng)
    other = rng.choice(others)
    mine, its = path.read_bytes(), other.read_bytes()
    path.write_bytes(its)
    other.write_bytes(mine)
    return None


def _removed(path: Path, rng: Random) -> None:
    path.unlink()


def _folder(path: Path, rng: Random) -> None:
    path.unlink()
    path.mkdir()
    if rng.random() < 0.5:
        (path / "notes.txt").write_text("x", "utf-8")


def _loop(path: Path, rng: Random) -> None:
    path.unlink()
    path.symlink_to(path.name)


DAMAGES = (
    _halved,
    _emptied,
    _cut,
    _flipped,
    _zeroed,
    _lengthened,
    _replaced,
    _swapped,
    _removed,
    _folder,
    _loop,
)
Damage = Callable[[Path, Random], None]


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        files = {
            place: sorted(
                p for p in (made.project / place).rglob("*") if p.is_file() and p.name != ".gitkeep"
            )
            for place in (MADE, WRITTEN, *GIVEN)
        }
        for _ in range(n):
            place = rng.choice((MADE, MADE, MADE, WRITTEN, WRITTEN, rng.choice(GIVEN)))
            path = rng.choice(files[place]).relative_to(made.project)
            damage, own = rng.choice(DAMAGES), Random(rng.getrandbits(64))  # noqa: S311
            reading = rng.choice(READS)
            tried = _tried_given if place in GIVEN else partial(_tried_reading, reading=reading)
            what = f" and {reading[0]}" if place not in GIVEN else ""
            yield Case(
                f"{path} {damage.__name__[1:]}{what}", partial(tried, made, path, partial(damage, rng=own))
            )


def _tried_reading(
    made: Ground, path: Path, damage: Callable[[Path], None], reading: tuple[str, ...]
) -> Outcome:
    """Damage a store or a table, ask something, and build."""
    answer = made.answer(reading)
    with made.copied(Path("project"), Scenario("read", lambda root, files: [])) as copy:
        raw = copy.folder / "raw"
        shutil.copytree(copy.root / WRITTEN, raw)
        damage(copy.root / path)
        ended = command([*reading, "--root", str(copy.root)], copy.folder, _READING_S)
        if outcome := said_badly(ended):
            return outcome
        is_table = path.is_relative_to(WRITTEN)
        if ended.code == 0 and ended.out != answer and not is_table and reading != ("stores",):
            return Outcome(Verdict.FALSE_SUCCESS, f"another answer\n{ended.said}")
        if is_table:
            built = command(["build", "--root", str(copy.root)], copy.folder, _READING_S)
            if outcome := said_badly(built):
                return outcome
            shutil.rmtree(copy.root / WRITTEN)
            shutil.copytree(raw, copy.root / WRITTEN)
        return _built(copy, REFUSED if ended.code else DONE)


def _built(copy: Copy, outcome: Outcome) -> Outcome:
    """Judge whether a build puts everything right."""
    built = command(["build", "--root", str(copy.root)], copy.folder, _READING_S)
    if bad := said_badly(built):
        return bad
    if built.code != 0:
        return Outcome(Verdict.LOST, f"build does not repair it\n{built.said}")
    held, sound = (ask(truth.parts, root) for root in (copy.root, copy.ground.project))
    if held != sound:
        told = {name: held[name] for name in held if held[name] != sound.get(name)}
        return Outcome(
            Verdict.FALSE_SUCCESS, f"build says that it is published, and holds {told}\n{built.said}"
        )
    return outcome


def _tried_given(made: Ground, path: Path, damage: Callable[[Path], None]) -> Outcome:
    """Damage a kit, a chart or a release, and make it anew."""
    scenario = RELEASE if path.is_relative_to("release") else PRESS
    with made.copied(Path("project"), scenario) as copy:
        damage(copy.root / path)
        damaged = ask(truth.parts, copy.root)
        ended = copy.run()
        if outcome := said_badly(ended):
            return outcome
        held = ask(truth.parts, copy.root)
        if ended.code != 0:
            return REFUSED if held == damaged else Outcome(Verdict.INCONSISTENT, ended.said)
        if scenario is PRESS:  # beside its files may stand what people changed in one of them
            return DONE if truth.is_whole(copy.kit) else Outcome(Verdict.FALSE_SUCCESS, ended.said)
        is_new = held["release"] == copy.reference.after["release"]
        return DONE if is_new else Outcome(Verdict.FALSE_SUCCESS, f"other bytes\n{ended.said}")
