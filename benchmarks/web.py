"""How long the pages of the web app take on the demo corpus and on a million statements.

Run from the checkout: .venv/bin/python benchmarks/web.py [COPIES]. Each page is asked in this
process, JSON and HTML; beside its time stands its ratio to the look-ups in the store that it makes,
asked again by themselves. Copies of the articles are of provinces of their own, so that things grow
in number as citations do.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from starlette.testclient import TestClient

from policygraph import build
from policygraph.graph.isolation import Limits
from policygraph.web import app
from policygraph.web.snapshot import Snapshots, open_snapshot

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
COPIES = 25  # gives a million statements
ROUNDS = 7

INVENTED = ("Hà Khê", "Vân Giang", "Lam Sơn Hạ", "Nà Phúng", "Mường Sa", "Cẩm Lung", "Trà Vân")
WORDS = [
    "Đông",
    "Tây",
    "Nam",
    "Bắc",
    "Thượng",
    "Hạ",
    "Trung",
    "Tân",
    "Phú",
    "An",
    "Bình",
    "Long",
    "Hòa",
    "Thịnh",
    "Cường",
    "Vinh",
    "Quang",
]

NQ25 = "document/dang/tw/xi/nq/25"
PAGES = {
    "home": "/",
    "search, number": "/search?q=25-NQ/TW",
    "search, words": "/search?q=cong+tac+dan+van",
    "as you type": "/suggest.json?q=nghi+quy",
    "document": f"/{NQ25}",
    "reader": "/article/{first}",
    "organisation": "/organisation/bo-chinh-tri",
    "campaign": "/campaign/dan-van-kheo",
    "trace": f"/trace?document={NQ25}",
    "a name": "/trace.json?document=25-NQ/TW+khóa+XI",
    "ambiguous": "/trace?document=25-NQ/TW",
    "a typo": "/trace?document=25-NQ/TX",
    "coverage": f"/coverage?document={NQ25}",
    "check": "/check",
}
STATUSES = {"ambiguous": 300, "a typo": 404}


def copy_articles(folder: Path, copies: int) -> Path:
    """So many copies of the articles, each but the first with provinces of its own."""
    for copy in range(copies):
        for file in ARTICLES.iterdir():
            text = file.read_text(encoding="utf-8")
            (folder / f"{copy:03}-{file.name}").write_text(_move(text, copy), encoding="utf-8")
    return folder


def _move(text: str, copy: int) -> str:
    if copy == 0:
        return text
    word = WORDS[copy % len(WORDS)] + (
        f" {WORDS[copy // len(WORDS)]}" if copy >= len(WORDS) else ""
    )
    for name in INVENTED:
        text = text.replace(name, f"{name} {word}")
    return text


class RecordingStore:
    """A store that notes what is looked up in it."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.asked: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def __len__(self) -> int:
        return len(self._store)

    def quads_for_pattern(self, *pattern: Any) -> Iterator[Any]:
        self.asked.append(pattern)
        found: Iterator[Any] = self._store.quads_for_pattern(*pattern)
        return found


@contextmanager
def ask(folder: Path) -> Iterator[tuple[TestClient, RecordingStore]]:
    snapshot = open_snapshot(folder)
    store = RecordingStore(snapshot.graph.store)
    recorded = replace(snapshot, graph=replace(snapshot.graph, store=store))  # type: ignore[arg-type]
    taken = Snapshots.take
    Snapshots.take = lambda _: recorded  # type: ignore[method-assign, assignment]
    site = app.make_app(folder, Limits(10, 2**30, 2**28, 2))
    try:
        with TestClient(site, base_url="http://127.0.0.1") as client:
            yield client, store
    finally:
        Snapshots.take = taken  # type: ignore[method-assign]


def time_it(work: Callable[[], object]) -> float:
    """Milliseconds, the median of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return 1000 * median(times)


def look_up_again(store: RecordingStore) -> None:
    for pattern in store.asked:
        for _ in store._store.quads_for_pattern(*pattern):
            pass


def report(folder: Path, title: str) -> None:
    begun = perf_counter()
    with ask(folder) as (client, store):
        opened = perf_counter() - begun
        print(f"{title}: {len(store):,} statements, opened in {opened:.1f} s")
        first = client.get("/index.json").json()["newest"][0]["path"].removeprefix("/article/")
        for name, path in PAGES.items():
            address = path.format(first=first)
            client.get(address)
            store.asked = []
            response = client.get(address)
            expected = STATUSES.get(name, 200)
            assert response.status_code == expected, (address, response.text)
            asked = list(store.asked)
            store.asked = asked
            raw = time_it(lambda: look_up_again(store))
            taken = time_it(lambda: client.get(address))  # noqa: B023
            ratio = f"{taken / raw:5.1f} times its {len(asked):,} look-ups" if asked else ""
            print(f"  {name:<16}{taken:8.1f} ms  {ratio}")


def main(copies: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        demo, many = Path(temporary, "demo"), Path(temporary, "many")
        report(build(ARTICLES, graph=demo).folder, "demo corpus")
        articles = Path(temporary, "articles")
        articles.mkdir()
        report(build(copy_articles(articles, copies), graph=many).folder, f"{copies} copies")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COPIES)
