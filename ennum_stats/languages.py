"""French, German, Dutch and English: translated texts, and how each writes digits and dates.

Texts are written in English in the code and translated by gettext catalogues
(`locale/<language>/LC_MESSAGES/*.po`, one file a part of the package, all merged; they are read as
they are, so that nobody has to compile them). A text without translation stays English:
`tools/catalogues.py` and a test find those. Dates and digits follow CLDR as Belgium writes them.
How well a number is known is put into words by `ennum_stats.wording`, how texts are set by
`ennum_stats.typography`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ennum_stats.errors import Message, UsageError, message, unknown_name
from ennum_stats.errors import plural as plural  # noqa: PLC0414 - beside the functions that translate it
from ennum_stats.periods import Period
from ennum_stats.quantities import Bounds
from ennum_stats.typography import LANGUAGES as LANGUAGES  # noqa: PLC0414 - all but help have it from here
from ennum_stats.typography import MINUS, NBSP, Apart, elided, semicolons, typeset, unbroken
from ennum_stats.typography import LanguageCode as LanguageCode  # noqa: PLC0414

if TYPE_CHECKING:
    from babel import Locale

# British English, because CLDR's Belgian English writes Belgian separators.
_TERRITORIES = {"fr": "fr_BE", "de": "de_BE", "nl": "nl_BE", "en": "en_GB"}
_CATALOGUES = Path(__file__).parent / "locale"

Number: TypeAlias = Decimal | int | float


def require_language(language: str) -> None:
    """Raise `UnknownName` for any language other than the four."""
    if language not in _TERRITORIES:
        raise unknown_name(
            message("There is no language “{language}”.", language=language),
            LANGUAGES,
            message("The languages are {names}."),
        )


@lru_cache(maxsize=len(LANGUAGES))
def locale_of(language: str) -> Locale:
    """Give the CLDR locale of a language; `UnknownName` for any other than the four."""
    require_language(language)
    from babel import Locale  # here as below: a store is opened without it

    return Locale.parse(_TERRITORIES[language])


def tag_of(language: str) -> str:
    """Give the tag of a language in documents (BCP 47): that of Belgium, and British English.

    >>> tag_of("fr"), tag_of("en")
    ('fr-BE', 'en-GB')
    """
    locale = locale_of(language)
    return f"{locale.language}-{locale.territory}"


def language_name(language: str, spoken: str) -> str:
    """Name a language in the one that is spoken, as CLDR does.

    >>> language_name("de", "fr"), language_name("de", "de")
    ('allemand', 'Deutsch')
    """
    return str(locale_of(spoken).languages[language])


# --- texts ---------------------------------------------------------------------------------------


def translate(text: str | Message, language: str, /, **values: object) -> str:
    """Translate an English text of the package, its named places filled in.

    Values are written as the language writes them: numbers (a year is a `Period` or a string, not
    an int), dates, periods, lists and further messages.
    """
    locale_of(language)
    sentence = text if isinstance(text, Message) else Message(text)
    translated = catalogue(language).texts.get(sentence.text, sentence.text)
    return _filled(translated, sentence.values | values, language)


def translate_plural(one: str, many: str, n: Number, language: str, /, **values: object) -> str:
    """Translate the form of a text that agrees with the number `n`, which also fills the place `{n}`.

    >>> translate_plural("{n} row", "{n} rows", 1, "en")
    '1 row'
    """
    locale_of(language)
    is_many = needs_plural(n, language)
    forms = catalogue(language).plurals.get((one, many), (one, many))
    return _filled(forms[is_many], {"n": n, **values}, language)


def needs_plural(n: Number, language: str) -> bool:
    """Tell whether a noun after `n` is in the plural: from 2 in French, for all but 1 elsewhere."""
    size = abs(as_decimal(n))
    return size >= 2 if language == "fr" else size != 1


def listed(items: Iterable[object], language: str, kind: Literal["and", "or"] = "and") -> str:
    """Write things one after the other: "a, b et c"."""
    texts = [written(item, language) for item in items]
    style: Literal["or", "standard"] = "or" if kind == "or" else "standard"
    from babel.lists import format_list

    return format_list(texts, style, locale_of(language))


def written(value: object, language: str) -> str:
    """Write any value that a text may hold, as the language does."""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value, language)
    return str(value)


def _filled(text: str, values: Mapping[str, object], language: str) -> str:
    if not values:
        return text
    filled = text.format(**{name: written(value, language) for name, value in values.items()})
    return elided(filled) if language == "fr" else filled


# --- digits and dates ----------------------------------------------------------------------------


def as_decimal(value: Number) -> Decimal:
    """Convert a number to an exact decimal, floats by their shortest print; refuse what is no number."""
    result = value if isinstance(value, Decimal) else Decimal(str(value))
    if not result.is_finite():
        raise UsageError(
            message("“{value}” is not a number that can be written.", value=str(value)),
            remedy=message("Say why it is missing instead."),
        )
    return result


def rounded(value: Number, step: Decimal) -> Decimal:
    """Round to the nearest multiple of `step`; halves away from zero, as people round.

    >>> rounded(Decimal("2.5"), Decimal(1))
    Decimal('3')
    """
    return (as_decimal(value) / step).to_integral_value(ROUND_HALF_UP) * step


def number(value: Number, language: str, decimals: int | None = None, *, signed: bool = False) -> str:
    """Write digits, grouped as the language does and rounded half up.

    `decimals` is exact; without it, at most two and no trailing zero. `signed` writes a plus too.
    """
    places = 2 if decimals is None else decimals
    result = rounded(value, Decimal(1).scaleb(-places))
    if decimals is None:
        places = min(places, max(0, -_exponent(result)))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    digits = _grouped(abs(result), pattern, language)
    sign = MINUS if result < 0 else "+" if signed and result > 0 else ""
    return sign + digits


@lru_cache(maxsize=4_000)
def _grouped(value: Decimal, pattern: str, language: str) -> str:
    from babel.numbers import format_decimal

    text: str = format_decimal(value, pattern, locale_of(language))
    return text


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


_SPELLED = (
    message("two"), message("three"), message("four"), message("five"), message("six"),
    message("seven"), message("eight"), message("nine"), message("ten"), message("eleven"),
    message("twelve"), message("thirteen"), message("fourteen"), message("fifteen"),
    message("sixteen"),
)  # fmt: skip
SPELLED_TO = 1 + len(_SPELLED)
"""The largest number that running text writes in letters."""


def spelled(value: int, language: str) -> str:
    """Write a whole number from two to sixteen in letters, as running text does; any other in digits, for
    "one" has the gender of what it counts.

    >>> spelled(4, "fr"), spelled(17, "fr")
    ('quatre', '17')
    """
    if 2 <= value <= SPELLED_TO:
        return translate(_SPELLED[value - 2], language)
    return number(value, language)


def day(value: date | Period, language: str) -> str:
    """Write a day in words, its number and month on one line: "31 janvier 2020", "1er mars 2020"."""
    text = _formatted(value.last if isinstance(value, Period) else value, "long", language)
    text = re.sub(r"^1 ", "1er ", text) if language == "fr" else text
    return text.replace(" ", NBSP, 1)


def period_words(period: Period, language: str) -> str:
    """Write a day, month or year in words, no finer than it is known: "janvier 2020", "2020"."""
    if period.granularity == "day":
        return day(period, language)
    if period.granularity == "month":
        return _formatted(period.first, "LLLL y", language)
    return period.text


@lru_cache(maxsize=2_000)
def _formatted(value: date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    text: str = format_date(value, pattern, locale_of(language))
    return text


def span_words(first: int | str, last: int | str, language: str) -> str:
    """Write a span of years: "1999-2019", with a dash in German and English."""
    return typeset(f"{first}-{last}", language)


def clock_time(value: time, language: str) -> str:
    """Write a time of day on the 24-hour clock: "14 h 30", "14:30 Uhr", "14.30 uur", "14:30"."""
    locale_of(language)
    minutes = f"{value.minute:02d}"
    if language == "fr" and not value.minute:
        return unbroken(f"{value.hour} h")
    pattern = {"fr": "{} h {}", "de": "{}:{} Uhr", "nl": "{}.{} uur", "en": "{}:{}"}[language]
    return unbroken(pattern.format(value.hour, minutes))


def _ends(value: Bounds, language: str) -> str:
    ends = (value.lower, value.upper)
    return " – ".join("…" if end is None else number(end, language) for end in ends)


def _moment(value: datetime, language: str) -> str:
    return f"{day(value, language)}, {clock_time(value.time(), language)}"


# The first that fits: a bool is also an int, a datetime also a date, parts apart also a tuple.
_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any, str], str]], ...] = (
    ((str, bool), lambda value, _: str(value)),
    (Message, translate),
    ((Decimal, int, float), number),
    (datetime, _moment),
    (date, day),
    (time, clock_time),
    (Period, period_words),
    (Bounds, _ends),
    (Apart, semicolons),
    ((list, tuple), listed),
)

# --- catalogues ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Catalogue:
    """Hold the translated texts of one language."""

    texts: dict[str, str] = field(default_factory=dict)
    plurals: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> Catalogue:
    """Read all translations of a language, merged; none for English, whose texts are the keys."""
    result = Catalogue()
    for path in sorted((_CATALOGUES / language / "LC_MESSAGES").glob("*.po")):
        catalogue = read_catalogue(path)
        result.texts.update(catalogue.texts)
        result.plurals.update(catalogue.plurals)
    return result


_STRING = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
_STRINGS = rf"({_STRING}(?:\s+{_STRING})*)"
_ENTRY = re.compile(
    rf"((?:#.*\s*)*)(?:msgid\s+{_STRINGS}\s+(?:msgid_plural\s+{_STRINGS}\s+)?"
    rf"((?:msgstr(?:\[\d\])?\s+{_STRINGS}\s*)+)|\Z)"
)
"""An entry with the comments above it, or the comments at the end."""
_FORM = re.compile(rf"msgstr(?:\[\d\])?\s+{_STRINGS}")
_FUZZY = re.compile(r"#,.*\bfuzzy\b")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}


def read_catalogue(path: Path) -> Catalogue:
    """Read the translations of one `.po` file, of a text that stands there twice the first; untranslated and
    fuzzy entries are left out.

    Read here and not by Babel, which takes a tenth of a second of every command for it. Raises `ValueError`
    for a line that is none of a catalogue.
    """
    text, result = path.read_text(encoding="utf-8").strip() + "\n", Catalogue()
    place = 0
    while place < len(text):
        entry = _ENTRY.match(text, place)
        if entry is None:
            raise ValueError(f"not an entry of a catalogue: {text[place:].partition(chr(10) * 2)[0]!r}")
        place = entry.end()
        notes, key, many, forms = entry.group(1, 2, 3, 4)
        if not key or _FUZZY.search(notes):
            continue
        single, texts = _unquoted(key), [_unquoted(form) for form in _FORM.findall(forms)]
        if many and all(texts):
            result.plurals.setdefault((single, _unquoted(many)), (texts[0], texts[1]))
        elif single and not many and texts[0]:
            result.texts.setdefault(single, texts[0])
    return result


def _unquoted(strings: str) -> str:
    text = "".join(quoted[1:-1] for quoted in re.findall(_STRING, strings))
    return re.sub(r"\\(.)", lambda sign: _SIGNS.get(sign[1], sign[1]), text) if "\\" in text else text
