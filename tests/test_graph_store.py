"""The graph folder: always a complete graph, one writer, refusals that name place and remedy."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from graph_factories import BASE, make_hanoi, make_links, write_graph, write_hanoi
from pyoxigraph import NamedNode, Quad

from policygraph.errors import GraphError
from policygraph.graph.iri import article_iri
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.rdf import describe_article
from policygraph.graph.store import open_store, sorted_nquads, update_folder


def nquads(folder: Path) -> list[str]:
    return list(PolicyGraph.open(folder).nquads())


def entries(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    write_hanoi(tmp_path / "once")
    for _ in range(3):
        write_hanoi(tmp_path / "often")
    assert nquads(tmp_path / "once") == nquads(tmp_path / "often")
    assert nquads(tmp_path / "once") == sorted(nquads(tmp_path / "once"))


def test_the_order_of_articles_does_not_matter(tmp_path: Path) -> None:
    articles = make_hanoi("a.txt"), make_hanoi("b.txt")
    write_graph(tmp_path / "one", articles, make_links("a.txt"))
    write_graph(tmp_path / "two", articles[::-1], make_links("a.txt"))
    assert nquads(tmp_path / "one") == nquads(tmp_path / "two")


def test_a_replaced_article_leaves_nothing_of_the_old(tmp_path: Path) -> None:
    graph = write_graph(tmp_path, (make_hanoi(),), make_links())
    before = nquads(tmp_path)
    with update_folder(tmp_path) as update:
        assert update.article_digest("hanoi.txt") == "ab" * 32
        assert update.article_digest("other.txt") is None
        changed = replace(make_hanoi(), statements=())
        update.replace_article("hanoi.txt", describe_article(changed, base=BASE))
    after = nquads(tmp_path)
    assert len(after) < len(before)
    assert set(after) < set(before)
    assert list(graph.nquads()) == before, "a reader keeps what it opened"


def test_a_removed_article_leaves_nothing_behind(tmp_path: Path) -> None:
    write_graph(tmp_path, (make_hanoi("a.txt"), make_hanoi("b.txt")), make_links("a.txt"))
    with update_folder(tmp_path) as update:
        update.remove_article("b.txt")
    write_graph(tmp_path / "expected", (make_hanoi("a.txt"),), make_links("a.txt"))
    assert nquads(tmp_path) == nquads(tmp_path / "expected")
    assert PolicyGraph.open(tmp_path).summary().articles == 1


def test_the_manifest_keeps_roots_and_extractor(tmp_path: Path) -> None:
    with update_folder(tmp_path) as update:
        roots = {"articles": ("a.txt", "thư mục/b.txt"), "news.jsonl": ()}
        update.manifest = replace(update.manifest, roots=roots, extractor="f00d")
    manifest = open_store(tmp_path)[1]
    assert (dict(manifest.roots), manifest.extractor) == (roots, "f00d")
    assert manifest.base == BASE


def test_an_exception_leaves_the_graph_as_it_was(tmp_path: Path) -> None:
    write_hanoi(tmp_path)
    before, held = nquads(tmp_path), entries(tmp_path)
    with pytest.raises(TypeError), update_folder(tmp_path) as update:
        update.replace_article("hanoi.txt", [None])  # type: ignore[list-item]
    assert nquads(tmp_path) == before
    assert entries(tmp_path) == held


def test_only_one_generation_stays(tmp_path: Path) -> None:
    for _ in range(3):
        write_hanoi(tmp_path)
    assert entries(tmp_path) == {"graph.json", ".lock", "generation-3"}


def test_an_article_of_many_quads_is_written_without_holding_them_all(tmp_path: Path) -> None:
    graph = NamedNode(article_iri(BASE, "a.txt"))
    quads = (Quad(graph, NamedNode(f"{BASE}{n}"), graph, graph) for n in range(200_000))
    with update_folder(tmp_path / "graph", base=BASE) as update:
        tracemalloc.start()
        update.replace_article("a.txt", quads)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(update.store) == 200_000
    assert peak < 30 * 2**20


WRITER = """
import sys
sys.path.insert(0, {tests!r})
from graph_factories import BASE, make_hanoi
from policygraph.graph.rdf import describe_article
from policygraph.graph.store import update_folder
for n in range(10_000):
    with update_folder({folder!r}) as update:
        for part in "ab":
            name = f"{{n:05}}{{part}}.txt"
            update.replace_article(name, describe_article(make_hanoi(name), base=BASE))
    print(n, flush=True)
"""


@pytest.mark.parametrize("wait", [0.0, 0.004, 0.011, 0.023, 0.037])
def test_a_killed_writer_leaves_the_last_complete_graph(tmp_path: Path, wait: float) -> None:
    folder = tmp_path / "graph"
    script = WRITER.format(tests=str(Path(__file__).parent), folder=str(folder))
    writer = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(2)][-1]
    time.sleep(wait)
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
    writer.wait()
    articles = PolicyGraph.open(folder).summary().articles
    assert articles in (2 * (acknowledged + 1), 2 * (acknowledged + 2))
    write_hanoi(folder)
    assert PolicyGraph.open(folder).summary().articles == articles + 1
    assert len(entries(folder)) == 3, "what the killed writer left is swept"


def test_a_first_build_that_was_killed_does_not_block_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    (folder / "generation-1").mkdir(parents=True)
    (folder / "generation-1" / "CURRENT").write_text("torn")
    (folder / ".lock").touch()
    (folder / "graph.json.new").write_text("{")
    assert write_hanoi(folder).summary().articles == 1
    assert entries(folder) == {"graph.json", ".lock", "generation-1"}


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    write_hanoi(tmp_path)
    with (
        update_folder(tmp_path),
        pytest.raises(GraphError, match="another process is writing"),
        update_folder(tmp_path),
    ):
        pass
    assert PolicyGraph.open(tmp_path).summary().articles == 1


def test_readers_read_while_a_writer_writes(tmp_path: Path) -> None:
    write_hanoi(tmp_path)
    before = nquads(tmp_path)
    with update_folder(tmp_path) as update:
        update.remove_article("hanoi.txt")
        assert nquads(tmp_path) == before
    assert nquads(tmp_path) != before


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with (
        pytest.raises(GraphError, match=r"thesis\.docx.*\(name an empty folder"),
        update_folder(tmp_path),
    ):
        pass
    assert entries(tmp_path) == {"thesis.docx"}
    with pytest.raises(GraphError, match="is no graph folder"):
        PolicyGraph.open(tmp_path)


def test_a_file_is_no_graph_folder(tmp_path: Path) -> None:
    file = tmp_path / "graph"
    file.write_text("x")
    with pytest.raises(GraphError, match="is a file"), update_folder(file):
        pass
    with pytest.raises(GraphError, match="is no graph folder"):
        open_store(file)
    assert file.read_text() == "x"


def test_a_missing_folder_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="policygraph build") as caught:
        open_store(tmp_path / "none")
    assert caught.value.place == str(tmp_path / "none")


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("", "cannot be read"),
        ("[]", "no manifest"),
        ('{"format": 1}', "an earlier policygraph"),
        ('{"format": 2}', "damaged"),
        ('{"format": 3, "whatever": 1}', "format 3; this program reads up to 2"),
        (
            '{"format": 2, "base": "x/", "extractor": "", "roots": {}, "generation": "../x"}',
            "damag",
        ),
        (
            '{"format": 2, "base": "x/", "extractor": "", "roots": {}, "generation": "gone"}',
            "opened",
        ),
        ('{"format": 2, "base": "x/", "extractor": "", "roots": [], "generation": "g"}', "damaged"),
    ],
)
def test_a_bad_manifest_is_refused_and_kept(tmp_path: Path, manifest: str, message: str) -> None:
    write_hanoi(tmp_path)
    (tmp_path / "graph.json").write_text(manifest)
    held = entries(tmp_path)
    with pytest.raises(GraphError, match=message):
        open_store(tmp_path)
    with pytest.raises(GraphError, match=message), update_folder(tmp_path):
        pass
    assert entries(tmp_path) == held
    assert (tmp_path / "graph.json").read_text() == manifest


def test_a_store_that_lost_its_files_is_refused_with_the_remedy(tmp_path: Path) -> None:
    write_hanoi(tmp_path)
    for file in (tmp_path / "generation-1").glob("*.sst"):  # some of which RocksDB may not need
        file.unlink()
    with pytest.raises(GraphError, match=r"generation-1 cannot be opened: .*build the graph again"):
        open_store(tmp_path)


def test_a_base_is_set_once(tmp_path: Path) -> None:
    base = "https://example.org/graph/"
    graph = write_graph(tmp_path, (make_hanoi(),), make_links(), base=base)
    assert graph.trace("25-NQ/TW").target.iri.startswith(base + "document/")
    with update_folder(tmp_path) as update:
        assert update.manifest.base == base
    with pytest.raises(GraphError, match=base), update_folder(tmp_path, base=BASE):
        pass


@pytest.mark.parametrize("base", ["https://example.org/graph", "graph/", "http://a b/"])
def test_a_base_that_makes_no_iri_is_refused(tmp_path: Path, base: str) -> None:
    with pytest.raises(GraphError), update_folder(tmp_path / "graph", base=base):
        pass


def test_the_manifest_is_plain_json(tmp_path: Path) -> None:
    write_hanoi(tmp_path)
    written = json.loads((tmp_path / "graph.json").read_text())
    assert written["generation"] == "generation-1"
    assert str(tmp_path) not in (tmp_path / "graph.json").read_text()


def test_lines_are_whole_whatever_the_text_holds(tmp_path: Path) -> None:
    annotated = make_hanoi(title="one\ntwo\u2028three\rfour")
    graph = write_graph(tmp_path, (annotated,), make_links())
    lines = list(sorted_nquads(graph.store))
    assert len(lines) == len(graph.store)
    assert all(line.endswith(" .") for line in lines)
