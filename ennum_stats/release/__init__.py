"""Make the open-data release: what the store knows on a day, with all that a stranger needs to use it.

`schema` declares which columns may be released, `rows` fills them, `table_metadata` and `dcat` describe
them to programs; `package` adds what people read and writes the files to a folder; `comparison` tells two
releases apart.
"""

from ennum_stats.release.package import compare, release

__all__ = ["compare", "release"]
