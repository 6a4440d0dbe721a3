"""The press kit: one text a language, with named figures and charts, as Word, PDF and Excel.

`press` makes it; the text stands in `texts/<language>/press-kit.md`. No number is typed there, and none is
computed here: figures, measures and charts give them.
"""

from ennum_stats.kit.press import KIT_LANGUAGES, is_current, notices, press

__all__ = ["KIT_LANGUAGES", "is_current", "notices", "press"]
