"""Say in the head of a page which table it gives as files, as schema.org/Dataset: what searches for data look for."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from dashboards.follow import public_address
from dashboards.inner import script_safe
from dashboards.reading import Reading
from dashboards.registry import Page
from dashboards.rendering.layout import heading_on_day
from dashboards.service import service_name
from ennum_stats.figures.citation import LICENCE_URL
from ennum_stats.figures.figure import noticed
from ennum_stats.languages import tag_of

_MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "": "application/json",
}
"""What files are by how their addresses end; those of the API, which end otherwise, are JSON."""
_FILE = re.compile(r' href="(/[^"?]+\.(csv|xlsx|parquet)(?:\?[^"]*)?|/api/\w+(?:\?[^"]*)?)"')


def dataset_markup(page: Page, reading: Reading, html: str) -> str:
    """Describe the files of tables that a page offers in its HTML, as JSON-LD; nothing where it offers none, or where
    they are not for the public."""
    files = dict(_FILE.findall(html)) if reading.is_public else {}
    if not files:
        return ""
    name, known_at = heading_on_day(page, reading), reading.ledger.known_at.isoformat()
    publisher = {"@type": "GovernmentOrganization", "name": service_name(reading)}
    described: dict[str, Any] = {
        "@context": "https://schema.org/", "@type": "Dataset",
        "name": noticed(reading.ledger, reading.language, name),
        "description": noticed(reading.ledger, reading.language, f"{name}. {reading.t(page.sentence)}"),
        "url": public_address(reading.view.address()), "inLanguage": tag_of(reading.language),
        "version": reading.ledger.content_hash, "dateModified": known_at, "isAccessibleForFree": True,
        "license": LICENCE_URL, "creator": publisher, "publisher": publisher,
        "spatialCoverage": {"@type": "Place", "name": "Wallonie", "sameAs": "http://data.europa.eu/nuts/code/BE3"},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": public_address(unescape(address)), "encodingFormat": _MEDIA[form]}
            for address, form in files.items()
        ],
    }  # fmt: skip
    written = script_safe(json.dumps(described, ensure_ascii=False, separators=(",", ":")))
    return f'<script type="application/ld+json">{written}</script>'
