"""Rows of lists made of a register: as lists honestly write them, altered, and with columns that slipped."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ennum_stats.imports.schools.contradictions import SiteDescription
from ennum_stats.imports.schools.names import SchoolName, school_name
from ennum_stats.imports.schools.sites import School, Site, SiteRegister
from ennum_stats.raw.communes import communes

_ABBREVIATED = (
    (r"\bSaint\b", "St"), (r"\bSainte\b", "Ste"), (r"\bSAINT\b", "ST"), (r"\bfondamentale\b", "fond."),
    (r"\bcommunale\b", "comm."), (r"\b[EÉ]cole\b", "Ec."), (r"\bInstitut\b", "Inst."),
    (r"\bINSTITUT\b", "INST."), (r"\bprimaire\b", "prim."), (r"\bNotre-Dame\b", "N.-D."),
    (r"\b(?:Athénée royal|ATHENEE ROYAL)\b", "A.R."), (r"\bCollège\b", "Coll."), (r"\bRue\b", "R."),
    (r"\bAvenue\b", "Av."), (r"\bPlace\b", "Pl."), (r"\bChaussée\b", "Ch."), (r"\bBoulevard\b", "Bd"),
)  # fmt: skip


def abbreviated(text: str) -> str:
    """Write a name or an address with the abbreviations of lists."""
    for long, short in _ABBREVIATED:
        text = re.sub(long, short, text)
    return text


def without_accents(text: str) -> str:
    """Write a text without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def in_another_order(text: str) -> str:
    """Write the words of a kind behind those of a name: "Saint-Joseph (Ecole fondamentale libre)"."""
    words, own = text.split(), school_name(text).own
    cut = next((n for n, word in enumerate(words) if n and school_name(word).own & own), 0)
    return f"{' '.join(words[cut:])} ({' '.join(words[:cut])})" if cut else text


def abbreviated_without_accents(text: str) -> str:
    """Write a text in capitals, without accents, with abbreviations."""
    return without_accents(abbreviated(text)).upper()


RESPELLINGS: dict[str, Callable[[str], str]] = {
    "telle quelle": str,
    "en capitales": str.upper,
    "sans accents": without_accents,
    "abrégée": abbreviated,
    "ordre des mots": in_another_order,
    "capitales, sans accents, abrégée": abbreviated_without_accents,
}


@dataclass(frozen=True)
class Row:
    """A row of a list, and the site of which it was made."""

    given: SiteDescription
    site: Site


def described(site: Site, name: str, columns: Sequence[str]) -> SiteDescription:
    """Say of a site what a list with these columns says."""
    places = {one.commune: one.name_fr for one in communes().walloon}
    said = {
        "school": name, "address": site.address, "postal_code": site.postal_code,
        "commune": places[site.commune], "implantation": site.implantation,
    }  # fmt: skip
    told = {column: said[column] for column in columns if column in said}
    return replace(SiteDescription(**told), **({"commune": site.locality} if "locality" in columns else {}))


COLUMNS: dict[str, tuple[str, ...]] = {
    "nom, commune": ("school", "commune"),
    "nom, localité": ("school", "locality"),
    "nom, adresse, code postal, commune": ("school", "address", "postal_code", "commune"),
}
BESIDE_NUMBER: dict[str, tuple[str, ...]] = {
    f"numéro, {told}": ("implantation", *columns)
    for told, columns in {"nom": ("school",), "adresse": ("address",), **COLUMNS}.items()
}


# --- names that are those of no school of the place -----------------------------------------------------


def another_number(name: str, random_: random.Random, _: Sequence[str]) -> str:
    """Change a number, or give one to a name that has none."""
    found = list(re.finditer(r"\d+", name))
    if not found:
        return f"{name} {random_.randint(2, 9)}"
    one = random_.choice(found)
    number = random_.choice([n for n in range(1, 20) if n != int(one[0])])
    return f"{name[: one.start()]}{number}{name[one.end() :]}"


def another_letter(name: str, random_: random.Random, _: Sequence[str]) -> str:
    """Change a single letter, or one letter of a word of its own."""
    found = [m for m in re.finditer(r"(?<![\w'’.])[A-Z](?![\w'’.])", name) if m[0] not in "ADLYIVX"]
    if not found:
        own = school_name(name).own
        words = [m for m in re.finditer(r"[^\W\d_]{4,}", name) if school_name(m[0]).own & own]
        if not words:
            return f"{name} {random_.choice('BCEFGH')}"
        word = random_.choice(words)
        place = word.start() + random_.randrange(1, len(word[0]))
    else:
        place = random_.choice(found).start()
    letter = random_.choice([c for c in "bcefghkmnoprstu" if c != name[place].lower()])
    return name[:place] + (letter.upper() if name[place].isupper() else letter) + name[place + 1 :]


def another_saint(name: str, random_: random.Random, saints: Sequence[str]) -> str:
    """Put another saint in the place of one, or a saint behind a name without."""
    found = re.search(r"\b(?:saint|sainte)[- ][^\W\d_]+(?:-[^\W\d_]+)*", name, re.IGNORECASE)
    saint = random_.choice(saints)
    return f"{name[: found.start()]}{saint}{name[found.end() :]}" if found else f"{name} {saint}"


ALTERATIONS: dict[str, Callable[[str, random.Random, Sequence[str]], str]] = {
    "un autre numéro": another_number,
    "une autre lettre": another_letter,
    "un autre saint": another_saint,
}


def saints_of(register: SiteRegister) -> list[str]:
    """List the saints after whom schools are named."""
    found = {
        f"Saint-{match[1].title()}"
        for site in register.sites.values()
        for school in site.schools
        for match in re.finditer(r"\bsainte?[- ]([^\W\d_]{3,})", school.name, re.IGNORECASE)
    }
    return sorted(found)


def altered(
    register: SiteRegister, kind: str, columns: Sequence[str], count: int, random_: random.Random
) -> Iterator[Row]:
    """Draw rows whose name is altered; those that are then the name of another school of the commune are
    drawn again, because they mean that one."""
    saints = saints_of(register)
    names = (
        (site, ALTERATIONS[kind](school.name, random_, saints)) for site, school in _draws(register, random_)
    )
    return islice(
        (
            Row(described(site, name, columns), site)
            for site, name in names
            if not _is_in_commune(school_name(name), site.commune, register)
        ),
        count,
    )


def _is_in_commune(name: SchoolName, commune: str, register: SiteRegister) -> bool:
    there = register.in_commune[commune]
    return any(name.is_same(one, place.place_words) for place in there for one in place.names)


def absent(
    register: SiteRegister, columns: Sequence[str], count: int, random_: random.Random
) -> tuple[SiteRegister, list[Row]]:
    """Draw schools, and give a register without them, and the rows that still name them; not those whose
    name and house another school has, because nothing that a list says tells these two apart."""
    alone = (
        (site, school)
        for site, school in _draws(register, random_)
        if sum(school_name(school.name) in one.names for one in register.neighbours(site)) == 1
    )
    drawn = list(islice(alone, count))
    gone = {school.etablissement for _, school in drawn}
    left = {
        number: replace(site, schools=tuple(one for one in site.schools if one.etablissement not in gone))
        for number, site in register.sites.items()
    }
    without = replace(register, sites={n: site for n, site in left.items() if site.schools})
    return without, [Row(described(site, school.name, columns), site) for site, school in drawn]


def respelt(
    register: SiteRegister, respelling: str, columns: Sequence[str], count: int, random_: random.Random
) -> Iterator[Row]:
    """Draw rows that mean their site, in another spelling; words change their order in names alone."""
    spell = RESPELLINGS[respelling]
    for site, school in islice(_draws(register, random_), count):
        given = described(site, spell(school.name), columns)
        if spell is not in_another_order:
            given = replace(given, address=spell(given.address), commune=spell(given.commune))
        yield Row(given, site)


def _draws(register: SiteRegister, random_: random.Random) -> Iterator[tuple[Site, School]]:
    """Draw sites and one of their schools, without end."""
    sites = [site for site in register.sites.values() if site.schools]
    while True:
        site = random_.choice(sites)
        yield site, random_.choice(site.schools)


def slipped(rows: Sequence[SiteDescription]) -> list[SiteDescription]:
    """Move the numbers of rows by one, as where a cell was left out of their column."""
    numbers = [row.implantation for row in rows]
    return [
        replace(row, implantation=number) for row, number in zip(rows, numbers[1:] + numbers[:1], strict=True)
    ]


def sorted_alone(
    register: SiteRegister, columns: Sequence[str], size: int, random_: random.Random
) -> Iterator[list[Row]]:
    """Make a list of each commune with as many sites, its numbers sorted on their own; the rows that keep
    their number are left out."""
    for _, there in sorted(register.in_commune.items()):
        sites = [site for site in there if site.schools]
        if len(sites) < size:
            continue
        drawn = random_.sample(sites, size)
        numbers = sorted((site.implantation for site in drawn), key=int)
        rows = [described(site, random_.choice(site.schools).name, columns) for site in drawn]
        yield [
            Row(replace(given, implantation=number), site)
            for given, site, number in zip(rows, drawn, numbers, strict=True)
            if number != site.implantation
        ]
