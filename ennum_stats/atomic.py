"""Office files are zip archives: rewritten with sorted names and a fixed time, the same content is the same
bytes. Nothing here knows what is in them."""

from __future__ import annotations

import io
import zipfile

# The earliest time that a zip can hold.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def repeatable(data: bytes) -> bytes:
    """The same archive, the same bytes whenever it is made; the list of types stands first."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3  # Unix, on every machine
            new.writestr(entry, old.read(name))
    return result.getvalue()
