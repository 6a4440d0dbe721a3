"""Projects in folders with names that people give, and some that nobody would."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.faults.commands import command
from tests.faults.ground import Ground, ground
from tests.faults.judgement import judged
from tests.faults.outcome import Case, Outcome
from tests.faults.scenarios import SCENARIOS, Scenario

WEIGHT = 6
PIECES = (
    "d'école", "l’été", "Éléonore", "E\u0301le\u0301onore", "a b", " espace", "100 %", "%20", "%s", "{name}",
    "#1", "a;b", "-rf", "--help", "~", "~user", "$HOME", "`ls`", "a&b", "(1)", "[x]", "[a-z]", "{a,b}", "*",
    "?", "“x”", '"x"', "''", "\t", "été\u00a0!", "\U0001f3eb", "\u202etxt.exe", "مدرسة", "学校",
    "\u200b", "é" * 60, "x" * 100, ".caché", "a.b.csv", "CON", "nul.csv", "x,y", "x=1", "x:y", "x|y", "<b>",
    "a\nb", "data", "data raw", "internal", "reports", ":memory:", "file:x", "s3:x",
)  # fmt: skip


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        for _ in range(n):
            parts = ["".join(rng.choices(PIECES, k=rng.randint(1, 3))) for _ in range(rng.randint(1, 3))]
            parts = [part.encode()[:200].decode("utf-8", "ignore") for part in parts]
            scenario = rng.choice(SCENARIOS)
            yield Case(
                f"{scenario.name} in {'/'.join(parts)!r}",
                lambda parts=parts, scenario=scenario: _tried(made, parts, scenario),
            )


def _tried(made: Ground, parts: list[str], scenario: Scenario) -> Outcome:
    with made.copied(Path(*parts), scenario) as copy:
        ended = command(copy.arguments, copy.folder, copy.limit)
        return judged(copy, ended)
