"""Draw what is counted site by site: how often sites won, and projects by province and network."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ennum_stats.charts.spec import Chart, ChartDraft, ChartOptions, Mark, value_table
from ennum_stats.errors import Message, message
from ennum_stats.languages import listed, plural, translate, translate_plural
from ennum_stats.measures.calls import ECOLE_NUMERIQUE, call_range
from ennum_stats.measures.coverage.site_counts import (
    SiteCoverage,
    SiteWinners,
    coverage_by_rows,
    winners_by_rows,
)
from ennum_stats.quantities import Quantity
from ennum_stats.store.answers import Answer, Known, sum_of
from ennum_stats.store.ledger import Ledger
from ennum_stats.table import ValueTable
from ennum_stats.typography import NBSP, first_capital
from ennum_stats.vocabulary import NOT_IN_REGISTER
from ennum_stats.wording import number, words

REPEATS_TITLE = message("{several} had several projects of École Numérique; {none} had none")
REPEATS_TITLE_ONCE = message("{once} had a project of École Numérique; {none} had none")
REPEATS_SUBTITLE = message(
    "School sites of Wallonia by number of projects, calls {calls}, adult education included"
)
PROJECTS_A_SITE = plural("{n} project", "{n} projects")
NO_PROJECT = message("no project")
OR_MORE = message("{n} projects or more")
PROJECTS_OF_A_SITE = message("Projects of a site")
SITES, SHARE = message("School sites"), message("Share of the sites")
PROVINCE_TITLE = message("Per 1,000 school sites: {most} projects in the {first}, {least} in the {last}")
PROVINCE_ALONE = message("{most} projects per 1,000 school sites in the {first}")
NETWORK_TITLE = message("{first}: {most} projects per 1,000 school sites; {last}: {least}")
NETWORK_ALONE = message("{first}: {most} projects per 1,000 school sites")
BY_SUBTITLE = message("Projects of École Numérique per 1,000 school sites, rounded; adult education included")
OF_SITES = message("{projects}, {sites}")
RATE = message("Projects per 1,000 sites")
PROJECTS = message("Projects")
PROVINCE, NETWORK = message("Province"), message("Network")
SEVERAL_NETWORKS = message("A site of several networks counts in each.")
SMALL = message("Fewer than {n} sites: {parts}.")
OUTSIDE = plural(
    "{n} site of the lists is not in the register any more, and is not counted.",
    "{n} sites of the lists are not in the register any more, and are not counted.",
)
LAST_COLUMN = 4
"""Sites with this number of projects or more share one column."""
_FEW = 30
"""With fewer sites a rate says little: a note names them, and no title does."""


def repeat_winners(ledger: Ledger, language: str, _: ChartOptions) -> Chart:
    """Draw school sites by the number of their projects; nothing where lists are not complete, in which any
    site may have more."""
    rows = [
        row
        for row in coverage_by_rows(ledger, "repeats").rows
        if isinstance(row.sites, Known) and not row.incomplete
    ]
    groups = _repeats(rows)
    first = rows[0] if rows else None
    calls = call_range(ledger, (first.calls_covered if first else None) or (), language)
    return ChartDraft(
        kind="columns",
        title=_repeats_title(groups, language),
        subtitle=translate(REPEATS_SUBTITLE if rows else SITES, language, calls=calls) + ".",
        marks=[_repeat(n, answer, language) for n, answer in groups.items()],
        evidence=list(groups.values()),
        unit="implantations",
        label_heading=translate(PROJECTS_OF_A_SITE, language),
        value_heading=translate(SITES, language),
        table=_repeats_table(groups, language),
        lists=(first.lists if first else None) or (),
        registers=(first.registers if first else None) or (),
    ).completed(ledger, language)


def _repeats(rows: Sequence[SiteCoverage]) -> dict[int, Answer]:
    """Sum sites by number of projects: one group for each number, and one for the last column and above."""
    answers: dict[int, list[Answer]] = {}
    for row in rows:
        answers.setdefault(min(int(row.part or 0), LAST_COLUMN), []).append(row.sites)
    if not answers:
        return {}
    nothing = Known(Quantity.exact(0, "implantations"))
    return {n: sum_of(answers.get(n, [nothing])) for n in range(max(answers) + 1)}


def _how_often(n: int, language: str) -> str:
    if n == 0:
        return translate(NO_PROJECT, language)
    if n == LAST_COLUMN:
        return translate(OR_MORE, language, n=n).replace(" ", NBSP, 1)
    return translate_plural(*PROJECTS_A_SITE, n, language)


def _repeat(n: int, answer: Answer, language: str) -> Mark:
    quantity = answer.quantity
    assert quantity is not None
    return Mark(
        label=_how_often(n, language),
        quantity=quantity,
        text=words(quantity, language, style="text", noun=False),
        words=answer.words(language),
        colour=ECOLE_NUMERIQUE if n else "neutral",
        state="reached" if n else "rest",
    )


def _repeats_title(groups: dict[int, Answer], language: str) -> str:
    if not groups:
        return ""
    none, once = (_answer_words(groups.get(0), language, noun=False), _answer_words(groups.get(1), language))
    if max(groups) < 2:
        return first_capital(translate(REPEATS_TITLE_ONCE, language, once=once, none=none))
    several = _answer_words(sum_of(answer for n, answer in groups.items() if n > 1), language)
    return first_capital(translate(REPEATS_TITLE, language, several=several, none=none))


def _answer_words(answer: Answer | None, language: str, *, noun: bool = True) -> str:
    known = answer or Known(Quantity.exact(0, "implantations"))
    assert isinstance(known, Known)
    return words(known.quantity, language, style="text", noun=noun)


def _repeats_table(groups: dict[int, Answer], language: str) -> ValueTable:
    whole = sum((_value(answer) for answer in groups.values()), Decimal(0))
    rows = tuple(
        (_how_often(n, language), _value(answer), _value(answer) / (whole or 1))
        for n, answer in groups.items()
    )
    headings = ((PROJECTS_OF_A_SITE, None), (SITES, "implantations"), (SHARE, "share"))
    return value_table(headings, rows, language)


def _value(answer: Answer) -> Decimal:
    quantity = answer.quantity
    return quantity.value if quantity and quantity.value is not None else Decimal(0)


# --- by province and network --------------------------------------------------------------------------


def winners_by_province(ledger: Ledger, language: str, _: ChartOptions) -> Chart:
    """Draw projects per 1,000 sites of each province, where the lists are complete."""
    return _winners_by(ledger, language, "province", PROVINCE, (PROVINCE_TITLE, PROVINCE_ALONE))


def winners_by_network(ledger: Ledger, language: str, _: ChartOptions) -> Chart:
    """Draw projects per 1,000 sites of each network, where the lists are complete."""
    return _winners_by(ledger, language, "network", NETWORK, (NETWORK_TITLE, NETWORK_ALONE))


def _winners_by(
    ledger: Ledger, language: str, by: str, heading: Message, titles: tuple[Message, Message]
) -> Chart:
    all_rows = [row for row in winners_by_rows(ledger, by).rows if not row.incomplete]
    rows = [row for row in all_rows if isinstance(row.projects_per_1000_sites, Known)]
    rows.sort(key=lambda row: (-_value(row.projects_per_1000_sites), row.part))
    names = [first_capital(ledger.name(f"codelists.{by}", str(row.part), language)) for row in rows]
    first = rows[0] if rows else None
    return ChartDraft(
        kind="bars",
        title=_by_title(ledger, rows, by, titles, language),
        subtitle=translate(BY_SUBTITLE, language) + ".",
        marks=[_part(row, name, language) for row, name in zip(rows, names, strict=True)],
        evidence=[row.projects_per_1000_sites for row in rows],
        unit="per_1000_sites",
        label_heading=translate(heading, language),
        value_heading=translate(RATE, language),
        notes=_by_notes(all_rows, rows, names, by, language),
        table=_by_table(rows, names, heading, language),
        lists=(first.lists if first else None) or (),
        registers=(first.registers if first else None) or (),
    ).completed(ledger, language)


def _rate(row: SiteWinners, language: str) -> str:
    """Write whole projects per 1,000 sites: the subtitle says what is divided."""
    return number(_value(row.projects_per_1000_sites), language, 0)


def _part(row: SiteWinners, name: str, language: str) -> Mark:
    counts = {"projects": row.projects.words(language), "sites": row.universe_sites.words(language)}
    return Mark(
        label=name,
        detail=translate(OF_SITES, language, **counts),
        quantity=row.projects_per_1000_sites.quantity,
        text=_rate(row, language),
        words=_rate(row, language),
        colour=ECOLE_NUMERIQUE,
    )


def _by_title(
    ledger: Ledger, rows: Sequence[SiteWinners], by: str, titles: tuple[Message, Message], language: str
) -> str:
    """Compare the first and the last of the groups with enough sites."""
    enough = [row for row in rows if _value(row.universe_sites) >= _FEW] or rows
    if not enough:
        return ""
    names = [ledger.name(f"codelists.{by}", str(row.part), language) for row in enough]
    most, *_, least = (
        words(row.projects_per_1000_sites.quantity, language, style="text", noun=False)
        for row in (enough[0], enough[-1])
        if isinstance(row.projects_per_1000_sites, Known)
    )
    if len(enough) == 1:
        return first_capital(translate(titles[1], language, most=most, first=names[0]))
    ends = {"first": names[0], "last": names[-1]}
    return first_capital(translate(titles[0], language, most=most, least=least, **ends))


def _by_notes(
    every: Sequence[SiteWinners], rows: Sequence[SiteWinners], names: Sequence[str], by: str, language: str
) -> list[str]:
    notes = [translate(SEVERAL_NETWORKS, language)] if by == "network" and rows else []
    few = [name for row, name in zip(rows, names, strict=True) if _value(row.universe_sites) < _FEW]
    if few:
        notes.append(translate(SMALL, language, n=_FEW, parts=listed(few, language)))
    outside = [row.sites for row in every if row.part == NOT_IN_REGISTER]
    notes += [translate_plural(*OUTSIDE, int(_value(sites)), language) for sites in outside]
    return notes


def _by_table(
    rows: Sequence[SiteWinners], names: Sequence[str], heading: Message, language: str
) -> ValueTable:
    headings = ((heading, None), (RATE, "per_1000_sites"), (PROJECTS, "projects"), (SITES, "implantations"))
    cells = (
        (
            name,
            _value(row.projects_per_1000_sites).quantize(Decimal("0.1")),
            _value(row.projects),
            _value(row.universe_sites),
        )
        for row, name in zip(rows, names, strict=True)
    )
    return value_table(headings, cells, language)
