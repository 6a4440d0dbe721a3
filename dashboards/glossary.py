"""The words of these pages and what they mean, each once; and which of them a page uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ennum_stats.errors import Message, message
from ennum_stats.languages import translate
from ennum_stats.typography import fold


@dataclass(frozen=True)
class Term:
    """Hold a word with its meaning; `forms` are beginnings of words by which a page is seen to use it, with
    commas between them, where its name alone would not do."""

    key: str
    name: Message
    meaning: Message
    forms: Message | None = None


TERMS = (
    Term(
        "site",
        message("School site"),
        message(
            "A place where pupils are taught, with an address and a number of its own. It is what "
            "programmes equip and what coverage counts; an educational institution may have several."
        ),
        message("school site"),
    ),
    Term(
        "institution",
        message("Educational institution"),
        message(
            "A school as an organisation, with one head and a FASE number; it has one or more school "
            "sites. Numbers of institutions and of sites are never added or compared."
        ),
    ),
    Term(
        "call",
        message("Call for projects"),
        message(
            "An invitation to schools to hand in a project, with a budget and dates. The calls of "
            "École Numérique are named after their number or year: EN1, EN2, EN3, EN2017 and so on."
        ),
        message("call for projects, calls, EN2"),
    ),
    Term(
        "winner",
        message("Winner"),
        message(
            "A project that a call selected. A school site may win in several calls: so there are "
            "fewer sites with a project than projects."
        ),
        message("winner, projects awarded"),
    ),
    Term(
        "programme",
        message("Programme"),
        message(
            "A measure of the Walloon Region for the digital equipment of schools: Cyberécole, "
            "Cyberclasse, École Numérique, connectivity. A plan announces several measures; it is no "
            "programme, and no total counts it."
        ),
    ),
    Term(
        "stages",
        message("Announced, awarded, spent"),
        message(
            "Three stages of an amount: a plan or minister announces it, a decision awards it, an "
            "invoice or account shows that it was spent. Amounts of different stages are not compared"
            " with each other."
        ),
        message("announced, awarded, spent"),
    ),
    Term(
        "nominal",
        message("Current prices (nominal)"),
        message(
            "Amounts as they were printed, in the money of their year. Prices have risen since: a "
            "euro of 2001 bought more than one of today. Amounts in francs are converted at the fixed"
            " rate, 40.3399 francs to the euro."
        ),
        message("current prices, nominal"),
    ),
    Term(
        "real",
        message("Euros of one year (real)"),
        message(
            "Amounts of several years brought to the prices of one by the Belgian consumer price "
            "index, so that what they could buy is compared."
        ),
        message("euros of 20, real terms"),
    ),
    Term(
        "coverage",
        message("Coverage"),
        message(
            "The share of the school sites that had at least one project or that a programme reached."
            " Where lists are missing it is only known between two bounds."
        ),
        message("coverage, share of the school sites"),
    ),
    Term(
        "register",
        message("Register of schools"),
        message(
            "The official list of all school sites on a day, with their levels, networks and "
            "communes. Counts by place use the last one known."
        ),
        message("register"),
    ),
    Term(
        "network",
        message("Network"),
        message(
            "Who organises a school: communes, provinces, Wallonie-Bruxelles Enseignement, or a free "
            "organising body, denominational or not."
        ),
        message("network"),
    ),
    Term(
        "adult_education",
        message("Adult education (promotion sociale)"),
        message(
            "Courses for adults, often in the evening. Some documents count its sites, others "
            "compulsory education only: each number says which."
        ),
        message("adult education, promotion sociale"),
    ),
    Term(
        "known",
        message("As known on"),
        message(
            "The day to which the clock is turned: only what had been published by then is shown. The"
            " same number may have been different on an earlier day, and each address can keep its "
            "day."
        ),
    ),
    Term(
        "bounds",
        message("Bounds"),
        message(
            "The least and the most that a number can be by what is known. “Between 120 and 180” "
            "means that the truth lies there, and not that the middle is the best guess."
        ),
        message("bounds, between"),
    ),
    Term(
        "about",
        message("About, nearly, more than"),
        message(
            "Words of a document that give a number its precision. What each is taken to mean stands "
            "in the method. “Some” is ours: a number that is known better, rounded for reading."
        ),
        message("about, nearly, more than"),
    ),
    Term(
        "missing",
        message("Not known, not yet known, not applicable"),
        message(
            "Why there is no number: no document tells it, none told it yet on that day, or it cannot exist. "
            "None of these is zero."
        ),
        message("not known, not yet known, not applicable"),
    ),
    Term(
        "contradiction",
        message("Contradiction"),
        message(
            "Two documents that say of the same thing what cannot both be true. The number of the "
            "better document is taken; the other is shown beside it."
        ),
        message("contradiction, disagree"),
    ),
    Term(
        "revision",
        message("Correction, update"),
        message(
            "A correction mends a mistake, in a document or in reading it. An update comes "
            "from a newer document, and confesses no mistake."
        ),
        message("correction, updated"),
    ),
    Term(
        "points",
        message("Percentage point"),
        message(
            "The difference of two shares: from 40 % to 44 % is 4 percentage points more, and a tenth more."
        ),
    ),
)
"""In the order in which they are told: what is counted, money, how sure it is."""


def terms_in(texts: Iterable[str], language: str) -> list[Term]:
    """List the terms that texts use."""
    shown = f" {fold(' '.join(texts))}"
    return [item for item in TERMS if _pattern(translate(item.forms or item.name, language)).search(shown)]


@cache
def _pattern(forms: str) -> re.Pattern[str]:
    """Tell what finds any of these beginnings of words."""
    return re.compile("|".join(f" {re.escape(fold(item))}" for item in forms.split(",")))
