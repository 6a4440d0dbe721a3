"""How a register names its columns, types of teaching and networks: the Federation's, and mapping files.

A mapping file is TOML, for any list of schools in another form (that of the German-speaking Community):

    community = "german_speaking_community"
    [columns]            # field = "title of the column in the file"
    implantation = "Nummer"
    etablissement = "Schulnummer"
    name = "Schule"
    teaching = "Unterrichtsform"
    commune = "Gemeinde"
    [teaching]           # what stands in the file = code of the codelist teaching
    "Primarschule" = "primary_ordinary"
    [network]
    "Gemeinschaftsunterricht" = "german_speaking_community"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from ennum_stats.errors import message
from ennum_stats.imports.foreign import FileRefused
from ennum_stats.imports.names import fold

REQUIRED = ("implantation", "etablissement", "teaching")
LEVELS = {
    "nursery_ordinary": "fundamental_ordinary",
    "primary_ordinary": "fundamental_ordinary",
    "nursery_special": "fundamental_special",
    "primary_special": "fundamental_special",
    "secondary_ordinary": "secondary_ordinary",
    "secondary_special": "secondary_special",
    "cefa": "secondary_ordinary",
    "adult_secondary": "adult_education",
    "adult_cefa": "adult_education",
    "adult_higher": "adult_education",
    "arts_part_time": "arts_part_time",
    "university_college": "higher",
    "arts_college": "higher",
    "university": "higher",
}
"""The level of each type of teaching."""


@dataclass(frozen=True)
class RegisterForm:
    """The form of a register: whose it is, titles of columns by field, and its words for codes."""

    community: str
    columns: dict[str, tuple[str, ...]]
    teaching: dict[str, str]
    network: dict[str, str]
    default_network: str = ""
    by_title: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        titles = {fold(title): key for key, names in self.columns.items() for title in names}
        object.__setattr__(self, "by_title", titles)

    def teaching_code(self, text: str) -> str | None:
        """The code of a type of teaching as the register writes it."""
        return self._code(self.teaching, text)

    def network_code(self, text: str) -> str | None:
        """The code of a network as the register writes it."""
        return self._code(self.network, text) if text else self.default_network or None

    @staticmethod
    def _code(codes: dict[str, str], text: str) -> str | None:
        return {fold(name): code for name, code in codes.items()}.get(fold(text))


FEDERATION = RegisterForm(
    community="fwb",
    columns={
        "etablissement": ("N° FASE de l'établissement",),
        "name": ("Nom de l'établissement",),
        "teaching": ("Type d'enseignement",),
        "network": ("Réseau",),
        "implantation": ("N° FASE de l'implantation",),
        "address": ("Adresse de l'implantation",),
        "postal_code": ("Code postal de l'implantation",),
        "locality": ("Localité de l'implantation",),
        "commune": ("Commune de l'implantation",),
        "latitude": ("Latitude",),
        "longitude": ("Longitude",),
    },
    teaching={
        "Maternel ordinaire": "nursery_ordinary",
        "Primaire ordinaire": "primary_ordinary",
        "Maternel spécialisé": "nursery_special",
        "Primaire spécialisé": "primary_special",
        "Secondaire ordinaire": "secondary_ordinary",
        "Secondaire spécialisé": "secondary_special",
        "Secondaire CEFA": "cefa",
        "Promotion sociale secondaire": "adult_secondary",
        "Promotion sociale CEFA": "adult_cefa",
        "Promotion sociale supérieur": "adult_higher",
        "Artistique à horaire réduit": "arts_part_time",
        "Haute École": "university_college",
        "École supérieure des Arts": "arts_college",
        "Université": "university",
    },
    network={
        "Subventionné communal": "municipal",
        "Subventionné provincial": "provincial",
        "Libre confessionnel": "free_denominational",
        "Libre non confessionnel": "free_non_denominational",
        "WBE": "wbe",
        "COCOF": "official_other",
        "Subventionné officiel (HE)": "official_other",
        "Indéterminé": "undetermined",
    },
)


def read_form(path: Path) -> RegisterForm:
    """The form that a mapping file describes. Raises `FileRefused` with what is wrong in it."""
    try:
        described = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileRefused(
            message("The mapping file cannot be read: {error}", error=str(error)),
            where=path.name,
            remedy=message("It is TOML in UTF-8; the documentation of registers has an example."),
        ) from error
    columns: dict[str, tuple[str, ...]] = {
        key: (str(title),) for key, title in described.get("columns", {}).items()
    }
    teaching = {str(k): str(v) for k, v in described.get("teaching", {}).items()}
    unknown = sorted(
        {*columns} - {*FEDERATION.columns} | {c for c in teaching.values() if c not in LEVELS}
    )
    missing = [key for key in REQUIRED if key not in columns]
    if unknown or missing or not described.get("community"):
        raise FileRefused(
            message("The mapping file is not complete: {names}.",
                    names=", ".join([*missing, *unknown] or ["community"])),
            where=path.name,
            expected=message("Fields: {fields}. Types of teaching: {codes}.",
                             fields=", ".join(FEDERATION.columns), codes=", ".join(LEVELS)),
        )  # fmt: skip
    return RegisterForm(
        str(described["community"]),
        columns,
        teaching,
        {str(k): str(v) for k, v in described.get("network", {}).items()},
        str(described.get("default_network", "")),
    )
