"""Builds: what is read again, what stays and what goes, and that history and order do not show."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from corpus import HANOI as HANOI_FILE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policygraph as pg
from policygraph import pipeline
from policygraph.errors import BuildError, GraphError, ReadingError
from policygraph.pipeline import BuildReport, Extraction, extract, update_graph

HANOI = "Thành ủy Hà Nội ban hành Chương trình số 23-CTr/TU thực hiện Nghị quyết số 25-NQ/TW."
DATED = "Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng khóa XI."
QUANG_NINH = "Tỉnh ủy Quảng Ninh triển khai thực hiện Chỉ thị số 05-CT/TW của Bộ Chính trị."
KHEO = "UBND tỉnh Quảng Ninh phát động phong trào thi đua “Dân vận khéo”."


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "2013").mkdir(parents=True)
    (folder / "hanoi.txt").write_text(HANOI, encoding="utf-8")
    (folder / "2013" / "dated.txt").write_text(DATED, encoding="utf-8")
    (folder / "quang-ninh.txt").write_text(QUANG_NINH, encoding="utf-8")
    return folder


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return tmp_path / "graph"


def nquads(folder: Path) -> list[str]:
    return list(pg.open(folder).nquads())


def build_afresh(folder: Path, *paths: Path) -> list[str]:
    """The graph of the paths, built into a folder where there was none."""
    shutil.rmtree(folder, ignore_errors=True)
    update_graph(*paths, graph=folder)
    return nquads(folder)


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    return report.read, report.unchanged, report.removed, len(report.errors)


def ids(folder: Path) -> list[str]:
    answer = pg.open(folder).query("SELECT ?id { ?a a pg:Article ; dcterms:identifier ?id }")
    return sorted(row[0] for row in answer.texts())


def test_building_again_reads_nothing_and_changes_nothing(articles: Path, graph: Path) -> None:
    assert counts(update_graph(articles, graph=graph)) == (3, 0, 0, 0)
    before = nquads(graph)
    assert counts(update_graph(articles, graph=graph)) == (0, 3, 0, 0)
    assert nquads(graph) == before


def test_step_by_step_gives_what_one_go_gives(articles: Path, graph: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    record = {"id": "https://a.vn/1?x=é#y", "text": KHEO, "published": "2021-05-01"}
    more.write_text(json.dumps(record) + "\n", encoding="utf-8")
    extra = shutil.copytree(articles / "2013", tmp_path / "extra")
    for path in (more, extra, articles):
        update_graph(path, graph=graph)
    assert nquads(graph) == build_afresh(tmp_path / "a", articles, extra, more)
    assert nquads(graph) == build_afresh(tmp_path / "b", more, extra, articles)


def test_a_changed_article_replaces_its_graph(articles: Path, graph: Path, tmp_path: Path) -> None:
    update_graph(articles, graph=graph)
    (articles / "hanoi.txt").write_text(KHEO, encoding="utf-8")
    assert counts(update_graph(articles, graph=graph)) == (1, 2, 0, 0)
    assert nquads(graph) == build_afresh(tmp_path / "fresh", articles)


def test_what_vanished_goes_and_other_roots_stay(
    articles: Path, graph: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(KHEO, encoding="utf-8")
    update_graph(articles, other, graph=graph)
    (articles / "hanoi.txt").unlink()
    other.unlink()
    assert counts(update_graph(articles, graph=graph)) == (0, 2, 1, 0)
    assert ids(graph) == ["2013/dated.txt", "other.txt", "quang-ninh.txt"]


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["a.txt", "b.txt", "c/d.txt"]),
        st.sampled_from([None, HANOI, DATED, QUANG_NINH, KHEO]),
    ),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(OPERATIONS)
def test_no_history_shows(tmp_path: Path, operations: list[tuple[str, str | None]]) -> None:
    """After any writing and deleting of files, each built, the graph is that of what is there."""
    for folder in ("articles", "graph"):
        shutil.rmtree(tmp_path / folder, ignore_errors=True)
    articles, graph = tmp_path / "articles", tmp_path / "graph"
    (articles / "c").mkdir(parents=True)
    (articles / "always.txt").write_text(DATED, encoding="utf-8")
    for name, text in operations:
        if text is None:
            (articles / name).unlink(missing_ok=True)
        else:
            (articles / name).write_text(text, encoding="utf-8")
        update_graph(articles, graph=graph)
    assert nquads(graph) == build_afresh(tmp_path / "fresh", articles)


def test_one_bad_file_is_reported_and_the_rest_built(articles: Path, graph: Path) -> None:
    (articles / "bad.txt").write_bytes(b"\x00\xff" * 100)
    told: list[ReadingError] = []
    report = update_graph(articles, graph=graph, on_error=told.append)
    assert counts(report) == (3, 0, 0, 1)
    assert told == list(report.errors)
    assert str(told[0]).startswith(f"{articles}/bad.txt: ")
    (articles / "bad.txt").unlink()
    assert counts(update_graph(articles, graph=graph)) == (0, 3, 0, 0), "it was never there"


def test_what_was_read_from_a_file_that_is_now_bad_stays(articles: Path, graph: Path) -> None:
    update_graph(articles, graph=graph)
    before = nquads(graph)
    (articles / "hanoi.txt").write_bytes(b"")
    assert counts(update_graph(articles, graph=graph)) == (0, 2, 0, 1)
    assert nquads(graph) == before


def test_nothing_vanishes_from_records_that_cannot_all_be_read(tmp_path: Path, graph: Path) -> None:
    news = tmp_path / "news.jsonl"
    lines = [json.dumps({"id": name, "text": HANOI}) for name in ("a", "b")]
    news.write_text("\n".join(lines), encoding="utf-8")
    update_graph(news, graph=graph)
    news.write_text(f"{lines[0]}\n{lines[1][:-5]}", encoding="utf-8")
    assert counts(update_graph(news, graph=graph)) == (0, 1, 0, 1)
    assert ids(graph) == ["a", "b"]


def test_where_nothing_can_be_read_the_graph_stays(articles: Path, graph: Path) -> None:
    update_graph(articles, graph=graph)
    before = nquads(graph)
    for file in articles.rglob("*.txt"):
        file.write_bytes(b"")
    with pytest.raises(BuildError, match="and 2 more") as raised:
        update_graph(articles, graph=graph)
    assert len(raised.value.errors) == 3
    assert nquads(graph) == before


def test_a_missing_path_stops_the_build_before_anything_is_made(
    articles: Path, graph: Path
) -> None:
    with pytest.raises(ReadingError, match="missing: there is no such file"):
        update_graph(articles, articles / "missing", graph=graph)
    assert not graph.exists()


def test_an_id_of_two_texts_is_an_error_that_says_so(
    articles: Path, graph: Path, tmp_path: Path
) -> None:
    update_graph(articles, graph=graph)
    twin = tmp_path / "elsewhere" / "hanoi.txt"
    twin.parent.mkdir()
    twin.write_text(HANOI, encoding="utf-8")
    assert counts(update_graph(twin, graph=graph)) == (0, 1, 0, 0), "the same text is no conflict"
    before = nquads(graph)
    twin.write_text(KHEO, encoding="utf-8")
    with pytest.raises(BuildError, match=r"its id “hanoi.txt” is already .*\.\./articles"):
        update_graph(twin, graph=graph)
    assert nquads(graph) == before


def test_a_file_reached_by_two_roots_may_change(articles: Path, graph: Path) -> None:
    update_graph(articles / "hanoi.txt", graph=graph)
    update_graph(articles, graph=graph)
    (articles / "hanoi.txt").write_text(KHEO, encoding="utf-8")
    assert counts(update_graph(articles, graph=graph)) == (1, 2, 0, 0)


def test_another_extractor_reads_all_anew_in_its_time(
    articles: Path, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(KHEO, encoding="utf-8")
    update_graph(articles, other, graph=graph)
    monkeypatch.setattr(pipeline, "fingerprint_extractor", lambda: "a later version")
    assert counts(update_graph(articles, graph=graph)) == (3, 0, 0, 0)
    assert counts(update_graph(articles, other, graph=graph)) == (1, 3, 0, 0)
    assert counts(update_graph(articles, other, graph=graph)) == (0, 4, 0, 0)


def test_articles_and_graph_may_be_moved_together(
    articles: Path, graph: Path, tmp_path: Path
) -> None:
    update_graph(articles, graph=graph)
    moved = tmp_path / "moved"
    moved.mkdir()
    articles.rename(moved / "articles")
    graph.rename(moved / "graph")
    (moved / "articles" / "hanoi.txt").unlink()
    report = update_graph(moved / "articles", graph=moved / "graph")
    assert counts(report) == (0, 2, 1, 0)


def test_the_graph_says_nothing_of_roots_and_places(articles: Path, graph: Path) -> None:
    update_graph(articles, graph=graph)
    assert not [line for line in nquads(graph) if str(articles.parent) in line]


def test_a_base_counts_for_a_new_graph_only(articles: Path, graph: Path) -> None:
    update_graph(articles, graph=graph, base="https://example.org/id/")
    before = nquads(graph)
    assert any("<https://example.org/id/article/hanoi.txt>" in line for line in before)
    with pytest.raises(GraphError, match=r"https://example.org/id/"):
        update_graph(articles, graph=graph, base="https://example.com/")
    assert nquads(graph) == before


def test_progress_counts_what_was_read_and_what_could_not_be(articles: Path, graph: Path) -> None:
    (articles / "bad.txt").write_bytes(b"")
    told: list[int] = []
    update_graph(articles, graph=graph, on_progress=told.append)
    assert told == [1, 2, 3, 4]


def test_extract_alone_knows_no_other_article(articles: Path) -> None:
    (articles / "bad.txt").write_bytes(b"")
    found = list(extract(articles))
    assert [type(each) for each in found] == [Extraction, ReadingError, Extraction, Extraction]
    records = {each.source: each.as_record() for each in found if isinstance(each, Extraction)}
    record = records[f"{articles}/hanoi.txt"]
    numbers = {entity["number"] for entity in record["entities"] if entity["kind"] == "document"}
    assert numbers == {"23-CTr/TU", "25-NQ/TW"}


@pytest.fixture
def hanoi(graph: Path) -> pg.PolicyGraph:
    return pg.build(HANOI_FILE, graph=graph)


def test_python_builds_opens_asks_and_traces(hanoi: pg.PolicyGraph, graph: Path) -> None:
    (step,) = hanoi.trace("25-NQ/TW").steps
    assert (step.subject.number, step.subject.issuer) == ("23-CTr/TU", "Thành ủy Hà Nội")
    assert step == pg.open(graph).trace("Nghị quyết Trung ương 7 khóa XI").steps[0]
    network = hanoi.to_networkx()
    evidence = network.edges[step.subject.iri, step.object.iri, "implements"]["evidence"]
    text = HANOI_FILE.read_bytes().decode("utf-8")
    assert [text[said["start"] : said["end"]] for said in evidence] == [
        said.quote for said in step.evidence
    ]
    assert len(hanoi.to_rdflib()) == len(nquads(graph))


def test_python_warns_of_what_cannot_be_read(articles: Path, graph: Path) -> None:
    (articles / "bad.txt").write_bytes(b"")
    with pytest.warns(UserWarning, match=r"bad.txt: .*empty") as warned:
        pg.build(articles, graph=graph)
    assert warned[0].filename == __file__


def test_every_error_of_the_package_has_one_base(graph: Path) -> None:
    with pytest.raises(pg.PolicyGraphError):
        pg.open(graph)


def test_two_texts_of_one_id_in_one_build_are_told_apart_by_an_error(
    articles: Path, graph: Path, tmp_path: Path
) -> None:
    twin = tmp_path / "elsewhere" / "hanoi.txt"
    twin.parent.mkdir()
    twin.write_text(KHEO, encoding="utf-8")
    (error,) = update_graph(twin.parent, articles, graph=graph).errors
    assert "rename one of them" in str(error)
    assert nquads(graph) == build_afresh(tmp_path / "turned", articles, twin.parent)


def test_a_text_under_two_roots_goes_with_the_last_of_them(
    articles: Path, graph: Path, tmp_path: Path
) -> None:
    twin = Path(shutil.copytree(articles, tmp_path / "twin"))
    assert counts(update_graph(articles, twin, graph=graph)) == (3, 3, 0, 0)
    (articles / "hanoi.txt").unlink()
    assert counts(update_graph(articles, graph=graph)) == (0, 2, 0, 0)
    (twin / "hanoi.txt").unlink()
    assert counts(update_graph(twin, graph=graph)) == (0, 2, 1, 0)


def test_a_build_of_nothing_is_refused(graph: Path) -> None:
    with pytest.raises(ReadingError, match="nothing to read"):
        pg.build(graph=graph)
    assert not graph.exists()


def test_a_path_inside_another_is_refused(tmp_path: Path) -> None:
    inner = tmp_path / "articles" / "inner"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text("Chỉ thị 05-CT/TW", encoding="utf-8")
    with pytest.raises(ReadingError, match="lies in"):
        pg.build(inner.parent, inner, graph=tmp_path / "graph")
    assert not (tmp_path / "graph").exists()


def test_the_articles_of_a_folder_that_was_emptied_go(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text("Chỉ thị 05-CT/TW", encoding="utf-8")
    folders = tmp_path / "one", tmp_path / "two"
    assert pg.build(*folders, graph=tmp_path / "graph").summary().articles == 2
    (tmp_path / "two" / "two.txt").unlink()
    assert pg.build(tmp_path / "two", graph=tmp_path / "graph").summary().articles == 1


def test_a_first_build_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(BuildError):
        pg.build(tmp_path / "a.txt", graph=tmp_path / "graph", on_error=lambda error: None)
    assert not (tmp_path / "graph").exists()
