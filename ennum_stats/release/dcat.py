"""Describe the release for open-data portals: DCAT-AP 3, in four languages, as Turtle and JSON-LD.

Addresses are relative to that of the record, so that it is valid wherever the release is published, unless its
address is told. Then portals harvest a catalogue there, which grows: one data set with every version that it had.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ennum_stats.figures.citation import LICENCE_URL
from ennum_stats.languages import LANGUAGES, translate
from ennum_stats.release.schema import KEYWORDS, PREPARED, PUBLISHER, TELEPHONE, ReleaseVersion

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

_PLACE = "./"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_LANGUAGES = {"fr": "FRA", "de": "DEU", "nl": "NLD", "en": "ENG"}
_FORMATS = {"csv": ("CSV", "text/csv"), "parquet": ("PARQUET", "application/vnd.apache.parquet")}
_FIRST_DAY = "1998-01-01"
_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def record(edition: ReleaseVersion, files: Mapping[str, bytes], address: str = "") -> tuple[str, str]:
    """Write the record as Turtle and as JSON-LD; `files` are the bytes of the tables, by path, and `address` is where
    the folder is published, if that is known."""
    graph = _graph(edition, files, address)
    turtle = graph.serialize(format="turtle")
    linked = _ordered(json.loads(graph.serialize(format="json-ld", context=_CONTEXT)))
    return turtle, json.dumps(linked, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def catalogue(
    edition: ReleaseVersion, files: Mapping[str, bytes], address: str, before: str, notes: Mapping[str, str]
) -> str:
    """Write the catalogue that portals harvest, as Turtle: the data set as it is now, and each of its versions with
    notes. `before` is the catalogue of the release before this one, `notes` are those of this one, by language."""
    from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef

    dcat = Namespace(_CONTEXT["dcat"])
    graph = _graph(edition, files, address)
    version, dataset = _own(f"#version-{edition.version}", address), _own("#dataset", address)
    earlier = Graph().parse(data=before, format="turtle") if before else Graph()
    for other in earlier.objects(dataset, dcat.hasVersion):
        if other != version:
            graph.add((dataset, dcat.hasVersion, other))
            for fact in earlier.triples((other, None, None)):
                graph.add(fact)
    graph.add((dataset, dcat.hasVersion, version))
    graph.add((version, RDF.type, dcat.Dataset))
    graph.add((version, dcat.isVersionOf, dataset))
    graph.add((version, dcat.version, Literal(edition.version)))
    graph.add((version, DCTERMS.identifier, Literal(f"{edition.name}-{edition.version}")))
    graph.add((version, DCTERMS.issued, _day(edition.known_at.isoformat())))
    _say(graph, version, DCTERMS.title, lambda code: f"{edition.title(code)}, {edition.version}")
    _say(graph, version, DCTERMS.description, edition.description)
    for thing in (version, dataset):
        _say(graph, thing, URIRef(_CONTEXT["adms"] + "versionNotes"), lambda code: notes[code])
    text: str = graph.serialize(format="turtle")
    return text


def _ordered(value: Any) -> Any:
    """Sort lists, which have no order in JSON-LD, so that the same record has the same bytes."""
    if isinstance(value, list):
        return sorted((_ordered(item) for item in value), key=_text)
    if isinstance(value, dict):
        return {key: _ordered(item) for key, item in value.items()}
    return value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _graph(edition: ReleaseVersion, files: Mapping[str, bytes], address: str) -> Graph:
    from rdflib import DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef

    dcat = Namespace(_CONTEXT["dcat"])
    graph = Graph()
    for prefix, namespace in _CONTEXT.items():
        graph.bind(prefix, Namespace(namespace), replace=True)
    add = graph.add
    names = ("#catalogue", "#dataset", "#publisher", "#series")
    catalogue, dataset, publisher, series = (_own(name, address) for name in names)
    add((publisher, RDF.type, FOAF.Agent))
    add((publisher, FOAF.name, Literal(PUBLISHER, lang="fr")))
    for thing, kind in ((catalogue, dcat.Catalog), (dataset, dcat.Dataset), (series, dcat.DatasetSeries)):
        add((thing, RDF.type, kind))
        add((thing, DCTERMS.publisher, publisher))
        add((thing, DCTERMS.modified, _day(edition.known_at.isoformat())))
        _say(graph, thing, DCTERMS.title, edition.title)
        _say(graph, thing, DCTERMS.description, edition.description)
        for code in LANGUAGES:
            add((thing, DCTERMS.language, URIRef(f"{_AUTHORITY}language/{_LANGUAGES[code]}")))
    add((catalogue, dcat.dataset, dataset))
    add((dataset, dcat.inSeries, series))
    _licence(graph, catalogue)
    _describe_dataset(graph, dataset, edition, address)
    for path in sorted(files):
        add((dataset, dcat.distribution, _distribution(graph, edition, path, files[path], address)))
    for code in LANGUAGES:
        language = URIRef(f"{_AUTHORITY}language/{_LANGUAGES[code]}")
        add((language, RDF.type, DCTERMS.LinguisticSystem))
    return graph


def _describe_dataset(graph: Graph, dataset: URIRef, edition: ReleaseVersion, address: str) -> None:
    from rdflib import DCAT, DCTERMS, RDF, SKOS, Literal, Namespace, URIRef

    vcard = Namespace(_CONTEXT["vcard"])
    for keyword in KEYWORDS:
        _say(graph, dataset, DCAT.keyword, partial(translate, keyword))
    coded = (
        (DCAT.theme, f"{_AUTHORITY}data-theme/EDUC", SKOS.Concept),
        (DCTERMS.accrualPeriodicity, f"{_AUTHORITY}frequency/IRREG", DCTERMS.Frequency),
        (DCTERMS.accessRights, f"{_AUTHORITY}access-right/PUBLIC", DCTERMS.RightsStatement),
        (DCTERMS.spatial, "http://data.europa.eu/nuts/code/BE3", DCTERMS.Location),
    )
    for relation, code, kind in coded:
        graph.add((dataset, relation, URIRef(code)))
        graph.add((URIRef(code), RDF.type, kind))
    theme = URIRef(f"{_AUTHORITY}data-theme/EDUC")
    _say(graph, theme, SKOS.prefLabel, partial(translate, KEYWORDS[0]))
    graph.add((dataset, URIRef(_CONTEXT["dcat"] + "version"), Literal(edition.version)))
    graph.add((dataset, DCTERMS.identifier, Literal(edition.name)))
    contact = _own("#contact", address)
    graph.add((dataset, DCAT.contactPoint, contact))
    for kind in (vcard.Organization, vcard.Kind):  # rules of DCAT-AP ask for the second by name
        graph.add((contact, RDF.type, kind))
    graph.add((contact, vcard.fn, Literal(PUBLISHER, lang="fr")))
    graph.add((contact, vcard.hasTelephone, URIRef(f"tel:{TELEPHONE}")))
    period = _own("#period", address)
    graph.add((dataset, DCTERMS.temporal, period))
    graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((period, DCAT.startDate, _day(_FIRST_DAY)))
    graph.add((period, DCAT.endDate, _day(edition.known_at.isoformat())))


def _distribution(graph: Graph, edition: ReleaseVersion, path: str, content: bytes, address: str) -> URIRef:
    from rdflib import DCAT, DCTERMS, RDF, RDFS, XSD, Literal, Namespace, URIRef

    spdx = Namespace(_CONTEXT["spdx"])
    suffix = path.rpartition(".")[2]
    table = next(name for name in PREPARED if edition.path(name, suffix) == path)
    code, media = _FORMATS[suffix]
    this, checksum = (_own(f"#{table}-{suffix}{end}", address) for end in ("", "-checksum"))
    form = URIRef(f"{_AUTHORITY}file-type/{code}")
    mediatype = URIRef(f"https://www.iana.org/assignments/media-types/{media}")
    graph.add((form, RDF.type, DCTERMS.MediaTypeOrExtent))
    graph.add((mediatype, RDF.type, DCTERMS.MediaType))
    graph.add((this, RDF.type, DCAT.Distribution))
    title = PREPARED[table]
    _say(graph, this, DCTERMS.title, lambda code: f"{edition.title(code, title)} ({suffix})")
    _licence(graph, this)
    for relation in (DCAT.accessURL, DCAT.downloadURL):
        graph.add((this, relation, _own(path, address)))
    graph.add((_own(path, address), RDF.type, RDFS.Resource))
    graph.add((this, DCTERMS["format"], form))
    graph.add((this, DCAT.mediaType, mediatype))
    size = Literal(str(len(content)), datatype=XSD.nonNegativeInteger)
    graph.add((this, DCAT.byteSize, size))
    graph.add((this, spdx.checksum, checksum))
    graph.add((checksum, RDF.type, spdx.Checksum))
    graph.add((checksum, spdx.algorithm, spdx.checksumAlgorithm_sha256))
    digest = Literal(hashlib.sha256(content).hexdigest(), datatype=XSD.hexBinary)
    graph.add((checksum, spdx.checksumValue, digest))
    graph.add((spdx.checksumAlgorithm_sha256, RDF.type, spdx.ChecksumAlgorithm))
    return this


def _licence(graph: Graph, thing: URIRef) -> None:
    from rdflib import DCTERMS, RDF, URIRef

    licence = URIRef(LICENCE_URL)
    graph.add((thing, DCTERMS.license, licence))
    graph.add((licence, RDF.type, DCTERMS.LicenseDocument))


def _say(graph: Graph, thing: URIRef, relation: Node, text: Callable[[str], str]) -> None:
    """Add a text in the four languages."""
    from rdflib import Literal

    for code in LANGUAGES:
        graph.add((thing, relation, Literal(text(code), lang=code)))


def _own(name: str, address: str) -> URIRef:
    from rdflib import URIRef

    return URIRef((address or _PLACE) + name)


def _day(text: str) -> Node:
    from rdflib import XSD, Literal

    return Literal(text, datatype=XSD.date)
