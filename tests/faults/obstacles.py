"""Files, folders and rights that are not as they should be: a pipe, a link in a circle, a folder in the place
of a file, what may not be read, another encoding. Whatever a command meets, it says so in a sentence."""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.faults.commands import Ended
from tests.faults.ground import Copy, Ground, ground
from tests.faults.judgement import said_badly
from tests.faults.outcome import DONE, REFUSED, Case, Outcome, Verdict
from tests.faults.scenarios import DAY, SCENARIOS, Scenario
from tests.faults.truth import pointer

WEIGHT = 8
PATIENCE_S = 60.0
"""Who waits at a pipe waits for ever."""
READING = tuple(
    Scenario(" ".join(words), lambda root, files, words=words: [*words])
    for words in (
        ["figures", "total_investment"], ["figures", "--audience", "internal", "--format", "json"],
        ["find", "coût", "EN2019"], ["observations", "--call", "EN2018"], ["trace", "total_investment"],
        ["measure", "coverage"], ["reconcile"], ["conflicts"], ["rules"],
        ["diff", "--from", DAY, "--to", "2020-10-31"], ["check"], ["stores"], ["lists"],
    )
)  # fmt: skip
BORDERS = Scenario(
    "import borders", lambda root, files: ["import", "borders", str(files / "borders.geojson"), "--yes"]
)
PLACES = (
    "data/raw", "data/raw/sources.csv", "data/raw/rules.csv", "data/raw/remarks.csv", "data/raw/contacts.csv",
    "data/raw/calls.csv", "data/raw/observations", "data/raw/observations/press_kit_2020.csv",
    "data/raw/rows", "data/raw/rows/borders.csv", "data/raw/embargoed", "data/raw/embargoed/sources.csv",
    "data/raw/embargoed/next.csv", "data/raw/.journal", "data/processed", "data/processed/current.json",
    "data/processed/current", "data/processed/stores", "data/processed/publications", "data/processed/{store}",
    "data/processed/internal", "data/processed/internal/current.json", "reports", "reports/chart.svg",
    "reports/form.xlsx", f"reports/{DAY}", f"reports/{DAY}/MANIFEST.json", "release",
    "release/datapackage.json", "release/SHA256SUMS", "demo", "files/winners.csv", "files/register-2020.csv",
    "files/borders.geojson",
)  # fmt: skip
"""Where commands look, in the folder of a case; `{store}` is the one in force."""


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _damaged(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        data = path.read_bytes() if path.is_file() else b"{}"
        _clear(path)
        path.write_bytes(change(data))

    return damage


def _instead(put: Callable[[Path], object]) -> Callable[[Path], None]:
    def replace(path: Path) -> None:
        _clear(path)
        put(path)

    return replace


def _closed(mode: int) -> Callable[[Path], None]:
    """Take rights from a file, or from a folder and those in it."""

    def close(path: Path) -> None:
        if path.is_dir():
            for folder in [*(one for one in path.rglob("*") if one.is_dir()), path]:
                folder.chmod(mode)
        elif path.exists():
            path.chmod(mode)
            if mode:
                path.parent.chmod(mode)

    return close


def _folder_with_a_file(path: Path) -> None:
    path.mkdir()
    (path / "a.csv").write_text("a\n")


OBSTACLES: dict[str, Callable[[Path], None]] = {
    "unreadable": _closed(0),
    "read-only": _closed(0o555),
    "gone": _clear,
    "a pipe": _instead(os.mkfifo),
    "a device": _instead(lambda path: path.symlink_to("/dev/zero")),
    "a circle": _instead(lambda path: path.symlink_to(path.name)),
    "a link to nothing": _instead(lambda path: path.symlink_to("nothing")),
    "a folder": _instead(lambda path: path.mkdir()),
    "a full folder": _instead(_folder_with_a_file),
    "a file": _instead(lambda path: path.write_text("x")),
    "empty": _damaged(lambda data: b""),
    "halved": _damaged(lambda data: data[: len(data) // 2]),
    "binary": _damaged(lambda data: bytes(range(256)) * 20),
    "UTF-16": _damaged(lambda data: data.decode("utf-8", "replace").encode("utf-16")),
    "Latin-1": _damaged(lambda data: data.decode("utf-8", "replace").encode("latin-1", "replace") + b"\xe9"),
    "zeros": _damaged(lambda data: data[:40] + b"\0\0" + data[40:]),
    "a second mark": _damaged(lambda data: data[:90] + b"\xef\xbb\xbf" + data[90:]),
    "half a sign": _damaged(lambda data: data[:90] + b"\xed\xa0\x80" + data[90:]),
    "another JSON": _damaged(lambda data: b"[1]"),
}


COMMANDS = {one.name: one for one in (*SCENARIOS, *READING, BORDERS)}
KNOWN = (
    ("lists", "data/raw/.journal", "a device"), ("press", "reports", "a file"),
    ("build", "data/processed", "read-only"), ("check", "data/raw/embargoed/next.csv", "a pipe"),
    ("import borders", "files/borders.geojson", "another JSON"), ("stores", "data/raw/rows", "a circle"),
    ("demo", "data/raw/sources.csv", "a pipe"), ("build", "data/processed/.journal", "a device"),
)  # fmt: skip
"""Of which a person once read a trace, or waited for ever."""


def cases(rng: Random, n: int) -> Iterator[Case]:
    """Give the cases that are known, then others at random."""
    drawn = ((rng.choice(list(COMMANDS)), rng.choice(PLACES), rng.choice(list(OBSTACLES))) for _ in range(n))
    with ground() as made:
        for name, place, obstacle in (*KNOWN, *drawn):
            scenario = COMMANDS[name]
            yield Case(
                f"{scenario.name}: {place} is {obstacle}",
                lambda scenario=scenario, place=place, obstacle=obstacle: _tried(
                    made, scenario, place, OBSTACLES[obstacle]
                ),
            )


def _tried(made: Ground, scenario: Scenario, place: str, obstacle: Callable[[Path], None]) -> Outcome:
    with made.copied(Path("project"), scenario) as copy:
        (copy.folder / "files" / "borders.geojson").write_text(_BORDERS, "utf-8")
        path = _path(copy, place)
        path.parent.mkdir(parents=True, exist_ok=True)
        obstacle(path)
        try:
            return _judged(Copy.run(_Patient(**vars(copy)), before=_obey_rights))
        finally:
            _open(copy.folder)


class _Patient(Copy):
    """A copy whose command is waited for as long as nobody would."""

    @property
    def limit(self) -> float:
        return PATIENCE_S


def _judged(ended: Ended) -> Outcome:
    if outcome := said_badly(ended):
        return outcome
    if ended.code not in (0, 1, 2):
        return Outcome(Verdict.INCONSISTENT, ended.said)
    return REFUSED if ended.code else DONE


def _path(copy: Copy, place: str) -> Path:
    start = copy.folder if place.startswith("files/") else copy.root
    if "{store}" in place:
        place = place.format(store=Path(pointer(copy.root)["store"]).stem)
    return start / place


def _open(folder: Path) -> None:
    """Give rights back, so that the folder can be deleted."""
    for path, folders, _ in os.walk(folder):
        for name in folders:
            if not (one := Path(path, name)).is_symlink():
                one.chmod(0o755)


def _obey_rights() -> None:
    """Let a process of root obey the rights of files as everybody's do."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    held = (ctypes.c_uint32 * 6)()
    libc.capget(header, held)
    for place in (0, 1):  # what is in force, and what may be
        held[place] &= ~0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    if libc.capset(header, held):
        raise OSError(ctypes.get_errno(), "capset")


_BORDERS = (
    '{"features": [{"properties": {"nis": "92094"}, "geometry": {"type": "Polygon", "coordinates": '
    "[[[4.8, 50.4], [4.9, 50.4], [4.9, 50.5], [4.8, 50.4]]]}}]}"
)
