"""The open-data release: what the store knows on a day, with everything that a stranger needs to use it.

`tables` says which columns may leave and gives their rows; `datapackage`, `csvw` and `dcat` describe them
to programs, `papers` to people; `publishing` puts the files in a folder.
"""

from ennum_stats.release.package import release

__all__ = ["release"]
