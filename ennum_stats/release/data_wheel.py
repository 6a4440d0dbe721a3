"""A wheel of Python that holds a release and no program: pip brings it, `ennum_stats.open(release=…)` reads it."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Mapping

from ennum_stats.files.atomic import repeatable
from ennum_stats.release.carried_store import PACKAGE
from ennum_stats.release.schema import LICENCE, ReleaseVersion


def data_wheel(edition: ReleaseVersion, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pack the files of a release as a wheel, by its name. The same release gives the same bytes."""
    about = f"{PACKAGE}-{edition.version}.dist-info"
    metadata = (
        f"Metadata-Version: 2.4\nName: {PACKAGE.replace('_', '-')}\nVersion: {edition.version}\n"
        f"Summary: {edition.title('en')}\nLicense-Expression: {LICENCE}\n"
    )
    tags = "Wheel-Version: 1.0\nGenerator: ennum-stats\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    entries = {f"{PACKAGE}/{name}": content for name, content in files.items()} | {
        f"{PACKAGE}/__init__.py": b"",
        f"{about}/METADATA": metadata.encode(),
        f"{about}/WHEEL": tags.encode(),
    }
    record = [f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in entries.items()]
    entries[f"{about}/RECORD"] = "".join([*record, f"{about}/RECORD,,\n"]).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return {f"{PACKAGE}-{edition.version}-py3-none-any.whl": repeatable(buffer.getvalue())}


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
