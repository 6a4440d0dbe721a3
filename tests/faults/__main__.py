"""`python3 run.py test search`: the long search for faults. Prints a table of counts; exit code 1 where a
case ended badly."""

import argparse
import os
import sys
import tempfile
import time

from tests.faults.harness import FAMILIES, SHARED, run, run_alone, run_here, shares, table, work


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py test search", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="of all families together")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the same cases again")
    parser.add_argument("--only", choices=FAMILIES, action="append", help="a family; repeatable")
    parser.add_argument("--case", type=int, help="one case of the family alone, in this process")
    parser.add_argument("--first", action="store_true", help="stop at the first case that ends badly")
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 8))
    parser.add_argument("--part", type=int, nargs=5, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    families = tuple(asked.only or FAMILIES)
    if asked.part:
        work(*families, *asked.part)
        return 0
    if asked.case is not None:
        tried = run_alone(*families, asked.seed, asked.case)
        print(tried.told(asked.seed))
        return int(tried.outcome.verdict.is_bad)
    counts = shares(families, asked.cases)
    print(f"--seed {asked.seed} --cases {sum(counts.values())}", file=sys.stderr, flush=True)
    ended = []
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-ground-") as ground:
        os.environ.setdefault(SHARED, ground)
        here = (tried for family, n in counts.items() for tried in run_here(family, asked.seed, n))
        for tried in here if asked.first else run(counts, asked.seed, asked.jobs):
            ended.append(tried)
            if tried.outcome.verdict.is_bad:
                print(tried.told(asked.seed), flush=True)
                if asked.first:
                    return 1
            if len(ended) % 100 == 0:
                minutes = (time.monotonic() - begun) / 60
                print(f"{len(ended)} cases, {minutes:.1f} min", file=sys.stderr, flush=True)
    print(table(ended))
    return int(any(tried.outcome.verdict.is_bad for tried in ended))


if __name__ == "__main__":
    sys.exit(main())
