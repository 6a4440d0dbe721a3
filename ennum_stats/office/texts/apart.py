"""Read a stranger's file in a process of its own, which the system ends where it takes too much, and which has nothing
of the one that asks.

What comes back is words and places; of a file whose numbers the machine wrote, also where these stand. An answer may
hold nothing else, whatever became of the process.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ennum_stats.errors import EnnumError, Message, UsageError, message
from ennum_stats.files.foreign import confine
from ennum_stats.office.package import DocumentRefused
from ennum_stats.office.texts.own import Ours
from ennum_stats.office.texts.readers import Limits, read_text
from ennum_stats.office.texts.text import Passage, SourceText

_MEMORY, _SECONDS, _PATIENCE_S = 3 * 2**28, 10, 30
"""Bytes of addresses, seconds of a processor, and so long a busy machine may take for them."""
_MAY_COME = {
    kind.__qualname__: kind for kind in (date, Message, Passage, SourceText, UsageError, DocumentRefused)
}
_FIRST_TO_GO = "1000"


def read_apart(name: str, data: bytes, limits: Limits) -> SourceText:
    """Read the text of a file as `read_text` does, in a process of its own. Raises what that raises, and
    `DocumentRefused` where the system ended it."""
    command = [sys.executable, "-P", "-m", __name__]
    given = pickle.dumps((name, data, limits))
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=_PATIENCE_S, check=True)
        answer = _Answer(io.BytesIO(done.stdout)).load()
    except (subprocess.SubprocessError, pickle.UnpicklingError, EOFError) as error:
        raise DocumentRefused(
            message("This file takes too much time or memory to be read."), where=name,
            remedy=message("Copy its text and paste it."),
        ) from error  # fmt: skip
    if isinstance(answer, EnnumError):
        raise answer
    text: SourceText = answer
    return text


class _Answer(pickle.Unpickler):
    """Take words and places, and no other object."""

    def find_class(self, module: str, name: str) -> Any:
        if _MAY_COME.get(name) is None or _MAY_COME[name].__module__ != module:
            raise pickle.UnpicklingError(name)
        return _MAY_COME[name]


def _without_file(text: SourceText) -> SourceText:
    ours = Ours(text)
    pieces = (replace(piece, element=None, ours=ours.spans(at)) for at, piece in enumerate(text.pieces))
    return SourceText(text.name, tuple(pieces), text.remarks, text.file_days)


def _main() -> None:
    confine(_MEMORY, _SECONDS)
    with suppress(OSError):  # where memory is short, the system ends this and not the service
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, "ascii")
    try:
        answer: object = _without_file(read_text(*pickle.load(sys.stdin.buffer)))  # noqa: S301 - our own
    except (UsageError, DocumentRefused) as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    _main()
