"""Word, PowerPoint and Excel files of people: what ennum-stats wrote in them stays alive.

`refresh` brings a Word file up to a day after people edited it, `fill` puts figures, charts and tables into a
document that names them between braces, `names` lists what can be named.
"""

from ennum_stats.office.fill import FillResult, fill
from ennum_stats.office.names import Name, names
from ennum_stats.office.refresh import refresh
from ennum_stats.office.refresh.report import Outcome, Report, ReportLine

__all__ = ["FillResult", "Name", "Outcome", "Report", "ReportLine", "fill", "names", "refresh"]
