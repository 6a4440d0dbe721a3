"""Word, PowerPoint and Excel files of people: what ennum-stats wrote in them stays alive.

`refresh` brings a Word file up to a day after people edited it, `fill` puts figures, charts and tables into a
document that names them between braces, `names` lists what can be named.
"""

from ennum_stats.office.fill import Filled, fill
from ennum_stats.office.names import Name, names
from ennum_stats.office.refresh import refresh
from ennum_stats.office.report import Line, Outcome, Report

__all__ = ["Filled", "Line", "Name", "Outcome", "Report", "fill", "names", "refresh"]
