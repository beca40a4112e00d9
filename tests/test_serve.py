"""The SPARQL endpoint over real HTTP: the protocol, its formats, its refusals."""

from __future__ import annotations

import csv
import io
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from endpoint import FORM, Endpoint, run_endpoint
from graph_factories import BASE, CTR23, NQ25, make_hanoi, make_links, write_graph, write_hanoi
from pyoxigraph import RdfFormat, parse

pytestmark = pytest.mark.whole

IMPLEMENTS = "SELECT ?d { ?d pg:implements ?of }"
TRIPLES = "CONSTRUCT { ?d pg:implements ?of } WHERE { ?d pg:implements ?of }"
ARTICLE, LINKS = f"{BASE}article/hanoi.txt", f"{BASE}links"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hanoi(tmp_path_factory.mktemp("serve") / "graph").folder


@pytest.fixture(scope="module")
def endpoint(graph: Path) -> Iterator[Endpoint]:
    with run_endpoint(graph, "--allow-host", "Graph.Example.org") as running:
        yield running


def column(body: bytes) -> list[str]:
    """The values of the one variable of a SELECT, from JSON."""
    answer = json.loads(body)
    (name,) = answer["head"]["vars"]
    return [row[name]["value"] for row in answer["results"]["bindings"]]


ENCODED = urlencode({"query": IMPLEMENTS})
WAYS = {
    "GET": ("GET", f"/sparql?{ENCODED}", None, {}),
    "POST form": ("POST", "/sparql", ENCODED.encode(), {"Content_Type": FORM}),
    "POST form with a charset": (
        *("POST", "/sparql", ENCODED.encode()),
        {"Content_Type": f"{FORM}; charset=UTF-8"},
    ),
    "POST direct": (
        *("POST", "/sparql", IMPLEMENTS.encode()),
        {"Content_Type": "application/sparql-query"},
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_question_is_answered_in_every_way_of_the_protocol(endpoint: Endpoint, way: str) -> None:
    method, target, body, headers = WAYS[way]
    reply = endpoint.request(method, target, body, **headers)
    assert (reply.status, reply.media_type) == (200, "application/sparql-results+json")
    assert column(reply.body) == [BASE + CTR23]


def test_a_connection_that_is_kept_answers_at_once(endpoint: Endpoint) -> None:
    """The body of an answer does not wait until its head is acknowledged, which takes 40 ms."""
    connection = HTTPConnection("127.0.0.1", endpoint.port, timeout=30)
    taken = []
    for _ in range(20):
        began = time.monotonic()
        connection.request("GET", f"/sparql?{ENCODED}")
        assert connection.getresponse().read()
        taken.append(time.monotonic() - began)
    connection.close()
    assert min(taken[1:]) < 0.03


def test_head_gives_the_head_of_what_get_gives(endpoint: Endpoint) -> None:
    whole = endpoint.get(IMPLEMENTS)
    head = endpoint.request("HEAD", f"/sparql?{ENCODED}")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))


def read_csv(body: bytes) -> list[str]:
    return [row["d"] for row in csv.DictReader(io.StringIO(body.decode()))]


READERS = {
    "application/sparql-results+json": column,
    "application/json": column,
    "application/sparql-results+xml": lambda body: [
        node.text for node in ET.fromstring(body).iter() if node.tag.endswith("}uri")
    ],
    "text/csv": read_csv,
    "text/tab-separated-values": lambda body: [
        line.strip("<>") for line in body.decode().splitlines()[1:]
    ],
}


@pytest.mark.parametrize("media_type", READERS)
def test_a_table_comes_in_each_format(endpoint: Endpoint, media_type: str) -> None:
    reply = endpoint.get(IMPLEMENTS, Accept=media_type)
    assert (reply.status, reply.media_type) == (200, media_type)
    assert READERS[media_type](reply.body) == [BASE + CTR23]
    assert b"true" in endpoint.get("ASK {}", Accept=media_type).body


@pytest.mark.parametrize(
    ("media_type", "format"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
    ],
)
@pytest.mark.parametrize("query", [TRIPLES, f"DESCRIBE <{BASE}{CTR23}>"])
def test_triples_come_in_each_format(
    endpoint: Endpoint, media_type: str, format: RdfFormat, query: str
) -> None:
    reply = endpoint.get(query, Accept=media_type)
    assert (reply.status, reply.media_type) == (200, media_type)
    found = {(quad.subject.value, quad.object.value) for quad in parse(reply.body, format=format)}
    assert (BASE + CTR23, BASE + NQ25) in found


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("application/*", "application/sparql-results+json"),
        ("text/csv, application/json", "text/csv"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/csv; q=0.5, application/*; q=0.6", "application/sparql-results+json"),
        ("*/*;q=0.1, text/csv", "text/csv"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;header=present", "text/csv"),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("nonsense", "application/sparql-results+json"),
    ],
)
def test_the_format_is_what_the_client_likes_best(
    endpoint: Endpoint, accept: str, media_type: str
) -> None:
    reply = endpoint.get(IMPLEMENTS, Accept=accept)
    assert (reply.status, reply.media_type) == (200, media_type)
    assert "Accept" in reply.headers["vary"]


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (IMPLEMENTS, "image/png"),
        (IMPLEMENTS, "text/turtle"),
        (IMPLEMENTS, "text/csv;q=0"),
        (TRIPLES, "text/csv"),
    ],
)
def test_a_client_that_accepts_no_format_is_told_those_there_are(
    endpoint: Endpoint, query: str, accept: str
) -> None:
    reply = endpoint.get(query, Accept=accept)
    assert reply.status == 406
    assert ("text/turtle" if query == TRIPLES else "text/csv") in reply.text


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMES = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
BOTH = "SELECT ?s { ?s pg:sha256 ?x . ?c a pg:Campaign }"


def test_the_default_graph_is_the_union_of_the_named_ones(endpoint: Endpoint, graph: Path) -> None:
    assert column(endpoint.get(BOTH).body) == [ARTICLE]
    assert column(endpoint.get(NAMES).body) == [ARTICLE, LINKS]


def test_the_request_chooses_the_graphs_and_overrides_from(endpoint: Endpoint) -> None:
    links, article = ("default-graph-uri", LINKS), ("default-graph-uri", ARTICLE)
    named = ("named-graph-uri", LINKS)
    everything, some, other, both, none = (
        int(column(endpoint.get(COUNT, *graphs).body)[0])
        for graphs in ([], [links], [article], [links, article], [named])
    )
    assert 0 < some < everything
    assert both == some + other == everything
    assert none == 0
    assert column(endpoint.get(BOTH, links).body) == []
    assert column(endpoint.get(BOTH, links, article).body) == [ARTICLE]
    assert column(endpoint.get(NAMES, named).body) == [LINKS]
    assert column(endpoint.get(NAMES, links).body) == []
    from_article = COUNT.replace("{ ?s", f"FROM <{ARTICLE}> {{ ?s")
    assert int(column(endpoint.get(from_article).body)[0]) == other
    assert int(column(endpoint.get(from_article, links).body)[0]) == some


def test_graphs_of_the_address_go_with_a_query_in_the_body(endpoint: Endpoint) -> None:
    target = f"/sparql?{urlencode({'default-graph-uri': LINKS})}"
    direct = endpoint.request(
        "POST", target, NAMES.encode(), Content_Type="application/sparql-query"
    )
    form = urlencode({"query": NAMES, "named-graph-uri": ARTICLE}).encode()
    assert column(direct.body) == []
    assert column(endpoint.request("POST", target, form, Content_Type=FORM).body) == [ARTICLE]


def test_relative_iris_are_resolved_against_the_endpoint(endpoint: Endpoint) -> None:
    reply = endpoint.get("SELECT ?x { BIND(<x> AS ?x) }")
    assert column(reply.body) == [f"http://127.0.0.1:{endpoint.port}/x"]


@pytest.mark.parametrize(
    ("accept", "media_type", "format"),
    [
        ("*/*", "text/turtle", RdfFormat.TURTLE),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json, text/turtle;q=0.2", "application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_without_a_query_it_describes_itself(
    endpoint: Endpoint, accept: str, media_type: str, format: RdfFormat
) -> None:
    reply = endpoint.request("GET", "/sparql", Accept=accept)
    assert (reply.status, reply.media_type) == (200, media_type)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    said = {
        (quad.predicate.value.removeprefix(sd), quad.object.value.removeprefix(sd))
        for quad in parse(reply.body, format=format)
        if "#type" not in quad.predicate.value
        and not quad.predicate.value.startswith(sd + "default")
    }
    assert {
        ("endpoint", endpoint.url),
        ("supportedLanguage", "SPARQL11Query"),
        ("feature", "UnionDefaultGraph"),
    } < said
    assert len([name for name, _ in said if name == "resultFormat"]) == 8
    assert endpoint.request("GET", "/sparql", Accept="text/html").status == 406


BAD = {
    # method, target, body, headers; the status, and what is said
    "no SPARQL": ("GET", "/sparql?query=SELECT%20%2A%20%7B%3Fs%20%3Fp%7D", None, {}, 400, "1:11: "),
    "an update as a query": (
        *("GET", f"/sparql?query={quote('INSERT DATA { <x:a> <x:b> 1 }')}", None, {}),
        *(400, "a query only reads"),
    ),
    "two queries": ("GET", f"/sparql?{ENCODED}&{ENCODED}", None, {}, 400, "more than once"),
    "a form without a query": (
        *("POST", "/sparql", b"a=b", {"Content_Type": FORM}),
        *(400, "no parameter “query”"),
    ),
    "two encodings": ("GET", "/sparql?query=ASK%20%7B%7D%23%FF", None, {}, 400, "not UTF-8"),
    "a body that is not UTF-8": (
        *(
            "POST",
            "/sparql",
            "ASK { }".encode("utf-16"),
            {"Content_Type": "application/sparql-query"},
        ),
        *(400, "not UTF-8"),
    ),
    "a graph that is no IRI": (
        *("GET", f"/sparql?{ENCODED}&default-graph-uri=links", None, {}),
        *(400, "“links” is no absolute IRI"),
    ),
    "too many parameters": (
        "POST",
        "/sparql",
        b"a=b&" * 10_001,
        {"Content_Type": FORM},
        400,
        "10,",
    ),
    "an update": (
        *("POST", "/sparql", b"update=CLEAR+ALL", {"Content_Type": FORM}, 403, "only reads"),
    ),
    "a direct update": (
        *("POST", "/sparql", b"CLEAR ALL", {"Content_Type": "application/sparql-update"}),
        *(403, "only reads"),
    ),
    "an update by GET": ("GET", "/sparql?update=CLEAR+ALL", None, {}, 403, "only reads"),
    "another path": ("GET", "/", None, {}, 404, "/sparql"),
    "another method": ("DELETE", "/sparql", None, {}, 405, "GET or POST"),
    "another type": (
        *("POST", "/sparql", b"ASK {}", {"Content_Type": "text/plain"}),
        *(415, "application/sparql-query or"),
    ),
    "no type": ("POST", "/sparql", b"ASK {}", {}, 415, "no Content-Type"),
    "a compressed body": (
        *("POST", "/sparql", b"x", {"Content_Type": FORM, "Content_Encoding": "gzip"}),
        *(415, "compressed"),
    ),
    "a large body": (
        *("POST", "/sparql", b"#" * 3_000_000, {"Content_Type": "application/sparql-query"}),
        *(413, "at most 2 MB"),
    ),
    "a form as a part of many": (
        *("POST", "/sparql", b"--x", {"Content_Type": "multipart/form-data; boundary=x"}),
        *(415, "multipart/form-data"),
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_request_that_cannot_be_answered_is_told_why(endpoint: Endpoint, name: str) -> None:
    method, target, body, headers, status, told = BAD[name]
    reply = endpoint.request(method, target, body, **headers)
    assert reply.status == status
    assert told in reply.text
    assert reply.media_type == "text/plain"
    if status == 405:
        assert {"GET", "POST"} <= set(reply.headers["allow"].split(", "))


def test_no_answer_runs_in_a_browser(endpoint: Endpoint) -> None:
    svg = "http://www.w3.org/2000/svg#"
    query = f"CONSTRUCT {{ <x:a> <{svg}script> 'alert(1)' }} {{}}"
    for reply in (endpoint.get(query, Accept="application/xml"), endpoint.get("<script>")):
        assert reply.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8000", 200),
        ("graph.example.org:80", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.", 421),
        ("evil.example@127.0.0.1:x", 421),
        ("", 421),
    ],
)
def test_only_hosts_that_are_known_are_answered(endpoint: Endpoint, host: str, status: int) -> None:
    assert endpoint.get("ASK {}", Host=host).status == status


ORIGIN = "https://notes.example.org"


def test_pages_of_other_sites_read_nothing_unless_they_were_named(
    endpoint: Endpoint, graph: Path
) -> None:
    plain = endpoint.get("ASK {}", Origin=ORIGIN)
    assert not [name for name in plain.headers if name.startswith("access-control")]
    preflight = {
        "Origin": ORIGIN,
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": "content-type",
    }
    assert endpoint.request("OPTIONS", "/sparql", **preflight).status == 405
    with run_endpoint(graph, "--cors", ORIGIN) as open_endpoint:
        for query in ("ASK {}", "ASK {"):
            reply = open_endpoint.get(query, Origin=ORIGIN)
            assert reply.headers["access-control-allow-origin"] == ORIGIN
        other = open_endpoint.get("ASK {}", Origin="https://evil.example")
        assert "access-control-allow-origin" not in other.headers
        allowed = open_endpoint.request("OPTIONS", "/sparql", **preflight)
        assert allowed.status == 200
        assert "POST" in allowed.headers["access-control-allow-methods"]
        rebound = open_endpoint.get("ASK {}", Origin=ORIGIN, Host="evil.example")
        assert rebound.status == 421


def test_the_next_query_sees_a_graph_that_was_rebuilt(tmp_path: Path) -> None:
    write_hanoi(tmp_path / "graph")
    asked = "SELECT ?id { ?a a pg:Article ; dcterms:identifier ?id } ORDER BY ?id"
    with run_endpoint(tmp_path / "graph") as running:
        assert column(running.get(asked).body) == ["hanoi.txt"]
        for number in range(3):
            article = make_hanoi(f"more-{number}.txt")
            write_graph(tmp_path / "graph", (article,), make_links())
            assert len(column(running.get(asked).body)) == 2 + number
        shutil.move(tmp_path / "graph", tmp_path / "away")
        gone = running.get(asked)
        assert gone.status == 503
        assert gone.text == "the graph cannot be opened now\n"
        shutil.move(tmp_path / "away", tmp_path / "graph")
        assert running.get(asked).status == 200
        running.process.terminate()
        assert running.process.stderr
        assert "is no graph folder" in running.process.stderr.readline()


def test_it_is_not_told_where_the_graph_lies(endpoint: Endpoint, graph: Path) -> None:
    replies = [endpoint.get(query) for query in ("ASK {", "SELECT * {?s ?p ?o}")]
    replies.append(endpoint.request("GET", "/sparql"))
    assert not [reply for reply in replies if str(graph) in reply.text]


PROGRAM = [sys.executable, "-m", "policygraph", "serve"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--graph", "none"], 1, "policygraph build"),
        (["nothing-here", "--sparql-only"], 2, "neither builds nor reviews"),
        (["--sparql-only", "--review"], 2, "neither builds nor reviews"),
        (["--sparql-only", "--graph", "none"], 1, "policygraph build"),
        (["--sparql-only", "--port", "70000"], 2, "65535"),
        (["--sparql-only", "--host", "192.0.2.1"], 1, "192.0.2.1:8000"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_line(
    graph: Path, arguments: list[str], code: int, told: str
) -> None:
    done = subprocess.run(
        [*PROGRAM, *arguments], cwd=graph.parent, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_said_to_be(graph: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*PROGRAM, "--sparql-only", "--port", port],
            cwd=graph.parent,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert f"127.0.0.1:{port}: " in done.stderr
    assert "--port" in done.stderr


def test_without_the_extra_it_says_which(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "starlette.py").write_text(
        "raise ModuleNotFoundError('No module named starlette', name='starlette')\n"
    )
    done = subprocess.run(
        [*PROGRAM, "--sparql-only"],
        cwd=graph.parent,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert 'pip install "policygraph[serve]"' in done.stderr


def test_an_interrupt_ends_it_in_peace(graph: Path) -> None:
    with run_endpoint(graph) as running:
        assert running.get("ASK {}").status == 200
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(timeout=20) == 0


def test_it_warns_where_others_reach_it(graph: Path) -> None:
    with run_endpoint(graph, "--host", "0.0.0.0") as running:
        assert running.get("ASK {}").status == 200
        assert running.process.stderr
        told = running.process.stderr.readline()
        assert told == "note: whoever reaches 0.0.0.0 may ask this graph\n"
