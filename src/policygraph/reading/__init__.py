"""Reading: bytes → Article. Finds the articles under a path and reads each of them.

    find_sources → Source* → read_article → Article

The text of a text file or record is never altered: line ends, spaces and letters stay as they
stand. A page, Word file or PDF is taken apart in a process of its own into blocks (`Content`), of
which the text is composed.
"""

from __future__ import annotations

from policygraph.reading.articles import read_article
from policygraph.reading.selection import EVERYTHING, Selection
from policygraph.reading.source import Source
from policygraph.reading.sources import find_list, find_sources

__all__ = ["EVERYTHING", "Selection", "Source", "find_list", "find_sources", "read_article"]
