"""Print tables of what is measured: `python3 run.py bench [SUBJECT] [--fresh] [--runs N] [--tiny] [--only PART]`."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import analysts, dashboard, explore, find, imports, kit, matching, questions, schools
from bench.timing import Options
from tests.reading.corpus import PARTS

SUBJECTS: dict[str, Callable[[Options], None]] = {
    "analysts": analysts.measures,
    "dashboard": dashboard.measures,
    "explore": explore.measures,
    "find": find.measures,
    "imports": imports.measures,
    "kit": kit.measures,
    "matching": matching.measures,
    "questions": questions.measures,
    "schools": schools.measures,
    "server": dashboard.server,
}


def main() -> None:
    """Measure the subjects asked for."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("subject", nargs="*", help=", ".join(SUBJECTS))
    parser.add_argument("--runs", type=int, default=5, help="runs of each measure (5)")
    parser.add_argument("--tiny", action="store_true", help="as small as can be: does it still run?")
    parser.add_argument("--fresh", action="store_true", help="also a new clone, empty caches")
    parser.add_argument(
        "--only", action="append", default=[], choices=PARTS, help="a part that `find` measures"
    )
    asked = parser.parse_args()
    unknown = set(asked.subject) - set(SUBJECTS)
    if unknown:
        parser.error(f"{', '.join(sorted(unknown))} : inconnu ; il y a {', '.join(SUBJECTS)}")
    with tempfile.TemporaryDirectory(prefix="ennum-bench-") as scratch:
        options = Options(asked.runs, asked.fresh, Path(scratch), asked.tiny, tuple(asked.only))
        for subject in asked.subject or [one for one in SUBJECTS if one != "server"]:
            SUBJECTS[subject](options)
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cœurs")


if __name__ == "__main__":
    main()
