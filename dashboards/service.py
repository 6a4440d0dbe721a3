"""Who answers for these pages and how fresh they are: declared once, said alike wherever it stands."""

from __future__ import annotations

from datetime import datetime

from dashboards.reading import Reading
from ennum_stats.document.blocks import Inlines, Link, Strong
from ennum_stats.errors import message
from ennum_stats.figures.citation import PUBLISHER
from ennum_stats.raw.embargo import HERE

_FREE_NUMBERS = {"de": "1719"}
"""The free telephone numbers of the Walloon administration: one for readers of German, one for all others."""
_FREE_NUMBER = "1718"
CONTACT = message("A question about these figures?")
CALL = message("free number of the Walloon administration, ask for {service}.")
UPDATED = message("Figures of {day}, {time}, Belgian time")
PUBLISHED_AT = message("These pages follow the figures published on {day} at {time}, Belgian time.")


def service_name(reading: Reading) -> str:
    """Give the service of the Region that answers for the programme, and for these pages."""
    return reading.ledger.name("actors", PUBLISHER, reading.language)


def contact(reading: Reading) -> Inlines:
    """Tell whom to ask, with the number that a telephone can dial."""
    number = _FREE_NUMBERS.get(reading.language, _FREE_NUMBER)
    dialled = Strong((Link((number,), f"tel:{number}"),))
    texts = reading.t(CALL, service=service_name(reading))
    return (reading.t(CONTACT), " ", dialled, ", ", texts)


def published_at(reading: Reading) -> str:
    """Give the day and minute since which these figures are shown, as the readers' clocks tell it."""
    return reading.t(PUBLISHED_AT, **_published(reading))


def updated(reading: Reading) -> str:
    """Give the same for the head of every page, in fewer words."""
    return reading.t(UPDATED, **_published(reading))


def _published(reading: Reading) -> dict[str, object]:
    moment = datetime.fromisoformat(reading.edition.published.published_at).astimezone(HERE)
    return {"day": moment.date(), "time": f"{moment:%H:%M}"}
