"""What an analyst holds: a published store, opened as known on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import wraps
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Self, cast, overload
from warnings import warn

from ennum_stats.errors import Parameter, UnknownName, UsageError, message
from ennum_stats.files.boundary import translated_errors
from ennum_stats.languages import translate
from ennum_stats.measures.frames.base import By, FrameT, dimension_of
from ennum_stats.measures.frames.names import MeasureName
from ennum_stats.measures.frames.store_tables import StoreTables
from ennum_stats.measures.measure_table import (
    OBSERVATION_COLUMNS,
    Frame,
    FrameKind,
    MeasureTable,
    observation_row,
)
from ennum_stats.periods import day_of
from ennum_stats.project import Audience
from ennum_stats.store.ledger import Ledger
from ennum_stats.store.scenario import Sites, Supposed, hypotheses, suppose
from ennum_stats.store.sql import Values

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from ennum_stats.drawing.live import LiveFigure
    from ennum_stats.figures import Figure
    from ennum_stats.kit.lineage import LineageStep
    from ennum_stats.measures.frames.shapes import Labels, Shape
    from ennum_stats.reading.findings import Findings
    from ennum_stats.store.school_rows import Within


_NONE: Mapping[Any, Supposed] = MappingProxyType({})
_ANY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Measure:
    """Hold a measure as known on a day: shown in words, given as a DataFrame by `frame`."""

    name: str
    rows: MeasureTable[object]
    ledger: Ledger

    def __repr__(self) -> str:
        return f"<Measure {self.name}: {len(self.rows.rows)} rows, known_at={self.ledger.known_at}>"

    @overload
    def frame(self, kind: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
    @overload
    def frame(self, kind: Literal["polars"]) -> pl.DataFrame: ...
    def frame(self, kind: FrameKind = "pandas") -> Frame:
        """Give its numbers with their bounds, as a plain DataFrame of pandas or polars."""
        from ennum_stats.measures.catalogue import TABLES
        from ennum_stats.measures.frames.shapes import Wanted, shaped

        wanted = Wanted(kind, provenance=True)
        return shaped(self.ledger, self.name, TABLES[self.name].description, self.rows, wanted)

    def _repr_html_(self) -> str:
        from ennum_stats.document.blocks import written_table
        from ennum_stats.document.html import table_html
        from ennum_stats.figures.figure import known_at_words, spoken
        from ennum_stats.measures.catalogue import TABLES
        from ennum_stats.measures.labels import explanations, worded_rows

        language = spoken(self.ledger)
        header, cells = worded_rows(self.ledger, self.rows, language)
        title = translate(TABLES[self.name].description, language)
        below = "".join(f"<p>{escape(sentence)}</p>" for sentence in explanations(self.rows, language))
        caption = f"{title} {known_at_words(self.ledger)}."
        return table_html(written_table(header, cells, caption)) + below


@dataclass(frozen=True)
class Lineage:
    """Hold the way of a figure, from lines of documents to sentences and charts: drawn in a notebook, given as a
    DataFrame by `frame`."""

    name: str
    steps: Sequence[LineageStep]
    store: Store[Any]

    def __repr__(self) -> str:
        return f"<Lineage of {self.name}: {len(self.steps)} steps, known_at={self.store.known_at}>"

    @overload
    def frame(self, kind: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
    @overload
    def frame(self, kind: Literal["polars"]) -> pl.DataFrame: ...
    def frame(self, kind: FrameKind = "pandas") -> Frame:
        """Give its steps, one a row: `step`, `name`, `text`, and in `rests_on` the names of those before."""
        from ennum_stats.kit.lineage import LINEAGE_COLUMNS
        from ennum_stats.measures.frames.shapes import store_attrs, typed_frame

        rows = [asdict(step) for step in self.steps]
        return typed_frame(self.store, rows, LINEAGE_COLUMNS, kind, store_attrs(self.store))

    def _repr_html_(self) -> str:
        from ennum_stats.kit.lineage import lineage_svg

        return lineage_svg(self.steps, self.store._spoken(), self.name)  # noqa: SLF001 - the store that made it


@dataclass(frozen=True)
class Store(StoreTables[FrameT]):
    """Hold a published store as it was known on `known_at`: every method gives a table of its library.

    `dir(store)` lists them: measures with their bounds, named figures, published numbers, documents, what
    changed and what contradicts. `store.polars` gives the tables of polars.
    """

    @property
    def pandas(self) -> Store[pd.DataFrame]:
        """Give the same store, whose tables are those of pandas."""
        return cast("Store[pd.DataFrame]", replace(self, library="pandas"))

    @property
    def polars(self) -> Store[pl.DataFrame]:
        """Give the same store, whose tables are those of polars."""
        return cast("Store[pl.DataFrame]", replace(self, library="polars"))

    @translated_errors()
    def known_on(self, day: date | str | None = None) -> Self:
        """Give the same store as known on another day: a date, a timestamp, or "2020-01-31"; today unless told.

        Raises `UsageError` for what is no day.

        >>> store.known_on("2020-01-31").winners()
        """
        return super().known_on(day_of(day))

    def _spoken(self, language: Labels | None = None) -> Labels:
        """Give the language of a text: that which is asked for, else the store's."""
        from ennum_stats.figures.figure import spoken

        return language or spoken(self)

    def _other(self, other: Ledger | date | str) -> Ledger:
        """Give a store that this one is compared with, or this one as known on another day."""
        return other if isinstance(other, Ledger) else self.known_on(other)

    def __enter__(self) -> Self:
        """Give the store itself: `with ennum_stats.open() as store:`; its file is closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file of the store."""
        self.connection.close()

    def __dir__(self) -> list[str]:
        """List what an analyst asks of a store, and nothing of how it is made."""
        kinds = Store.__mro__[: Store.__mro__.index(Ledger)]
        own = [name for kind in kinds for name in vars(kind) if not name.startswith("_")]
        return sorted({*own, *_TOLD} - {"library"})

    def __repr__(self) -> str:
        return f"<ennum_stats.Store known_at={self.known_at} hash={self.content_hash[:16]}{self._marked()}>"

    def _marked(self) -> str:
        internal = "" if self.audience is Audience.PUBLIC else " internal"
        supposed = ", ".join(hypothesis.observation_id for hypothesis in hypotheses(self))
        return internal + (" fictitious" if self.is_demo else "") + (supposed and f" {supposed}")

    @translated_errors()
    def scenario(
        self,
        *,
        projects_introduced: Mapping[str, Supposed] = _NONE,
        projects_awarded: Mapping[str, Supposed | Sites] = _NONE,
        budget_awarded: Mapping[str, Supposed] = _NONE,
        mean_grant: Mapping[str, Supposed] = _NONE,
        budget_spent: Mapping[str, Supposed] = _NONE,
        price_index: Mapping[int, Supposed] = _NONE,
    ) -> Self:
        """Suppose numbers of calls, what programmes spent, or the price index of a year: a store in which they hold,
        and say so.

        A number may be a pair of ends (`None`: an open one), that of winners a list of sites, by their numbers in
        the register. It stands in the place of what documents say of the same thing; what was counted from that
        (totals over calls, sites of its winners, published means, lists of winners) tells only of what was. A mean
        is the budget that so many projects make. All the rest stays, with what follows from it: of sites,
        fewer winners are some of those that a call had, more are all of those and others. Figures, bounds,
        tables and charts follow. Raises `UnknownName`, and `UsageError` for what is no number, or is impossible
        beside the others: more winners than applicants; `RulesContradict` for sites of a call that was closed
        to them.

        >>> store.scenario(projects_awarded={"EN2020": 500}).coverage()
        """
        supposed: dict[str, Mapping[Any, Supposed | Sites]] = {
            "projects_introduced": projects_introduced,
            "projects_awarded": projects_awarded,
            "budget_awarded": budget_awarded,
            "mean_grant": mean_grant,
            "budget_spent": budget_spent,
            "price_index": price_index,
        }
        from ennum_stats.measures.coverage.call_constraints import require_possible
        from ennum_stats.measures.coverage.coverage_facts import coverage_facts

        scenario = suppose(self, supposed)
        if not self.is_demo:
            require_possible(coverage_facts(scenario))
        return scenario

    @translated_errors()
    def figure(self, name: str) -> Figure:
        """Compute the named figure. Raises `UnknownName`.

        >>> print(store.figure("en2019_projects").text("fr"))
        503 projets
        """
        from ennum_stats.figures import figure
        from ennum_stats.figures.catalogue import definitions
        from ennum_stats.measures.frames.known_codes import unknown_code

        try:
            return figure(self, name)
        except UnknownName as error:
            known = definitions(self)
            raise unknown_code(error.found, name, known, "name", "figures") from error

    @translated_errors()
    def figures(self, names: Iterable[str] = (), *, language: Labels | None = None) -> FrameT:
        """List the named figures, or all of the catalogue, in its order: numbers, bounds and words.

        Raises `UnknownName`.
        """
        from ennum_stats.figures.listings import FIGURE_COLUMNS, figure_rows

        if isinstance(names, str):
            names = [names]
        wanted = [self.figure(name).name for name in names]
        return self._listing(figure_rows(self, wanted, self._spoken(language)), FIGURE_COLUMNS)

    @translated_errors()
    def lineage(self, figure: str, *, language: Labels | None = None) -> Lineage:
        """Follow a figure from the lines of documents through rows and rules to the sentences of the press kit and
        the charts that show it. Raises `UnknownName`.

        >>> store.lineage("en2019_projects").frame()
        """
        from ennum_stats.kit.lineage import lineage

        known = self.figure(figure)
        return Lineage(known.name, lineage(known, self._spoken(language)), self)

    @translated_errors()
    def sources(self) -> FrameT:
        """List the documents that published numbers are from, with how many each gave."""
        from ennum_stats.figures.listings import SOURCE_COLUMNS, source_rows

        return self._listing(source_rows(self), SOURCE_COLUMNS)

    @translated_errors()
    def borders(self, *, language: Labels | None = None) -> FrameT:
        """List the communes with their borders: `commune` (NIS code of 2019), `name`, `province`, and `geometry`, as
        GeoJSON in degrees (WGS 84).

        `save` writes it, and what was merged to it by commune, as .geojson for maps. Empty, with a warning, where
        none were imported.

        >>> store.save(store.borders().merge(store.coverage(by="commune"), on="commune"), "shares.geojson")
        """
        from ennum_stats.figures.listings import BORDER_COLUMNS, border_rows
        from ennum_stats.measures.frames.shapes import NothingCollected
        from ennum_stats.measures.schools.school_sites import LOAD_BORDERS

        if not (rows := border_rows(self, self._spoken(language))):
            warn(str(LOAD_BORDERS), NothingCollected, stacklevel=3)
        return self._listing(rows, BORDER_COLUMNS)

    @translated_errors()
    def rules(self, *, language: Labels | None = None) -> FrameT:
        """List the rules that bound coverage (`coverage(without=…)`), and how printed numbers are read."""
        from ennum_stats.figures.listings import RULE_COLUMNS, rule_rows

        return self._listing(rule_rows(self, self._spoken(language)), RULE_COLUMNS)

    @translated_errors()
    def charts(self, *, language: Labels | None = None) -> FrameT:
        """List the charts that `store.chart` draws, and what each shows."""
        from ennum_stats.charts import CHARTS

        rows = [
            {"chart": name, "description": translate(entry.description, self._spoken(language))}
            for name, entry in CHARTS.items()
        ]
        return self._listing(rows)

    @translated_errors()
    def measure(
        self, name: MeasureName, by: By | None = None, prices: str | None = None, within: Within | None = None
    ) -> Measure:
        """Compute a measure by its name, shown in words: one of `ennum measure` (budgets, coverage…).

        `within` counts only sites of some levels, networks, provinces or communes: `{"province": ["liege"]}`.
        Raises `UnknownName`, and `UsageError` for a `by`, prices or places that it does not have.

        >>> store.measure("budgets", by="call").frame()
        """
        from ennum_stats.measures.catalogue import measure_rows
        from ennum_stats.measures.frames.known_codes import require_known

        require_known(self, within=within)
        rows = measure_rows(self, name, dimension_of(name, by or "") or None, prices=prices, within=within)
        return Measure(name, rows, self)

    @translated_errors()
    def table(
        self,
        measures: Sequence[MeasureName],
        *,
        by: By = "",
        at: Sequence[date | str] = (),
        where: Mapping[str, str | Sequence[str]] = _ANY,
        per: Literal["", "inhabitants", "pupils"] = "",
        shape: Shape = "long",
        labels: Labels | None = None,
        provenance: bool = False,
    ) -> FrameT:
        """Give several measures, by one or two dimensions, as known on several days (the store's, unless told).

        One row is one number of a part and day (`measure` names it: "projects_awarded"); wide, a part and day. Calls
        are one ordered category in all rows. `where` keeps codes of columns. By commune, rates `per` 1,000
        inhabitants or 100 pupils stand behind the counts, with what they are taken of, where `ennum import communes`
        brought it; of fewer than five, or of a smaller commune, there is none. Raises `UnknownName` for a measure,
        dimension or column that does not exist, `UsageError` for rates of anything else.

        >>> store.table(["winners"], by="call", at=["2020-01-31", "2026-11-24"],
        ...             where={"measure": "projects_awarded"})
        """
        from ennum_stats.measures.catalogue import measure_rows
        from ennum_stats.measures.frames.panel import panel

        days = [self.known_on(day) for day in at] or [self]
        names = [measures] if isinstance(measures, str) else measures
        of_days = [
            (of_day, name, measure_rows(of_day, name, dimension_of(name, by) or None))
            for name in names
            for of_day in days
        ]
        return cast("FrameT", panel(of_days, self._wanted(shape, labels, provenance), where, per))

    @translated_errors()
    def chart(self, name: str, language: Labels | None = None) -> LiveFigure:
        """Draw a chart of the press kit as Plotly's own figure: it zooms, is as wide as its place, and may be
        changed.

        `store.charts()` lists the names. `save` writes it as the kit draws it, as .png, .svg or .pdf. Nothing is
        asked of a network, also by what `write_html` writes. Charts of your own look alike with `template="ennum"`
        (numbers in French; "ennum-de", "ennum-nl" and "ennum-en"). Raises `UnknownName`.

        >>> store.chart("winners_per_call").save("winners.png", size="slide")
        """
        from ennum_stats.charts import CHARTS, chart
        from ennum_stats.drawing import live_figure
        from ennum_stats.measures.frames.known_codes import unknown_code

        if name not in CHARTS:
            absent = message("There is no chart “{name}”.", name=name)
            raise unknown_code(absent, name, CHARTS, "name", "charts")
        return live_figure(chart(self, name, self._spoken(language)))

    @overload
    def sql(self, query: str, params: Values = None, *, frame: None = None, **tables: Any) -> FrameT: ...
    @overload
    def sql(
        self, query: str, params: Values = None, *, frame: Literal["pandas"], **tables: Any
    ) -> pd.DataFrame: ...
    @overload
    def sql(
        self, query: str, params: Values = None, *, frame: Literal["polars"], **tables: Any
    ) -> pl.DataFrame: ...
    @translated_errors()
    def sql(self, query: str, params: Values = None, *, frame: FrameKind | None = None, **tables: Any) -> Any:
        """Answer a query in SQL (DuckDB) that only reads, as a DataFrame.

        `SHOW TABLES` lists the tables as known on the store's day: those of `ennum.duckdb`, with views whose
        natural sum is right (winners_by_call …), and the others of the store. `params` are the values of `?`
        (a list) or of `$name` (a dictionary); DataFrames are given by name. Raises `UsageError` for a query
        that would write, read a file, never ends, or cannot be understood.

        >>> store.sql("FROM observations WHERE call = ?", ["EN2018"])
        """
        from ennum_stats.publication.shared_store import answer

        return answer(self, query, params, frame or self.library, tables)

    def _repr_html_(self) -> str:
        from ennum_stats.document.blocks import written_table
        from ennum_stats.document.html import table_html
        from ennum_stats.figures.catalogue import definitions
        from ennum_stats.figures.figure import known_at_words

        numbers = self.all_observations()
        documents = {number.source.source_id for number in numbers}
        texts = ("Named figures", "Published numbers", "Documents", "Hash")
        header = [translate(text, self._spoken()) for text in texts]
        cells = [len(definitions(self)), len(numbers), len(documents), self.content_hash[:16]]
        row = [str(cell) for cell in cells]
        return table_html(written_table(header, [row], known_at_words(self)))

    @translated_errors()
    def conflicts(self, *, language: Labels | None = None) -> FrameT:
        """List everything on which documents disagree beyond their precision, one row a side not taken.

        Each has the side that is taken (`chosen`), the other one, how far apart they are, also relative to
        the chosen number, and of which kind it is.

        >>> store.conflicts().nlargest(5, "relative_distance")
        """
        from ennum_stats.figures.listings import CONFLICT_COLUMNS, conflict_rows

        return self._listing([*conflict_rows(self, self._spoken(language))], CONFLICT_COLUMNS)

    @translated_errors()
    def diff(self, other: Ledger | date | str, *, language: Labels | None = None) -> FrameT:
        """List the figures that are other ones in `other`, the later store or day, than here.

        >>> open(known_at="2020-01-31").diff("2026-11-24")[["name", "sentence"]]
        """
        from ennum_stats.figures.listings import CHANGE_COLUMNS, change_rows
        from ennum_stats.figures.reports import changes

        return self._listing(
            change_rows(changes(self, self._other(other)), self._spoken(language)), CHANGE_COLUMNS
        )

    @translated_errors()
    def compare(
        self, *others: Ledger | date | str, names: Iterable[str] = (), language: Labels | None = None
    ) -> FrameT:
        """Set named figures of several stores (days, or scenarios) side by side: those named, or all on which
        they do not agree.

        One row is one figure in one store: `store` is its day, or what is supposed in it. Raises `UnknownName`.

        >>> store.compare(store.scenario(projects_awarded={"EN2020": 500}))
        """
        from ennum_stats.figures.listings import COMPARED_COLUMNS, compared_rows

        wanted = [self.figure(name).name for name in names]
        rows = compared_rows([self, *map(self._other, others)], wanted, self._spoken(language))
        return self._listing(rows, COMPARED_COLUMNS)

    @translated_errors()
    def save(self, frame: pd.DataFrame | pl.DataFrame, path: Path | str) -> Path:
        """Write a table, also one that you made of the store's, to a .parquet, .xlsx, .csv, or with borders a
        .geojson, that says what its columns are, their units, its documents, its day, its licence, and whether it is
        invented or supposed.

        pandas finds its attributes again in the Parquet file; Excel has them on sheets of their own, and a CSV in
        the JSON beside it (CSVW). Raises `UnknownName` for another ending.

        >>> store.save(store.winners(), "winners.parquet")
        """
        from ennum_stats.release.saved_frames import save_frame

        return save_frame(self, frame, Path(path))

    @translated_errors()
    def find(self, question: str, *, language: Labels | None = None) -> Findings:
        """Answer a question in words, in any of the four languages, as known on the store's day.

        `sentence` is the answer to be quoted, with bounds, document and day, or says that nothing answers; `nearest`
        has the figures and numbers that answer (`answering` of them) and those that come near; `remarks` say how the
        question was read; `verdict` is yes, no or unproved where something is asked to be true.

        >>> store.find("combien de lauréats en 2020").sentence
        """
        from ennum_stats.reading.answers import find

        return find(self, question, self._spoken(language))

    @translated_errors()
    def check(self, text: str, *, language: str | None = None, reader: Labels | None = None) -> FrameT:
        """Judge the numbers of a text by what is known on the store's day: one row is one number, as it stands.

        Columns: `start`, `end` and `text` (where it stands), `verdict` and its `label` in the reader's language,
        `subject`, `name` (for `trace`), `unit`, `stated_lower` to `known_upper` (what the words allow, what is known),
        `distance`, `derivation`, `documents`, `observation_ids`, `suggestion` (the sentence that would be right),
        `reason` (why it is not judged). What was not judged is not right: count it first. `language` is that of the
        text, found where it is not given.

        >>> store.check("L’appel EN2019 a retenu 530 projets.")
        """
        from ennum_stats.audit.listing import VERDICT_COLUMNS, verdict_rows

        return self._listing(verdict_rows(text, self, language, self._spoken(reader)), VERDICT_COLUMNS)

    @translated_errors()
    def observations(
        self,
        measure: str | None = None,
        *,
        broken_down: bool = True,
        **dimensions: str | Sequence[str] | None,
    ) -> FrameT:
        """List published numbers, each with its document, in the order of the days they were known from.

        All of them, or those of one measure, of one or several codes of a dimension, or of a document
        (`source_id="…"`: what did this article print?); one that is not given means any. With
        `broken_down=False` it means the whole: no part, in Wallonia. One row is one number that one document
        published by the store's day, as printed: francs stay francs, and `lower` and `upper` are what the
        print implies.

        Columns: `observation_id`, `measure`, `programme`, `call`, `territory`, `level`, `network`,
        `province`, `component`, `stage`, `counted`, `valid_from`, `valid_to`, `printed`, `value`, `lower`,
        `upper`, `unit`, `precision`, `status`, `missing_reason`, `source_id`, `source_title`, `locator`,
        `published_on`, `known_on`, `note`. Raises `UnknownName`; warns (`NothingCollected`) where no
        document gave such a number.

        >>> store.observations("projects_awarded", call="EN2018")
        """
        from ennum_stats.measures.frames.published_numbers import published_numbers

        numbers = published_numbers(self, measure, dimensions, is_whole=not broken_down)
        return self._listing([*map(observation_row, numbers)], OBSERVATION_COLUMNS)


def of_any_store(name: str) -> Callable[..., Any]:
    """Give a method of stores as a function of one: `ennum_stats.winners(store)`.

    The function raises `UsageError` for what is no store."""
    method = getattr(Store, name)

    @wraps(method)
    def of_store(store: Store, *values: Any, **named: Any) -> Any:
        if not isinstance(store, Store):
            raise UsageError(
                message("This is no store: {kind}.", kind=type(store).__name__),
                where=Parameter("store"),
                remedy=message("Write: {example}", example=f"ennum_stats.{name}(ennum_stats.open())"),
            )
        return method(store, *values, **named)

    return of_store


_TOLD = ("known_at", "known_on", "content_hash", "audience", "is_demo")
"""What a store says of itself."""
