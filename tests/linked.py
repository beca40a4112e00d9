"""A corpus that is edited and linked step by step, for the tests of relinking and of review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from hypothesis import strategies as st
from pyoxigraph import Quad, Store

from policygraph.extraction import extract_mentions
from policygraph.graph.iri import DEFAULT_BASE
from policygraph.graph.rdf import describe_links, find_links
from policygraph.linking import Relinked, link, relink
from policygraph.linking.ledger import Ledger
from policygraph.model import Article, Claims, Verdict
from policygraph.references import refer
from policygraph.registry import load_registry
from policygraph.ruling import NO_RULINGS, Rulings
from policygraph.statements import relate

# Sentences that bear on each other: one number in several terms, places and cycles, cited in full
# and in part; plenums; laws by name and by number; issuers that contradict; bodies that were
# renamed or merged, or whose province is not always named; campaigns.
SAID = [
    "Nghị quyết số 25-NQ/TW, ngày 12/3/2003 về công tác tôn giáo.",
    "Nghị quyết số 25-NQ/TW, ngày 25/7/2008 về công tác thanh niên.",
    "Nghị quyết số 25-NQ/TW, ngày 3/6/2013 về công tác dân vận.",
    "Nghị quyết số 25-NQ/TW đã đi vào cuộc sống.",
    "Nghị quyết số 77-NQ/TW, ngày 12/3/2003 của Bộ Chính trị về công tác cán bộ nữ.",
    "Nghị quyết số 77-NQ/TW, ngày 12/3/2003 của Ban Bí thư về phát triển kinh tế biển.",
    "Nghị quyết số 77-NQ/TW, ngày 3/6/2013 của Ban Chấp hành Trung ương.",
    "Nghị quyết số 77-NQ/TW về phát triển kinh tế biển đã đi vào cuộc sống.",
    "Thành ủy Hà Nội đã ban hành Chương trình số 12-CTr/TU, ngày 25/7/2013.",
    "Thành ủy Hà Nội đã ban hành Chương trình số 12-CTr/TU, ngày 25/7/2017.",
    "Thành ủy Hà Nội đã ban hành Chương trình số 12-CTr/TU.",
    "Ban Dân vận Thành ủy Hà Nội đã ban hành Chương trình số 12-CTr/TU, ngày 1/8/2013.",
    "Tỉnh ủy Quảng Ninh ban hành Chương trình số 12-CTr/TU thực hiện Nghị quyết số 77-NQ/TW.",
    "Chương trình số 12-CTr/TU đã đi vào cuộc sống.",
    "Nghị quyết số 77-NQ/TW, ngày 3/2/2008 của Hội nghị Trung ương 9 khóa X “về công tác lúa”.",
    "Nghị quyết Trung ương 9 (khóa X) “về công tác lúa” đã đi vào cuộc sống.",
    "Nghị quyết Trung ương 7 (khóa XI) “về công tác dân vận” đã đi vào cuộc sống.",
    "Luật Đất đai đã đi vào cuộc sống.",
    "Luật Đất đai năm 2013 đã đi vào cuộc sống.",
    "Luật Nuôi ong năm 2019 đã đi vào cuộc sống.",
    "Luật Nuôi ong số 99/2019/QH14 đã đi vào cuộc sống.",
    "Luật Nuôi ong số 88/2023/QH15, ngày 3/4/2023 đã đi vào cuộc sống.",
    "Luật Nuôi ong đã đi vào cuộc sống.",
    "Quyết định số 217-QĐ/TW, ngày 12/12/2013 của Bộ Chính trị.",
    "Quyết định số 217-QĐ/TW, ngày 12/12/2013 của Ban Bí thư.",
    "Quyết định số 217-QĐ/TW, ngày 2/12/2013 của Ban Chấp hành Trung ương.",
    "Kế hoạch số 9-KH/TU, ngày 2/3/2016 của Ban Thường vụ Thành ủy Hà Nội.",
    "Kế hoạch số 9-KH/TU, ngày 2/3/2016 của Thành ủy Hà Nội.",
    "Kế hoạch số 9-KH/TU của Ban Dân vận Thành ủy Hà Nội.",
    "Bộ Giao thông vận tải ban hành Quyết định số 5/QĐ-BGTVT ngày 5/6/2014.",
    "Bộ Xây dựng ban hành Quyết định số 5/QĐ-BXD ngày 5/6/2014.",
    "Bộ Xây dựng đẩy mạnh phong trào thi đua “Dân vận khéo”.",
    "Tỉnh ủy Quảng Trị ban hành Nghị quyết số 10-NQ/TU ngày 5/3/2021.",
    "Tỉnh ủy Quảng Trị ban hành Nghị quyết số 10-NQ/TU ngày 5/9/2025.",
    "Tỉnh ủy Quảng Bình đẩy mạnh phong trào “Dân vận khéo”.",
    "Ban Dân vận Tỉnh ủy Quảng Trị thực hiện Nghị quyết số 10-NQ/TU.",
    "Huyện ủy Hải Lăng ban hành Chương trình số 12-CTr/HU ngày 5/3/2021.",
    "Huyện ủy Hải Lăng, tỉnh Quảng Trị ban hành Chương trình số 12-CTr/HU ngày 5/3/2021.",
    "UBND huyện Hải Lăng thực hiện Chương trình số 12-CTr/HU của Huyện ủy Hải Lăng.",
]
DAYS = [None, "2014-01-02", "2021-05-06", "2026-01-02"]

IDS = [f"{number}.txt" for number in range(7)]
TEXTS = st.lists(st.sampled_from(SAID), min_size=1, max_size=3).map(" ".join)
#: An article's text and the day of its publication.
Written = tuple[str, str | None]
#: What becomes of an article; None where it goes.
EDITS = st.lists(
    st.tuples(st.sampled_from(IDS), st.none() | st.tuples(TEXTS, st.sampled_from(DAYS))),
    min_size=1,
    max_size=3,
)
STEPS = st.lists(EDITS, min_size=2, max_size=6)


def edit(corpus: dict[str, Written], edits: Iterable[tuple[str, Written | None]]) -> None:
    for id_, written in edits:
        corpus.pop(id_, None)
        if written is not None:
            corpus[id_] = written


@cache
def read(text: str, published: str | None) -> Claims:
    article = Article("a", text, "0" * 64, published=published)
    references = refer(article, extract_mentions(article))
    bare = tuple(
        replace(each, mentions=()) for each in references
    )  # as an article graph gives them
    return Claims("a", published, bare, relate(article, references))


class Linked:
    """The links of a corpus as they are brought up to date, and what was looked at for it.

    Attributes:
        verdicts: of the references of each article, by its id; set before an edit names it.
        rulings: set before an edit as well.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.corpus: dict[str, Written] = {}
        self.verdicts: dict[str, tuple[Verdict, ...]] = {}
        self.rulings: Rulings = NO_RULINGS
        self.store = Store()
        self.ledger = ledger
        self.asked: set[str] = set()
        self.written: set[Quad] = set()

    def edit(self, *edits: tuple[str, Written | None]) -> Relinked:
        edit(self.corpus, edits)
        return self.relink(id_ for id_, _ in edits)

    def relink(self, changed: Iterable[str]) -> Relinked:
        self.asked.clear()
        relinked = relink(changed, self.find, self.ledger, load_registry(), self.rulings)
        touched = find_links(self.store, relinked.references, relinked.things, base=DEFAULT_BASE)
        gone, fresh = set(touched), set(describe_links(relinked.links, base=DEFAULT_BASE))
        self.written = gone ^ fresh
        for quad in gone - fresh:
            self.store.remove(quad)
        self.store.extend(fresh)
        return relinked

    def find(self, article: str) -> Claims | None:
        self.asked.add(article)
        written = self.corpus.get(article)
        verdicts = self.verdicts.get(article, ())
        return written and replace(read(*written), article=article, verdicts=verdicts)

    def lines(self) -> list[str]:
        return sorted(map(str, self.store))

    def lines_afresh(self) -> list[str]:
        claims = filter(None, map(self.find, self.corpus))
        links = link(claims, load_registry(), self.rulings)
        return sorted(map(str, describe_links(links, base=DEFAULT_BASE)))
