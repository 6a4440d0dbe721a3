"""The optional tables of schools: registers, lists of what each site had, communes, borders, site links.

They live in `data/raw/rows/`, which git ignores, and are written by `ennum import` and `ennum demo`. Where
they are missing, everything works without them. Nothing in them names a person. A site that had several
numbers over time is known by its latest one, to which reviewed links lead (`latest_numbers`).
"""

from __future__ import annotations

from collections.abc import Mapping

from ennum_stats.raw.kinds import AMOUNT, CODE, DAY, DECIMAL, INTEGER, MADE_CODE, PERIOD, PERIOD_END, POINTS
from ennum_stats.raw.schema import RawColumn, RawTable, code, names, optional, table
from ennum_stats.vocabulary import LIST_KINDS

_NOTE = RawColumn("note", description="Anything a reader must know.")
_LIST = code("list", "The list that says so.", "lists")
INVENTED_FROM = 9_000_000
"""Invented schools have numbers from here on; no real FASE number has more than six digits."""


def _rows(name: str, description: str, key: tuple[str, ...], *columns: RawColumn) -> RawTable:
    return table(name, description, key, *columns, folder="rows/", is_optional=True)


SCHOOL_TABLES: tuple[RawTable, ...] = (
    _rows(
        "demonstration", "Marks a project whose schools and lists are all invented.", ("demonstration",),
        code("demonstration", "What was made: `schools`, the number of invented sites."),
        RawColumn("size", INTEGER, required=True, description="How many."),
    ),
    _rows(
        "communes", "Walloon communes, with the codes of 2019 and of 2025.", ("commune",),
        code("commune", "NIS code of 2019, before the merger of Bastogne and Bertogne."),
        *names(),
        code("province", "Its province.", "codelists.province"),
        code("commune_2025", "NIS code since 2025."),
    ),
    _rows(
        "postal_codes", "Postal codes and their communes.", ("postal_code", "commune"),
        code("postal_code", "Postal code."),
        code("commune", "A commune in which it lies (NIS code of 2019).", "communes"),
    ),
    _rows(
        "borders", "Borders of the communes (WGS 84).", ("commune", "part", "ring"),
        code("commune", "NIS code of 2019.", "communes"),
        RawColumn("part", INTEGER, required=True, description="Polygon, from 1."),
        RawColumn("ring", INTEGER, required=True, description="1: the outer ring; then holes."),
        RawColumn("points", POINTS, required=True, description="Longitude latitude, in turn, closed."),
    ),
    _rows(
        "registers", "School registers, each the state of one day.", ("register",),
        code("register", "Key of the register: community and day."),
        code("community", "Whose schools: fwb or german_speaking_community.", "codelists.territory"),
        RawColumn("as_of", PERIOD_END, required=True, description="Day of its state.", is_past=True),
        _NOTE,
    ),
    _rows(
        "implantations", "Sites of schools in Wallonia.", ("register", "implantation"),
        code("register", "The register.", "registers"),
        code("implantation", "Number of the site in that register (FASE)."),
        RawColumn("address", description="Street and number of the site."),
        RawColumn("postal_code", description="Postal code of the site."),
        RawColumn("locality", description="Locality of the site."),
        code("commune", "Commune of the site (NIS code of 2019).", "communes"),
        RawColumn("latitude", DECIMAL, description="WGS 84."),
        RawColumn("longitude", DECIMAL, description="WGS 84."),
    ),
    _rows(
        "etablissements", "Schools: what is on a site, and may be on several.", ("register", "etablissement"),
        code("register", "The register.", "registers"),
        code("etablissement", "Number of the school in that register (FASE)."),
        RawColumn("name", required=True, description="Name of the school."),
        code("network", "Its network.", "codelists.network"),
    ),
    _rows(
        "teaching", "What each school teaches on each site.",
        ("register", "implantation", "etablissement", "teaching"),
        code("register", "The register.", "registers"),
        code("implantation", "The site."),
        code("etablissement", "The school on it."),
        code("teaching", "Type of teaching.", "codelists.teaching"),
        code("level", "Its level.", "codelists.level"),
    ),
    _rows(
        "elsewhere", "Sites of the same registers that are not in Wallonia: told where a list has one.",
        ("implantation",),
        code("implantation", "Number of a site (FASE)."),
        RawColumn("place", required=True, description="Its commune."),
    ),
    _rows(
        "site_links", "Numbers that are the same site over time, as reviewed by a person.", ("implantation",),
        code("implantation", "Former number of a site."),
        code("same_as", "Number under which the same site is known since."),
        RawColumn("reason", required=True, description="Why it is the same site, in a sentence."),
        RawColumn("reviewed_on", PERIOD, required=True, description="Day of the decision.", is_past=True),
    ),
    _rows(
        "lists", "Lists of winners, equipped and connected sites and deliveries that were imported.", ("list",),
        code("list", "Key of the list."),
        RawColumn("kind", CODE, required=True, choices=tuple(LIST_KINDS), description="What it lists."),
        code("programme", "Its programme.", "programmes"),
        optional("call", "calls", "Its call, where it is of one call."),
        RawColumn("known_on", PERIOD_END, required=True, description="Day known from.", is_past=True),
        RawColumn("size", INTEGER, required=True, description="Rows taken from it."),
        RawColumn("replaces", CODE, references="lists", is_later=True,
               description="The earlier list that it corrects, which counts until its day."),
        _NOTE,
    ),
    _rows(
        "participations", "What each site had of a programme or call.", ("list", "participation"),
        RawColumn("participation", MADE_CODE, required=True,
               description="Stable key: call or programme, stage, site, project."),
        _LIST,
        code("programme", "The programme.", "programmes"),
        optional("call", "calls", "The call."),
        code("stage", "Awarded, installed…", "codelists.stage"),
        code("implantation", "The site (FASE)."),
        RawColumn("etablissement", CODE, description="The school (FASE), where the list tells it."),
        RawColumn("project", description="Number of the project, where the list tells it."),
        RawColumn("amount_eur", AMOUNT, description="Amount, in euros."),
        RawColumn("occurred_on", PERIOD, description="Day, month or year, where told.", is_past=True),
    ),
    _rows(
        "deliveries", "Devices delivered to each site.", ("list", "position"),
        _LIST,
        RawColumn("position", INTEGER, required=True, description="Row in the list."),
        optional("call", "calls", "The call."),
        code("lot", "The lot: kind of equipment."),
        code("implantation", "The site (FASE)."),
        RawColumn("quantity", INTEGER, required=True, description="Devices delivered."),
        RawColumn("delivered_on", DAY, required=True, description="Day of the delivery.", is_past=True),
    ),
    _rows(
        "reconciliations",
        "Why a list and a published number differ (names: the explanation), as reviewed by a person.",
        ("reconciliation",),
        code("reconciliation", "Stable key: call or programme, measure."),
        code("measure", "What is compared.", "measures"),
        code("programme", "The programme.", "programmes"),
        optional("call", "calls+call_sets", "The call, or set of calls."),
        RawColumn("listed", DECIMAL, required=True, description="The number of the lists."),
        RawColumn("published", DECIMAL, required=True, description="The published number."),
        RawColumn("takes", CODE, required=True, choices=("list", "published"),
               description="Which of the two is right."),
        *names(),
        RawColumn("reviewed_on", PERIOD, required=True, description="Day of the decision.", is_past=True),
    ),
    _rows(
        "complete_lists",
        "Lists that a person declared complete (names: the reason). It holds for that number of rows.",
        ("programme", "call"),
        code("programme", "The programme.", "programmes"),
        optional("call", "calls", "The call; empty for a programme without calls."),
        RawColumn("rows", INTEGER, required=True,
               description="How many rows its lists had when it was declared (see `ennum lists`)."),
        *names(),
        RawColumn("reviewed_on", PERIOD, required=True, description="Day of the decision.", is_past=True),
    ),
)  # fmt: skip

_DECIDED = (
    RawColumn("decided_on", DAY, required=True, description="Day of the decision.", is_past=True),
    RawColumn("decided_by", required=True, description="Who decided it."),
)
MEMORY_TABLES: tuple[RawTable, ...] = (
    _rows(
        "school_aliases", "Which site a list means by a name of a school that is no name of the register.",
        ("alias",),
        RawColumn("alias", MADE_CODE, required=True, description="Stable key: the spelling, then the place."),
        RawColumn("spelling", required=True, description="How a list writes the school."),
        RawColumn("place", required=True, description="The commune, locality or postal code beside it."),
        code("implantation", "The site that is meant (FASE)."),
        *_DECIDED,
    ),
    _rows(
        "column_titles", "What the titles of columns of a sender mean, where they are its own.", ("column",),
        RawColumn("column", MADE_CODE, required=True, description="Stable key: the sender, the kind, the title."),
        RawColumn("sender", required=True, description="Who sends such lists."),
        RawColumn("kind", CODE, required=True, choices=tuple(LIST_KINDS), description="What it lists."),
        RawColumn("title", required=True, description="The title of a column, as the sender writes it."),
        RawColumn("field", CODE, required=True, description="The field of the form that it means."),
        *_DECIDED,
    ),
)  # fmt: skip
"""What a person decided of lists and wants to be taken so in the next ones; read by imports, and in no store."""


def latest_numbers(links: Mapping[str, str]) -> dict[str, str]:
    """Return for each former number of a site the one at the end of its chain of links."""
    return {number: _latest(number, links) for number in links}


def _latest(number: str, links: Mapping[str, str]) -> str:
    """Return the end of a chain; of a circle, the smallest number in it."""
    chain = [number]
    while chain[-1] in links:
        following = links[chain[-1]]
        if following in chain:
            return min(chain[chain.index(following) :])
        chain.append(following)
    return chain[-1]
