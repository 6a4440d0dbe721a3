"""Named figures: numbers with a name, a label, a formula in words, and everything that they come from.

`catalogue` declares them, `figure` computes them from a ledger. A figure is computed wherever its parts
are in the ledger; only what no document lets us compute is taken as it was printed.
"""

from ennum_stats.figures.figure import Figure, figure, figures

__all__ = ["Figure", "figure", "figures"]
