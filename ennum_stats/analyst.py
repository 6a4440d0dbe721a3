"""What an analyst holds: a published store, opened as known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ennum_stats.boundary import errors_told
from ennum_stats.errors import ONE_OF, Parameter, UsageError, message, unknown_name
from ennum_stats.figures import Figure, figure, figures
from ennum_stats.figures.contradictions import known_conflicts
from ennum_stats.figures.figure import LANGUAGE, known_at_words
from ennum_stats.figures.reports import Change, changes
from ennum_stats.languages import translate
from ennum_stats.measures.catalogue import TABLES, measure_rows
from ennum_stats.measures.frames import Frame, FrameKind, MeasureTable, in_frame, observations_frame
from ennum_stats.measures.labels import explanations, worded_rows
from ennum_stats.periods import period_of
from ennum_stats.project import Audience, Project, has_packaged_tables, packaged_project
from ennum_stats.store.conflicts import Conflict
from ennum_stats.store.ledger import Ledger, open_ledger
from ennum_stats.store.school_rows import Within
from ennum_stats.store.sql import answer_to, in_memory
from ennum_stats.table import html, written_table

if TYPE_CHECKING:
    import plotly.graph_objects as go


class Figures(list[Figure]):
    """List figures in the order of the catalogue; a notebook shows them as a table."""

    def _repr_html_(self) -> str:
        header = [translate(text, LANGUAGE) for text in ("Name", "Figure", "What", "Others")]
        rows = [
            [f.name, f.text(LANGUAGE), f.label(LANGUAGE), str(len(f.answer.conflicts) or "–")]
            for f in self
        ]
        caption = known_at_words(self[0].ledger) if self else ""
        return html(written_table(header, rows, caption))


@dataclass(frozen=True)
class Measure:
    """Hold a measure as known on a day: shown in words, given as a DataFrame by `frame`."""

    name: str
    rows: MeasureTable[object]
    ledger: Ledger

    def frame(self, kind: FrameKind = "pandas") -> Frame:
        """Give its numbers with their bounds, as a plain DataFrame of pandas or polars."""
        return in_frame(self.rows, kind)

    def _repr_html_(self) -> str:
        header, cells = worded_rows(self.ledger, self.rows, LANGUAGE)
        title = translate(TABLES[self.name].description, LANGUAGE)
        below = "".join(
            f"<p>{escape(sentence)}</p>" for sentence in explanations(self.rows, LANGUAGE)
        )
        caption = f"{title} {known_at_words(self.ledger)}."
        return html(written_table(header, cells, caption)) + below


@dataclass(frozen=True)
class Store(Ledger):
    """Hold a published store as it was known on `known_at`: figures by name; measures take it as argument."""

    @errors_told()
    def figure(self, name: str) -> Figure:
        """Compute the named figure. Raises `UnknownName`.

        >>> store.figure("en2019_projects").text("fr")  # doctest: +SKIP
        '503 projets'
        """
        return figure(self, name)

    @errors_told()
    def figures(self, names: Iterable[str] = ()) -> Figures:
        """Compute the named figures, or all of the catalogue, in its order. Raises `UnknownName`."""
        return Figures(figures(self, names))

    @errors_told()
    def measure(
        self,
        name: str,
        by: str | None = None,
        prices: str | None = None,
        within: Within | None = None,
    ) -> Measure:
        """Compute a measure by its name, shown in words: one of `ennum measure` (budgets, coverage…).

        `within` counts only sites of some levels, networks, provinces or communes: `{"province": ["liege"]}`.
        Raises `UnknownName`, and `UsageError` for a `by`, prices or places that it does not have.

        >>> store.measure("budgets", by="call").frame()  # doctest: +SKIP
        """
        rows = measure_rows(self, name, by or None, prices=prices, within=within)
        return Measure(name, rows, self)

    @errors_told()
    def chart(self, name: str, language: str = LANGUAGE) -> go.Figure:
        """Draw a chart of the press kit as plotly's own figure, to be shown or changed.

        `ennum chart` lists the names. Nothing is asked of a network. Raises `UnknownName`.

        >>> store.chart("winners_per_call")  # doctest: +SKIP
        """
        from ennum_stats.charts import chart
        from ennum_stats.charts import figure as drawn

        result = drawn(chart(self, name, language))
        result.update_layout(modebar_remove=["sendChartToCloud"])
        return result

    @errors_told()
    def sql(self, query: str, *, frame: FrameKind = "pandas", **tables: Any) -> Frame:
        """Answer a query in SQL (DuckDB) that only reads, as a DataFrame.

        The tables are those of the store as known on its day (`SHOW TABLES` lists them; the data
        dictionary tells their columns), and DataFrames given by name. Numbers are as printed: choosing
        among documents is the business of measures and figures. Raises `UsageError` for a query that
        would write, read a file, or cannot be understood.

        >>> store.sql("SELECT call, value FROM observations WHERE measure = 'projects_awarded'")
        ... # doctest: +SKIP
        """
        if "memory" not in self._cache:
            self._cache["memory"] = in_memory(self)
        return answer_to(self._cache["memory"], query, frame, tables)

    def _programme_of(self, call: str) -> dict[str, str]:
        """Find the programme of a call or of a set of calls, as a dimension."""
        calls = set(self.calls_of(call))
        return next(({"programme": c.programme} for c in self.calls if c.call in calls), {})

    def _repr_html_(self) -> str:
        numbers = self.all_observations()
        documents = {number.source.source_id for number in numbers}
        texts = ("Named figures", "Published numbers", "Documents", "Hash")
        header = [translate(text, LANGUAGE) for text in texts]
        cells = [len(self.figures()), len(numbers), len(documents), self.content_hash[:16]]
        row = [str(cell) for cell in cells]
        return html(written_table(header, [row], known_at_words(self)))

    @errors_told()
    def conflicts(self) -> list[Conflict]:
        """List everything on which documents disagree beyond their precision.

        Each has the side that is taken, the others, how far apart they are, and of which kind it is.
        """
        return known_conflicts(self)

    @errors_told()
    def diff(self, other: Ledger) -> list[Change]:
        """List the figures that are other ones in `other`, the later store, than here.

        >>> open(known_at=date(2020, 1, 31)).diff(open())[0].sentence("fr")  # doctest: +SKIP
        """
        return changes(self, other)

    @errors_told()
    def observations(
        self, measure: str | None = None, *, frame: FrameKind = "pandas", **dimensions: str
    ) -> Frame:
        """List published numbers, each with its document, in the order of the days they were known from.

        All of them, or those of one measure (where a dimension that is not given is not broken down; the
        territory is Wallonia, the programme that of the call). One row is one number that one document
        published by the store's day, as printed: francs stay francs, and `lower` and `upper` are what
        the print implies.

        Columns: `observation_id`, `measure`, `programme`, `call`, `territory`, `level`, `network`,
        `province`, `component`, `stage`, `counted`, `valid_from`, `valid_to`, `value`, `lower`,
        `upper`, `unit`, `precision`, `status`, `missing_reason`, `source_id`, `source_title`, `locator`,
        `published_on`, `known_on`, `note`. Raises `UnknownName`.

        >>> store.observations("projects_awarded", call="EN2018")  # doctest: +SKIP
        """
        if measure and "call" in dimensions and "programme" not in dimensions:
            dimensions |= self._programme_of(dimensions["call"])
        found = self.select(measure, **dimensions) if measure else self.all_observations()
        return observations_frame(found, frame)


@errors_told()
def open(  # noqa: A001 - the public name is ennum_stats.open
    root: Path | str | None = None,
    *,
    known_at: date | str | None = None,
    audience: Audience | str = Audience.PUBLIC,
) -> Store:
    """Open the published store of the project at `root` (the current one unless told).

    It shows what had been published by `known_at` (a date, or "2020-01-31"; today unless told). Away
    from any project, an installed package opens the raw tables that came with it: they are built once,
    into the user's cache. Raises `StoreMissing` before the first `ennum build`, and `UsageError` where
    there is neither a project nor packaged tables.

    >>> store = open(known_at="2020-01-31")  # doctest: +SKIP
    """
    ledger = open_ledger(_project(root), _day(known_at), _audience(audience))
    return Store(ledger.connection, ledger.known_at, ledger.content_hash, ledger.audience)


def _day(known_at: date | str | None) -> date | None:
    """Read a day; of a month or a year, the last one; of a moment (pandas has no days), its day."""
    if isinstance(known_at, str):
        return period_of(known_at, "known_at").last
    return known_at.date() if isinstance(known_at, datetime) else known_at


def _audience(name: str) -> Audience:
    if name not in [*Audience]:
        raise unknown_name(
            message("There is no audience “{name}”.", name=name), [*Audience], ONE_OF,
            where=Parameter("audience"),
        )  # fmt: skip
    return Audience(name)


def _project(root: Path | str | None) -> Project:
    """Find the project at hand; where none is named nor at hand, build the packaged one."""
    try:
        return Project.at(root)
    except UsageError:
        if root is not None or not has_packaged_tables():
            raise
    from ennum_stats.publication import build_if_changed

    project = packaged_project()
    build_if_changed(project)
    return project
