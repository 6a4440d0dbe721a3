"""Word, PowerPoint and Excel files of people: what ennum-stats wrote in them stays alive.

`refresh` brings a Word file up to a day after people edited it.
"""

from ennum_stats.office.refresh import refresh
from ennum_stats.office.report import Line, Outcome, Report

__all__ = ["Line", "Outcome", "Report", "refresh"]
