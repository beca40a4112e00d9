"""Evaluation: the figures on small texts, the errors in their words, gold files, the command."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, get_args

import pytest
from corpus import GOLD, HUNG_YEN, write_files
from hypothesis import given
from hypothesis import strategies as st
from test_cli import run

import policygraph as pg
from policygraph.errors import GoldError, PolicyGraphError
from policygraph.evaluation import Mistake, find_mistakes, read_gold, read_golds
from policygraph.evaluation.comparison import Comparison, compare
from policygraph.evaluation.figures import measure
from policygraph.evaluation.found import FoundEntity, FoundMention, FoundRelation, FoundText
from policygraph.evaluation.gold import KINDS, GoldText, parse_gold
from policygraph.evaluation.mistakes import quote_around
from policygraph.model import Evidence, Predicate
from policygraph.pipeline import extract_text
from policygraph.span import Span

pytestmark = pytest.mark.whole

OUTSIDE = Path(
    os.environ.get("POLICYGRAPH_GOLD") or Path(__file__).resolve().parents[2] / "shared" / "eval"
)

THINGS = {
    "TU": "organisation",
    "BTC": "organisation",
    "PT": "campaign",
    "KH": "document\tnumber=22-KH/TU\tdate=2013-07-25",
    "NQ": "document\tnumber=25-NQ/TW",
    "D1": "document\tnumber=217-QĐ/TW",
    "D2": "document\tnumber=218-QĐ/TW",
}


def mark(text: str, *relations: str, **things: str) -> GoldText:
    """A gold text whose refs are things of the table, or of another description."""
    known = {ref: line for ref, line in (THINGS | things).items() if f"{ref}|" in text}
    entities = "".join(f"{ref}\t{line}\n" for ref, line in known.items())
    stated = "".join(f"{relation}\n" for relation in relations)
    content = f"== entities\n{entities}== relations\n{stated}== text\n{text}"
    return parse_gold(content, path=Path("gold/a.gold"))


def find_all(marked: GoldText) -> FoundText:
    """An extraction that finds exactly what is marked, optional marks too."""
    entities = {
        ref: FoundEntity(
            ref,
            entity.kind,
            f"the {ref}",
            next(iter(entity.attributes.get("number", ())), None),
            entity.attributes.get("date", ()),
        )
        for ref, entity in marked.entities.items()
    }
    mentions = tuple(
        FoundMention(entities[mention.ref].kind, mention.span, mention.ref, "a-rule")
        for mention in marked.mentions
        if mention.ref in entities
    )
    whole = Evidence(Span(0, len(marked.text)), "a-cue")
    relations = tuple(
        FoundRelation(each.subject, each.predicate, each.object, (whole,))
        for each in dict.fromkeys(marked.relations)
    )
    return FoundText(mentions, entities, relations)


def set_beside(gold: GoldText, found: GoldText) -> Comparison:
    assert gold.text == found.text
    return compare(gold, find_all(found))


BOTH = "⟦TU|Tỉnh ủy⟧ có ⟦KH|Kế hoạch 22⟧"
LIST = "⟦D1|Quyết định số 217⟧, ⟦D2|218⟧"
TWICE = "⟦NQ|Nghị quyết 25⟧, ⟦NQ|Nghị quyết Trung ương 7⟧, ⟦KH|Kế hoạch 22⟧"
APART = "⟦NQ|Nghị quyết 25⟧, ⟦D1|Nghị quyết Trung ương 7⟧, ⟦KH|Kế hoạch 22⟧"

CASES: dict[str, tuple[GoldText, GoldText, dict[str, tuple[float, float]]]] = {
    # gold, what was found, and precision and recall of each figure that is not perfect
    "all is found": (mark(BOTH, "KH issuedBy TU"), mark(BOTH, "KH issuedBy TU"), {}),
    "nothing is to be found": (mark("Trời đẹp."), mark("Trời đẹp."), {}),
    "missed": (
        mark("⟦TU|Tỉnh ủy⟧ và ⟦BTC|Ban Tổ chức⟧"),
        mark("⟦TU|Tỉnh ủy⟧ và Ban Tổ chức"),
        {"mention:organisation": (1, 0.5), "strict:organisation": (1, 0.5)},
    ),
    "all missed": (
        mark("⟦PT|Dân vận khéo⟧"),
        mark("Dân vận khéo"),
        {"mention:campaign": (0, 0), "strict:campaign": (0, 0)},
    ),
    "spurious": (
        mark("phong trào Dân vận khéo"),
        mark("phong trào ⟦PT|Dân vận khéo⟧"),
        {"mention:campaign": (0, 1), "strict:campaign": (0, 1)},
    ),
    "wrong span": (
        mark("⟦TU|Tỉnh ủy Hà Nam⟧"),
        mark("⟦TU|Tỉnh ủy⟧ Hà Nam"),
        {"strict:organisation": (0, 0)},
    ),
    "the greatest overlap wins": (
        mark("⟦TU|Tỉnh ủy⟧ ⟦BTC|Ban Tổ chức⟧"),
        mark("Tỉnh ⟦TU|ủy Ban Tổ chức⟧"),
        {"mention:organisation": (1, 0.5), "strict:organisation": (0, 0)},
    ),
    "another kind is no match": (
        mark("⟦TU|Tỉnh ủy⟧"),
        mark("⟦PT|Tỉnh ủy⟧"),
        {
            **{"mention:organisation": (0, 0), "strict:organisation": (0, 0)},
            **{"mention:campaign": (0, 1), "strict:campaign": (0, 1)},
        },
    ),
    "optional and not found": (mark("⟦?X|Đảng⟧ và ⟦TU|Tỉnh ủy⟧"), mark("Đảng và ⟦TU|Tỉnh ủy⟧"), {}),
    "optional and found": (mark("⟦?X|Đảng⟧ và Nhà nước"), mark("⟦TU|Đảng và⟧ Nhà nước"), {}),
    "optional beside a firm one": (
        mark("⟦?X|Đoàn kiểm tra⟧ của ⟦TU|Tỉnh ủy⟧"),
        mark("⟦TU|Đoàn kiểm tra của Tỉnh ủy⟧"),
        {"strict:organisation": (0, 0)},
    ),
    "the number of an optional mark": (
        mark("⟦?X|Quy chế 25-NQ/TW⟧"),
        mark("⟦NQ|Quy chế 25-NQ/TW⟧"),
        {},
    ),
    "coordination": (mark(LIST), mark(LIST), {}),
    "coordination without the suffix": (mark(LIST), mark(LIST, D2="document\tnumber=218"), {}),
    "coordination read as one": (
        mark(LIST),
        mark("⟦D1|Quyết định số 217, 218⟧"),
        {
            **{"mention:document": (1, 0.5), "strict:document": (0, 0)},
            **{"number": (1, 0.5)},
        },
    ),
    "a number in another spelling": (
        mark("⟦NQ|Nghị quyết 05⟧", NQ="document\tnumber=05-NQ/TW\tdate=2013-06-03"),
        mark("⟦NQ|Nghị quyết 05⟧", NQ="document\tnumber=5 – nq/tư\tdate=2013-06-03"),
        {},
    ),
    "another number": (
        mark("⟦NQ|Nghị quyết 25⟧"),
        mark("⟦NQ|Nghị quyết 25⟧", NQ="document\tnumber=25-NQ/TU"),
        {"number": (0, 0)},
    ),
    "no number": (
        mark("⟦NQ|Nghị quyết 25⟧"),
        mark("⟦NQ|Nghị quyết 25⟧", NQ="document"),
        {"number": (0, 0)},
    ),
    "one of two dates": (
        mark("⟦KH|Kế hoạch 22⟧", KH="document\tnumber=22\tdate=2013-07-25|2013-07-15"),
        mark("⟦KH|Kế hoạch 22⟧", KH="document\tnumber=22\tdate=2013-07-15"),
        {"date": (1, 0.5)},
    ),
    "another date": (
        mark("⟦KH|Kế hoạch 22⟧"),
        mark("⟦KH|Kế hoạch 22⟧", KH="document\tnumber=22-KH/TU\tdate=2013-07-26"),
        {"date": (0, 0)},
    ),
    "two refs merged": (
        mark(APART),
        mark(APART.replace("D1|", "NQ|")),
        {"identity": (2 / 3, 1), "number": (1, 2 / 3)},
    ),
    "one ref split": (
        mark(TWICE),
        mark(TWICE.replace("NQ|Nghị quyết T", "D1|Nghị quyết T")),
        {"identity": (1, 2 / 3), "number": (2 / 3, 1)},
    ),
    "a missed relation": (mark(BOTH, "KH issuedBy TU"), mark(BOTH), {"relation": (0, 0)}),
    "a spurious relation": (mark(BOTH), mark(BOTH, "KH issuedBy TU"), {"relation": (0, 1)}),
    "another predicate": (
        mark(BOTH, "KH issuedBy TU"),
        mark(BOTH, "KH launchedBy TU"),
        {"relation": (0, 0)},
    ),
    "a relation turned round": (
        mark(BOTH, "KH issuedBy TU"),
        mark(BOTH, "TU issuedBy KH"),
        {"relation": (0, 0)},
    ),
    "a relation through either half of a split ref": (
        mark(f"{TWICE}", "KH implements NQ"),
        mark(
            TWICE.replace("NQ|Nghị quyết T", "D1|Nghị quyết T"),
            *("KH implements NQ", "KH implements D1"),
        ),
        {"identity": (1, 2 / 3), "number": (2 / 3, 1)},
    ),
    "a relation with an optional end": (
        mark("⟦?X|Đảng⟧ có ⟦KH|Kế hoạch 22⟧"),
        mark("⟦TU|Đảng⟧ có ⟦KH|Kế hoạch 22⟧", "KH issuedBy TU"),
        {},
    ),
    "a relation with an end that is spurious": (
        mark("Tỉnh ủy có ⟦KH|Kế hoạch 22⟧"),
        mark("⟦TU|Tỉnh ủy⟧ có ⟦KH|Kế hoạch 22⟧", "KH issuedBy TU"),
        {
            **{"mention:organisation": (0, 1), "strict:organisation": (0, 1)},
            **{"relation": (0, 1)},
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_figure_counts_what_it_says(case: str) -> None:
    gold, found, faulty = CASES[case]
    figures = measure([set_beside(gold, found)])
    assert set(figures) == {
        *(f"{how}:{kind}" for how in ("mention", "strict") for kind in KINDS),
        *("number", "date", "identity", "relation"),
    }
    shares = {name: (figure.precision, figure.recall) for name, figure in figures.items()}
    expected = {name: pytest.approx(faulty.get(name, (1, 1))) for name in figures}
    assert shares == expected


def test_texts_count_together_not_each_alone() -> None:
    found = mark("⟦TU|Tỉnh ủy⟧, ⟦TU|Tỉnh ủy⟧, ⟦BTC|Ban Tổ chức⟧")
    missed = set_beside(mark("⟦TU|Tỉnh ủy⟧"), mark("Tỉnh ủy"))
    figure = measure([set_beside(found, found), missed])["mention:organisation"]
    assert (figure.precision, figure.recall) == (1, 3 / 4)
    assert figure.f1 == pytest.approx(6 / 7)
    assert (figure.gold, figure.found) == (4, 3)
    assert measure([]) == {}


def test_a_relation_of_what_the_text_does_not_mention_is_not_counted() -> None:
    gold = mark(BOTH)
    found = find_all(gold)
    own = FoundEntity("own", "document", "the text itself")
    relation = FoundRelation("own", "implements", "KH")
    found = replace(found, entities={**found.entities, "own": own}, relations=(relation,))
    assert measure([compare(gold, found)])["relation"].found == 0


REFS = st.sampled_from(["TU", "BTC", "PT", "KH", "NQ", "D1"])
PLAIN_TEXT = st.text("aế Đ,.“\n\r\u0301", max_size=8)
MARKS = st.builds(
    "⟦{}{}|{}⟧".format, st.sampled_from(["", "", "", "?"]), REFS, st.text("Nghị 25/", min_size=1)
)
PIECES = st.lists(st.tuples(PLAIN_TEXT, MARKS), min_size=1, max_size=12)
TRIPLES = st.lists(st.tuples(REFS, st.sampled_from(get_args(Predicate)), REFS), max_size=6)


@given(PIECES, TRIPLES)
def test_an_extraction_like_the_gold_is_perfect(
    pieces: list[tuple[str, str]], triples: list[tuple[str, str, str]]
) -> None:
    text = "Nghị" + "".join(plain + marked for plain, marked in pieces)
    firm = {ref for ref in THINGS if f"⟦{ref}|" in text}
    stated = [" ".join(each) for each in triples if {each[0], each[2]} <= firm]
    gold = mark(text, *stated)
    surfaces = [marked.partition("|")[2][:-1] for _, marked in pieces]
    assert [gold.text[m.span.start : m.span.end] for m in gold.mentions] == surfaces
    comparison = compare(gold, find_all(gold))
    for figure in measure([comparison]).values():
        assert (figure.precision, figure.recall, figure.f1) == (1, 1, 1)
    assert list(find_mistakes(comparison)) == []


# Agreement with the measure that lies beside the outside gold.


@pytest.fixture(scope="module")
def judge() -> Iterator[ModuleType]:
    """The outside score.py; its tests are skipped where it is not at hand."""
    path = OUTSIDE / "score.py"
    if not path.exists():
        pytest.skip(f"no {path} (POLICYGRAPH_GOLD names its folder)")
    specification = importlib.util.spec_from_file_location("score", path)
    assert specification is not None
    assert specification.loader is not None
    score = importlib.util.module_from_spec(specification)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        patch.setattr(sys, "path", [*sys.path])
        specification.loader.exec_module(score)
        patch.delitem(sys.modules, "gold")
        yield score


def as_record(found: FoundText) -> dict[str, Any]:
    """An extraction as the outside measure reads it."""
    return {
        "mentions": [
            {"kind": m.kind, "start": m.span.start, "end": m.span.end, "entity": m.entity}
            for m in found.mentions
        ],
        "entities": [
            {"id": e.id, "kind": e.kind, "number": e.number, "attested_dates": list(e.dates)}
            for e in found.entities.values()
        ],
        "relations": [
            {"subject": r.subject, "predicate": r.predicate, "object": r.object}
            for r in found.relations
        ],
    }


def assert_agreement(judge: ModuleType, folder: Path, found: dict[str, FoundText]) -> None:
    """Both measures give the same figures, to the last digit, and count the same errors."""
    theirs = [judge.read_gold(path) for path in sorted(folder.glob("*.gold"))]
    errors: list[str] = []
    records = {name: as_record(each) for name, each in found.items()}
    expected = judge.score(theirs, records, errors)
    ours = [gold for gold in read_golds(folder) if isinstance(gold, GoldText)]
    assert [(gold.name, gold.text) for gold in ours] == [(gold.name, gold.text) for gold in theirs]
    comparisons = [compare(gold, found[gold.name]) for gold in ours]
    assert {name: asdict(figure) for name, figure in measure(comparisons).items()} == expected
    mistakes = [mistake for each in comparisons for mistake in find_mistakes(each)]
    unmapped = sum(len(each.relations.unmapped) for each in comparisons)
    assert count_mistakes(mistakes, unmapped) == Counter(
        " ".join(line.split("\t")[:2]) for line in errors
    )


def count_mistakes(mistakes: list[Mistake], unmapped: int) -> Counter[str]:
    """How many of each kind a text has, in the words of the outside measure.

    It lists no spans, no identity, and no relation with an end that is not in the gold.
    """
    counted = Counter(
        f"{each.text} {each.kind} {each.figure.removeprefix('mention:')}"
        for each in mistakes
        if each.kind in ("missed", "spurious") and "not in the gold)" not in each.what
    )
    left_out = sum("not in the gold)" in each.what for each in mistakes)
    assert left_out == unmapped
    return counted


def disturb(found: FoundText, length: int, random: Random) -> FoundText:
    """A worse extraction: mentions lost, moved, doubled, invented; entities and relations mixed."""
    ids = [*found.entities, "stray-1", "stray-2"]
    kinds = list(KINDS.values())
    mentions = []
    for mention in found.mentions:
        start = max(0, mention.span.start + random.choice([0, 0, 0, -4, 3, 9]))
        end = min(length, max(start + 1, mention.span.end + random.choice([0, 0, 0, -6, 5, 12])))
        moved = replace(mention, span=Span(min(start, length - 1), max(end, 1)))
        moved = random.choice([moved, moved, moved, replace(moved, entity=random.choice(ids))])
        moved = random.choice([moved] * 9 + [replace(moved, kind=random.choice(kinds))])
        mentions += [moved] * random.choice([0, 1, 1, 1, 1, 1, 2])
    for _ in range(10):
        start = random.randrange(length - 20)
        span = Span(start, start + random.randint(1, 20))
        mentions.append(FoundMention(random.choice(kinds), span, random.choice(ids)))
    numbers = [each.number for each in found.entities.values()]
    entities = {
        id_: replace(
            each,
            number=random.choice([each.number, each.number, random.choice(numbers), "25", ""]),
            dates=random.choice([each.dates, each.dates, (), ("2013-06-03", "2021-01-01")]),
        )
        for id_, each in found.entities.items()
    }
    for stray in ("stray-1", "stray-2"):
        entities[stray] = FoundEntity(stray, random.choice(kinds), stray, "18-NQ/TW")
    predicates = get_args(Predicate)
    triples = {
        (each.subject, each.predicate, each.object)
        for each in found.relations
        if random.random() < 0.8
    } | {(random.choice(ids), random.choice(predicates), random.choice(ids)) for _ in range(8)}
    return FoundText(
        tuple(sorted(mentions, key=lambda mention: mention.span)),
        entities,
        tuple(FoundRelation(*triple) for triple in sorted(triples)),
    )


@pytest.fixture(scope="module")
def extracted(judge: ModuleType) -> dict[str, tuple[int, FoundText]]:
    """What is found in each outside text, with the text's length."""
    texts = pg.evaluate(OUTSIDE / "gold").texts
    assert texts
    return {each.gold.name: (len(each.gold.text), each.found) for each in texts}


def test_the_outside_measure_agrees_on_its_texts(
    judge: ModuleType, extracted: dict[str, tuple[int, FoundText]]
) -> None:
    found = {name: found for name, (_, found) in extracted.items()}
    assert_agreement(judge, OUTSIDE / "gold", found)


@pytest.mark.parametrize("seed", range(25))
def test_the_outside_measure_agrees_on_worse_extractions(
    judge: ModuleType, extracted: dict[str, tuple[int, FoundText]], seed: int
) -> None:
    random = Random(seed)
    found = {name: disturb(each, length, random) for name, (length, each) in extracted.items()}
    assert_agreement(judge, OUTSIDE / "gold", found)


@pytest.mark.parametrize("case", CASES)
def test_the_outside_measure_agrees_on_each_case(
    judge: ModuleType, case: str, tmp_path: Path
) -> None:
    gold, found, _ = CASES[case]
    (tmp_path / "a.gold").write_text(as_file(gold), encoding="utf-8")
    assert_agreement(judge, tmp_path, {"a": find_all(found)})


def as_file(gold: GoldText) -> str:
    """The content of a gold file."""
    attributes = {
        ref: "".join(f"\t{name}={'|'.join(v)}" for name, v in entity.attributes.items())
        for ref, entity in gold.entities.items()
    }
    entities = [f"{ref}\t{e.kind}{attributes[ref]}" for ref, e in gold.entities.items()]
    relations = [f"{r.subject} {r.predicate} {r.object}" for r in gold.relations]
    text, done = "", 0
    for mention in gold.mentions:
        sign, span = "?" if mention.is_optional else "", mention.span
        surface = gold.text[span.start : span.end]
        text += f"{gold.text[done : span.start]}⟦{sign}{mention.ref}|{surface}⟧"
        done = span.end
    lines = ["== entities", *entities, "== relations", *relations, "== text"]
    return "\n".join(lines) + "\n" + text + gold.text[done:]


# The errors in their words.

LONG = (
    "Từ ngày hôm qua cho đến hôm nay, trong mọi cuộc họp đã diễn ra ở khắp mọi nơi trên cả nước, "
)


def only(mistakes: Iterator[Mistake], kind: str, figure: str) -> Mistake:
    (found,) = [each for each in mistakes if (each.kind, each.figure) == (kind, figure)]
    return found


def test_a_mention_is_shown_with_the_words_around_it() -> None:
    text = f"{LONG}việc thực hiện ⟦KH|Kế hoạch 22⟧ của tỉnh\nđược tiến hành nghiêm túc, đúng hạn."
    gold, plain = mark(text), mark(text.replace("⟦KH|", "").replace("⟧", ""))
    missed = only(find_mistakes(set_beside(gold, plain)), "missed", "mention:document")
    spurious = only(find_mistakes(set_beside(plain, gold)), "spurious", "mention:document")
    quote = "…trên cả nước, việc thực hiện [Kế hoạch 22] của tỉnh được tiến hành…"
    start = gold.text.index("Kế hoạch")
    for mistake, rule in ((missed, None), (spurious, "a-rule")):
        assert mistake.what == "Kế hoạch 22"
        assert mistake.span == Span(start, start + len("Kế hoạch 22"))
        assert [(each.quote, each.rule) for each in mistake.context] == [(quote, rule)]


def test_a_wrong_span_shows_both() -> None:
    beside = set_beside(mark("⟦TU|Tỉnh ủy Hà Nam⟧ họp"), mark("⟦TU|Tỉnh ủy⟧ Hà Nam họp"))
    (mistake,) = find_mistakes(beside)
    assert (mistake.kind, mistake.figure) == ("wrong span", "strict:organisation")
    assert mistake.what == "found [Tỉnh ủy], gold [Tỉnh ủy Hà Nam]"
    assert mistake.context[0].quote == "[Tỉnh ủy] Hà Nam họp"
    told = mistake.as_json()
    assert (told["span"], told["gold_span"]) == ({"start": 0, "end": 7}, {"start": 0, "end": 14})


def test_a_number_or_date_is_shown_where_its_document_first_stands() -> None:
    text = "⟦KH|Kế hoạch 22⟧, rồi ⟦KH|Kế hoạch 22⟧"
    found = mark(text, KH="document\tnumber=22-KH/TU\tdate=2013-07-26")
    missed, spurious = find_mistakes(set_beside(mark(text), found))
    assert (missed.kind, missed.figure, missed.what) == ("missed", "date", "22-KH/TU 2013-07-25")
    assert (spurious.kind, spurious.what) == ("spurious", "22-KH/TU 2013-07-26")
    assert str(spurious.context[0]) == "[Kế hoạch 22], rồi Kế hoạch 22 (rule a-rule)"


@pytest.mark.parametrize("kind", ["merged", "split"])
def test_a_wrong_identity_shows_a_mention_of_each(kind: str) -> None:
    one, two = mark(TWICE), mark(TWICE.replace("NQ|Nghị quyết T", "D1|Nghị quyết T"))
    beside = set_beside(two, one) if kind == "merged" else set_beside(one, two)
    mistake = only(find_mistakes(beside), kind, "identity")
    assert mistake.what == "NQ is NQ and D1"
    assert ["[Nghị quyết 25]" in each.quote for each in mistake.context] == [True, False]
    assert "[Nghị quyết Trung ương 7]" in mistake.context[1].quote


def test_a_missed_relation_shows_its_ends_where_they_stand_closest() -> None:
    text = f"⟦TU|Tỉnh ủy⟧ họp. {LONG}⟦KH|Kế hoạch 22⟧ là do ⟦TU|Tỉnh ủy Hà Nam⟧ ban hành."
    gold = mark(text, "KH issuedBy TU")
    (mistake,) = find_mistakes(set_beside(gold, mark(text)))
    assert mistake.what == "Kế hoạch 22 (KH) issuedBy Tỉnh ủy Hà Nam (TU)"
    assert mistake.context[0].quote == (
        "…ở khắp mọi nơi trên cả nước, [Kế hoạch 22] là do [Tỉnh ủy Hà Nam] ban hành."
    )


def test_a_spurious_relation_shows_its_sentence_and_rule() -> None:
    (mistake,) = find_mistakes(set_beside(mark(BOTH), mark(BOTH, "KH issuedBy TU")))
    assert mistake.what == "the KH (KH) issuedBy the TU (TU)"
    assert str(mistake.context[0]) == "“Tỉnh ủy có Kế hoạch 22” (rule a-cue)"
    gold = mark("Tỉnh ủy có ⟦KH|Kế hoạch 22⟧")
    mistakes = find_mistakes(set_beside(gold, mark(BOTH, "KH issuedBy TU")))
    told = only(mistakes, "spurious", "relation").what
    assert told == "the KH (KH) issuedBy the TU (not in the gold)"


@given(st.text("aế \n", max_size=200), st.lists(st.integers(0, 200), max_size=6, unique=True))
def test_an_excerpt_is_short_and_holds_each_span_in_brackets(text: str, edges: list[int]) -> None:
    text = text.ljust(201, "b")
    spans = [Span(*pair) for pair in list(pairwise(sorted(edges)))[::2]] or [Span(0, 201)]
    quote = quote_around(text, *spans)
    assert quote.count("[") == quote.count("]") == len(spans)
    assert len(quote) <= sum(span.end - span.start + 66 for span in spans)
    assert "\n" not in quote


# Gold files.

BROKEN = {
    # the content of a.gold, where the error is, and what the message holds
    "no text": (GOLD.partition("== text")[0], "a.gold", ["“text” is missing", "“== text”"]),
    "no section at all": ("Tỉnh ủy họp.", "a.gold", ["“entities” is missing"]),
    "a section twice": (GOLD + "== text\n", "a.gold:12", ["“text” begins a second time"]),
    "an empty text": ("== entities\n== relations\n== text\n \n", "a.gold:4", ["“text” is empty"]),
    "an unknown kind": (
        GOLD.replace("CT12\tdocument", "CT12\tplan"),
        "a.gold:4",
        ["CT12", "unknown kind “plan”", "campaign, document, organisation"],
    ),
    "no kind": (GOLD.replace("CT12\tdocument", "CT12"), "a.gold:4", ["unknown kind “number="]),
    "no kind and nothing else": ("== entities\nA\n" + GOLD[12:], "a.gold:2", ["A has no kind"]),
    "spaces for tabs": (GOLD.replace("\t", " "), "a.gold:2", ["is no ref", "a tab"]),
    "a ref twice": (GOLD.replace("NQ18\t", "CT12\t"), "a.gold:5", ["CT12 is used twice"]),
    "no attribute": (GOLD.replace("date=", ""), "a.gold:4", ["“2018-03-05” is no attribute"]),
    "an unknown predicate": (
        GOLD.replace("CT12 implements", "CT12 cites"),
        "a.gold:8",
        ["unknown predicate “cites”", "implements"],
    ),
    "no relation": (GOLD.replace("implements NQ18", "NQ18"), "a.gold:8", ["“CT12 NQ18”"]),
    "a relation of nothing": (
        GOLD.replace("implements NQ18", "implements NQ19"),
        "a.gold:8",
        ["NQ19 is no entity"],
    ),
    "a mark of nothing": (
        GOLD.replace("⟦TW|", "⟦BCT|"),
        "a.gold:11",
        ["BCT is marked, but is no entity", "⟦?BCT|Ban Chấp hành"],
    ),
    "an unclosed mark": (
        GOLD.replace("12-CTr/TU⟧", "12-CTr/TU"),
        "a.gold:11",
        ["unclosed", "“⟦CT12|Chương trình"],
    ),
    "a nested mark": (
        GOLD.replace("|Ban Chấp hành", "|Ban ⟦TU|Chấp⟧ hành"),
        "a.gold:11",
        ["nested", "“⟦TW|Ban ⟦TU|Chấp⟧"],
    ),
    "a mark that only ends": (GOLD + "\nhết⟧", "a.gold:13", ["unclosed", "“⟧”"]),
    "a mark without a ref": (GOLD.replace("⟦TU|", "⟦"), "a.gold:11", ["without “|”"]),
    "a mark of no words": (GOLD + "⟦TU|⟧", "a.gold:12", ["mark of TU holds no words"]),
    "an entity never marked": (
        GOLD.replace("⟦TW|", "⟦TU|"),
        "a.gold:3",
        ["TW is never marked", "⟦TW|…⟧"],
    ),
    "not UTF-8": (GOLD.encode("utf-16"), "a.gold:1", ["is not UTF-8", "save it as UTF-8"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_gold_file_is_told_by_line_and_remedy(case: str, tmp_path: Path) -> None:
    content, place, parts = BROKEN[case]
    file = write_files(tmp_path, {"a.gold": content}) / "a.gold"
    with pytest.raises(GoldError) as raised:
        read_gold(file)
    assert str(raised.value.place) == str(tmp_path / place)
    assert [part for part in parts if part not in str(raised.value)] == []


def test_a_gold_file_may_have_a_remark_other_line_ends_and_a_byte_order_mark(
    tmp_path: Path,
) -> None:
    plain = parse_gold(GOLD, path=Path("a.gold"))
    other = f"\ufeffWritten by hand.\n\n{GOLD}".replace("\n", "\r\n").encode()
    gold = read_gold(write_files(tmp_path, {"a.gold": other}) / "a.gold")
    assert gold.text == plain.text.replace("\n", "\r\n")
    assert (gold.entities, gold.mentions) == (plain.entities, plain.mentions)
    assert gold.relations == plain.relations


def test_each_gold_file_is_read_once_in_the_order_of_its_path(tmp_path: Path) -> None:
    files = {"g/b.gold": GOLD, "g/a/c.gold": GOLD, "g/b.txt": HUNG_YEN, "g/.c.gold": b"\xff"}
    folder = write_files(tmp_path, files)
    read = list(read_golds(folder / "g" / "b.gold", folder / "g", folder / "none", folder / "g/a"))
    places = [each.place for each in read]
    assert places == [str(tmp_path / name) for name in ("g/b.gold", "g/a/c.gold", "none")]
    assert isinstance(read[-1], GoldError)


# The way through the pipeline.


def test_the_text_of_a_gold_file_is_what_is_extracted(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"a.gold": GOLD, "b.gold": GOLD.replace("==\n", "==\n\n")})
    evaluation = pg.evaluate(folder)
    assert {figure.f1 for figure in evaluation.figures.values()} == {1}
    assert evaluation.mistakes == ()
    assert evaluation.figures["mention:document"].gold == 4


def test_a_text_is_extracted_as_it_stands() -> None:
    text = "\ufeff\r\n" + HUNG_YEN
    record = extract_text(text, name="a").as_record()
    assert (record["source"], record["text"]) == ("a", text)
    surfaces = [text[m["start"] : m["end"]] for m in record["mentions"]]
    assert "Nghị quyết số 18-NQ/TW" in surfaces


def test_from_python_a_broken_file_is_an_error_unless_errors_are_asked_for(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"a.gold": "", "b.gold": GOLD, "c.gold": GOLD + "\0"})
    with pytest.raises(GoldError, match=r"a\.gold: the section"):
        pg.evaluate(folder)
    errors: list[PolicyGraphError] = []
    assert [each.gold.name for each in pg.evaluate(folder, on_error=errors.append).texts] == ["b"]
    assert [str(error.place) for error in errors] == [f"{tmp_path}/{n}.gold" for n in "ac"]


# The command.

FLAWED = GOLD.replace("CT12 implements NQ18\n", "TU implements NQ18\n")


def test_the_command_prints_figures_and_each_error_under_its_text(tmp_path: Path) -> None:
    write_files(tmp_path, {"gold/good.gold": GOLD, "gold/flawed.gold": FLAWED})
    shown = run("evaluate", "gold", cwd=tmp_path).stdout
    cells = [[c.strip() for c in line.split("│")[1:-1]] for line in shown.splitlines()]
    assert ["relation", "0.833", "0.833", "0.833", "6", "6"] in cells
    assert ["mention:document", "1.000", "1.000", "1.000", "4", "4"] in cells
    tail = shown[shown.index("gold/flawed.gold: ") :].splitlines()
    assert tail[0] == "gold/flawed.gold: 2 errors"
    assert tail[1].startswith("  missed relation, 0-")
    assert "Tỉnh ủy Hưng Yên (TU) implements Nghị quyết số 18-NQ/TW (NQ18)" in tail[1]
    assert "    [Tỉnh ủy Hưng Yên] đã ban hành" in tail[2]
    assert tail[3].startswith("  spurious relation, 0-")
    assert "(CT12) implements" in tail[3]
    assert tail[4].startswith("    “Tỉnh ủy Hưng Yên đã ban hành")
    assert "(rule " in tail[4]
    assert "good.gold" not in shown
    silent = run("evaluate", "gold", "--no-errors", cwd=tmp_path).stdout
    assert shown.startswith(silent)
    assert "flawed" not in silent


def test_the_command_prints_json_for_machines(tmp_path: Path) -> None:
    write_files(tmp_path, {"gold/good.gold": GOLD, "flawed.gold": FLAWED})
    arguments = ("evaluate", "flawed.gold", "gold", "--format", "json")
    printed = json.loads(run(*arguments, cwd=tmp_path).stdout)
    assert list(printed["figures"]["relation"]) == ["precision", "recall", "f1", "gold", "found"]
    assert printed["figures"]["relation"]["recall"] == 5 / 6
    flawed, good = printed["texts"]
    assert good == {"name": "good", "file": "gold/good.gold", "errors": []}
    assert (flawed["name"], flawed["file"]) == ("flawed", "flawed.gold")
    assert [(error["kind"], error["figure"]) for error in flawed["errors"]] == [
        ("missed", "relation"),
        ("spurious", "relation"),
    ]
    assert flawed["errors"][1]["context"][0]["rule"]
    run(*arguments, "--no-errors", "--output", "a.json", cwd=tmp_path)
    kept = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert kept["figures"] == printed["figures"]
    assert kept["texts"][1] == {"name": "good", "file": "gold/good.gold"}


def test_one_bad_gold_file_is_reported_and_the_rest_is_measured(tmp_path: Path) -> None:
    write_files(tmp_path, {"gold/a.gold": GOLD, "gold/b.gold": GOLD.replace("TU|", "UB|")})
    done = run("evaluate", "gold", cwd=tmp_path, code=1)
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: gold/b.gold:11: UB is marked, but is no entity (add it")
    assert "relation" in done.stdout
    for path, told in (("gold/b.gold", "UB"), ("none", "no such file"), (".git", "no such")):
        done = run("evaluate", path, cwd=tmp_path, code=1)
        assert done.stdout == ""
        assert told in done.stderr
    (tmp_path / "empty").mkdir()
    assert "holds no gold files" in run("evaluate", "empty", cwd=tmp_path, code=1).stderr


def test_a_gold_text_cannot_command_the_terminal(tmp_path: Path) -> None:
    evil = FLAWED.replace("đã ban hành", "[bold]đã\x1b]0;pwned\x07\x1b[2J ban hành")
    write_files(tmp_path, {"a.gold": evil.replace("TU|Tỉnh ủy", "TU|Tỉnh\x1b[2J ủy")})
    shown = run("evaluate", "a.gold", cwd=tmp_path).stdout
    assert "missed relation" in shown
    assert "[bold]đã\ufffd" in shown
    assert "\x1b" not in shown
