"""The optional tables of schools: registers, lists of what each site had, communes, borders, site links.

They live in `data/raw/rows/`, which git ignores, and are written by `ennum import` and `ennum demo`. Where
they are missing, everything works without them. Nothing in them names a person. A site that had several
numbers over time is known by its latest one, to which reviewed links lead (`latest_numbers`).
"""

from __future__ import annotations

from collections.abc import Mapping

from ennum_stats.raw.kinds import AMOUNT, CODE, DAY, DECIMAL, INTEGER, MADE_CODE, PERIOD, PERIOD_END, POINTS
from ennum_stats.raw.schema import RawColumn, RawTable, code, names, optional
from ennum_stats.vocabulary import LIST_KINDS

_NOTE = RawColumn("note", description="Anything a reader must know.")
_LIST = code("list", "The list that says so.", "lists")
INVENTED_FROM = 9_000_000
"""Invented schools have numbers from here on; no real FASE number has more than six digits."""

SCHOOL_TABLES: tuple[RawTable, ...] = (
    RawTable(
        "demonstration", "rows/demonstration.csv",
        (
            code("demonstration", "What was made: `schools`, the number of invented sites."),
            RawColumn("size", INTEGER, required=True, description="How many."),
        ),
        ("demonstration",), "Marks a project whose schools and lists are all invented.",
        is_optional=True,
    ),
    RawTable(
        "communes", "rows/communes.csv",
        (
            code("commune", "NIS code of 2019, before the merger of Bastogne and Bertogne."),
            *names(),
            code("province", "Its province.", "codelists.province"),
            code("commune_2025", "NIS code since 2025."),
        ),
        ("commune",), "Walloon communes, with the codes of 2019 and of 2025.",
        is_optional=True,
    ),
    RawTable(
        "postal_codes", "rows/postal_codes.csv",
        (
            code("postal_code", "Postal code."),
            code("commune", "A commune in which it lies (NIS code of 2019).", "communes"),
        ),
        ("postal_code", "commune"), "Postal codes and their communes.",
        is_optional=True,
    ),
    RawTable(
        "borders", "rows/borders.csv",
        (
            code("commune", "NIS code of 2019.", "communes"),
            RawColumn("part", INTEGER, required=True, description="Polygon, from 1."),
            RawColumn("ring", INTEGER, required=True, description="1: the outer ring; then holes."),
            RawColumn("points", POINTS, required=True, description="Longitude latitude, in turn, closed."),
        ),
        ("commune", "part", "ring"), "Borders of the communes (WGS 84).",
        is_optional=True,
    ),
    RawTable(
        "registers", "rows/registers.csv",
        (
            code("register", "Key of the register: community and day."),
            code("community", "Whose schools: fwb or german_speaking_community.", "codelists.territory"),
            RawColumn("as_of", PERIOD_END, required=True, description="Day of its state.", is_past=True),
            _NOTE,
        ),
        ("register",), "School registers, each the state of one day.",
        is_optional=True,
    ),
    RawTable(
        "implantations", "rows/implantations.csv",
        (
            code("register", "The register.", "registers"),
            code("implantation", "Number of the site in that register (FASE)."),
            RawColumn("address", description="Street and number of the site."),
            RawColumn("postal_code", description="Postal code of the site."),
            RawColumn("locality", description="Locality of the site."),
            code("commune", "Commune of the site (NIS code of 2019).", "communes"),
            RawColumn("latitude", DECIMAL, description="WGS 84."),
            RawColumn("longitude", DECIMAL, description="WGS 84."),
        ),
        ("register", "implantation"), "Sites of schools in Wallonia.",
        is_optional=True,
    ),
    RawTable(
        "etablissements", "rows/etablissements.csv",
        (
            code("register", "The register.", "registers"),
            code("etablissement", "Number of the school in that register (FASE)."),
            RawColumn("name", required=True, description="Name of the school."),
            code("network", "Its network.", "codelists.network"),
        ),
        ("register", "etablissement"), "Schools: what is on a site, and may be on several.",
        is_optional=True,
    ),
    RawTable(
        "teaching", "rows/teaching.csv",
        (
            code("register", "The register.", "registers"),
            code("implantation", "The site."),
            code("etablissement", "The school on it."),
            code("teaching", "Type of teaching.", "codelists.teaching"),
            code("level", "Its level.", "codelists.level"),
        ),
        ("register", "implantation", "etablissement", "teaching"),
        "What each school teaches on each site.",
        is_optional=True,
    ),
    RawTable(
        "elsewhere", "rows/elsewhere.csv",
        (
            code("implantation", "Number of a site (FASE)."),
            RawColumn("place", required=True, description="Its commune."),
        ),
        ("implantation",), "Sites of the same registers that are not in Wallonia: told where a list has one.",
        is_optional=True,
    ),
    RawTable(
        "site_links", "rows/site_links.csv",
        (
            code("implantation", "Former number of a site."),
            code("same_as", "Number under which the same site is known since."),
            RawColumn("reason", required=True, description="Why it is the same site, in a sentence."),
            RawColumn("reviewed_on", PERIOD, required=True, description="Day of the decision.", is_past=True),
        ),
        ("implantation",), "Numbers that are the same site over time, as reviewed by a person.",
        is_optional=True,
    ),
    RawTable(
        "lists", "rows/lists.csv",
        (
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
        ("list",), "Lists of winners, equipped and connected sites and deliveries that were imported.",
        is_optional=True,
    ),
    RawTable(
        "participations", "rows/participations.csv",
        (
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
        ("list", "participation"), "What each site had of a programme or call.",
        is_optional=True,
    ),
    RawTable(
        "deliveries", "rows/deliveries.csv",
        (
            _LIST,
            RawColumn("position", INTEGER, required=True, description="Row in the list."),
            optional("call", "calls", "The call."),
            code("lot", "The lot: kind of equipment."),
            code("implantation", "The site (FASE)."),
            RawColumn("quantity", INTEGER, required=True, description="Devices delivered."),
            RawColumn("delivered_on", DAY, required=True, description="Day of the delivery.", is_past=True),
        ),
        ("list", "position"), "Devices delivered to each site.",
        is_optional=True,
    ),
    RawTable(
        "reconciliations", "rows/reconciliations.csv",
        (
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
        ("reconciliation",),
        "Why a list and a published number differ (names: the explanation), as reviewed by a person.",
        is_optional=True,
    ),
    RawTable(
        "complete_lists", "rows/complete_lists.csv",
        (
            code("programme", "The programme.", "programmes"),
            optional("call", "calls", "The call; empty for a programme without calls."),
            RawColumn("rows", INTEGER, required=True,
                   description="How many rows its lists had when it was declared (see `ennum lists`)."),
            *names(),
            RawColumn("reviewed_on", PERIOD, required=True, description="Day of the decision.", is_past=True),
        ),
        ("programme", "call"),
        "Lists that a person declared complete (names: the reason). It holds for that number of rows.",
        is_optional=True,
    ),
)  # fmt: skip

_DECIDED = (
    RawColumn("decided_on", DAY, required=True, description="Day of the decision.", is_past=True),
    RawColumn("decided_by", required=True, description="Who decided it."),
)
MEMORY_TABLES: tuple[RawTable, ...] = (
    RawTable(
        "school_aliases", "rows/school_aliases.csv",
        (
            RawColumn("alias", MADE_CODE, required=True, description="Stable key: the spelling, then the place."),
            RawColumn("spelling", required=True, description="How a list writes the school."),
            RawColumn("place", required=True, description="The commune, locality or postal code beside it."),
            code("implantation", "The site that is meant (FASE)."),
            *_DECIDED,
        ),
        ("alias",), "Which site a list means by a name of a school that is no name of the register.",
        is_optional=True,
    ),
    RawTable(
        "column_titles", "rows/column_titles.csv",
        (
            RawColumn("column", MADE_CODE, required=True, description="Stable key: the sender, the kind, the title."),
            RawColumn("sender", required=True, description="Who sends such lists."),
            RawColumn("kind", CODE, required=True, choices=tuple(LIST_KINDS), description="What it lists."),
            RawColumn("title", required=True, description="The title of a column, as the sender writes it."),
            RawColumn("field", CODE, required=True, description="The field of the form that it means."),
            *_DECIDED,
        ),
        ("column",), "What the titles of columns of a sender mean, where they are its own.",
        is_optional=True,
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
