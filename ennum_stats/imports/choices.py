"""The drop-down lists of the forms: a name that a person understands, and the code behind it.

Most come from the project's own tables, so that a new programme or call is in the next form by itself.
The names of what no table names (units, precisions, kinds of source) stand here, in French, as the forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl
from rapidfuzz import process

from ennum_stats.imports.header import fold
from ennum_stats.languages import translate
from ennum_stats.quantities import Precision, Reason
from ennum_stats.vocabulary import MEASURES
from ennum_stats.wording import missing_words

PRECISIONS = {
    Precision.EXACT: "exact",
    Precision.ROUNDED: "arrondi",
    Precision.ABOUT: "environ",
    Precision.NEARLY: "près de",
    Precision.MORE_THAN: "plus de",
    Precision.LESS_THAN: "moins de",
    Precision.AT_LEAST: "au moins",
    Precision.AT_MOST: "au plus",
    Precision.RANGE: "entre … et …",
}
SOURCE_KINDS = {
    "official": "officiel",
    "parliament_answer": "réponse au Parlement",
    "press": "presse",
    "parliament_question": "question au Parlement",
    "political": "politique",
}
TITLE_LANGUAGES = {"fr": "français", "de": "allemand", "nl": "néerlandais", "en": "anglais"}
STATUSES = {
    "A": "normal",
    "E": "estimé",
    "P": "provisoire",
    "F": "prévision",
    "B": "rupture de série",
    "U": "peu fiable",
}
STEPS = {
    "0.01": "0,01", "0.1": "0,1", "1": "1 (unité)", "5": "5", "10": "10 (dizaine)",
    "100": "100 (centaine)", "1000": "1 000 (millier)", "10000": "10 000",
    "100000": "100 000 (dixième de million)", "1000000": "1 000 000 (million)",
    "10000000": "10 000 000", "100000000": "100 000 000", "1000000000": "1 000 000 000 (milliard)",
}  # fmt: skip
UNIT_NAMES = {
    "EUR": "euros",
    "BEF": "francs belges",
    "projects": "projets",
    "implantations": "implantations (sites)",
    "etablissements": "établissements",
    "schools": "écoles (sans autre précision)",
    "sites": "sites",
    "persons": "personnes",
    "pupils": "élèves",
    "teachers": "enseignants",
    "devices": "appareils",
    "servers": "serveurs",
    "lots": "lots",
    "types": "types",
    "aims": "objectifs",
    "sessions": "séances",
    "years": "années",
    "points": "points",
    "rooms": "locaux",
    "files": "dossiers",
    "networks": "réseaux Wi-Fi",
    "teams": "équipes",
    "spaces": "espaces publics numériques",
    "winners": "lauréats",
    "beneficiaries": "bénéficiaires",
    "hours": "heures",
    "deliveries": "livraisons",
    "participations": "participations",
    "percent": "pour cent (%)",
    "share": "part (entre 0 et 1)",
    "EUR/project": "euros par projet",
    "EUR/implantation": "euros par implantation",
    "pupils/computer": "élèves par ordinateur",
    "per_100_pupils": "par 100 élèves",
    "per_1000_sites": "pour 1 000 implantations",
}
EXAMPLE = "exemple"
_CODELISTS = ("territory", "level", "network", "province", "component", "stage", "counted")
_NEAREST = 3


@dataclass(frozen=True)
class Choice:
    """An entry of a list. `shown` stands in the list; the code and the bare name are read as well."""

    code: str
    name: str
    has_code: bool = True

    @property
    def shown(self) -> str:
        """As in the list: with its code where names could be alike."""
        return f"{self.name} [{self.code}]" if self.has_code else self.name


@dataclass(frozen=True)
class Choices:
    """All lists by name."""

    lists: dict[str, tuple[Choice, ...]]

    def code(self, name: str, text: str) -> str | None:
        """The code that a text of a list stands for; nothing where it is none, or not only one."""
        found = self._codes[name].get(fold(text), set())
        return next(iter(found)) if len(found) == 1 else None

    def shown(self, name: str, code: str) -> str:
        """How a code stands in its list; the code itself where it is in none."""
        return next((c.shown for c in self.lists[name] if c.code == code), code)

    def nearest(self, name: str, text: str) -> list[str]:
        """The entries that come nearest to a text."""
        shown = [choice.shown for choice in self.lists[name]]
        found = process.extract(text, shown, limit=_NEAREST, processor=fold)
        return [entry for entry, _, _ in found]

    @cached_property
    def _codes(self) -> dict[str, dict[str, set[str]]]:
        result: dict[str, dict[str, set[str]]] = {}
        for name, entries in self.lists.items():
            codes = result.setdefault(name, {})
            for entry in entries:
                for text in (entry.shown, entry.code, entry.name):
                    codes.setdefault(fold(text), set()).add(entry.code)
        return result


def choices_of(frames: dict[str, pl.DataFrame]) -> Choices:
    """The lists of a project, from its raw tables (frames of strings or typed)."""
    lists = {
        "example": (Choice(EXAMPLE, EXAMPLE, has_code=False),),
        "programme": _named(frames["programmes"], "programme"),
        "call": (*_named(frames["calls"], "call"), *_named(frames["call_sets"], "call_set")),
        "measure": tuple(Choice(m.name, translate(m.meaning, "fr")) for m in MEASURES.values()),
        "source": tuple(
            Choice(code, code, has_code=False) for code in frames["sources"]["source_id"].to_list()
        ),
        "unit": tuple(Choice(code, name) for code, name in UNIT_NAMES.items()),
        "missing_reason": tuple(
            Choice(reason.value, missing_words(reason, "fr"), has_code=False) for reason in Reason
        ),
        "precision": _fixed({code.value: name for code, name in PRECISIONS.items()}),
        "source_kind": _fixed(SOURCE_KINDS),
        "language": _fixed(TITLE_LANGUAGES),
        "status": _fixed(STATUSES),
        "step": _fixed(STEPS),
    }
    codelists = frames["codelists"]
    for name in _CODELISTS:
        lists[name] = _named(codelists.filter(pl.col("codelist") == name), "code")
    return Choices(lists)


def _named(frame: pl.DataFrame, code: str, name: str = "name_fr") -> tuple[Choice, ...]:
    return tuple(Choice(*row) for row in frame.select(code, name).rows())


def _fixed(names: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code, name, has_code=False) for code, name in names.items())
