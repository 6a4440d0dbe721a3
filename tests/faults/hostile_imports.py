"""Files that people might be sent: lists, registers and borders with anything in their cells, workbooks that
are bombs, traps or halves of workbooks. Each is taken or refused in a sentence, in bounded time and memory,
and no telephone number or address of a person reaches the raw tables."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from tests.faults import truth
from tests.faults.commands import GRACE_S, ask, command
from tests.faults.ground import Ground, ground
from tests.faults.judgement import said_badly
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict
from tests.faults.scenarios import Scenario
from tests.faults.traps import LONGEST, TRAPS, File, as_csv, as_workbook, rows_of

WEIGHT = 8
_LIMIT_S = GRACE_S + 15
_MOST_MB = 1_000
PERSONS = (
    "0475 12 34 56", "0475/12.34.56", "+32 475 12 34 56", "0032475123456", "475123456",
    "(0475) 12 34 56", "０４７５ １２ ３４ ５６",
    "0475,12,34,56", "0475\u00a012\u202f34\u00a056", "GSM: 0475-123456", "081 22 33 44", "+32 (0)81 22 33 44",
    "04 75 12 34 56", "0475\u201012\u201034\u201056", "jean.quidam@example.be", "jean.quidam (at) example.be",
    "jean.quidam＠example.be", "jean.quidam [at] example [dot] be", "jean.quidam arobase example point be",
)  # fmt: skip
WRITTEN = "Écrit\u00a0: "
_TRACES = ("12 34 56", "123456", "12.34.56", "22 33 44", "quidam")
ODD = (
    "", " ", "\u00a0", "\u200b", "x" * LONGEST, "0 " * 16_000, "(" * LONGEST, "9" * 5_000, "-1", "0",
    "1e400", "NaN", "-0",
    "1,00,00", "１２３", "٣", "9000103.0", "09000103", "9 000 103", "#REF!", "=1+1", "=cmd|'/C x'!A1",
    "<script>", "\x00", "\r", "\n",
    '"', '""', ";", "\t", "\ufeff", "\u202e", "é" * 300, "2020-02-30", "31/02/2020", "12", "TRUE",
    "null", "𝟗𝟎", "½", "1/2", "5 %",
    "9000103;9000104", "9000103 et 9000104", "9999999", "données fictives", "\ud7ff", "\U0001f3eb",
    "1" * 300 + ",5",
)  # fmt: skip


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        for _ in range(n):
            kind = rng.choice(("winners", "winners", "equipped", "register"))
            own = Random(rng.getrandbits(64))  # noqa: S311
            share = rng.random()
            if share < 0.25:
                trap = rng.choice(TRAPS)
                yield Case(f"{kind}: {trap.__name__}", partial(_tried, made, kind, partial(trap, kind, own)))
                continue
            odd = [own.choice(PERSONS if share < 0.5 else ODD) for _ in range(own.choice((1, 1, 3)))]
            write = own.choice((as_csv, as_csv, as_workbook))
            cells = partial(_altered, kind, odd, own)
            name = f"{kind} as {write.__name__[3:]} with {', '.join(map(_short, odd))}"
            yield Case(name, partial(_tried, made, kind, partial(_written, write, cells)))


def _short(text: str) -> str:
    return repr(text if len(text) < 40 else f"{text[:30]}… ({len(text)})")


def _altered(kind: str, odd: list[str], rng: Random) -> list[list[str]]:
    rows = rows_of(kind)
    for text in odd:
        row = rng.randrange(1, len(rows)) if rng.random() < 0.9 else 0
        rows[row][rng.randrange(len(rows[0]))] = text
    return rows


def _written(write: Callable[[list[list[str]]], tuple[str, bytes]], cells: Callable[[], list[list[str]]]):
    return write(cells())


def _tried(made: Ground, kind: str, write: Callable[[], File]) -> Outcome:
    with made.copied(Path("project"), Scenario("import", lambda root, files: [])) as copy:
        suffix, data = write()
        file = copy.folder / "files" / f"reçu{suffix}"
        file.write_bytes(data)
        before = ask(truth.parts, copy.root)
        told = {"winners": ["--call", "EN2018"], "equipped": ["--programme", "cyberclasse"], "register": []}[
            kind
        ]
        day = ["--as-of", "2021" if kind == "register" else "2020-06-27", "--yes"]
        arguments = ["import", kind, str(file), *told, *day, "--root", str(copy.root)]
        ended = command(arguments, copy.folder, _LIMIT_S)
        if bad := said_badly(ended):
            return bad
        if ended.megabytes > _MOST_MB:
            return Outcome(Verdict.HANG, f"{ended.megabytes} MB\n{ended.said}")
        after = ask(truth.parts, copy.root)
        if (WRITTEN in ended.err) is (after == before):  # with rows refused, the others are taken
            return Outcome(Verdict.INCONSISTENT, ended.said)
        persons = truth.holding(copy.root / "data" / "raw", list(_TRACES))
        if new := [name for name in persons if name != "contacts.csv"]:
            return Outcome(Verdict.LEAK, f"{new}\n{ended.said}")
        checked = command(["check", "--root", str(copy.root)], copy.folder, _LIMIT_S)
        if checked.code != 0:
            return Outcome(
                Verdict.FALSE_SUCCESS, f"check refuses what was taken\n{checked.said}\n{ended.said}"
            )
        return REFUSED if ended.code else DONE
