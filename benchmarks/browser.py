"""How long the graph browser takes on a graph of 100,000 edges, all but the drawing.

    python benchmarks/browser.py [EDGES [FOLDER]]

The graph is made up, with the skew of real ones; a FOLDER keeps it, to be looked at in a browser.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from pyoxigraph import Literal, NamedNode, Quad

from policygraph.graph.adjacency import KINDS
from policygraph.graph.iri import DEFAULT_BASE, article_iri
from policygraph.graph.namespaces import DCTERMS, PG, RDF, XSD
from policygraph.graph.overview import GROUPINGS
from policygraph.graph.rdf import describe_links
from policygraph.graph.store import update_folder
from policygraph.model import Campaign, Fact, Links, Organisation, PolicyDocument, Thing
from policygraph.web.pages.graph import GraphQuery, show_graph
from policygraph.web.pages.overview import OverviewQuery, show_overview
from policygraph.web.pages.path import PathQuery, show_path
from policygraph.web.snapshot import open_snapshot

REPEATS = 5
EDGES = 100_000
BETWEEN = ("implements", "basedOn", "guides", "amends", "replaces", "reviews")
TYPES = ("NQ", "QĐ", "KH", "CT", "HD", "KL")
TYPE_IDS = ("nghi-quyet", "quyet-dinh", "ke-hoach", "chi-thi", "huong-dan", "ket-luan")


def make_links(edges: int) -> tuple[list[str], Links]:
    """Articles and things with so many triples between them: most are citations, as in earnest."""
    chance = random.Random(0)
    documents = list(_make_documents(chance, edges // 8))
    bodies = [Organisation(f"organisation/body-{n}", f"Sở số {n}") for n in range(edges // 50)]
    campaigns = [Campaign(f"campaign/c-{n}", f"Phong trào {n}") for n in range(edges // 1_000)]
    articles = [f"bai-{n}.txt" for n in range(edges // 15)]
    facts: dict[Fact, None] = {}

    def pick(things: list[Thing]) -> str:
        return things[int(len(things) * chance.random() ** 3)].id

    while len(facts) < edges:
        dice = chance.random()
        if dice < 0.6:
            fact = Fact(chance.choice(articles), "cites", pick([*documents]))
        elif dice < 0.85:
            fact = Fact(chance.choice(documents).id, chance.choice(BETWEEN), pick([*documents]))
        elif dice < 0.97:
            fact = Fact(chance.choice(documents).id, "issuedBy", pick([*bodies]))
        else:
            fact = Fact(pick([*bodies]), "promotes", pick([*campaigns]))
        if fact.subject != fact.object:
            facts[fact] = None
    return articles, Links((*documents, *bodies, *campaigns), (), tuple(facts), ())


def _make_documents(chance: random.Random, count: int) -> Iterator[PolicyDocument]:
    for n in range(count):
        kind, year = n % len(TYPES), 1990 + int(35 * chance.random() ** 0.5)
        number = f"{n}-{TYPES[kind]}/TU"
        yield PolicyDocument(
            f"document/dang/tu/tinh-{n % 63}/{year}/{TYPES[kind].lower()}/{n}",
            f"Văn bản số {number}",
            "party",
            type=TYPE_IDS[kind],
            number=number,
            date=f"{year}-{1 + n % 12:02}-15",
            title="về tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận",
        )


def describe_articles(articles: list[str]) -> Iterator[tuple[str, list[Quad]]]:
    chance = random.Random(1)
    for id_ in articles:
        iri = NamedNode(article_iri(DEFAULT_BASE, id_))
        day = f"{2005 + chance.randrange(20)}-06-01"
        told = {
            RDF.type: PG.Article,
            DCTERMS.identifier: Literal(id_),
            DCTERMS.title: Literal(f"Bài {id_}"),
            DCTERMS.issued: Literal(day, datatype=XSD.date),
        }
        yield id_, [Quad(iri, predicate, value, iri) for predicate, value in told.items()]


def write_graph(folder: Path, edges: int) -> None:
    articles, links = make_links(edges)
    with update_folder(folder, base=DEFAULT_BASE) as update:
        for id_, quads in describe_articles(articles):
            update.replace_article(id_, quads)
        update.patch_links((), tuple(describe_links(links, base=DEFAULT_BASE)))


def list_work(folder: Path) -> Mapping[str, Callable[[], object]]:
    """What is timed once, then over and over: pages as records, without their templates."""
    snapshot = open_snapshot(folder)
    cited = [node.iri for node in snapshot.catalogue.list_cited("document")]
    around = {most: GraphQuery(focus=(cited[0],), most=most) for most in (80, 300)}
    everything = GraphQuery(focus=(cited[9],), most=300, hops=3, kind=KINDS)
    path = PathQuery(start=cited[9], end=cited[700], articles=True)
    return {
        "neighbourhood of 80": lambda: show_graph(snapshot, around[80]),
        "neighbourhood of 300": lambda: show_graph(snapshot, around[300]),
        "the same with articles": lambda: show_graph(snapshot, everything),
        "path, through articles": lambda: show_path(snapshot, path),
        **{
            f"overview by {by}": partial(show_overview, snapshot, OverviewQuery(by=by))
            for by in GROUPINGS
        },
    }


def measure(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return 1_000 * (perf_counter() - begun)


def main() -> None:
    edges = int(sys.argv[1]) if len(sys.argv) > 1 else EDGES
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else temporary) / "graph"
        write_graph(folder, edges)
        print(f"{edges} edges{'first, ms':>36}{'then, ms':>12}")
        for name, work in list_work(folder).items():
            first, then = measure(work), median(measure(work) for _ in range(REPEATS))
            print(f"{name:32}{first:>12.0f}{then:>12.0f}", flush=True)


if __name__ == "__main__":
    main()
