"""What a reader looks at, read from the address and written back to it: the address is the only state.

What an address asks for and there is not is left out, never taken for what is spelled like it: the whole is
shown, or the day within reach, and a notice says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias
from urllib.parse import quote, urlencode

from ennum_stats.errors import Message, message
from ennum_stats.languages import LANGUAGES, day, listed
from ennum_stats.periods import Period, iso_form
from ennum_stats.search.lookup import LONGEST_TEXT
from ennum_stats.store.ledger import Ledger, once_a_ledger, today
from ennum_stats.typography import fold

SEPARATOR = "~"
"""Between the values of a filter that takes several: an address keeps it as it is."""
MEANT = "?"
"""Before a value that was not asked for as it is; alone where there is nothing like it."""
_MAX_VALUES = 40
_BEFORE, _AFTER = "0001-01-01", "9999-12-31"
NO_DATE = message("The date asked for does not exist: you see what is known today.")
TOO_EARLY = message(
    "Nothing was known yet on the day asked for: you see the first day on which something was."
)
TOO_LATE = message("The day asked for is still to come: you see what is known today.")
NO_CHOICE = message("“{label}”: the choice asked for does not exist here, you see “{shown}”.")
ALL_SHOWN = message("everything")
TOO_MANY = message("“{label}”: at most {n} are shown, the first that were asked for.")
NO_LANGUAGE = message("The language asked for does not exist here: you see the nearest one.")
"""No notice repeats what was asked, so that there are as many pages as views, whatever addresses ask for."""


@dataclass(frozen=True)
class Option:
    """Hold a value that a filter may have, and how it is called."""

    value: str
    label: str
    names: tuple[str, ...] = ()
    """What else it may be asked for as: its name in each language."""


Options: TypeAlias = "Callable[[Ledger, str], Sequence[Option]]"
"""What a filter offers in a language, as known on a day."""


@dataclass(frozen=True)
class Filter:
    """Hold a choice on a page: its name in the address, its label, and its values; the first is meant where
    none is named."""

    name: str
    label: Message
    options: Options
    is_many: bool = False
    """Whether several values may be chosen at once; none chosen means all."""
    is_carried: bool = False
    """Whether it comes with a link from another page and has no control here."""
    is_kept: bool = False
    """Whether it stays chosen on the way to another page that has it: how a reader reads, not what of."""
    is_searched: bool = False
    """Whether its value is typed, with the labels as suggestions: for more values than a list serves."""
    is_text: bool = False
    """Whether its value is whatever a reader typed, and it has no options."""
    is_place: bool = False
    """Whether it is a place in what is shown, a page of a table: whoever chooses something begins anew."""
    is_day: bool = False
    """Whether its value is any day from the first to the last of its options."""
    most: int = _MAX_VALUES
    """So many values may be chosen at once."""
    after: str = ""
    kinds: Mapping[str, Filter] = field(default_factory=dict)
    """The filters that it may be, by what is chosen of the one that it stands `after`; the first is meant
    where nothing is."""

    def among(self, chosen: Mapping[str, str]) -> Filter:
        """Give the filter that it is beside what is chosen before it."""
        if not self.kinds:
            return self
        before = chosen.get(self.after, "").removeprefix(MEANT)
        return self.kinds.get(before) or next(iter(self.kinds.values()))


@dataclass(frozen=True)
class View:
    """Hold a page in a language, as known on a day (today where `known_at` is empty), with its choices."""

    language: str
    page: str
    known_at: date | None = None
    choices: Mapping[str, str] | None = None
    notices: tuple[Message, ...] = ()
    place: str = ""
    """What stands before every id, where this view is shown beside another one."""

    def choice(self, name: str) -> str:
        """Give what is chosen; empty where that is what is meant without choosing."""
        return (self.choices or {}).get(name, "")

    def chosen(self, name: str) -> tuple[str, ...]:
        """Give the values chosen of a filter that takes several; none means all."""
        return tuple(filter(None, self.choice(name).split(SEPARATOR)))

    def with_value(self, name: str, value: str) -> str:
        """Give the address of this view with a value chosen as well, or no longer where it was."""
        chosen = self.chosen(name)
        others = [other for other in chosen if other != value]
        if value not in chosen:
            others.append(value)
        return self.address(**{name: SEPARATOR.join(others)})

    def id(self, name: str) -> str:
        """Give an id that is given once on the whole page."""
        return self.place + name.replace("_", "-").replace("/", "-")

    def address(self, page: str | None = None, *, language: str = "", **changes: str) -> str:
        """Give the address of this view, of another page on the same day, or with other choices."""
        chosen = dict(self.choices or {}) if page in (None, self.page) else {}
        values = {"known_at": self.known_at.isoformat() if self.known_at else ""} | chosen | changes
        query = urlencode({name: value for name, value in values.items() if value}, safe="~")
        path = f"/{language or self.language}/{quote(self.page if page is None else page)}"
        return f"{path}?{query}" if query else path


def nearest_language(preferred: str, accepted: Sequence[str] = ()) -> str:
    """Give one of the four: the one asked for ("FR", "fr-BE"), else the first that a reader accepts."""
    for wanted in (preferred, *accepted):
        code = wanted.lower().replace("_", "-").split("-")[0]
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def with_day(view: View, text: str, days: Sequence[date]) -> View:
    """Give the view on the day asked for, or the nearest on which there is something to see."""
    if not text:
        return view
    try:
        day = Period(iso_form(text)).last
    except ValueError:
        return _noting(view, NO_DATE)
    if day > today():
        return _noting(view, TOO_LATE)
    if day < days[0]:
        return replace(_noting(view, TOO_EARLY), known_at=days[0])
    return replace(view, known_at=None if day == today() else day)


def settled_day(text: str, days: Sequence[date]) -> str:
    """Give the one form of all days that give the same view, with the same notice; empty for today."""
    view = with_day(View("", ""), text, days)
    forms = {NO_DATE.text: MEANT, TOO_LATE.text: _AFTER, TOO_EARLY.text: _BEFORE}
    if view.notices:
        return forms[view.notices[0].text]
    return view.known_at.isoformat() if view.known_at else ""


def with_choices(
    view: View, parameters: Mapping[str, str], filters: Sequence[Filter], ledger: Ledger
) -> View:
    """Give the view with the choices asked for, as far as there are these."""
    chosen: dict[str, str] = {}
    for declared in filters:
        if not parameters.get(declared.name):
            continue
        if declared.is_text:
            chosen[declared.name] = _typed(parameters[declared.name])
            continue
        choice = declared.among(chosen)
        options = _options(ledger, choice.options, view.language)
        first = "" if choice.is_many else next(iter(options), "")
        values_meant = [*_found_values(declared, choice, parameters, ledger, view.language)]
        shown = {option.value: option.label for option, _ in values_meant if option}
        if not all(is_meant for _, is_meant in values_meant):
            labels = listed([*shown.values()], view.language) if shown else ALL_SHOWN
            view = _noting(view, NO_CHOICE, label=choice.label, shown=labels)
        values = [value for value in shown if value != first]
        if len(values) > choice.most:
            view = _noting(view, TOO_MANY, label=choice.label, n=choice.most)
        if values:
            chosen[choice.name] = SEPARATOR.join(values[: choice.most])
    return replace(view, choices=chosen)


def settled_choice(
    declared: Filter, parameters: Mapping[str, str], ledger: Ledger, chosen: Mapping[str, str]
) -> str:
    """Give the one form of all values of a filter that give the same choice, with the same notices; `chosen` is
    what is settled before it."""
    if declared.is_text:
        return _typed(parameters[declared.name])
    choice = declared.among(chosen)
    values = _found_values(declared, choice, parameters, ledger, LANGUAGES[0])
    forms = [("" if is_meant else MEANT) + (near.value if near else "") for near, is_meant in values]
    return SEPARATOR.join([*dict.fromkeys(forms)][: choice.most + 1])


def _typed(text: str) -> str:
    """Give what a reader typed, without what no comparison sees."""
    return " ".join(text.replace(SEPARATOR, " ").split())[:LONGEST_TEXT].strip()


def _found_values(
    declared: Filter, choice: Filter, parameters: Mapping[str, str], ledger: Ledger, language: str
) -> Iterator[tuple[Option | None, bool]]:
    """Give what each value asked for is, or what is shown in its place, and whether it is that. What only another
    kind of the filter has is left out: it was chosen before the reader went on to this kind."""
    options = _options(ledger, choice.options, language)
    for value in dict.fromkeys(_asked_values(choice, parameters)):
        plain = value.removeprefix(MEANT)
        match = options.get(plain) or _meant(plain, choice, ledger, language)
        is_meant = plain == value and match is not None and fold(value) in _names(match)
        if (
            not is_meant
            and plain == value
            and any(
                _has(other, plain, ledger, language)
                for other in declared.kinds.values()
                if other is not choice
            )
        ):
            continue
        yield match, is_meant


@once_a_ledger
def _options(ledger: Ledger, options: Options, language: str) -> dict[str, Option]:
    """Give the options of a filter by their values."""
    return {option.value: option for option in options(ledger, language)}


@once_a_ledger
def _options_by_name(ledger: Ledger, options: Options, language: str) -> dict[str, Option]:
    """Give the options of a filter by all that means them; of two alike, the first."""
    listed = _options(ledger, options, language).values()
    return {name: option for option in reversed(listed) for name in _names(option)}


def _names(option: Option) -> set[str]:
    """Give all that means an option, as it is compared."""
    return {fold(name) for name in (option.value, *option.names)}


def _has(choice: Filter, value: str, ledger: Ledger, language: str) -> bool:
    """Tell whether a filter has a value, or, where its values are days, whether it is one."""
    if choice.is_day:
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    return value in _options(ledger, choice.options, language)


def _asked_values(choice: Filter, parameters: Mapping[str, str]) -> list[str]:
    """At most so many values as a reader can have meant."""
    values = [value for value in parameters.get(choice.name, "").split(SEPARATOR) if value]
    return values[: _MAX_VALUES if choice.is_many else 1]


def _meant(value: str, choice: Filter, ledger: Ledger, language: str) -> Option | None:
    """Give the option of another name or form, or what is meant without choosing; of several, nothing."""
    options = _options(ledger, choice.options, language)
    if choice.is_day and (near_day := _day_within(value, options, language)):
        return near_day
    if alike := _options_by_name(ledger, choice.options, language).get(fold(value)):
        return alike
    return None if choice.is_many else next(iter(options.values()), None)


def _day_within(value: str, options: Mapping[str, Option], language: str) -> Option | None:
    """Give the day asked for, or the first or last of the options; nothing where there is no such day."""
    try:
        wanted = Period(iso_form(value)).last.isoformat()
    except ValueError:
        return None
    if not options:
        return None
    nearest = min(max(wanted, min(options)), max(options))
    return options.get(nearest) or Option(nearest, day(date.fromisoformat(nearest), language))


def _noting(view: View, text: Message, **values: object) -> View:
    return replace(view, notices=(*view.notices, Message(text.text, values)))
