"""The open-data release: what the store knows on a day, with everything that a stranger needs to use it.

`schema` says which columns may leave, `rows` gives their rows, `table_metadata` and `dcat` describe them to
programs; `package` adds what people read and puts the files in a folder.
"""

from ennum_stats.release.package import release

__all__ = ["release"]
