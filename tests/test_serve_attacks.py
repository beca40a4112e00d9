"""Queries and clients made to hurt the endpoint: they get an error, and the next an answer."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from endpoint import FORM, Endpoint, Reply, run_endpoint
from graph_factories import make_hanoi, make_links, write_graph, write_hanoi
from ports import note_calls
from pyoxigraph import Literal, NamedNode, Quad

from policygraph.graph.store import update_folder

pytestmark = pytest.mark.whole

SECONDS = 1.0
LIMITS = ("--timeout", str(SECONDS), "--memory", "400", "--answer", "1", "--queries", "2")

#: Every pair, triple, … of the graph's triples.
CROSS = [f"?s{n} ?p{n} ?o{n} ." for n in range(5)]


def double(times: int) -> str:
    """The length of a text that was doubled again and again, all of which are held."""
    steps = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(times))
    return f"SELECT (STRLEN(?v{times}) AS ?n) {{ VALUES ?v0 {{ 'aaaaaaaaaa' }} {steps} }}"


ANY = "(!<x:a>|^!<x:a>)"

ATTACKS = {
    # the query; the statuses that it may get
    "groups in groups": ("SELECT * {" + "{" * 2_240 + "}" * 2_240 + "}", {400}),
    "groups in groups, as deep as is allowed": ("SELECT * {" + "{" * 190 + "}" * 190 + "}", {200}),
    "brackets": ("SELECT * { FILTER" + "(" * 5_000 + "1" + ")" * 5_000 + "}", {400}),
    "lists in lists": ("SELECT * { ?s ?p " + "(1 " * 150 + ")" * 150 + "}", {504}),
    "a count of all combinations": (f"SELECT (COUNT(*) AS ?n) {{ {' '.join(CROSS)} }}", {504}),
    "all combinations": (f"SELECT * {{ {' '.join(CROSS[:3])} }}", {500, 504}),
    "all combinations in order": (f"SELECT * {{ {' '.join(CROSS[:3])} }} ORDER BY ?o2", {500, 504}),
    "all combinations once": (f"SELECT DISTINCT * {{ {' '.join(CROSS[:3])} }}", {500, 504}),
    "all combinations in one text": (
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?o0), STR(?o1), STR(?o2))) AS ?x){{ {' '.join(CROSS)} }}",
        {500, 504},
    ),
    "all triples of all combinations": (
        f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} WHERE {{ {' '.join(CROSS)} }}",
        {500, 504},
    ),
    "a doubled text": (double(40), {500, 504}),
    "all paths": (f"SELECT * {{ ?a {ANY}* ?b . ?c {ANY}* ?d . ?e {ANY}* ?f }}", {500, 504}),
    "a long path": ("SELECT * { ?s " + "/".join([f"{ANY}*"] * 300) + " ?o }", {400, 500, 504}),
    "a slow pattern": (
        "ASK { FILTER(REGEX('" + "a" * 40 + "!', '^(a+)+$')) }",
        {200},
    ),
    "a large query": ("SELECT * { VALUES ?x {" + "'x' " * 400_000 + "} }", {200, 400, 500, 504}),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hanoi(tmp_path_factory.mktemp("attacks") / "graph").folder


@pytest.fixture(scope="module")
def endpoint(graph: Path) -> Iterator[Endpoint]:
    with run_endpoint(graph, *LIMITS) as running:
        yield running


def assert_answers(endpoint: Endpoint) -> None:
    reply = endpoint.get("ASK { ?s pg:implements ?o }")
    assert (reply.status, reply.body) == (200, b'{"head":{},"boolean":true}')


@pytest.mark.parametrize("name", ATTACKS)
def test_a_query_made_to_hurt_ends_in_time_and_the_next_is_answered(
    endpoint: Endpoint, name: str
) -> None:
    query, statuses = ATTACKS[name]
    began = time.monotonic()
    reply = endpoint.post(query)
    assert time.monotonic() - began < SECONDS + 3
    assert reply.status in statuses, reply.text[:200]
    if reply.status != 200:
        assert reply.media_type == "text/plain"
        assert len(reply.text) < 1_000
    assert_answers(endpoint)


LARGE = "SELECT (REPLACE('" + "a" * 16_000 + "', 'a', '" + "b" * 1_000 + "') AS ?x) {}"  # 16 MB


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (ATTACKS["a doubled text"][0], "more than 400 MB of memory"),
        (LARGE, "larger than 1 MB"),
    ],
)
def test_a_refusal_says_what_was_too_much(graph: Path, query: str, told: str) -> None:
    with run_endpoint(graph, *LIMITS, "--timeout", "20") as patient:
        reply = patient.post(query)
        assert reply.status == 500
        assert told in reply.text
        assert_answers(patient)


def test_an_answer_is_whole_or_none(endpoint: Endpoint) -> None:
    """A first row that is there at once does not begin an answer that cannot be ended."""
    never = "FILTER(CONCAT(STR(?o0), STR(?o4)) = 'none')"
    reply = endpoint.post(
        f"SELECT ?x {{ {{ BIND(1 AS ?x) }} UNION {{ {' '.join(CROSS)} {never} }} }}"
    )
    assert reply.status == 504
    assert "longer than 1 seconds" in reply.text


REACHING = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <URL> { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "CONSTRUCT FROM <URL> WHERE { ?s ?p ?o }",
    "DESCRIBE <URL>",
    "LOAD <URL>",
    "LOAD <URL> INTO GRAPH <x:g>",
    "INSERT { ?s ?p ?o } USING <URL> WHERE { ?s ?p ?o }",
]


EVERYWHERE = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@pytest.mark.parametrize("address", ["http://127.0.0.1:PORT/", "file:///etc/passwd"])
def test_no_query_reaches_an_address_or_a_file(endpoint: Endpoint, address: str) -> None:
    with note_calls() as (port, reached):
        url = address.replace("PORT", str(port))
        for query in REACHING:
            reply = endpoint.post(query.replace("URL", url))
            assert reply.status in (200, 400)
            assert "root:" not in reply.text
        for name in ("default-graph-uri", "named-graph-uri"):
            reply = endpoint.get(
                "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", (name, url)
            )
            assert reply.status == 200
            assert b'"bindings":[]' in reply.body
        time.sleep(0.2)
    assert reached == []


def is_network_cut() -> bool:
    """Whether this system lets a process take the network from itself."""
    code = "import sys; from policygraph.apart import cut_network; sys.exit(not cut_network())"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


CALL = """
from policygraph.apart import cut_network
from pyoxigraph import Store
{cut}
list(Store().query("SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))
"""


@pytest.mark.skipif(not is_network_cut(), reason="needs Linux namespaces")
def test_a_query_that_passed_the_guard_would_find_no_network(endpoint: Endpoint) -> None:
    with note_calls() as (port, reached):
        for cut in ("cut_network()", ""):
            code = CALL.format(cut=cut, port=port)
            subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
            assert len(reached) == (cut == "")
    assert_answers(endpoint)
    spaces = {os.readlink(f"/proc/{child}/ns/net") for child in endpoint.children()}
    assert spaces
    assert os.readlink("/proc/self/ns/net") not in spaces


def ask_at_once(endpoint: Endpoint, queries: list[str]) -> list[Reply]:
    with ThreadPoolExecutor(len(queries)) as threads:
        return list(threads.map(endpoint.post, queries))


def test_many_short_queries_at_once_are_all_answered(endpoint: Endpoint) -> None:
    replies = ask_at_once(endpoint, ["ASK { ?s pg:implements ?o }"] * 60)
    assert {reply.status for reply in replies} == {200}
    assert len(endpoint.children()) <= 2


def test_too_many_long_queries_at_once_are_told_to_come_again(endpoint: Endpoint) -> None:
    replies = ask_at_once(endpoint, [ATTACKS["a count of all combinations"][0]] * 12)
    statuses = [reply.status for reply in replies]
    assert set(statuses) == {503, 504}
    refused = replies[statuses.index(503)]
    assert refused.headers["retry-after"] == "1"
    assert "2 queries are running" in refused.text
    assert_answers(endpoint)


def connect(endpoint: Endpoint, sent: str) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", endpoint.port), timeout=20)
    client.sendall(sent.encode())
    return client


DIRECT = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
SLOW = {
    "half a head": "GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: loc",
    "nothing": "",
    "half a body": f"{DIRECT}Content-Length: 1000\r\n\r\nASK",
    "pieces without end": f"{DIRECT}Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n",
}
SHORT = "from policygraph.endpoint import protocol, server\nprotocol.MOST_WAITING = 0.5\n"


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW)
def test_slow_clients_do_not_keep_others_waiting(endpoint: Endpoint, sent: str) -> None:
    with ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(connect(endpoint, sent))
        began = time.monotonic()
        assert_answers(endpoint)
        assert time.monotonic() - began < 2
    assert_answers(endpoint)


def test_slow_clients_are_dropped(graph: Path) -> None:
    change = SHORT + "server._MOST_SILENCE = 0.5"
    with run_endpoint(graph, change=change) as running:
        for name, sent in SLOW.items():
            with connect(running, sent) as client:
                received = b""
                while piece := receive(client):
                    received += piece
            assert received.startswith(b"HTTP/1.1 408" if "head" not in name and sent else b"")
            assert bool(received) == ("head" not in name and name != "nothing")
        kept = connect(running, "GET /sparql HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with kept:
            assert kept.recv(100).startswith(b"HTTP/1.1 200")
            while receive(kept):
                pass
        assert_answers(running)


def receive(client: socket.socket) -> bytes:
    try:
        return client.recv(65_536)
    except ConnectionResetError:
        return b""


def test_a_client_that_takes_nothing_is_dropped(graph: Path) -> None:
    change = SHORT + "server._MOST_SILENCE = 0.5"
    with run_endpoint(graph, "--queries", "1", change=change) as running:
        sent = f"{DIRECT}Content-Length: {len(LARGE)}\r\n\r\n{LARGE}"
        with connect(running, sent) as client:
            time.sleep(2)
            assert_answers(running)
            received = 0
            while piece := receive(client):
                received += len(piece)
        assert received < 16_000_000


def test_a_client_that_leaves_takes_its_query_with_it(graph: Path) -> None:
    query = ATTACKS["a count of all combinations"][0]
    with run_endpoint(graph, "--timeout", "60", "--queries", "1") as running:
        connect(running, f"{DIRECT}Content-Length: {len(query)}\r\n\r\n{query}").close()
        time.sleep(0.5)
        assert_answers(running)


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)
    return is_so()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_server_that_is_killed_leaves_no_query_running(graph: Path) -> None:
    query = ATTACKS["a count of all combinations"][0]
    with run_endpoint(graph, "--timeout", "1") as running:
        assert_answers(running)
        (child,) = running.children()
        with connect(running, f"{DIRECT}Content-Length: {len(query)}\r\n\r\n{query}"):
            time.sleep(0.2)
            running.process.send_signal(signal.SIGKILL)
            running.process.wait()
        assert Path(f"/proc/{child}").exists()
        assert wait_until(lambda: not is_running(child), 30)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_process_that_is_killed_from_outside_is_replaced(endpoint: Endpoint) -> None:
    assert_answers(endpoint)
    for child in endpoint.children():
        os.kill(child, signal.SIGKILL)
    wait_until(lambda: not endpoint.children(), 5)
    assert_answers(endpoint)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_process_that_grew_is_replaced_so_that_the_next_query_has_all_memory(graph: Path) -> None:
    with run_endpoint(graph, "--memory", "800", "--timeout", "30") as running:
        assert_answers(running)
        (first,) = running.children()
        assert running.post(double(10)).status == 200
        assert running.children() == [first]
        assert running.post(double(24)).status == 200
        assert wait_until(lambda: first not in running.children(), 5)
        assert_answers(running)


def write_in_many_files(folder: Path) -> None:
    """A graph in so many files that a store does not open all of them when it is opened."""
    with update_folder(folder) as update:
        for number in range(30):
            name = NamedNode(f"x:g{number}")
            quads = [Quad(name, NamedNode("x:p"), Literal(n), name) for n in range(200)]
            update.store.bulk_extend(quads)


DIGITS = " ".join(map(str, range(10)))
#: Counts to some millions, which takes a second or more, and only then looks into the graph.
LATE = f"""ASK {{
  {{ SELECT (COUNT(*) AS ?c) {{ {" ".join(f"VALUES ?v{n} {{ {DIGITS} }}" for n in range(7))} }} }}
  FILTER NOT EXISTS {{ GRAPH ?g {{ ?s <x:p> ?o FILTER(STR(?o) = 'none') }} }}
}}"""


def test_a_query_under_which_the_graph_is_rebuilt_is_answered_from_the_new_one(
    tmp_path: Path,
) -> None:
    write_in_many_files(tmp_path)
    with run_endpoint(tmp_path, "--timeout", "60") as running, ThreadPoolExecutor(1) as threads:
        assert_status(running.post("ASK {}"), 200)
        asking = threads.submit(running.post, LATE)
        time.sleep(0.2)
        with update_folder(tmp_path) as update:
            update.store.add(Quad(*[NamedNode("x:p")] * 2, Literal("new"), NamedNode("x:g")))
        assert not asking.done()
        reply = asking.result()
    assert_status(reply, 200)
    assert b"true" in reply.body


def test_queries_go_on_while_the_graph_is_rebuilt_again_and_again(tmp_path: Path) -> None:
    write_in_many_files(tmp_path)
    is_over = threading.Event()

    def ask_on() -> None:
        while not is_over.is_set():
            assert_status(running.post("SELECT (COUNT(*) AS ?n) { ?s <x:p> ?o }"), 200)

    with run_endpoint(tmp_path, "--timeout", "30") as running, ThreadPoolExecutor(3) as threads:
        asking = [threads.submit(ask_on) for _ in range(3)]
        for number in range(12):
            write_graph(tmp_path, (make_hanoi(f"{number}.txt"),), make_links())
        is_over.set()
        assert [future.result() for future in asking] == [None] * 3


def assert_status(reply: Reply, status: int) -> None:
    assert reply.status == status, reply.text


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_answers_that_nobody_takes_do_not_pile_up(graph: Path) -> None:
    """Those of 16 MB that are held at once are bounded: here by two of 20 MB at most."""
    limits = ("--answer", "20", "--queries", "2")
    sent = f"{DIRECT}Content-Length: {len(LARGE)}\r\n\r\n{LARGE}"
    with run_endpoint(graph, *limits) as running, ExitStack() as stack:
        clients = [stack.enter_context(connect(running, sent)) for _ in range(6)]
        heads = [client.recv(12) for client in clients]
        assert sorted(heads) == [b"HTTP/1.1 200"] * 2 + [b"HTTP/1.1 503"] * 4
        stack.close()
        assert wait_until(lambda: running.post(LARGE).status == 200, 10)
        assert running.post(LARGE).status == 200


@pytest.mark.parametrize(
    "sent",
    [
        "nonsense\r\n\r\n",
        "GET /sparql?query=" + "A" * 200_000 + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
        f"{DIRECT}Content-Length: -1\r\n\r\n",
        f"{DIRECT}Content-Length: 99999999999999999999\r\nExpect: 100-continue\r\n\r\n",
        "GET /sparql HTTP/1.1\r\n\r\n",
        "GET /sparql HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused(endpoint: Endpoint, sent: str) -> None:
    with connect(endpoint, sent) as client:
        status = int(client.recv(100).split()[1])
    assert 400 <= status < 500
    assert_answers(endpoint)


def test_a_large_form_is_refused(endpoint: Endpoint) -> None:
    reply = endpoint.request("POST", "/sparql", b"query=" + b"A" * 50_000_000, Content_Type=FORM)
    assert reply.status == 413
    assert_answers(endpoint)
