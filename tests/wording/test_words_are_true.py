"""Words never say more than the bounds of a quantity prove, whatever the quantity."""

import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ennum_stats.languages import LANGUAGES
from ennum_stats.quantities import Basis, Bounds, Quantity
from ennum_stats.wording import headline_words, words

# Typed here again, so that the test does not read what it tests.
OPENINGS = {
    "fr": {"plus de": ">", "moins de": "<", "au moins": ">=", "au plus": "<=", "près de": "~<",
           "environ": "~", "quelque": "~", "entre": "[]"},
    "de": {"mehr als": ">", "weniger als": "<", "mindestens": ">=", "höchstens": "<=",
           "fast": "~<", "rund": "~", "etwa": "~", "zwischen": "[]"},
    "nl": {"meer dan": ">", "minder dan": "<", "minstens": ">=", "hoogstens": "<=",
           "bijna": "~<", "ongeveer": "~", "zowat": "~", "tussen": "[]"},
    "en": {"more than": ">", "less than": "<", "fewer than": "<", "at least": ">=",
           "at most": "<=", "nearly": "~<", "about": "~", "some": "~", "between": "[]"},
}  # fmt: skip
WITHIN = {"fr": ", à\u00a0", "de": ", auf\u00a0", "nl": ", op\u00a0", "en": ", to within "}
SCALES = {
    r"[Mm]illion|miljoen|M€|Mio|mln|\dm\b|M\u00a0FB": 10**6,
    r"[Mm]illiard|miljard|billion|Md|Mrd|mld|\dbn\b": 10**9,
}


def numbers_of(text, language, unit):
    """The numbers that a phrase says, in the unit of the quantity."""
    group, point = {"fr": ("\u202f", ","), "en": (",", ".")}.get(language, (".", ","))
    scale = Decimal("0.01") if unit == "share" else Decimal(1)
    for pattern, factor in SCALES.items():
        if re.search(pattern, text):
            scale = Decimal(factor)
    found = re.findall(rf"\u2212?\d+(?:{re.escape(group)}\d{{3}})*(?:{re.escape(point)}\d+)?", text)
    plain = (n.replace(group, "").replace(point, ".").replace("\u2212", "-") for n in found)
    return [Decimal(n) * scale for n in plain]


def place_of(number):
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if number else Decimal(1)


UNITS_TRIED = ("EUR", "EUR", "BEF", "projects", "share", "percent", "EUR/project", "hours")
# All sizes alike, from a cent to ten thousand million.
values = st.builds(
    lambda figures, exponent: Decimal(figures).scaleb(exponent), st.integers(1, 99_999), st.integers(-2, 5)
)


@st.composite
def quantities(draw):
    """Any quantity: value inside its bounds, outside, or none; ends known or not."""
    unit = draw(st.sampled_from(UNITS_TRIED))
    middle = draw(values)
    if unit == "share":
        middle = middle / Decimal(10**10)
    parts = (0, 0, 1, 10, 50, 300, 500, 2000, 9000)
    around = st.sampled_from([Decimal(part) / 10000 for part in parts])
    lower, upper = middle * (1 - draw(around)), middle * (1 + draw(around))
    lower = draw(st.sampled_from([lower, lower, lower, Decimal(0), None]))
    upper = draw(st.sampled_from([upper, upper, upper, None]))
    value = draw(st.sampled_from([middle, middle, None, upper]))
    if value is not None and upper is not None and draw(st.integers(0, 9)) == 0:
        value = upper + Decimal(1)
    return Quantity.derived(value, Bounds(lower, upper, draw(st.sampled_from(list(Basis)))), unit)


@st.composite
def large_sums(draw):
    """Sums of millions, known to within what press articles round away."""
    value = Decimal(draw(st.integers(1_000_000, 200_000_000)))
    reach = st.sampled_from([Decimal(n) for n in (0, 1, 500, 5_000, 50_000, 500_000)])
    bounds = Bounds(value - draw(reach), value + draw(reach), draw(st.sampled_from(list(Basis))))
    return Quantity.derived(value, bounds, draw(st.sampled_from(["EUR", "BEF"])))


def ends_of(quantity):
    low, high = quantity.bounds.ends
    if quantity.unit == "projects":  # things are whole
        first = low.to_integral_value("ROUND_CEILING")
        last = high.to_integral_value("ROUND_FLOOR")
        return (first, last) if first <= last else (low, high)
    return low, high


@settings(max_examples=600)
@given(quantities() | large_sums(), st.sampled_from(LANGUAGES), st.sampled_from(["long", "text", "short"]))
def test_words_never_say_more_than_is_known(quantity, language, style):
    text = words(quantity, language, style=style)
    check_true(text, quantity, language, style)


@settings(max_examples=200)
@given(quantities() | large_sums(), st.sampled_from(LANGUAGES))
def test_the_strongest_phrase_is_true(quantity, language):
    check_true(headline_words(quantity, language), quantity, language, "text")


def check_true(text, quantity, language, style):
    low, high = ends_of(quantity)
    said = [kind for opening, kind in OPENINGS[language].items() if text.startswith(opening + " ")]
    numbers = numbers_of(text, language, quantity.unit)
    if not said:
        return check_plain(numbers, quantity, style, low, high)
    is_proved = quantity.bounds.basis is Basis.PROVED
    if said[0] in (">", "<") or (said[0] in (">=", "<=") and quantity.value is not None):
        assert is_proved
    match said[0]:
        case ">":
            assert low > numbers[0]
        case ">=":
            assert low >= numbers[0]
        case "<":
            assert high < numbers[0]
        case "<=":
            assert high <= numbers[0]
        case "[]":
            assert numbers[0] <= low
            assert high <= numbers[1]
        case "~<":
            assert high < numbers[0]
            assert low >= numbers[0] - place_of(numbers[0])
            check_reach(text, numbers, quantity, language, style, low, high)
        case _:
            check_about(text, numbers, quantity, language, style, low, high)
    return None


def check_reach(text, numbers, quantity, language, style, low, high):
    """What is approximate and ends in a zero says in full style how far it reaches, and nothing else does."""
    number, unit = numbers[0], quantity.unit
    text, _, within = text.partition(WITHIN[language])
    scale = next((Decimal(f) for p, f in SCALES.items() if re.search(p, text)), Decimal(1))
    scale = Decimal("0.01") if unit == "share" else scale
    ends_in_zero = number and (number / scale) % 10 == 0
    assert bool(within) == (style == "long" and bool(ends_in_zero))
    if within:
        [reach] = numbers_of(within, language, unit)
        assert number - reach <= low
        assert high <= number + reach


def check_plain(numbers, quantity, style, low, high):
    """A number without a word is exact, or a rounded print of which all of the interval is true."""
    if not numbers:  # "not known"
        no_low = low.is_infinite() or low <= 0
        assert no_low
        assert high.is_infinite() or high == {"share": 1, "percent": 100}.get(quantity.unit)
        return
    [number] = numbers
    if low == high == number:
        return
    assert style == "short"
    half = place_of(number) / 2
    assert number - half <= low
    assert high <= number + half


def check_about(text, numbers, quantity, language, style, low, high):
    number = numbers[0]
    if len(numbers) == 3:  # about … (between … and …)
        assert style != "short"
        assert numbers[1] <= low
        assert high <= numbers[2]
    elif low.is_infinite() or low == 0 or high.is_infinite():
        return  # "or more", "or less", or nothing below the value
    else:  # read as the house rules read "about": half of the last place on either side
        check_reach(text, numbers, quantity, language, style, low, high)
        if style == "text" and not text.startswith(("environ", "rund", "ongeveer", "about")):  # "some"
            assert len(number.normalize().as_tuple().digits) <= 3
        half = place_of(number) / 2
        assert number - half <= low
        assert high <= number + half
