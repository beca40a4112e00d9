"""Writes the values that are bound to a query into its text, for people who want to change it.

A value is there from the start where it is bound: `VALUES` opens the outer group, so that its
filters and optional parts see it. A variable that the query computes (`AS ?year`) may not have a
value before; its `VALUES` closes the query and keeps the rows with that value alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from policygraph.graph.queries import Question, Term

_COMMENTED_HEAD = re.compile(r"(?:#[^\n]*\n)*")
_WHERE = re.compile(r"^WHERE \{\n", re.MULTILINE)


def write_query(question: Question) -> str:
    """A named query with its values in its text: the same answer, and nothing is bound.

    The comments of its head, which say what it asks and may be given, are left out.
    """
    text = _COMMENTED_HEAD.sub("", question.sparql, count=1)
    given: dict[str, Term] = {}
    computed: dict[str, Term] = {}
    for name, term in question.bindings.items():
        is_computed = re.search(rf"\bAS \?{name}\)", text)
        (computed if is_computed else given)[name] = term
    opening = f"  {_write_values(given)}" if given else ""
    closing = _write_values(computed) if computed else ""
    return _WHERE.sub(lambda where: where[0] + opening, text, count=1) + closing


def _write_values(bindings: Mapping[str, Term]) -> str:
    """Terms are written as in N-Triples, quoted and escaped, which SPARQL reads too."""
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(map(str, bindings.values()))
    return f"VALUES ({names}) {{ ({terms}) }}\n"
