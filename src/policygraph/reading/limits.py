"""How much one file may take: beyond it the file is reported, and the rest goes on.

Reading has a deadline, extraction has none: it is bounded by the length of a text and, in
`policygraph.extraction.findings`, by the number of its mentions. Measured on three million
characters, some 1,500 pages, in processor time: plain words take a second; "thực hiện 25-NQ/TW",
25,000 times, nine, and 20 with its graph stored.
"""

from __future__ import annotations

from policygraph.errors import ReadingError

#: Code points of one article.
MOST_CHARACTERS = 3_000_000
#: Bytes of a text file, of a line of JSON Lines, or of a page.
MOST_TEXT_BYTES = 24 * 2**20
#: Bytes of a file that is taken apart: most of a PDF or Word file is pictures.
MOST_FILE_BYTES = 256 * 2**20
#: What the process that takes files apart may use, and how long it may be silent over one file.
MOST_MEMORY = 2**30
MOST_SECONDS = 25.0
#: What it must give of a file of many articles, in characters a second, once that time is used up.
LEAST_PACE = 100_000
#: Records of one file.
MOST_RECORDS = 1_000_000
#: Bad records of one file that are told one by one; of more there is a sum.
MOST_TOLD = 20
#: A file of which so many records are bad before the first good one is given up.
MOST_BAD_AT_FIRST = 1_000

_SPLIT = "split it into several files"


def check_size(size: int, most: int, *, what: str = "the file") -> None:
    """Raises ReadingError where something has more than its share of bytes."""
    if size > most:
        message = f"{what} has {size / 2**20:,.0f} MB, and at most {most / 2**20:,.0f} are read"
        raise ReadingError(message, remedy=_SPLIT)


def check_length(text: str) -> None:
    """Raises ReadingError where a text is longer than an article may be."""
    if len(text) > MOST_CHARACTERS:
        message = f"the text has {len(text):,} characters, and at most {MOST_CHARACTERS:,} are read"
        raise ReadingError(message, remedy=_SPLIT)
