"""Numbers with their unit, as they are given. Invisible characters are escapes: U+00A0 no-break space, U+202F narrow
no-break space (French groups); expected texts of money stand in `tests/golden/words.csv`.
"""

from decimal import Decimal

import pytest

from ennum_stats.errors import UnknownName
from ennum_stats.languages import LANGUAGES
from ennum_stats.wording import amount, money
from tests.wording.test_phrases import WORDS, expected_of


@pytest.mark.parametrize(
    "row", [row for row in WORDS if row["way"].startswith("money")], ids=lambda row: row["way"]
)
def test_money_in_a_scale(row):
    options = dict(option.split("=") for option in row["way"].split()[1:])
    options = {name: int(value) if value.isdigit() else value for name, value in options.items()}
    assert {code: money(Decimal(row["value"]), code, **options) for code in LANGUAGES} == expected_of(row)


def test_amounts_as_they_are_given():
    assert amount(0.789, "share", "fr") == "78,9\u00a0%"
    assert amount(0.789, "share", "fr", decimals=0) == "79\u00a0%"
    assert amount(0.25, "percent", "en") == "0.25%"
    assert amount(12737.996, "EUR/project", "fr") == "12\u202f738\u00a0€ par projet"
    assert amount(12737.996, "EUR/project", "fr", noun=False) == "12\u202f738\u00a0€"
    assert amount(Decimal(326), "projects", "de", noun=False) == "326"
    assert amount(2, "years", "nl") == "2\u00a0jaar"
    assert money(Decimal(805000000), "fr", currency="BEF") == "805\u00a0M\u00a0FB"
    # half up, not to even
    assert money(25_050_000, "fr", "million", decimals=1) == "25,1\u00a0M€"
    assert money(0, "fr") == "0\u00a0€"


def test_an_unknown_unit_is_an_error():
    with pytest.raises(UnknownName, match="furlongs"):
        amount(1, "furlongs", "fr")
