"""What names of classes say of the elements of a page."""

from __future__ import annotations

import pytest
from lxml import html

from policygraph.reading.html.parts import PartRow, load_parts, tell_part


@pytest.mark.parametrize("row", load_parts(), ids=lambda row: row.id)
def test_every_name_of_a_part_tells_it_and_nothing_else(row: PartRow) -> None:
    assert row.source
    assert row.examples
    assert row.counter_examples
    for name in row.examples:
        assert tell_part(html.Element("div", {"class": name})) == row.region, name
    for name in row.counter_examples:
        assert tell_part(html.Element("div", {"class": name})) is None, name
