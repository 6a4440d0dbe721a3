"""What a person reads where a command cannot go on: one sentence in their language, and an exit code.

`--debug`, before or after the command, shows the trace as well: the frame takes it out before arguments are
read. Whatever a command raises ends here: errors of
the package as they are, those of the system as `boundary` tells them, all others as errors of the program.
"""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ennum_stats.errors import Message, Parameter, message, with_options
from ennum_stats.files.boundary import program_fault, translated_error

if TYPE_CHECKING:
    from ennum_stats.errors import EnnumError

DEBUG = "--debug"
DEBUG_HELP = "Montre aussi la trace d’une erreur, pour qui entretient le logiciel."
STOPPED = 130
"""The exit code of what was stopped by Ctrl+C, as shells have it."""
_FINDINGS_SHOWN = 200
"""The most findings that are printed: one mistake may occur in every row of a register."""


def tell(error: BaseException, language: str, *, is_debugging: bool) -> int:
    """Print an error, with its trace where that is asked for, and give its exit code; what cannot be printed
    is left out."""
    if isinstance(error, BrokenPipeError):  # who reads only the beginning has what they asked for
        return 0
    known = translated_error(error) or program_fault(error)
    with suppress(OSError, ValueError):
        if is_debugging:
            traceback.print_exception(error)
        _print(known, language)
    return known.exit_code


def say(sentence: Message, language: str) -> None:
    """Print a sentence about the command itself."""
    typer.echo(_words(sentence, language), err=True)


def _print(error: EnnumError, language: str) -> None:
    """Print what was found wrong to standard output, and the sentence to standard error."""
    from ennum_stats.raw.schema import RawTablesRefused

    if isinstance(error, RawTablesRefused):
        for finding in error.findings[:_FINDINGS_SHOWN]:
            typer.echo(finding.words(language))
        more = len(error.findings) - _FINDINGS_SHOWN
        if more > 0:
            typer.echo(_words(message("… and {n} more.", n=more), language))
    parts = [part for part in (error.found, error.expected, error.remedy) if part]
    sentence = " ".join(_words(with_options(part), language) for part in parts)
    where = error.where.option if isinstance(error.where, Parameter) else error.where
    typer.echo((f"{where}: " if where else "") + sentence, err=True)


def _words(sentence: Message, language: str) -> str:
    """Translate a sentence; English where the catalogues themselves cannot be read."""
    from ennum_stats.languages import translate

    try:
        return translate(sentence, language)
    except (OSError, ValueError):
        return str(sentence)


# --- standard input and output ----------------------------------------------------------------------


def open_standard_streams() -> None:
    """Give the process the three streams that it may have been started without, else the first file that it
    opens takes the place of one; and have output in UTF-8 everywhere, because the code page of Windows has no
    narrow no-break space."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            mode = "r" if number == 0 else "w"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def let_go_of_output() -> None:
    """Leave nothing to be written when the process ends: what could not be was told already."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
