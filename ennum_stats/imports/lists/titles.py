"""What the titles of a list say of it as a whole: the lines above its columns, the name of its sheet, the head of
the printed page, the name of its file.

A title is believed where all its words are understood: that these are winners, of this call, where, since when. Any
other word may say that they are not ("à recontacter"), and is asked about; words are never looked for in a list of
bad ones alone. Names of files say much that is no title: of them only what is known to be against is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ennum_stats.errors import FICTITIOUS, Parameter, message
from ennum_stats.imports.forms import Form
from ennum_stats.imports.lists.list_rows import rows_of
from ennum_stats.imports.lists.loaded import ListOf
from ennum_stats.imports.lists.verdicts import (
    Selection,
    is_pending,
    quoted,
    says_where,
    unknown_words,
    verdict,
)
from ennum_stats.imports.questions import CALL_TITLE, LIST_TITLE, Doubt
from ennum_stats.imports.spreadsheets.cell_values import MONTHS
from ennum_stats.imports.spreadsheets.header import MatchedTable
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.periods import Period
from ennum_stats.raw.communes import communes
from ennum_stats.store.ledger import today
from ennum_stats.typography import Apart, fold

if TYPE_CHECKING:
    import polars as pl

_IN_SHORT = re.compile(r"(?<=[A-Za-z])20(?=\d\d$)")  # EN19
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTED = re.compile(
    r"(?<!\d)(\d{1,4}) (?:[a-z]+ )??(?:projets?|ecoles?|laureats?|implantations?|dossiers?|projekte|gewinner|schulen|"
    r"projecten|scholen|laureaten|projects|schools|winners)\b"
)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d) ((?:19|20)?\d\d)(?!\d)")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"(?<!\d)(?:\d{{1,2}} \d{{1,2}} (\d{{4}})|(\d{{4}}) \d\d \d\d|(?:{_MONTH}) (\d{{4}}))(?!\d)"
)
_OF_DAYS = frozenset((
    *MONTHS, "er", "date", "situation", "etat", "jour", "version", "stand", "vom", "toestand",
))  # fmt: skip
_OF_FILES = frozenset((
    "feuil", "sheet", "blad", "tabelle", "classeur", "fichier", "export", "donnees", "data", "base", "tableau",
    "annexe", "copie", "final", "finale", "complet", "complete", "document", "officiel", "officielle",
))  # fmt: skip
_OF_OFFICES = frozenset((
    "service", "public", "spw", "economie", "emploi", "recherche", "direction", "generale", "departement", "dgo",
    "agence", "gouvernement", "ministre", "arrete", "federation", "digital", "education", "formation", "bruxelles",
))  # fmt: skip
_SMALL = frozenset((
    "ce", "cette", "ces", "dont", "est", "sont", "ont", "selon", "der", "die", "das", "des", "dem", "den", "und", "von",
    "fur", "im", "in", "zum", "zur", "van", "voor", "het", "een", "op", "the", "of", "and", "for", "by", "at", "on",
    "liste", "lijst", "list", "oproep", "oproepen", "aufruf", "aufrufs", "projektaufruf", "projekte", "projekten",
    "project", "projecten", "projects", "scholen", "schulen", "schools", "call",
))  # fmt: skip


@dataclass(frozen=True)
class ListTitles:
    """Read the titles of a list: `own` are the words that may stand in them, `names` those of all calls and programmes
    by what they are called, `years` those of each call, and `school_years` the first and last of the list's own."""

    of: ListOf
    own: frozenset[str]
    names: Mapping[str, str]
    years: Mapping[str, frozenset[str]]
    school_years: tuple[str, str]
    lists_of_names: frozenset[str]
    """What levels, networks, provinces… are called."""

    @classmethod
    def of_list(cls, of: ListOf, form: Form, frames: Mapping[str, pl.DataFrame]) -> ListTitles:
        """Read what calls, programmes, offices and places are called."""
        names: dict[str, str] = {}
        for table, code in (("programmes", "programme"), ("calls", "call")):
            for row in frames[table].iter_rows(named=True):
                shown = [
                    row[code],
                    _IN_SHORT.sub("", row[code]),
                    *(_IN_BRACKETS.sub("", row[f"name_{language}"]) for language in LANGUAGES),
                ]
                names |= {fold(name): row[code] for name in shown}
        lists = frames["codelists"].filter(frames["codelists"]["codelist"].is_in(_LISTS_OF_NAMES))
        of_lists = [name for language in LANGUAGES for name in lists[f"name_{language}"].drop_nulls()]
        texts = [
            *of_lists,
            *(name for name, code in names.items() if code in (of.call, of.programme)),
            *frames["sources"]["publisher"].drop_nulls(),
            *(name for field in form.fields for name in field.names),
            *(translate(text, language) for language in LANGUAGES
              for text in (FICTITIOUS, form.sheet, form.headline, *(field.group for field in form.fields))),
        ]  # fmt: skip
        words = {word for text in texts for word in fold(text).split()}
        years = {
            row["call"]: frozenset(_YEAR.findall(row["call"])) or _years_of(row)
            for row in frames["calls"].iter_rows(named=True)
        }
        own = frozenset(words) | _OF_DAYS | _OF_FILES | _OF_OFFICES | _SMALL
        calls = frames["calls"].rows_by_key("call", named=True, unique=True)
        ends = (str(calls[of.call][end] or "")[:4] if of.call else "" for end in ("valid_from", "valid_to"))
        return cls(of, own, names, years, (next(ends), next(ends)), frozenset(map(fold, of_lists)))

    def doubts(self, lines: Iterable[str], names: Iterable[str] = ()) -> Iterator[Doubt]:
        """Doubt a list by the lines that are its titles, and by names of files, which say more than that."""
        lines, names = [*filter(None, lines)], [*filter(None, names)]
        against = [text for text in lines if self._may_be_against(text)]
        against += [text for text in names if verdict(text) is Selection.NOT_WON or is_pending(text)]
        if against:
            yield (
                LIST_TITLE,
                message("The titles leave open whether these projects won: “{titles}”.",
                        titles=_shown(against, self.own)),
            )  # fmt: skip
        others = [text for text in (*lines, *names) if self.is_of_another(text)]
        if others:
            titles = _shown(others, self.own | self._words_of_names)
            yield (
                CALL_TITLE,
                message("The titles are of another call, programme or year than {call}: “{titles}”. To import it as "
                        "such: {parameter}.", call=self.of.call or self.of.programme, titles=titles,
                        parameter=Parameter("call", "…")),
            )  # fmt: skip

    @staticmethod
    def other_counts(lines: Iterable[str], table: MatchedTable) -> Iterator[Doubt]:
        """Doubt a list whose titles count its projects or schools otherwise than its rows."""
        counts = {int(n) for line in lines for n in _COUNTED.findall(fold(line)) if not _YEAR.fullmatch(n)}
        if counts and counts != {rows := len(rows_of(table))}:
            yield (
                "title-count",
                message("A title counts otherwise than the rows, of which there are {n}.", n=rows),
            )

    @property
    def other_calls(self) -> frozenset[str]:
        """What other calls and programmes are called."""
        return frozenset(
            name for name, code in self.names.items() if code not in (self.of.call, self.of.programme)
        )

    @cached_property
    def _words_of_names(self) -> frozenset[str]:
        return frozenset(word for name in self.names for word in name.split())

    def _may_be_against(self, text: str) -> bool:
        """Tell whether a title is against, or not understood: a name of another call is no unknown word."""
        if says_where(text):
            return False
        is_won = verdict(text) is Selection.WON
        if verdict(text) is Selection.NOT_WON or (is_pending(text) and not is_won):
            return True
        unknown = unknown_words(text, self.own | self._words_of_names)
        return any(communes().code(word) is None for word in unknown)

    def is_of_another(self, text: str) -> bool:
        """Tell whether a text names another call or programme, or a year that is not of this one."""
        folded = f" {fold(text)} "
        named = {code for name, code in self.names.items() if f" {name} " in folded}
        if named - {self.of.call, self.of.programme} and not (self.of.call and self.of.call in named):
            return True
        return bool(self.of.call) and self._has_other_year(folded)

    def _has_other_year(self, folded: str) -> bool:
        own = self.years[self.of.call]
        first, last = min(own, default="0"), str(today().year)
        others = frozenset().union(*(years for call, years in self.years.items() if call != self.of.call))
        right = own | ({str(Period(self.of.known_on).last.year)} - others)
        days = [next(filter(None, day)) for day in _DAY.findall(folded)]
        rest = _DAY.sub(" ", folded)
        pairs = [
            pair for pair in _YEARS.findall(rest) if (int(pair[1][-2:]) - int(pair[0])) % 100 in (1, 2, 3)
        ]
        rest = rest if not pairs else _YEARS.sub(" ", rest)
        return (
            any(not first <= year <= last for year in days)
            or any((start, start[: 4 - len(end)] + end) != self.school_years for start, end in pairs)
            or any(year not in right for year in _YEAR.findall(rest))
        )


def _shown(titles: Iterable[str], known: Collection[str]) -> Apart:
    return Apart(quoted(title, known) for title in dict.fromkeys(titles))


_LISTS_OF_NAMES = ("level", "network", "province", "teaching", "component")


def _years_of(call: Mapping[str, object]) -> frozenset[str]:
    """Give the years of a call whose code has none: those of its school years and its days."""
    days = (call[column] for column in ("valid_from", "valid_to", "opened_on", "closed_on"))
    return frozenset(str(day)[:4] for day in days if day)
