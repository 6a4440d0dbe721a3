"""Numbers with their unit, as they are given. Expected texts are typed by hand, from the usage of the
languages; invisible characters are escapes: U+00A0 no-break space, U+202F narrow no-break space (French
groups), U+2019 apostrophe.
"""

from decimal import Decimal

import pytest

from ennum_stats.errors import UnknownName
from ennum_stats.wording import amount, money
from tests.conftest import in_four


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, ("25,1\u00a0M€", "25,1\u00a0Mio.\u00a0€", "€\u00a025,1\u00a0mln.", "€25.1m")),
        (
            {"style": "long"},
            (
                "25\u00a0millions d\u2019euros",
                "25\u00a0Millionen Euro",
                "25\u00a0miljoen euro",
                "25\u00a0million euros",
            ),
        ),
        (
            {"scale": "one"},
            ("25\u202f064\u202f672\u00a0€", "25.064.672\u00a0€", "€\u00a025.064.672",
             "€25,064,672"),
        ),
        (
            {"scale": "million", "decimals": 2},
            ("25,06\u00a0M€", "25,06\u00a0Mio.\u00a0€", "€\u00a025,06\u00a0mln.", "€25.06m"),
        ),
        (
            {"scale": "thousand", "decimals": 0},
            ("25\u202f065\u00a0k€", "25.065\u00a0Tsd.\u00a0€", "€\u00a025.065\u00a0dzd.",
             "€25,065k"),
        ),
        (
            {"scale": "billion", "decimals": 3},
            ("0,025\u00a0Md€", "0,025\u00a0Mrd.\u00a0€", "€\u00a00,025\u00a0mld.", "€0.025bn"),
        ),
        (
            {"scale": "thousand", "style": "long"},
            ("25\u202f065\u00a0mille euros", "25.065\u00a0Tausend Euro",
             "25.065\u00a0duizend euro", "25,065\u00a0thousand euros"),
        ),
    ],
)  # fmt: skip
def test_money_in_a_scale(arguments, expected):
    assert in_four(lambda language: money(25064672, language, **arguments)) == expected


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
