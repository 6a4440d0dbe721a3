"""What is new in a kit, and tells its release first."""

from __future__ import annotations

from dataclasses import replace

from ennum_stats.document.blocks import Blocks, Bullets, FigureWords, Heading, Inlines, Paragraph
from ennum_stats.errors import message
from ennum_stats.figures.figure import figures
from ennum_stats.figures.reports import labelled
from ennum_stats.kit.edition import Edition
from ennum_stats.kit.figure_tables import evidence
from ennum_stats.project import Project
from ennum_stats.raw.embargo import held_back
from ennum_stats.store.ledger import Ledger
from ennum_stats.typography import first_capital

_MOST = 4
TOLD = message("{what} ({documents}).")


def new_figures(project: Project, ledger: Ledger) -> tuple[str, ...]:
    """Name the figures that are new in a kit: those that come from numbers under embargo, those that a document
    prints before those that are computed."""
    if ledger.embargo is None:
        return ()
    new = held_back(project.raw)
    waiting = [each for each in figures(ledger) if any(o.observation_id in new for o in each.observations)]
    known = [each for each in waiting if each.quantity is not None]
    return tuple(each.name for each in sorted(known, key=lambda each: not each.is_printed))[:_MOST]


def with_news(edition: Edition, names: tuple[str, ...], release: Blocks) -> Blocks:
    """Put what is new first: into the heading of a release, and in a list below it."""
    if not names:
        return release
    heading = next(block for block in release if isinstance(block, Heading))
    headline = replace(heading, inlines=_said(edition, names[0]))
    first, *others = (_told(edition, name) for name in names)
    lead = (Paragraph(first), *((Bullets(tuple(others)),) if others else ()))
    at = release.index(heading)
    return (*release[:at], headline, *lead, *release[at + 1 :])


def _said(edition: Edition, name: str) -> Inlines:
    label = first_capital(edition.figure(name).label(edition.language))
    before, after = labelled(label, "\x00", edition.language).split("\x00")
    return (before, FigureWords(edition.words(name), name, name), after)


def _told(edition: Edition, name: str) -> Inlines:
    before, after = edition.t(
        TOLD.text, what="\x00", documents=evidence(edition, edition.figure(name))
    ).split("\x00")
    return (before, *_said(edition, name), after)
