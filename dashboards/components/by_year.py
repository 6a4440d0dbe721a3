"""How many things are of each year, as columns below a sentence that says where most are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dashboards.blocks import ChartFrame
from dashboards.components.charts import CHART_HEADING
from dashboards.components.sparks import labelled_columns
from dashboards.reading import Reading
from ennum_stats.document.blocks import Heading, Illustration
from ennum_stats.languages import translate_plural


def by_year(
    reading: Reading, name: str, years: Iterable[int], texts: tuple[str, str]
) -> Iterator[ChartFrame]:
    """Draw the years of things; nothing where they are not of several. `texts` says how many ({n}) there are from
    {first} to {last}, {most} of them of {peak}."""
    counts = Counter(years)
    if len(counts) < 2:
        return
    every, most = range(min(counts), max(counts) + 1), max(counts.values())
    peak = next(year for year in every if counts[year] == most)
    title = translate_plural(
        *texts, counts.total(), reading.language, first=str(every[0]), last=str(every[-1]), most=most, peak=str(peak)
    )  # fmt: skip
    drawn = labelled_columns([(str(year), counts[year]) for year in every], title)
    yield ChartFrame(
        (Heading(2, (title,), f"{name}{CHART_HEADING}"), Illustration(drawn, title, "years")), "chart"
    )
