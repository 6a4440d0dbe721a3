"""Write what is shipped, with versions, licences and hashes, as CycloneDX: `python3 run.py sbom [FILE]`.

Shipped is what `requirements/run.txt` locks, with the programs and scripts of others that have a licence of
their own. The same lock gives the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from dashboards.server.bundle import locked
from ennum_stats import __version__

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "run.txt"
TARGET = ROOT / "build" / "ennum-stats.cdx.json"
_PINNED = re.compile(r"^([\w.-]+)==(\S+)(.*)$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
    "Zope Public License": "ZPL-2.1",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
"""Identifiers of what classifiers, or packages in words of their own, call a licence."""
_SCRIPTS = {"plotly.js-basic-dist-min": "MIT", "regenerator-runtime": "MIT"}


def main() -> None:
    """Write the file where it is asked for."""
    parser = argparse.ArgumentParser(prog="run.py sbom", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=TARGET, help=f"{TARGET.name}")
    target: Path = parser.parse_args().file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(written(LOCK.read_text("utf-8")), "utf-8")
    print(target)


def written(lock: str) -> str:
    """The list of what a lock holds, as CycloneDX 1.6 in JSON."""
    bom = Bom(
        components=components(lock),
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"ennum-stats {__version__} {lock}"),
    )
    bom.metadata.timestamp = datetime(1980, 1, 1, tzinfo=UTC)  # a date would make each file another
    bom.metadata.component = Component(
        name="ennum-stats", version=__version__, type=ComponentType.APPLICATION,
        bom_ref="ennum-stats", licenses=[LicenseFactory().make_from_string("EUPL-1.2")],
    )  # fmt: skip
    bom.register_dependency(bom.metadata.component, bom.components)
    return json.dumps(json.loads(JsonV1Dot6(bom).output_as_string()), indent=1) + "\n"


def components(lock: str) -> Iterator[Component]:
    """The packages of a lock, then what of others they and the dashboard hold."""
    for entry in lock.replace("\\\n", " ").splitlines():
        found = _PINNED.match(entry)
        if found:
            name, version, rest = found.groups()
            yield Component(
                name=name, version=version, type=ComponentType.LIBRARY, bom_ref=f"pypi:{name}@{version}",
                purl=PackageURL("pypi", None, name, version), licenses=_licences(name),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in _HASH.findall(rest)],
            )  # fmt: skip
    for name, told in locked().items():
        yield Component(
            name=name, version=told["version"], type=ComponentType.LIBRARY, bom_ref=f"npm:{name}",
            purl=PackageURL("npm", None, name, told["version"]),
            licenses=[LicenseFactory().make_from_string(_SCRIPTS[name])],
            hashes=[HashType(alg=HashAlgorithm.SHA_512, content=_sha512(told["integrity"]))],
        )  # fmt: skip


def licence_of(name: str) -> str:
    """The licence that a package declares; empty where it does not, or is not installed on this system."""
    try:
        told: Any = metadata(name)
    except PackageNotFoundError:
        return ""
    if told.get("License-Expression"):
        return str(told["License-Expression"])
    classified = [
        one.rpartition(" :: ")[2]
        for one in told.get_all("Classifier") or ()
        if one.startswith("License :: ") and one != "License :: OSI Approved"
    ]
    named = [_CLASSIFIED.get(one, one) for one in classified]
    own = (told.get("License") or "").strip()
    written_out = _CLASSIFIED.get(own, own)
    return " AND ".join(named) or (written_out if len(written_out) <= 40 else "")


def _licences(name: str) -> list[Any]:
    found = licence_of(name)
    return [LicenseFactory().make_from_string(found)] if found else []


def _sha512(integrity: str) -> str:
    return base64.b64decode(integrity.removeprefix("sha512-")).hex()


if __name__ == "__main__":
    main()
