"""Charts, declared from the ledger: what each says, its marks with their values, and their sources.

`chart(ledger, name, language)` declares one of `CHARTS`; `ennum_stats.drawing` draws it.
"""

from ennum_stats.charts.catalogue import CHARTS, chart
from ennum_stats.charts.spec import Chart

__all__ = ["CHARTS", "Chart", "chart"]
