"""Evaluation: gold texts + pipeline → figures, and every error with the words around it.

A gold text is an article whose mentions, entities and relations were marked by hand; `gold` says
how its file is written. The figures, each over all texts together (micro):

    mention:KIND   mentions of a kind, paired one to one where their spans overlap
    strict:KIND    the same where the spans are equal
    number, date   the numbers of documents that a text cites, and the dates it gives them
    identity       B-cubed over paired mentions: are mentions of one thing one entity?
    relation       subject, predicate and object, the ends told by their paired mentions
"""

from __future__ import annotations

from policygraph.evaluation.evaluating import Evaluation, evaluate
from policygraph.evaluation.figures import Figure
from policygraph.evaluation.gold import GoldText, read_gold, read_golds
from policygraph.evaluation.mistakes import Mistake, find_mistakes

__all__ = [
    "Evaluation",
    "Figure",
    "GoldText",
    "Mistake",
    "evaluate",
    "find_mistakes",
    "read_gold",
    "read_golds",
]
