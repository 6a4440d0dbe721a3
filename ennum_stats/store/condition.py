"""In what condition a project and its machine are: what the next command, or the service, would stumble over, and
what to do. What can be mended without a question is, on wish: rights, what killed commands left.

Nothing here tells what is in a table, or who reads.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.parse import SplitResult, urlsplit
from urllib.request import urlopen

from ennum_stats.errors import EnnumError, Message, StoreDamaged, StoreMissing, message
from ennum_stats.files.journal import JOURNAL, settle
from ennum_stats.files.system import lock
from ennum_stats.project import Audience, Project
from ennum_stats.raw.embargo import HERE, now
from ennum_stats.raw.history import WHOLE, breaks, entries
from ennum_stats.store.files import OF_ANOTHER_VERSION, are_whole
from ennum_stats.store.publish import code_fingerprint, current_store, folder, is_published, publishing

BUILD, ASK_AGAIN = message("Run: ennum build"), message("Try again, then look at its log.")
_ROOM, _MEMORY = 300 * 2**20, 700 * 2**20
"""Bytes of disk and memory that a build of the public tables takes at most, without lists."""
_FULL, _DAYS_TO_RENEW = 0.85, timedelta(days=21)
_UNITS = Path("/sys/fs/cgroup/system.slice")


@dataclass(frozen=True)
class Condition:
    """Hold one thing that was looked at: whether it is as it should be, what was found, what to do otherwise, and what
    mends it without a question."""

    name: str
    is_good: bool
    found: Message
    remedy: Message | None = None
    mend: Callable[[], object] | None = None


def conditions(project: Project, services: Sequence[str] = ()) -> Iterator[Condition]:
    """Look at everything in turn: the store, the journal, rights, what was left, disk, clock, memory, typefaces, and
    the services at some addresses."""
    yield _store(project)
    yield _journal(project)
    yield _rights(project)
    yield _left(project)
    yield _disk(project)
    yield _clock(project)
    yield from memory()
    has_fonts = find_spec("font_source_sans_pro") is not None
    fonts = message("The typefaces are there.") if has_fonts else message("The typefaces are missing.")
    yield Condition("typefaces", has_fonts, fonts, message("Install the program anew: python3 run.py setup"))
    yield from _services(services)


def _store(project: Project) -> Condition:
    try:
        published = current_store(project)
    except (StoreMissing, StoreDamaged) as error:
        return Condition("store", False, error.found, BUILD)
    if not are_whole(folder(project, Audience.PUBLIC), published.files | published.shared):
        return Condition("store", False, message("The published store is damaged, or gone."), BUILD)
    if published.code_fingerprint != code_fingerprint():
        return Condition("store", False, OF_ANOTHER_VERSION, BUILD)
    if not is_published(project):
        return Condition(
            "store", True, message("The raw tables changed since the store was published."), BUILD
        )
    return Condition("store", True, message("The store is whole, and of the raw tables as they are."))


def _journal(project: Project) -> Condition:
    try:
        broken = next(breaks(project.raw), None)
    except EnnumError as error:
        broken = error.found
    whole = message(WHOLE.text, n=0 if broken else len(entries(project)))
    return Condition("journal", broken is None, broken or whole, message("Put it back from a backup."))


def _rights(project: Project) -> Condition:
    """Find what is confidential and may be read by others than its owner; Windows keeps rights elsewhere."""
    wide = [*project.keep_private(mends=False)]
    found = (
        message("Others may read what is confidential: {places}.", places=wide)
        if wide else message("What is confidential is read by its owner alone.")
    )  # fmt: skip
    return Condition("rights", not wide, found, message("Run: {command}", command="ennum doctor --fix"),
                     project.keep_private)  # fmt: skip


def _left(project: Project) -> Condition:
    """Find what killed commands left, and who writes at this moment: what a living process makes is locked."""
    places = [project.root / "data" / "raw", *(folder(project, one) for one in Audience), project.reports]
    hidden = [path for place in places for path in place.glob(".*") if path.name != ".gitkeep"]
    left = [path for path in hidden if path.is_symlink() or _is_nobodys(path)]

    def mend() -> None:
        for place in (places[0], project.reports):
            settle(place)
        with publishing(project):
            pass

    if left:
        found = message("Killed commands left something half made: {names}.",
                        names=", ".join(path.relative_to(project.root).as_posix() for path in left[:4]))  # fmt: skip
        return Condition(
            "leavings", False, found, message("Run: {command}", command="ennum doctor --fix"), mend
        )
    writes = [path for path in hidden if path.name == JOURNAL]
    busy = message("Another command is writing to this folder.")
    return Condition("leavings", True, busy if writes else message("Nothing is half made."))


def _is_nobodys(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return lock(descriptor)
    finally:
        os.close(descriptor)


def _disk(project: Project) -> Condition:
    size = sum(path.stat().st_size for path in project.raw.rglob("*.csv"))
    place = next(p for p in (project.processed, *project.processed.parents) if p.exists())
    free = shutil.disk_usage(place).free
    found = message("Room on the disk: {free} MB; a build takes up to {needed} MB.",
                    free=free // 2**20, needed=(_ROOM + 3 * size) // 2**20)  # fmt: skip
    return Condition("disk", free > _ROOM + 3 * size, found, message("Make room on the disk."))


def _clock(project: Project) -> Condition:
    """Find a clock that goes behind what was written by it: an embargo would end too late, a day be missing."""
    moments = []
    with suppress(EnnumError, ValueError):
        moments += [datetime.fromisoformat(entry.at) for entry in entries(project)[-1:]]
        moments.append(datetime.fromisoformat(current_store(project).published_at))
    is_behind = any(moment > now() + timedelta(minutes=1) for moment in moments)
    found = message("The clock of this machine: {time}.", time=now().astimezone(HERE))
    return Condition("clock", not is_behind, found,
                     message("It is behind what was written here: set it right, then build."))  # fmt: skip


def memory() -> Iterator[Condition]:
    """Look at the memory of this machine, and of the services that systemd bounds, where it tells."""
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        free = 1024 * int(next(line for line in lines if line.startswith("MemAvailable")).split()[1])
        found = message("Free memory: {free} MB; a build takes up to {needed} MB.",
                        free=free // 2**20, needed=_MEMORY // 2**20)  # fmt: skip
        yield Condition(
            "memory", free > _MEMORY, found, message("End other programs, or give it more memory.")
        )
    for unit in sorted(_UNITS.glob("**/ennum-dashboard@*.service")):
        with suppress(OSError, ValueError):  # no bound is “max”
            most, peak = (int((unit / name).read_text("ascii")) for name in ("memory.max", "memory.peak"))
            found = message("{name}: {peak} MB at most so far, of {most} MB.",
                            name=unit.name, peak=peak // 2**20, most=most // 2**20)  # fmt: skip
            yield Condition("memory", peak < _FULL * most, found, message("Raise MemoryMax in its unit."))


def _certificate(address: SplitResult) -> Iterator[Condition]:
    """Tell until when the certificate of an address of the web holds; of one that holds no more the service tells."""
    if address.scheme != "https" or not address.hostname:
        return
    where = (address.hostname, address.port or 443)
    with suppress(OSError), socket.create_connection(where, timeout=5) as plain:
        with ssl.create_default_context().wrap_socket(plain, server_hostname=address.hostname) as connection:
            seconds = ssl.cert_time_to_seconds(str((connection.getpeercert() or {})["notAfter"]))
        last = datetime.fromtimestamp(seconds, HERE)
        found = message(
            "The certificate of {address} holds until {day}.", address=address.hostname, day=last.date()
        )
        yield Condition("certificate", last - now() > _DAYS_TO_RENEW, found, message("Have it renewed."))


def _services(addresses: Sequence[str]) -> Iterator[Condition]:
    """Ask services how they are, and whether they show the same store by the same version."""
    shown = set()
    for address in addresses:
        yield from _certificate(urlsplit(address))
        try:
            with urlopen(f"{address.rstrip('/')}/health", timeout=5) as answer:  # noqa: S310 - who asks names it
                told = json.load(answer)
            shown.add((told["store"], told["version"]))
            problem = told["problem"]
            found = message(
                "{address} shows the store {store}.", address=address, store=str(told["store"])[:16]
            )
            if problem:
                found = message("{address} does not show the last store: {why}", address=address, why=problem)
            yield Condition("service", not problem, found, BUILD)
        except (URLError, OSError, ValueError, KeyError, TypeError) as error:
            found = message("{address} does not answer ({said}).", address=address, said=str(error))
            yield Condition("service", False, found, ASK_AGAIN)
    if len(shown) > 1:
        drift = message("The services show different stores, or are of different versions.")
        yield Condition("service", False, drift, message("After a minute, restart the one that is behind."))
