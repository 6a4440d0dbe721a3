"""Until when a kit must not be published, by the real clock: as the command says, the publisher, or the numbers
themselves. From that moment on, what made the kit under embargo makes the one of everybody.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ennum_stats.errors import Message, UsageError, message
from ennum_stats.kit.correction_notice import editions_made
from ennum_stats.kit.publisher import embargo_in, publisher_file, read_publisher
from ennum_stats.project import Audience, Project
from ennum_stats.raw.embargo import held_back, moment_of, now
from ennum_stats.store.ledger import Ledger

_OPTION = "--embargo"
_IDENTIFIER = "embargo:"
"""How the identifier begins that the files of Office of a kit have in their properties, which nobody sees."""


def kept_until(
    project: Project, given: str | None, *, of_numbers: bool, out: Path | None = None
) -> datetime | None:
    """Find the embargo of a kit: the one that is given, else the publisher's, else the last one `of_numbers`; none
    once it is over.

    Raises `UsageError` for a text that is no moment, for one that is over under which no kit was made, and for a
    publisher without a name.
    """
    publisher, moment = read_publisher(project), None
    if given is not None:
        moment = embargo_in(given, _OPTION)
        if moment <= now() and not _was_kept(project, moment, out):
            raise UsageError(
                message("This embargo ended on {moment}.", moment=moment),
                where=_OPTION,
                expected=message("An embargo ends later than now."),
                remedy=message(
                    "Correct it; without one, this makes the kit of everybody: {command}",
                    command="ennum press",
                ),
            )
    elif publisher.embargo:
        moment = publisher.embargo
    elif of_numbers:
        moment = max(held_back(project.raw).values(), default=None)
    if moment is None or moment <= now():
        return None
    if publisher.texts and not publisher.text("publisher", "fr"):
        raise UsageError(
            message("Nobody is named who asks for the embargo."),
            where=str(publisher_file(project)),
            expected=message("A kit under embargo says whose it is."),
            remedy=message("Fill in the row “{item}”.", item="publisher"),
        )
    return moment


def _was_kept(project: Project, moment: datetime, out: Path | None) -> bool:
    """Tell whether a kit was made under an embargo."""
    return any(each.get("embargo") == moment.isoformat() for each in editions_made(project.reports, out))


def identifier_of(embargo: datetime | None) -> str:
    """Give the identifier of a file under an embargo; none of others."""
    return f"{_IDENTIFIER}{embargo.isoformat()}" if embargo else ""


def embargo_named(identifier: str) -> datetime | None:
    """Read the embargo of a file in its identifier; nothing where there is none."""
    kind, _, moment = identifier.partition(":")
    with suppress(ValueError):
        return moment_of(moment) if f"{kind}:" == _IDENTIFIER else None
    return None


def state_of(embargo: datetime | None, command: str) -> Message:
    """Say whether something may be published; `command` makes what may be, of what no longer waits."""
    if embargo is None:
        return message("It is not under embargo.")
    if embargo > now():
        return message("It is under embargo until {moment}, Belgian time.", moment=embargo)
    return message(
        "Its embargo ended on {moment}, and it still says so everywhere. Without the mark: {command}",
        moment=embargo, command=command,
    )  # fmt: skip


def store_of(project: Project, embargo: datetime | None) -> Audience:
    """Choose the store that a kit is made of: under embargo the one that holds what is, where anything does."""
    return Audience.INTERNAL if embargo and held_back(project.raw) else Audience.PUBLIC


def require_kept(project: Project, ledger: Ledger) -> None:
    """Refuse an embargo that ends before that of a number in the kit. Raises `UsageError`."""
    if ledger.embargo is None:
        return
    ends = held_back(project.raw)
    later = [
        o for o in ledger.all_observations() if ends.get(o.observation_id, ledger.embargo) > ledger.embargo
    ]
    if later:
        number = later[0].observation_id
        raise UsageError(
            message("The number “{key}” is under embargo for longer.", key=number),
            where=_OPTION,
            expected=message("It ends on {moment}, Belgian time.", moment=ends[number]),
            remedy=message(
                "Give the kit this embargo, or make it as known on an earlier day ({option}).",
                option="--known-at",
            ),
        )
