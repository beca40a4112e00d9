"""Keeps a query from what would reach the network or end the process.

Oxigraph follows SERVICE wherever it points and cannot be told not to; and its recursive parser
overflows the stack, which no caller can catch, at about 2,200 nested groups or 9,400 chained
operators (measured with pyoxigraph 0.5.13; 2,000 of each chain pass, 20,000 abort).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import Store

from policygraph.errors import QueryError
from policygraph.graph.query_error import explain_error, position_of

MAX_DEPTH = 200
MAX_CHAIN = 2_000

_TOKEN = re.compile(
    r"""(?P<skip>"{3}(?:[^"\\]|\\.|"(?!""))*+"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
               | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+'
               | \#[^\n\r]*+
               | <[A-Za-z][A-Za-z0-9+.-]*+://[^<>"{}|^`\\\x00-\x20]*+>
               | <[^<>"{}|^`\\\x00-\x20'#]*+>)
      | (?P<unclear><[^<>"{}|^`\\\x00-\x20]*+>)
      | (?P<open>[({\[]) | (?P<close>[)}\]])
      | (?P<link>\|\||&&|[!^|/+*-]|(?<![\w?$:])(?:union|optional|minus|filter|bind|graph|exists)\b)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_OPENING = re.compile(r"[({\[]")


def check_query(sparql: str, prefixes: Mapping[str, str], base: str | None = None) -> None:
    """Raises QueryError for a query that is nested or chained too deeply, or asks for SERVICE."""
    check_depth(sparql)
    if uses_keyword(sparql, "service", prefixes, base):
        raise explain_error(sparql, "SERVICE, which asks another server, is not possible here")


def uses_keyword(
    sparql: str, keyword: str, prefixes: Mapping[str, str], base: str | None = None
) -> bool:
    """Whether a word stands as a keyword, not in a string, a name or a comment.

    Oxigraph's own parser decides, over the query with no keyword in the word's place: where that
    still parses, none was replaced. True as well for a query with the word that does not parse.
    """
    no_keyword = ("zq" * len(keyword))[: len(keyword)]
    replaced = re.sub(keyword, no_keyword, sparql, flags=re.IGNORECASE)
    if replaced == sparql:
        return False
    try:
        Store().query(replaced, base_iri=base, prefixes=dict(prefixes))
    except SyntaxError:
        return True
    return False


def check_depth(sparql: str) -> None:
    """Raises QueryError above `MAX_DEPTH` nested brackets or `MAX_CHAIN` operators."""
    if len(_OPENING.findall(sparql)) <= MAX_DEPTH and len(sparql) <= MAX_CHAIN:
        return
    depth = links = 0
    for kind, match in _tokens(sparql):
        depth += (kind == "open") - (kind == "close" and depth > 0)
        links += kind == "link" or match[0] == "{"
        if depth > MAX_DEPTH or links > MAX_CHAIN:
            what = "nested" if depth > MAX_DEPTH else "chained"
            raise QueryError(
                f"the query is {what} too deeply",
                place=position_of(sparql, match.start()),
                remedy=f"at most {MAX_DEPTH} nested brackets and {MAX_CHAIN} operators",
            )


def _tokens(sparql: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup == "unclear":
            raise QueryError(
                f"in a query of this size {match[0]} may be read in two ways",
                place=position_of(sparql, match.start()),
                remedy="write a prefixed name instead",
            )
        if match.lastgroup and match.lastgroup != "skip":
            yield match.lastgroup, match
