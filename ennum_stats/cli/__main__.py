"""`python -m ennum_stats.cli`."""

from ennum_stats.cli import main

main()
