"""Clocks that are wrong, go back, or stand in other zones, and days that people type.

What is under embargo by the clock is in nothing that the public gets until the very moment at which it ends, by the
clock of Belgium where its row names no zone, and from then on it is; an end that nobody can read never comes. A day
before the first document, or one that there is not, gets an answer or a sentence.
"""

import sys
from collections.abc import Iterator
from csv import DictReader, reader, writer
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from tests.faults import truth
from tests.faults.commands import GRACE_S, command
from tests.faults.ground import EMBARGO_ENDS, EMBARGOED_VALUE, Ground, ground
from tests.faults.judgement import PLANTED, said_badly
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict
from tests.faults.scenarios import DAY, Scenario

WEIGHT = 6
_LIMIT_S = GRACE_S + 20
MOMENTS = (
    "1970-01-01T00:00:00", "1998-12-31T23:59:59", "1999-01-01T00:00:00", "2000-02-29T12:00:00",
    "2020-01-31T00:00:00",
    "2024-02-29T23:59:59", "2026-03-29T01:30:00", "2026-10-25T01:30:00", "2026-12-31T23:59:59",
    "2028-02-29T00:00:00",
    "2038-01-19T03:14:08", "2099-12-31T23:59:59", "2100-02-28T23:59:59", "9999-12-30T00:00:00",
)  # fmt: skip
ZONES = (
    "UTC", "Europe/Brussels", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "EST5EDT",
    "", "Nowhere/Bad",
    ":/dev/null", "<+14>-14",
)  # fmt: skip
NO_DAYS = {
    "2020-02-30",
    "29/02/2021",
    "2020-13",
    "demain",
    "2020-06-31",
    "%s",
    "'; DROP TABLE x",
    "1e4",
    "0000",
}
BESIDE_AN_END = (0, -1, 1, -3_000, 3_000, -5_000, 5_000, 10_000)
"""Seconds."""
UNREADABLE = ("demain", "2026-13-01T05:00", "2026-12-01T25:30", "le 1er décembre", "31/12/2099", "9")
TYPED = (
    "2020-01-31", "31/01/2020", "2020-02-30", "29/02/2021", "29/02/2020", "2020", "2020-13", "0000",
    "0001-01-01", "9999",
    "9999-12-31", "31/12/1969", "1", "-1", "", " ", "2020-W05", "２０２０-０１-３１", "demain",
    "31.01.2020", "1/2/20", "2020-01-31T12:00",
    "2020-01-31 ", "20200131", "1e4", "२०२०", "2020-06-31", "12/2019", "décembre 2019", "2020–01–31",
    "'; DROP TABLE x", "%s", "\u202e2020",
)  # fmt: skip
ASKED = (
    ("figures",), ("measure", "coverage"), ("observations",), ("build",), ("press",),
    ("release", "{out}"), ("check",),
    ("conflicts",), ("chart", "winners_per_call", "--out", "{out}.svg"), ("stores",), ("find", "coût EN2019"),
)  # fmt: skip
DAYED = (
    ("figures", "--known-at"), ("measure", "winners", "--known-at"), ("observations", "--known-at"),
    ("press", "--known-at"), ("release", "{out}", "--known-at"), ("diff", "--to", DAY, "--from"),
    ("chart", "timeline", "--out", "{out}.svg", "--known-at"), ("trace", "total_investment", "--known-at"),
)  # fmt: skip


def cases(rng: Random, n: int) -> Iterator[Case]:
    with ground() as made:
        for _ in range(n):
            zone = rng.choice(ZONES)
            if rng.random() < 0.25:
                (value, end), beside = rng.choice(_ends(made)), timedelta(seconds=rng.choice(BESIDE_AN_END))
                yield Case(
                    f"TZ={zone}: {value}, {beside} from its end", partial(_at, made, zone, value, end, beside)
                )
                continue
            if rng.random() < 0.1:
                typed = rng.choice(UNREADABLE)
                yield Case(f"TZ={zone}: an embargo until “{typed}”", partial(_without_end, made, zone, typed))
                continue
            if rng.random() < 0.5:
                asked = (*rng.choice(DAYED), rng.choice(TYPED) if rng.random() < 0.7 else _any_day(rng))
                steps = [(None, asked)]
            else:
                steps = [(_moment(rng), rng.choice(ASKED)) for _ in range(rng.choice((1, 2)))]
            told = ", then ".join(f"{' '.join(asked)} at {moment or 'now'}" for moment, asked in steps)
            yield Case(f"TZ={zone}: {told}", partial(_tried, made, zone, steps))


def _ends(made: Ground) -> list[tuple[str, datetime]]:
    """Read what is under embargo on the ground, and until when."""
    place = made.project / "data" / "raw" / "embargoed"
    rows = [
        row for name in ("next", "here") for row in DictReader((place / f"{name}.csv").open(encoding="utf-8"))
    ]
    ends = [datetime.fromisoformat(row["embargo_until"]) for row in rows]
    return [
        (row["value"], end if end.tzinfo else end.replace(tzinfo=ZoneInfo("Europe/Brussels")))
        for row, end in zip(rows, ends, strict=True)
    ]


def _at(made: Ground, zone: str, value: str, end: datetime, beside: timedelta) -> Outcome:
    """Build and ask beside the end of an embargo: what ends is there from its end on."""
    with made.copied(Path("project"), Scenario("clock", lambda root, files: [])) as copy:
        asked = ("observations", "--document", "zyx-2026", "--format", "csv")
        for arguments in (("build",), asked):
            ended = command(
                [*arguments, "--root", str(copy.root)], copy.folder, _LIMIT_S, environment={"TZ": zone},
                before=partial(set_clock, end + beside),
            )  # fmt: skip
            if bad := said_badly(ended):
                return bad
        is_over = beside >= timedelta(0)
        if (value in ended.out) == is_over:
            return DONE
        return Outcome(Verdict.INCONSISTENT if is_over else Verdict.LEAK, f"{value}: {ended.said}")


def _without_end(made: Ground, zone: str, typed: str) -> Outcome:
    """Write an embargo whose end nobody can read: nothing of it is for the public."""
    with made.copied(Path("project"), Scenario("clock", lambda root, files: [])) as copy:
        path = copy.root / "data" / "raw" / "embargoed" / "next.csv"
        rows = list(reader(path.open(encoding="utf-8")))
        rows[1][rows[0].index("embargo_until")] = typed
        with path.open("w", encoding="utf-8", newline="") as file:
            writer(file, lineterminator="\n").writerows(rows)
        for arguments in (("check",), ("build",), ("observations",), ("release", str(copy.folder / "out"))):
            ended = command(
                [*arguments, "--root", str(copy.root)], copy.folder, _LIMIT_S, environment={"TZ": zone}
            )
            if bad := said_badly(ended):
                return bad
            if EMBARGOED_VALUE in ended.out and arguments != ("check",):
                return Outcome(Verdict.LEAK, ended.said)
        leaks = truth.holding(copy.folder, PLANTED)
        return Outcome(Verdict.LEAK, f"{leaks[:5]}\n{ended.said}") if leaks else REFUSED


def _any_day(rng: Random) -> str:
    return f"{rng.randrange(1900, 2100)}-{rng.randrange(1, 14):02}-{rng.randrange(0, 33):02}"


def _moment(rng: Random) -> datetime:
    if rng.random() < 0.6:
        return datetime.fromisoformat(rng.choice(MOMENTS)).replace(tzinfo=UTC)
    return datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(50 * 365 * 24 * 60))


def set_clock(moment: datetime) -> None:
    """Let the program believe that it is another moment, as its modules read the clock."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz) if tz else moment.astimezone().replace(tzinfo=None)

    for name, module in list(sys.modules.items()):
        if name.startswith(("ennum_stats", "dashboards")) and getattr(module, "datetime", 0) is datetime:
            module.datetime = Clock


def _tried(made: Ground, zone: str, steps: list[tuple[datetime | None, tuple[str, ...]]]) -> Outcome:
    with made.copied(Path("project"), Scenario("clock", lambda root, files: [])) as copy:
        outcome = DONE
        now = datetime.now(UTC)
        for moment, asked in steps:
            arguments = [part.format(out=copy.folder / "out") for part in asked]
            ended = command(
                [*arguments, "--root", str(copy.root)], copy.folder, _LIMIT_S, environment={"TZ": zone},
                before=partial(set_clock, moment or now),
            )  # fmt: skip
            if bad := said_badly(ended):
                return bad
            is_public = all((one or now) < EMBARGO_ENDS for one, _ in steps)
            if ended.code == 0 and asked[-1] in NO_DAYS:
                return Outcome(Verdict.FALSE_SUCCESS, ended.said)
            if is_public and any(word in ended.out for word in PLANTED):
                return Outcome(Verdict.LEAK, ended.said)
            if is_public and (leaks := truth.holding(copy.folder, PLANTED)):
                return Outcome(Verdict.LEAK, f"{leaks[:5]}\n{ended.said}")
            outcome = REFUSED if ended.code else outcome
        built = command(["build", "--root", str(copy.root)], copy.folder, _LIMIT_S)
        return outcome if built.code == 0 else Outcome(Verdict.LOST, f"build afterwards\n{built.said}")
