"""Titles of one document, as texts shorten and reword them."""

from __future__ import annotations

import pytest

from policygraph.titles import have_one_subject, strip_opening

LONG = "tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("về tăng cường công tác dân vận", "Tăng cường công tác dân vận trong tình hình mới", True),
        (f"“về {LONG}”", LONG.upper(), True),
        ("công tác dân vận", LONG, True),
        (LONG.replace("đối với", "về"), LONG, True),
        ("phòng chống tham nhũng", "phòng, chống tham nhũng", True),
        ("về công tác", LONG, False),
        ("tăng cường sự lãnh đạo của Đảng đối với công tác thanh niên", LONG, False),
        ("tăng cường công tác dân vận", "tăng cường công tác tôn giáo", False),
        (LONG.replace("công tác dân vận", "công tác tôn giáo"), "công tác dân vận của Đảng", False),
        ("công tác dân vận đã đi vào đời sống", LONG, True),
        ("công tác dân vận được quán triệt", LONG, True),
        ("công tác đã làm", LONG, False),
        ("công tác dân vận, hai việc này vốn là một", LONG, True),
        ("xây dựng Đảng, chính quyền", "xây dựng Đảng, hệ thống chính trị", False),
        ("", "", False),
    ],
)
def test_one_subject(one: str, other: str, same: bool) -> None:
    assert have_one_subject(one, other) is same
    assert have_one_subject(other, one) is same


@pytest.mark.parametrize("opening", ["về", "Về việc", "V/v", "về  "])
def test_openings_do_not_count(opening: str) -> None:
    assert strip_opening(f"{opening} xây dựng Đảng") == "xây dựng Đảng"
