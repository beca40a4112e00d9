"""What the service says of itself, in the vocabulary of SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from policygraph.graph.answer import TRIPLE_FORMATS
from policygraph.graph.namespaces import RDF, RDFS, Vocabulary

_SD = Vocabulary(
    "http://www.w3.org/ns/sparql-service-description#",
    """Service Dataset Graph endpoint supportedLanguage SPARQL11Query feature UnionDefaultGraph
    resultFormat defaultDataset defaultGraph""",
)
_FORMATS = Vocabulary(
    "http://www.w3.org/ns/formats/",
    """SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV
    Turtle N-Triples RDF_XML JSON-LD""",
)


def describe_service(url: str, format: str) -> bytes:
    """The description of the endpoint at a URL, in one of the formats of triples."""
    written = BytesIO()
    prefixes = {"sd": _SD.iri, "rdfs": RDFS.iri}
    serialize(_describe(NamedNode(url)), written, format=TRIPLE_FORMATS[format], prefixes=prefixes)
    return written.getvalue()


def _describe(endpoint: NamedNode) -> Iterator[Triple]:
    service, dataset, graph = (BlankNode(name) for name in ("service", "dataset", "graph"))
    yield Triple(service, RDF.type, _SD.Service)
    yield Triple(service, RDFS.label, Literal("policygraph", language="en"))
    yield Triple(service, _SD.endpoint, endpoint)
    yield Triple(service, _SD.supportedLanguage, _SD.SPARQL11Query)
    yield Triple(service, _SD.feature, _SD.UnionDefaultGraph)
    for format in sorted(_FORMATS.names()):
        yield Triple(service, _SD.resultFormat, _FORMATS[format])
    yield Triple(service, _SD.defaultDataset, dataset)
    yield Triple(dataset, RDF.type, _SD.Dataset)
    yield Triple(dataset, _SD.defaultGraph, graph)
    yield Triple(graph, RDF.type, _SD.Graph)
