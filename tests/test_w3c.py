"""The runner of the W3C's suites tells what passes and what fails, on a small suite of ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from corpus import write_files

pytestmark = pytest.mark.whole

RUNNER = Path(__file__).resolve().parents[1] / "benchmarks" / "w3c"

MANIFEST = """
@prefix : <http://example.org/manifest#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
<> a mf:Manifest ; mf:entries (TESTS) .
"""
EVALUATION = """
:{name} a mf:QueryEvaluationTest ;
  mf:action [ qt:query <{query}> ; {data} ] ; mf:result <{result}> .
"""
DATA = '@prefix : <http://example.org/> . :s :p "NAME", [ :q 01 ] .\n'
SELECT = "SELECT ?o { ?s <http://example.org/p> ?o FILTER(isLiteral(?o)) }"
NAMED = "SELECT ?o { GRAPH ?g { ?s <http://example.org/p> ?o FILTER(isLiteral(?o)) } }"
ONE, TWO = ("?o\n" + f'"{name}"\n' for name in ("one", "two"))
BLANK = "SELECT ?s ?o { ?s <http://example.org/q> ?o }"
ORDERED = """
@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .
[] a rs:ResultSet ; rs:resultVariable "x" ;
  rs:solution [ rs:index 2 ; rs:binding [ rs:variable "x" ; rs:value 1 ] ] ,
    [ rs:index 1 ; rs:binding [ rs:variable "x" ; rs:value 2 ] ] .
"""

# a test: its query, its data, the name of the file that is expected, whether it passes
EVALUATIONS = {
    "default": (SELECT, "qt:data <one.ttl>", "one.tsv", True),
    "default-other": (SELECT, "qt:data <one.ttl>", "two.tsv", False),
    "not-named": (NAMED, "qt:data <one.ttl>", "one.tsv", False),
    "named": (NAMED, "qt:data <one.ttl> ; qt:graphData <two.ttl>", "two.tsv", True),
    "from": (SELECT.replace("{ ?s", "\nFROM <two.ttl> { ?s", 1), "", "two.tsv", True),
    "blank": (BLANK, "qt:data <one.ttl>", "blank.tsv", True),
    "blank-other": (BLANK, "qt:data <one.ttl>", "iri.tsv", False),
    "ordered": ("SELECT ?x { VALUES ?x { 1 2 } } ORDER BY DESC(?x)", "", "ordered.ttl", True),
    "reversed": ("SELECT ?x { VALUES ?x { 1 2 } } ORDER BY ?x", "", "ordered.ttl", False),
    "ask": ("ASK { ?s ?p ?o }", "qt:data <one.ttl>", "true.srj", True),
    "ask-empty": ("ASK { ?s ?p ?o }", "", "true.srj", False),
    "graph": ("CONSTRUCT WHERE { ?s ?p ?o }", "qt:data <one.ttl>", "one.ttl", True),
    "graph-other": ("CONSTRUCT WHERE { ?s ?p ?o }", "qt:data <one.ttl>", "two.ttl", False),
}
SYNTAX = """
:good a mf:PositiveSyntaxTest11 ; mf:action <default.rq> .
:good-not a mf:PositiveSyntaxTest11 ; mf:action <bad.rq> .
:bad a mf:NegativeSyntaxTest11 ; mf:action <bad.rq> .
:bad-not a mf:NegativeSyntaxTest11 ; mf:action <default.rq> .
:change a mf:UpdateEvaluationTest .
"""
OUTCOMES = {name: passes for name, (*_, passes) in EVALUATIONS.items()} | {
    "good": True,
    "good-not": False,
    "bad": True,
    "bad-not": False,
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    tests = [
        EVALUATION.format(name=name, query=f"{name}.rq", data=data, result=result)
        for name, (_, data, result, _) in EVALUATIONS.items()
    ]
    entries = " ".join(f":{name}" for name in (*OUTCOMES, "change"))
    folder = write_files(
        tmp_path_factory.mktemp("suites") / "suite" / "group",
        {
            "manifest.ttl": MANIFEST.replace("TESTS", entries) + "".join(tests) + SYNTAX,
            **{f"{name}.rq": query for name, (query, *_) in EVALUATIONS.items()},
            "bad.rq": "SELECT ?s { ?s ?p }",
            **{f"{name}.ttl": DATA.replace("NAME", name) for name in ("one", "two")},
            **{"one.tsv": ONE, "two.tsv": TWO, "true.srj": '{"head": {}, "boolean": true}'},
            "blank.tsv": "?s\t?o\n_:x\t1\n",
            "iri.tsv": "?s\t?o\n<http://example.org/x>\t1\n",
            "ordered.ttl": ORDERED,
        },
    )
    done = subprocess.run(
        [sys.executable, RUNNER, folder.parents[1]],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_passes_and_what_fails_is_told(report: str) -> None:
    failing = {
        line.split()[1].removesuffix(":") for line in report.split("failing\n")[1].splitlines()
    }
    assert failing == {name for name, passes in OUTCOMES.items() if not passes}
    passed = sum(OUTCOMES.values())
    (counts, _) = [line.split()[1:] for line in report.splitlines() if line.startswith("all ")]
    assert counts == [str(passed), str(len(OUTCOMES) - passed), "1"]
    assert "update: 1" in report


def test_without_suites_it_says_what_it_needs() -> None:
    done = subprocess.run([sys.executable, RUNNER], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "make w3c SUITES=DIR" in done.stderr
