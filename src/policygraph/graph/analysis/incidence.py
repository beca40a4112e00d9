"""Who has what, as a sparse matrix, and which two of them have most in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from policygraph.graph.analysis.subnetwork import check_least, choose_one

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

_ORDERS = ("shared", "cosine", "lift")

#: How many rows are multiplied at once: what ten thousands of documents have in common with each
#: other does not fit into memory, what a few hundred of them have in common with all does.
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs: those with one owner, or all; that share at least so much; the first of them.

    Raises ParameterError where a number is out of bounds, or `by` is no order.
    """

    one: str | None
    least: int
    by: str
    limit: int | None

    def __post_init__(self) -> None:
        check_least("least", self.least, 1)
        check_least("limit", self.limit, 0)
        choose_one("by", self.by, _ORDERS)


class Pair(NamedTuple):
    """Two owners, what both have, how much each has, and how far that goes beyond chance."""

    first: str
    second: str
    shared: tuple[str, ...]
    first_total: int
    second_total: int
    cosine: float
    lift: float


def find_pairs(has: Iterable[tuple[str, str]], wanted: Wanted) -> tuple[list[Pair], int]:
    """The pairs wanted, the best first, and how many there are without the limit.

    Args:
        has: (owner, what it has), in any order, repeated or not.
    """
    import numpy as np

    incidence, best, total = _make_incidence(has), [np.empty(0, dtype=_FIGURES)], 0
    for figures in _compare(incidence, wanted):
        total += len(figures)
        best.append(_take_best(figures, wanted))
    rows = _take_best(np.concatenate(best), wanted)
    return [_read_pair(incidence, row) for row in rows], total


@dataclass(frozen=True, slots=True)
class _Incidence:
    """A matrix of 1 where an owner (a row) has a thing (a column), both in the order of names."""

    owners: Sequence[str]
    things: Sequence[str]
    matrix: csr_array
    totals: NDArray[np.int64]


#: Two rows with what they share.
_FIGURES = [("first", "i8"), ("second", "i8"), ("shared", "i8"), ("cosine", "f8"), ("lift", "f8")]


def _make_incidence(has: Iterable[tuple[str, str]]) -> _Incidence:
    import numpy as np
    from scipy.sparse import csr_array

    held = sorted(set(has))
    rows = _number(owner for owner, _ in held)
    columns = _number(thing for _, thing in held)
    cells = [(rows[owner], columns[thing]) for owner, thing in held]
    where = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    ones = np.ones(len(held), dtype=np.int64)
    matrix = csr_array((ones, tuple(where)), shape=(len(rows), len(columns)))
    return _Incidence(tuple(rows), tuple(columns), matrix, matrix.sum(axis=1))


def _number(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(names)))}


def _compare(incidence: _Incidence, wanted: Wanted) -> Iterator[NDArray[Any]]:
    """The figures of the pairs that share enough, block by block; each pair once."""
    if wanted.one is not None:
        if wanted.one in incidence.owners:
            row = incidence.owners.index(wanted.one)
            figures = _compare_rows(incidence, row, row + 1, wanted.least)
            yield figures[figures["first"] != figures["second"]]
        return
    for start in range(0, len(incidence.owners), _BLOCK):
        figures = _compare_rows(incidence, start, start + _BLOCK, wanted.least)
        yield figures[figures["first"] < figures["second"]]


def _compare_rows(incidence: _Incidence, start: int, end: int, least: int) -> NDArray[Any]:
    import numpy as np

    product = (incidence.matrix[start:end] @ incidence.matrix.T).tocoo()
    enough = product.data >= least
    figures = np.empty(np.count_nonzero(enough), dtype=_FIGURES)
    figures["first"], figures["second"] = product.row[enough] + start, product.col[enough]
    figures["shared"] = shared = product.data[enough]
    chances = incidence.totals[figures["first"]] * incidence.totals[figures["second"]]
    figures["cosine"] = shared / np.sqrt(chances)
    figures["lift"] = shared * len(incidence.things) / chances
    return figures


def _take_best(figures: NDArray[Any], wanted: Wanted) -> NDArray[Any]:
    import numpy as np

    orders = [wanted.by, *(order for order in _ORDERS if order != wanted.by)]
    keys = [-figures[order] for order in orders]
    # lexsort sorts by its last key first
    ranks = np.lexsort((figures["second"], figures["first"], *keys[::-1]))
    return figures[ranks[: wanted.limit]]


def _read_pair(incidence: _Incidence, row: NDArray[Any]) -> Pair:
    import numpy as np

    first, second = int(row["first"]), int(row["second"])
    shared = np.intersect1d(*(incidence.matrix[[each]].indices for each in (first, second)))
    return Pair(
        *(incidence.owners[first], incidence.owners[second]),
        tuple(incidence.things[thing] for thing in shared),
        *(int(incidence.totals[first]), int(incidence.totals[second])),
        *(float(row["cosine"]), float(row["lift"])),
    )
