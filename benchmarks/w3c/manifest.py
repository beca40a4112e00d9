"""Reads the manifests of the W3C's test suites: which tests there are, and what each needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

#: Where the suites stand on the Web: the base of all their IRIs, whatever folder holds them here.
BASE = "https://w3c.github.io/rdf-tests/"


@dataclass(frozen=True, slots=True)
class Request:
    """A request of a protocol test, and what is expected of its response."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: frozenset[str]
    format: str | None
    answer: bool | None


@dataclass(frozen=True, slots=True)
class Test:
    """A test of a suite.

    Attributes:
        group: the folder of its manifest, below that of the suites.
        kind: the local name of its class, such as "QueryEvaluationTest".
        query, result: files; `data` those of the default graph, `named` those of named graphs.
        is_lax: duplicates may be left out of the answer (REDUCED).
        excluded: why the test says nothing about a read-only endpoint without inference, or None.
    """

    group: str
    name: str
    kind: str
    query: Path | None = None
    data: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()
    result: Path | None = None
    is_lax: bool = False
    requests: tuple[Request, ...] = ()
    excluded: str | None = None


def read_tests(suites: Path) -> Iterator[Test]:
    """The tests of all manifests below a folder, by folder and in the order of each manifest."""
    for path in sorted(suites.rglob("manifest.ttl")):
        graph = Graph().parse(path, format="turtle", publicID=iri_of(suites, path))
        for entries in graph.objects(None, MF.entries):
            for test in Collection(graph, entries):
                yield _read_test(suites, path.parent, graph, test)


def iri_of(suites: Path, file: Path) -> str:
    return BASE + file.relative_to(suites).as_posix()


def _read_test(suites: Path, folder: Path, graph: Graph, test: Node) -> Test:
    action = graph.value(test, MF.action)

    def file(iri: Node | None) -> Path | None:
        return suites / unquote(str(iri).removeprefix(BASE)) if isinstance(iri, URIRef) else None

    kind = str(graph.value(test, RDF.type)).rpartition("#")[2]
    group = folder.relative_to(suites).as_posix()
    return Test(
        group=group,
        name=str(test).rpartition("#")[2] or str(graph.value(test, MF.name)),
        kind=kind,
        query=file(graph.value(action, QT.query)) or file(action),
        data=tuple(filter(None, map(file, graph.objects(action, QT.data)))),
        named=tuple(
            (str(iri), path) for iri in graph.objects(action, QT.graphData) if (path := file(iri))
        )
        + tuple(_read_labelled(graph, test, file)),
        result=file(graph.value(test, MF.result)),
        is_lax=graph.value(test, MF.resultCardinality) == MF.LaxCardinality,
        requests=tuple(_read_requests(graph, action)) if kind == "ProtocolTest" else (),
        excluded=_exclude(graph, group, test, action, kind),
    )


def _read_labelled(graph: Graph, test: Node, file) -> Iterator[tuple[str, Path]]:  # type: ignore[no-untyped-def]
    """The named graphs of a protocol test, by their labels."""
    for data in graph.objects(test, UT.graphData):
        yield str(graph.value(data, RDFS.label)), file(graph.value(data, UT.graph))


def _exclude(graph: Graph, group: str, test: Node, action: Node | None, kind: str) -> str | None:
    name = str(test).rpartition("#")[2]
    if "Update" in kind or "update" in name or str(action).endswith(".ru"):
        return "update"
    if kind == "GraphStoreProtocolTest":
        return "graph store protocol"
    if (test, SD.entailmentRegime, None) in graph or (action, SD.entailmentRegime, None) in graph:
        return "entailment"
    if group.endswith(("/service", "/syntax-fed")):
        return "federation"
    return None


def _read_requests(graph: Graph, action: Node | None) -> Iterator[Request]:
    for request in Collection(graph, graph.value(action, HT.requests)):
        response = graph.value(request, HT.resp)
        expected = graph.value(response, MF.expectedBoolean)
        yield Request(
            method=str(graph.value(request, HT.methodName)),
            target=str(graph.value(request, HT.absolutePath)),
            headers=tuple(_read_headers(graph, request)),
            body=_read_body(graph, graph.value(request, HT.body)),
            statuses=frozenset(
                str(status)[-3:] for status in graph.objects(response, MF.expectedStatus)
            ),
            format=str(graph.value(response, MF.expectedFormat) or "") or None,
            answer=None if expected is None else str(expected) == "true",
        )


def _read_headers(graph: Graph, request: Node) -> Iterator[tuple[str, str]]:
    if (headers := graph.value(request, HT.headers)) is not None:
        for header in Collection(graph, headers):
            yield str(graph.value(header, HT.fieldName)), str(graph.value(header, HT.fieldValue))


def _read_body(graph: Graph, body: Node | None) -> bytes | None:
    if body is None:
        return None
    encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8")
    return str(graph.value(body, CNT.chars)).encode(encoding)
