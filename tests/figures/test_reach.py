"""What is printed of a number holds all that it may be: every figure, published number and mark of a chart, in
four languages and every style, read back by the stranger of `ennum doubt`, who knows none of our catalogues.
"""

import re
from decimal import ROUND_CEILING, ROUND_FLOOR

import pytest

from ennum_stats.charts.catalogue import CHARTS, chart
from ennum_stats.doubt.reading import figure_read
from ennum_stats.figures import figures
from ennum_stats.languages import LANGUAGES
from ennum_stats.wording import headline_words, is_count, running_words, words

DAYS = ("2020-01-31", "2026-11-24")
OF_A_HUNDRED = re.compile(r"\s(?:pour|je|per) 100\s.*")
ROUNDED = ("mean_grant_per_call", "applicants_per_winner")
"""Charts whose subtitles say that the numbers beside their columns are rounded."""
STYLES = {
    "long": words,
    "text": lambda quantity, language: words(quantity, language, style="text"),
    "short": lambda quantity, language: words(quantity, language, style="short"),
    "running": running_words,
    "headline": headline_words,
}


def ends_of(quantity):
    """Both ends as they are read: of percents as a part of the whole, of things whole numbers."""
    low, high = quantity.bounds.ends
    if is_count(quantity.unit):
        whole = low.to_integral_value(ROUND_CEILING), high.to_integral_value(ROUND_FLOOR)
        return whole if whole[0] <= whole[1] else (low, high)
    return (low / 100, high / 100) if quantity.unit == "percent" else (low, high)


def written(ledger, language):
    """Every wording of the day with what it says, once."""
    quantities = {figure.quantity for figure in figures(ledger)}
    quantities |= {observation.quantity for observation in ledger.all_observations()}
    for quantity in quantities - {None}:
        yield from ((style, write(quantity, language), quantity) for style, write in STYLES.items())
    for name in CHARTS:
        for mark in chart(ledger, name, language).marks:
            if mark.quantity:
                said = [mark.words] if name in ROUNDED else [mark.words, mark.text]
                yield from ((name, text, mark.quantity) for text in said if text)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_holds_all_that_a_number_may_be(ledger_at, day, language):
    narrow, unread, read = [], [], 0
    for where, text, quantity in written(ledger_at(day), language):
        printed = figure_read(OF_A_HUNDRED.sub("", text), language)
        if printed is None:
            unread.append(text)
            continue
        read += 1
        if not printed.may_hold(*ends_of(quantity)):
            narrow.append((where, text, str(quantity.bounds)))
    assert narrow == []
    assert len(unread) < read / 20, unread
