"""Plant faults one by one, and tell which are seen: `python -m tools.planted [--list] [--check] [--only NAME]`.

`planted.toml` lists them: what is changed where, what that breaks, and by which tests it is to be seen. Each is
planted alone in a copy of the project, in which its tests are run. A text that is no longer there is an error
that says so: whoever moves code moves its faults. `--page` writes the list for people.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_suffix(".toml")
PAGE = ROOT / "docs" / "decisions" / "planted-faults.md"
_LEFT_OUT = (".git", ".venv", "build", "processed", "reports")
"""What a copy does without. What Python has compiled is copied too: of a file changed since, it is not taken."""
_TESTS_FAILED = 1
CASES = {"addresses": 600, "languages": 80, "clocks": 40, "planted_markup": 12}
"""How many cases of a family of the search at random may take to find a fault that shows in its answers."""
SEED = "31"
_HEADING = """\
# Planted faults

Strength of the tests is shown, not claimed: each of these faults is planted alone, and a test must see it.
`python3 run.py test planted` plants them all and says how many of how many were seen; their list,
`tools/planted.toml`, follows the code when it moves. “Before” is, of the first sixty, the suite of 28 November 2026,
before it was made shorter: its tests of the same folder, then of those around it. Planted anew that evening, all sixty
are seen. One had come to be missed (“announced tomorrow”): its test had failed because DuckDB refused a value that no
query named, not because of what was shown; it has another test now.
The last forty are of 29 November, most of them found blindly: any comparison, bound or condition of a folder was
turned, alone, and “before” is the test that saw it then. A line that nobody needs can be turned: it went.
All but the lost focus, which needs a browser, are seen by a fast test of their folder or of the one that uses them.
Of the 52 that show in what the search for faults asks (`family` in the list), it finds 48 in at most 600 addresses, 80
days, 40 clocks or 12 plantings of markup (29 November, evening; of 55 it had found 28). It does not find a table of
too many cells and communes of another province (both need more schools, or borders, than its projects have), a target
that is compared with an older number (our tables have none), and a formula in a CSV (raw tables refuse such cells).
Three are of no family any more: no chart names a document of later, whose line is a guard; no text of a raw table is a
link, and its addresses are checked before; and an embargo that nobody can read is refused before anything is built.

| fault | kind | what it breaks | before, seen by | seen by |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Fault:
    """One change that makes the program wrong, what it breaks in words, and the tests that are to see it."""

    name: str
    kind: str
    file: str
    breaks: str
    before: str
    after: str
    tests: tuple[str, ...]
    seen_before: str
    """The first test that saw it before the suite was made shorter; empty where none did."""
    family: str = ""
    """The family of the search at random in whose answers it shows; empty where it shows in none."""

    def problems(self) -> Iterator[str]:
        """Say why it cannot be planted, or be seen."""
        path = ROOT / self.file
        found = path.read_text("utf-8").count(self.before) if path.is_file() else 0
        if found != 1:
            yield f"{self.name}: {self.file} has {found} times, not once: {self.before!r}"
        for test in self.tests:
            file, _, rest = test.partition("::")
            name = rest.rpartition("::")[2].partition("[")[0]
            path = ROOT / file
            if not path.is_file() or not re.search(rf"def {name}\b", path.read_text("utf-8")):
                yield f"{self.name}: there is no test {test}"

    def planted(self, copy: Path) -> str:
        """Plant it in a copy of the project, and return the text that was there."""
        path = copy / self.file
        text = path.read_text("utf-8")
        path.write_text(text.replace(self.before, self.after), "utf-8")
        return text


def faults() -> list[Fault]:
    """Read the list."""
    entries = tomllib.loads(LIST.read_text("utf-8"))
    return [Fault(name, **entry | {"tests": tuple(entry["tests"])}) for name, entry in entries.items()]


def page() -> str:
    """Write the list for people."""
    rows = (
        f"| {one.name.replace('_', ' ')} | {one.kind} | {one.breaks} | {_short([one.seen_before])} | "
        f"{_short(one.tests)} |\n"
        for one in faults()
    )
    return _HEADING + "".join(rows)


def _short(tests: Sequence[str]) -> str:
    return "; ".join(f"`{test.removeprefix('tests/')}`" for test in tests if test) or "none"


def is_seen(fault: Fault, copy: Path) -> bool:
    """Plant a fault in a copy, run its tests, and take it out again."""
    text = fault.planted(copy)
    try:
        done = _run(copy, "pytest", "-x", "-q", "-p", "no:cacheprovider", *fault.tests)
    finally:
        (copy / fault.file).write_text(text, "utf-8")
    if done.returncode not in (0, _TESTS_FAILED):
        raise SystemExit(f"{fault.name}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode == _TESTS_FAILED


def is_found(fault: Fault, copy: Path) -> bool:
    """Plant a fault in a copy, and tell whether a case of its family of the search at random ends badly then."""
    text = fault.planted(copy)
    try:
        told = first_bad(fault.family, copy) or first_bad(fault.family, copy, "own")
    finally:
        (copy / fault.file).write_text(text, "utf-8")
    print(told.partition("\n")[0][:160], flush=True)
    return bool(told)


def first_bad(family: str, copy: Path, ground: str = "ground") -> str:
    """Try the cases of a family in a copy, and tell the first that ends badly; on the ground that all share, which was
    made without a fault, or on an own one, for what shows only in what is built."""
    asked = ["--only", family, "--cases", str(CASES[family]), "--seed", SEED, "--first"]
    place = copy.with_name(ground)
    if ground == "own":
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir(exist_ok=True)
    done = _run(copy, "tests.faults", *asked, ENNUM_FAULTS_GROUND=str(place))
    return done.stdout or done.stderr if done.returncode else ""


def _run(copy: Path, module: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a module of a copy."""
    env = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"} | more
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=False)


def main() -> int:
    """Do what is asked; return 1 where a fault cannot be planted, or is not seen."""
    parser = argparse.ArgumentParser(prog="python -m tools.planted", description=__doc__)
    parser.add_argument("--list", action="store_true", help="name them, and do nothing")
    parser.add_argument("--check", action="store_true", help="can each be planted, are its tests there?")
    parser.add_argument("--page", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    parser.add_argument("--search", action="store_true", help="does the search at random find them?")
    parser.add_argument("--only", action="append", metavar="NAME", help="this one; may be repeated")
    asked = parser.parse_args()
    chosen = [one for one in faults() if not asked.only or one.name in asked.only]
    if asked.list:
        print("\n".join(f"{one.name:32} {one.kind:12} {one.file}" for one in chosen))
        return 0
    if asked.page:
        PAGE.write_text(page(), "utf-8")
        return 0
    if problems := [told for one in chosen for told in one.problems()]:
        print("\n".join(problems))
        return 1
    if asked.check:
        return 0
    return (
        _plant([one for one in chosen if one.family], is_found) if asked.search else _plant(chosen, is_seen)
    )


def _plant(chosen: Sequence[Fault], is_seen: Callable[[Fault, Path], bool]) -> int:
    unseen = 0
    with tempfile.TemporaryDirectory(prefix="ennum-planted-") as folder:
        copy = Path(folder, "project")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*_LEFT_OUT), symlinks=True)
        (copy / ".venv").symlink_to(ROOT / ".venv")
        for family in sorted({one.family for one in chosen}) if is_seen is is_found else ():
            if told := first_bad(family, copy):  # would be found of every fault
                raise SystemExit(f"without any fault: {told}")
        for fault in chosen:
            found = is_seen(fault, copy)
            unseen += not found
            print(f"{fault.name:32} {'seen' if found else 'NOT SEEN'}", flush=True)
    print(f"{len(chosen) - unseen} of {len(chosen)} seen")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main())
