"""Commands of the program in processes of their own, which may be killed, starved and misled.

A process is forked from this one, where the program is loaded already: so each takes only its own time, and
nothing that is done to it lasts. This process itself must never use DuckDB or polars, whose threads no fork
survives: what a case looks at with them is asked in a fork, too (`ask`).
"""

import atexit
import os
import pickle
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

GRACE_S = 5.0
"""How much longer than undisturbed a command may take."""
_LOOK_S = 120.0
"""How long a case may look at what is true."""
_PAUSE_S = 0.004
_PROVED = (3, 9)
_LOADED = (
    "analyst", "drawing.picture", "cli", "demo", "imports", "imports.workbooks", "kit.press",
    "publication.proof",
    "release", "search", "store.build", "store.sql",
)  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (negative: the signal that killed it), and what it said."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: int
    is_hung: bool = False

    @property
    def said(self) -> str:
        return f"exit code {self.code}\n{self.out[-600:]}\n{self.err[-1500:]}".strip()


def load() -> None:
    """Import and read what commands import and read, so that no fork does it again."""
    for name in _LOADED:
        import_module(f"ennum_stats.{name}")
    from ennum_stats.languages import LANGUAGES, catalogue
    from ennum_stats.publication import proof
    from ennum_stats.store.publish import code_fingerprint

    code_fingerprint()
    for language in LANGUAGES:
        catalogue(language)
    proof.products = some_products


def some_products(*of: Any) -> Iterator[Any]:
    """Prove some of what can be made of a store, not all: that takes most of the time of a build, and does
    nothing to any file."""
    from ennum_stats.publication.products import products

    return islice(products(*of), *_PROVED)


class Started:
    """A command that runs."""

    def __init__(
        self,
        action: Callable[[], object],
        environment: Mapping[str, str],
        before: Callable[[], object] = lambda: None,
    ) -> None:
        said = (tempfile.mkstemp(prefix="faults-said-") for _ in range(2))
        descriptors, self._said = zip(*said, strict=True)
        self._begun = time.monotonic()
        self.process = _fork()
        if self.process == 0:
            os.setsid()
            _become(descriptors, environment)
            _run(lambda: (before(), action()))
        for descriptor in descriptors:
            os.close(descriptor)

    def signal(self, number: int) -> None:
        """Send a signal to it, if it still runs."""
        with suppress(ProcessLookupError):
            os.kill(self.process, number)

    def ended(self, limit: float) -> Ended:
        """Wait for its end; kill it where that comes later than so many seconds after its start, on a machine
        that does nothing else."""
        is_hung = False
        limit *= slowness()
        while not (done := os.wait4(self.process, os.WNOHANG))[0]:
            if not is_hung and time.monotonic() - self._begun > limit:
                is_hung = True
                self.signal(signal.SIGKILL)
            time.sleep(_PAUSE_S)
        seconds = time.monotonic() - self._begun
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process, signal.SIGKILL)  # programs that it had started
        out, err = (Path(path).read_text("utf-8", "replace") for path in self._said)
        for path in self._said:
            Path(path).unlink()
        code = os.waitstatus_to_exitcode(done[1])
        return Ended(code, out, err, seconds, done[2].ru_maxrss // 1024, is_hung)


def slowness() -> float:
    """Tell how many times longer things take now than on a machine that does nothing else."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def start(arguments: Sequence[str], folder: Path, **how: Any) -> Started:
    """Start a command of the program; the folder of its temporary files is in `folder`."""

    def action() -> None:
        from ennum_stats.cli import main

        sys.argv = ["ennum", *arguments]
        main()

    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    environment = {"TMPDIR": str(temporary), "LANG": "C.UTF-8"} | how.pop("environment", {})
    return Started(action, environment, **how)


def command(arguments: Sequence[str], folder: Path, limit: float = 60.0, **how: Any) -> Ended:
    """Run a command of the program to its end."""
    return start(arguments, folder, **how).ended(limit)


def ask(question: Callable[..., Any], *arguments: Any) -> Any:
    """Give what a function returns that is called in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="faults-ask-") as place:
        answer = Path(place, "answer")

        def action() -> None:
            answer.write_bytes(pickle.dumps(question(*arguments)))

        ended = Started(action, {"TMPDIR": place}).ended(_LOOK_S)
        if ended.code != 0:
            raise RuntimeError(f"{question.__name__}{arguments}: {ended.said}")
        return pickle.loads(answer.read_bytes())  # noqa: S301 - we wrote it


def _fork() -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    return os.fork()


def _become(descriptors: Sequence[int], environment: Mapping[str, str]) -> None:
    """Let this new process look like one that a person has started, whose output goes to files."""
    atexit._clear()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for place, descriptor in enumerate(descriptors, 1):
        os.dup2(descriptor, place)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout, sys.stderr = (
        open(place, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        for place in (1, 2)
    )
    os.environ.update(environment)
    time.tzset()
    tempfile.tempdir = None


def _run(action: Callable[[], object]) -> None:
    """Do something, and end the process as Python does."""
    code: object = 0
    try:
        action()
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - as Python itself at the end of a program
        traceback.print_exc()
        code = 1
    with suppress(Exception):
        atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
