"""Runs tests of the suites against a real endpoint, over HTTP.

All data of the suites stand in one graph folder, a named graph for each file; a test chooses its
default graph and its named ones by `default-graph-uri` and `named-graph-uri`, or by the FROM that
its query has. So the union, which is the default graph otherwise, does not come into play.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

from comparison import (
    Result,
    read_csv,
    read_expected,
    read_graph,
    read_results,
    tell_difference,
)
from manifest import SD, Request, Test, iri_of
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, RdfFormat, parse
from rdflib import RDF, Graph, URIRef

from policygraph.graph.store import update_folder

PATH = "/sparql"
_EMPTY = "urn:x-policygraph:empty"
_FROM = re.compile(r"^\s*FROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_ACCEPTED = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}
_TABLES = {
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
_GRAPHS = {"text/turtle": RdfFormat.TURTLE}


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    media_type: str
    body: bytes

    @property
    def words(self) -> str:
        return f"{self.status} {self.body.decode(errors='replace').strip()[:160]}"


@dataclass(frozen=True, slots=True)
class Runner:
    """Tests below a folder, and the endpoint that is tested."""

    suites: Path
    address: str

    def run(self, test: Test) -> str | None:
        """Why a test fails, or None where it passes."""
        if test.kind == "ProtocolTest":
            return next(filter(None, map(self._run_request, test.requests)), None)
        if test.kind == "ServiceDescriptionTest":
            return self._run_description(test)
        reply = self._ask(test)
        if test.kind.startswith("NegativeSyntaxTest"):
            return None if reply.status == 400 else f"accepted: {reply.words}"
        if reply.status != 200:
            return reply.words
        if test.kind.startswith("PositiveSyntaxTest"):
            return None
        assert test.result
        expected = read_expected(test.result, iri_of(self.suites, test.result))
        return tell_difference(_read_reply(reply), expected, is_lax=test.is_lax)

    def _ask(self, test: Test) -> Reply:
        assert test.query
        base = iri_of(self.suites, test.query)
        query = test.query.read_bytes().decode("utf-8")
        graphs = [] if _FROM.search(query) else self._choose_graphs(test)
        suffix = test.result.suffix if test.result else ""
        accept = _ACCEPTED.get(suffix, "application/sparql-results+json, text/turtle")
        body = f"BASE <{base}>\n{query}".encode()
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self._send("POST", f"{PATH}?{urlencode(graphs)}", headers, body)

    def _choose_graphs(self, test: Test) -> list[tuple[str, str]]:
        default = [("default-graph-uri", iri_of(self.suites, path)) for path in test.data]
        named = [("named-graph-uri", iri) for iri, _ in test.named]
        return [*default, *named] or [("default-graph-uri", _EMPTY)]

    def _run_request(self, request: Request) -> str | None:
        target = request.target.replace("/sparql/", PATH, 1)
        reply = self._send(request.method, target, dict(request.headers), request.body)
        if f"{reply.status // 100}xx" not in request.statuses:
            return f"{reply.words} instead of {' or '.join(sorted(request.statuses))}"
        if request.format is None:
            return None
        formats = _GRAPHS if request.format == "RDF" else _TABLES
        if reply.media_type not in formats:
            return f"{reply.media_type} for {request.format}"
        if request.answer is not None and _read_reply(reply) is not request.answer:
            return f"not {request.answer}"
        return None

    def _run_description(self, test: Test) -> str | None:
        reply = self._send("GET", PATH, {}, None)
        graph = Graph().parse(reply.body, format=reply.media_type)
        typed = {
            SD.Service: graph.subjects(SD.endpoint),
            SD.Dataset: graph.objects(None, SD.defaultDataset),
            SD.Graph: graph.objects(None, SD.defaultGraph),
        }
        checks = {
            "returns-rdf": len(graph) > 0,
            "has-endpoint-triple": (None, SD.endpoint, URIRef(self.address + PATH)) in graph,
            "conforms-to-schema": all(
                (thing, RDF.type, class_) in graph
                for class_, things in typed.items()
                for thing in things
            ),
        }
        return None if checks[test.name] else "not so"

    def _send(self, method: str, target: str, headers: dict[str, str], body: bytes | None) -> Reply:
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        try:
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            media_type = response.headers.get_content_type()
            return Reply(response.status, media_type, response.read())
        finally:
            connection.close()


def _read_reply(reply: Reply) -> Result:
    if reply.media_type == "text/csv":
        return read_csv(reply.body)
    if reply.media_type in _TABLES:
        return read_results(reply.body, _TABLES[reply.media_type])
    return read_graph(reply.body, _GRAPHS[reply.media_type])


def write_graph(suites: Path, tests: Iterable[Test], folder: Path) -> None:
    """A graph folder with the data of the tests, each file as the named graph of its IRI."""
    with update_folder(folder, base="https://example.org/") as update:
        for iri, path in sorted(set(_find_data(suites, tests))):
            quads = parse(path=str(path), base_iri=iri_of(suites, path), rename_blank_nodes=True)
            name = NamedNode(iri)
            update.store.bulk_extend(Quad(q.subject, q.predicate, q.object, name) for q in quads)


def _find_data(suites: Path, tests: Iterable[Test]) -> Iterator[tuple[str, Path]]:
    for test in tests:
        yield from ((iri_of(suites, path), path) for path in test.data)
        yield from test.named
        if test.query and test.kind == "QueryEvaluationTest":
            for name in _FROM.findall(test.query.read_text(encoding="utf-8")):
                path = test.query.parent / name
                yield urljoin(iri_of(suites, test.query), name), path


@contextmanager
def run_endpoint(folder: Path) -> Iterator[str]:
    """`policygraph serve` for a graph folder; gives its address."""
    command = [sys.executable, "-m", "policygraph", "serve", "--sparql-only", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--graph", str(folder)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        yield process.stdout.readline().split()[-1].removesuffix(PATH)
    finally:
        process.terminate()
        process.wait()
