"""Times the named queries on copies of data/articles, by their examples and for everything.

python benchmarks/questions.py [COPIES]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import policygraph as pg
from policygraph.graph.named_queries import find_queries
from policygraph.graph.policy_graph import PolicyGraph
from policygraph.graph.queries import QueryResult

ARTICLES = Path(__file__).parents[1] / "data" / "articles"


def copy_articles(folder: Path, copies: int) -> Path:
    """The same articles under other names: as many times the mentions of the same things."""
    for number in range(copies):
        shutil.copytree(ARTICLES, folder / f"copy-{number:02}")
    return folder


def time_query(graph: PolicyGraph, name: str, **values: str) -> tuple[float, int]:
    """Seconds of processor time that an answer took, and its rows."""
    start = time.process_time()
    answer = graph.query_named(name, **values)
    assert isinstance(answer, QueryResult)
    return time.process_time() - start, len(answer.rows)


def main(copies: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        articles = copy_articles(Path(folder) / "articles", copies)
        graph = pg.build(articles, graph=Path(folder) / "graph")
        print(f"{graph.summary().articles} articles; seconds and rows: example, everything")
        for query in find_queries():
            asked = time_query(graph, query.name, **query.example)
            everything = time_query(graph, query.name)
            print("{:26} {:7.3f} {:6} {:8.3f} {:6}".format(query.name, *asked, *everything))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
