"""Full dates as Vietnamese texts write them, to ISO 8601.

Forms counted in public texts: "ngày 3 tháng 6 năm 2013" 51,087; "3/6/2013" 63,236; "3-6-2013"
3,511; "3.6.2013" 1,371; with spaces inside 250; "20/11 năm 1982" 7. A day without its year, and a
day that no calendar has, are no dates.
"""

from __future__ import annotations

import re
from datetime import date

_SEPARATOR = r"\s?[/.-]\s?"
DATE = (
    rf"(?P<day>\d{{1,2}})(?:{_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|\s{1,3}tháng\s{1,3}(?P<month_word>\d{1,2})[\s,]{1,3}năm\s{1,3}(?P<year_word>(?:19|20)\d\d)(?!\d)"
    r"|/(?P<month_short>\d{1,2})\snăm\s(?P<year_short>(?:19|20)\d\d)(?!\d))"
)


def read_date(match: re.Match[str]) -> str | None:
    """The ISO date of a match of `DATE`, None where the calendar has no such day."""
    groups = match.groupdict()
    year = groups["year"] or groups["year_word"] or groups["year_short"]
    month = groups["month"] or groups["month_word"] or groups["month_short"]
    try:
        return date(int(year), int(month), int(groups["day"])).isoformat()
    except ValueError:
        return None
