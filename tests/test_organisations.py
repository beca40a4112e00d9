"""Names of bodies: exact spans, full names, and what is no name."""

from __future__ import annotations

import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_grows_within

from policygraph.extraction.main_place import find_place
from policygraph.extraction.organisation_grammar import FieldOfWork, Head, load_heads
from policygraph.extraction.organisations import find_organisations
from policygraph.lexicon import load_rows
from policygraph.model import Article, NameMention, Region
from policygraph.resources import data_file
from policygraph.span import Span
from policygraph.text import fold

HEADS = load_heads()
FIELDS = load_rows(data_file("vocab", "organisation_fields.toml"), FieldOfWork)


def find(text: str, *, place: str | None = None, taken: tuple[str, ...] = ()) -> list[NameMention]:
    article = Article(id="a", text=text, sha256="", place=place)
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in taken]
    return find_organisations(fold(text), article, taken=spans)


def surfaces(text: str, mentions: list[NameMention]) -> list[str]:
    return [text[mention.span.start : mention.span.end] for mention in mentions]


def names(text: str, *, place: str | None = None) -> dict[str, str]:
    return {
        text[mention.span.start : mention.span.end]: mention.name
        for mention in find(text, place=place)
    }


@pytest.mark.parametrize(
    ("head", "example"),
    [pytest.param(head, example, id=f"{head.id}: {example}") for head in HEADS
     for example in head.examples],
)  # fmt: skip
def test_every_example_gives_its_marked_spans_by_its_row(head: Head, example: str) -> None:
    text = re.sub(r"[\[\]]", "", example)
    mentions = find(text)
    marked = re.findall(r"\[([^\]]+)\]", example)
    assert marked, "an example marks what it shows"
    assert [surface for surface in surfaces(text, mentions) if surface in marked] == marked
    assert head.id in {mention.rule for mention in mentions}


@pytest.mark.parametrize(
    ("head", "text"),
    [pytest.param(head, text, id=f"{head.id}: {text}") for head in HEADS
     for text in head.counter_examples],
)  # fmt: skip
def test_no_counter_example_fires_its_row(head: Head, text: str) -> None:
    assert head.id not in {mention.rule for mention in find(text)}


def test_every_row_has_an_example() -> None:
    assert [head.id for head in HEADS if not head.examples] == []


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
def test_every_field_joins_every_head_that_takes_it(field: FieldOfWork) -> None:
    for group in field.of:
        head = next(head for head in HEADS if head.fields == group)
        for written in (field.name, *field.aliases):
            name = f"{head.forms[0]} {written}"
            text = f"Theo {name}, đã xong."
            assert surfaces(text, find(text)) == [name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "phối hợp các Bộ Công Thương, Y tế và Tư pháp rà soát",
            ["Công Thương", "Y tế", "Tư pháp"],
        ),
        ("Các bộ: Nội vụ, Y tế báo cáo; các Bộ: Tài chính", ["Nội vụ", "Y tế", "Tài chính"]),
        ("với Bộ Công an, Quốc phòng, Sở Y tế", ["Công an", "Quốc phòng"]),
        ("Bộ Công an, Y tế tuyến huyện, các bộ: y tế", ["Công an"]),
        ("Bộ Y tế, Sở Tài chính, Hà Nội", ["Y tế"]),
        ("các bộ: Xây dựng kế hoạch, các Bộ Y tế, Công an xã", ["Y tế"]),
        ("Bộ Quốc phòng Mỹ, Ngoại giao.", ["Quốc phòng Mỹ"]),
        ("các Bộ: Lịch sử, Địa lý", []),
    ],
)
def test_a_list_of_ministries_gives_their_head_once(text: str, found: list[str]) -> None:
    names = [m.name for m in find(text) if m.rule == "bo"]
    assert names == [f"Bộ {each}" for each in found]


def test_a_list_gives_each_body_and_the_last_ones_place() -> None:
    text = (
        "Tham dự có Tỉnh ủy, Hội đồng nhân dân, Ủy ban nhân dân, Ủy ban Mặt trận Tổ quốc tỉnh, "
        "Đoàn đại biểu Quốc hội tỉnh Nghệ An."
    )
    assert names(text) == {
        "Tỉnh ủy": "Tỉnh ủy Nghệ An",
        "Hội đồng nhân dân": "Hội đồng nhân dân tỉnh Nghệ An",
        "Ủy ban nhân dân": "Ủy ban nhân dân tỉnh Nghệ An",
        "Ủy ban Mặt trận Tổ quốc tỉnh": "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Nghệ An",
        "Đoàn đại biểu Quốc hội tỉnh Nghệ An": "Đoàn đại biểu Quốc hội tỉnh Nghệ An",
    }


@pytest.mark.parametrize(
    "text",
    [
        "các tỉnh ủy, thành ủy, đảng ủy trực thuộc Trung ương",
        "Các Tỉnh ủy, Thành ủy, Đảng ủy trực thuộc Trung ương",
        "UBND các tỉnh, thành phố trực thuộc Trung ương",
        "Ủy ban nhân dân cấp tỉnh quyết định; Ủy ban nhân dân cấp xã thực hiện",
        "HĐND, UBND các cấp",
        "các sở, ban, ngành, đoàn thể, các cấp ủy, chính quyền địa phương",
        "UBND tỉnh, thành phố chịu trách nhiệm",
        "Công ty có trách nhiệm báo cáo; Bệnh viện đã tiếp nhận",
        "tốt nghiệp trường đại học, làm ở bệnh viện",
        "số 120-QĐ/UBKTTW và 05/UBND",
    ],
)
def test_a_kind_of_bodies_is_no_body(text: str) -> None:
    assert surfaces(text, find(text)) == []


@pytest.mark.parametrize(
    ("surface", "place", "full"),
    [
        ("Thành ủy", "ha-noi", "Thành ủy Hà Nội"),
        ("Thành uỷ", "ha-noi", "Thành ủy Hà Nội"),
        ("Ban Dân vận Thành ủy", "ha-noi", "Ban Dân vận Thành ủy Hà Nội"),
        ("Đảng bộ Thành phố", "ha-noi", "Đảng bộ thành phố Hà Nội"),
        ("Đảng bộ Hà Nội", None, "Đảng bộ thành phố Hà Nội"),
        ("UBND tỉnh", "quang-ninh", "Ủy ban nhân dân tỉnh Quảng Ninh"),
        ("Ủy ban Nhân dân tỉnh Quảng Ninh", None, "Ủy ban nhân dân tỉnh Quảng Ninh"),
        ("Sở GD-ĐT", "quang-ninh", "Sở Giáo dục và Đào tạo tỉnh Quảng Ninh"),
        ("Công an tỉnh", "ha-nam", "Công an tỉnh Hà Nam"),
        ("UBND tỉnh Hà Nam", "ha-noi", "Ủy ban nhân dân tỉnh Hà Nam"),
        ("MTTQ", "ha-noi", "Mặt trận Tổ quốc Việt Nam"),
        ("Ban Chấp hành Trung ương", None, "Ban Chấp hành Trung ương Đảng"),
        ("Ban chấp hành Trung ương Đảng khóa XI", None, "Ban Chấp hành Trung ương Đảng"),
        ("Bộ Chính trị khóa IX", None, "Bộ Chính trị"),
        ("Bộ LĐ-TB&XH", None, "Bộ Lao động - Thương binh và Xã hội"),
        ("Viện KSND tối cao", None, "Viện kiểm sát nhân dân tối cao"),
        ("Tỉnh ủy", "ha-noi", "Tỉnh ủy"),
    ],
)
def test_a_short_form_has_its_full_name(surface: str, place: str | None, full: str) -> None:
    assert names(f"Theo {surface}, đã có kết quả.", place=place) == {surface: full}


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        (
            "Đảng ủy Trường Đại học Vinh họp. Ở Đảng ủy Trường, đã rõ.",
            "Đảng ủy Trường",
            "Đảng ủy Trường Đại học Vinh",
        ),
        (
            "Đảng ủy Trường Đại học Vinh họp. Đảng ủy kết luận.",
            "Đảng ủy",
            "Đảng ủy Trường Đại học Vinh",
        ),
        (
            "Đảng ủy Trường Đại học Vinh và Đảng ủy Trường Đại học Huế họp. Đảng ủy Trường, đã rõ.",
            "Đảng ủy Trường",
            "Đảng ủy Trường",
        ),
        (
            "Đảng ủy Trường Đại học Vinh làm việc với Đảng ủy xã Lam. Đảng ủy kết luận.",
            "Đảng ủy",
            "Đảng ủy xã Lam",
        ),
    ],
)
def test_a_body_without_its_owner_is_the_one_named_with_it(
    text: str, short: str, full: str
) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gồm: Cục Trang thiết và kho báu; Cục Thuế", ["Cục Trang thiết và kho báu", "Cục Thuế"]),
        ("- Vụ Nghề muối và chợ quê;\n- Vụ Chè;", ["Vụ Nghề muối và chợ quê", "Vụ Chè"]),
        ("gồm: Cục Thuế và các đơn vị; Cục Hải quan.", ["Cục Thuế", "Cục Hải quan"]),
        ("gồm: Cục Thuế báo cáo kết quả; Cục Hải quan.", ["Cục Thuế", "Cục Hải quan"]),
        ("do Cục Thuế và kho quỹ; việc khác", ["Cục Thuế"]),
        ("Cục Thuế và kho quỹ.", ["Cục Thuế"]),
    ],
)  # fmt: skip
def test_a_department_in_a_list_is_its_item(text: str, found: list[str]) -> None:
    assert surfaces(text, find(text)) == found


@pytest.mark.parametrize(
    ("text", "short", "times"),
    [
        ("Hội Làm vườn xã Lam họp. Năm tới, Hội cần mở rộng. Chủ tịch Hội nói", "Hội", 2),
        ("Hội Làm vườn xã Lam: cán bộ Hội đã học, các cấp Hội đã thi, công tác Hội", "Hội", 0),
        ("Hội Làm vườn xã Lam và Hội Người mù xã Lam họp. Hội đã bàn.", "Hội", 0),
        ("Hội Làm vườn xã Lam, Hội Làm vườn họp. Hội đã bàn.", "Hội", 1),
        ("Chủ tịch Hội hữu nghị; Hội Làm vườn xã Lam", "Hội", 0),
        ("Hiệp hội Gạo Lam nói, mặc dù Hiệp hội liên tục nhắc, gạo ẩm", "Hiệp hội", 1),
        ("Công đoàn Sở Y tế họp. Hằng năm, Công đoàn đã thăm hỏi đoàn viên.", "Công đoàn", 1),
        ("Công đoàn Sở Y tế họp. Đại hội Công đoàn đã bầu đoàn viên.", "Công đoàn", 0),
        ("Công ty TNHH MTV Hanel ra đời. Hanel đã lớn mạnh; tivi Hanel bán chạy.", "Hanel", 1),
        ("Công ty Du lịch Sông Hồng ra đời. Hồng đã lớn.", "Hồng", 0),
    ],
)
def test_the_word_for_a_body_is_it_where_it_acts(text: str, short: str, times: int) -> None:
    assert surfaces(text, find(text)).count(short) == times


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TRƯỜNG ĐẠI HỌC QUY NHƠN\nSố: 12", ["TRƯỜNG ĐẠI HỌC QUY NHƠN"]),
        ("| CÔNG TY CỔ PHẦN MAY SAO VÀNG | CỘNG HÒA |", ["CÔNG TY CỔ PHẦN MAY SAO VÀNG"]),
        ("HỘI ĐỒNG QUẢN TRỊ CÔNG TY CỔ PHẦN MAY", ["HỘI ĐỒNG QUẢN TRỊ CÔNG TY CỔ PHẦN MAY"]),
        ("TRƯỜNG ĐẠI HỌC QUY NHƠN TỔ CHỨC HỘI THẢO", []),
        ("Năm nay TRƯỜNG ĐẠI HỌC QUY NHƠN", []),
        ("giao UBND thành phố GPMB, UBND quận Ba Đình", ["UBND thành phố", "UBND quận Ba Đình"]),
        ("các Huyện, Thị, Thành đoàn tổ chức", []),
        (
            "Đảng ủy các cơ quan Đảng Thành phố, Đảng ủy UBND Thành phố, Đảng ủy các trường",
            ["Đảng ủy các cơ quan Đảng Thành phố", "Đảng ủy UBND Thành phố"],
        ),
        ("nhiệm kỳ chi bộ 5 năm một lần, Quân khu 7 năm qua", ["Quân khu 7"]),
        ("100% Đoàn xã duy trì, Đoàn xã Lam", ["Đoàn xã Lam"]),
        ("Bộ Giáo dục và Đào tạo (GDĐT) báo cáo", ["Bộ Giáo dục và Đào tạo"]),
        ("Cục Cảnh sát hình sự (C02) bắt. C02 nói", ["Cục Cảnh sát hình sự", "C02", "C02"]),
        ("Viện nghiên cứu phát triển kinh tế-xã hội", []),
        ("Cục V03 họp. Phía V03 có ba người, số 5/V03-P2", ["Cục V03", "V03"]),
        ("Đảng bộ CCTQ4 họp. Chi cục trưởng CCTQ4 nói", ["Đảng bộ CCTQ4", "CCTQ4"]),
        ("Quân khu 4 họp. Tổ 4 nghe", ["Quân khu 4"]),
        ("Công an huyện, Ban CHQS huyện Nam Đàn họp", ["Công an huyện", "Ban CHQS huyện Nam Đàn"]),
        ("Chi hội Phụ nữ khu phố 5 họp", []),
        ("Chi cục Kiểm lâm vùng II kiểm tra", ["Chi cục Kiểm lâm vùng II"]),
        ("Bộ Tham mưu Quân khu 4 kiểm tra", ["Bộ Tham mưu Quân khu 4"]),
    ],
)  # fmt: skip
def test_where_a_name_begins_and_ends(text: str, found: list[str]) -> None:
    assert surfaces(text, find(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("của Đảng ủy Công ty và", ["Đảng ủy Công ty"]),
        ("của Đảng ủy Công ty Hà và", ["Đảng ủy Công ty Hà"]),
        ("bầu Ban Chấp hành Công đoàn nhiệm kỳ", ["Ban Chấp hành Công đoàn"]),
        ("bầu Ban Chấp hành Công đoàn cơ sở", []),
        ("do Văn phòng Ban Chỉ đạo trình", ["Văn phòng Ban Chỉ đạo"]),
        ("98% ủy viên Ban Thường vụ các huyện; Ban Thường vụ Tỉnh ủy", ["Ban Thường vụ Tỉnh ủy"]),
        ("Ban Chấp hành, Ban chấp hành Hội Làm", ["Ban Chấp hành", "Ban chấp hành Hội Làm"]),
        ("Liên đoàn Cờ Mở (LCM) họp. Mỗi LCM nói", ["Liên đoàn Cờ Mở", "LCM"]),
    ],
)  # fmt: skip
def test_an_organ_of_the_body_that_a_text_is_about(text: str, found: list[str]) -> None:
    assert surfaces(text, find(text)) == found


def test_the_owner_is_what_a_body_is_part_of() -> None:
    (mention,) = find("Trưởng Ban Dân vận Thành ủy cho biết", place="ha-noi")
    assert mention.part_of == "Thành ủy Hà Nội"
    assert mention.place == "ha-noi"


def test_a_district_is_completed_by_the_one_named_before() -> None:
    text = "UBND huyện Lý Nhân họp. Chủ tịch UBND huyện Trần Văn An kết luận."
    assert names(text) == {
        "UBND huyện Lý Nhân": "Ủy ban nhân dân huyện Lý Nhân",
        "UBND huyện": "Ủy ban nhân dân huyện Lý Nhân",
    }


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Liên đoàn Bóng đá Thế giới Mở (LBM) họp. Theo LBM, đã xong.", "LBM",
         "Liên đoàn Bóng đá Thế giới Mở"),
        ("Ban Chỉ đạo Trung ương về tổng kết (sau đây gọi là Ban Chỉ đạo) họp.", "Ban Chỉ đạo",
         "Ban Chỉ đạo Trung ương"),
        ("Ban Chỉ đạo Cải cách tư pháp Trung ương họp. Ban Chỉ đạo kết luận.", "Ban Chỉ đạo",
         "Ban Chỉ đạo Cải cách tư pháp Trung ương"),
        (
            "CÔNG TY CỔ PHẦN MAY SAO VÀNG\nCông ty Cổ phần May Sao Vàng thành lập năm 2004.",
            "CÔNG TY CỔ PHẦN MAY SAO VÀNG",
            "Công ty Cổ phần May Sao Vàng",
        ),
    ],
)  # fmt: skip
def test_a_defined_short_name_stands_for_its_body(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


def test_nothing_overlaps_what_is_taken() -> None:
    text = "Nghị quyết Đại hội Đảng bộ tỉnh Hà Nam lần thứ XX của Tỉnh ủy Hà Nam"
    taken = "Nghị quyết Đại hội Đảng bộ tỉnh Hà Nam lần thứ XX"
    assert surfaces(text, find(text, taken=(taken,))) == ["Tỉnh ủy Hà Nam"]


def test_furniture_gives_no_mention() -> None:
    text = "Bộ Y tế họp.\nTin khác: UBND tỉnh Hà Nam"
    region = Region("furniture", Span(text.index("Tin"), len(text)))
    article = Article(id="a", text=text, sha256="", regions=(region,))
    assert surfaces(text, find_organisations(fold(text), article, taken=[])) == ["Bộ Y tế"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hà Nội: Tăng cường công tác dân vận\nThành ủy đã chỉ đạo nhân dân Thủ đô.", "ha-noi"),
        ("UBND tỉnh Hà Nam vừa có công điện. Tại Hà Nam có 10 ca.", "ha-nam"),
        ("Hà Nam đẩy mạnh dân vận\nThái Bình, Nam Định, Hưng Yên và Hải Dương cũng vậy.", "ha-nam"),
        ("Hà Nam, Nam Định, Thái Bình và Ninh Bình cùng thực hiện.", None),
        ("Bộ Y tế họp.", None),
    ],
)
def test_the_place_of_an_article(text: str, place: str | None) -> None:
    assert find_place(fold(text), Article(id="a", text=text, sha256="")) == place


def test_a_decomposed_text_has_the_same_mentions() -> None:
    text = "Thành uỷ Hà Nội, UBND tỉnh Quảng Ninh và Ban Tổ chức Trung ương phối hợp."
    decomposed = unicodedata.normalize("NFD", text)
    found, found_decomposed = find(text), find(decomposed)
    assert [mention.name for mention in found_decomposed] == [mention.name for mention in found]
    composed = [unicodedata.normalize("NFC", s) for s in surfaces(decomposed, found_decomposed)]
    assert composed == surfaces(text, found)


PIECES = st.sampled_from(
    ["UBND", "tỉnh", "Hà Nam", "Ban", "Chỉ đạo", "các", ", ", "(", ")", "và", "Trung ương", "TP.",
     "Công ty", "Bộ", "Y tế", "\n", "Nguyễn Văn An", "cổ phần", "số 8", "của", "Ủy ban", "-"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_mentions_are_sorted_and_apart(text: str) -> None:
    mentions = find(text)
    for one, other in itertools.pairwise(mentions):
        assert one.span.end <= other.span.start
    assert all(mention.name and mention.span.end <= len(text) for mention in mentions)


@pytest.mark.timing
@pytest.mark.parametrize("piece", ["Cục ", "Bộ ", "Ban Thường vụ ", "Công ty ", "Hội (", "UBND, "])
def test_a_thousand_heads_in_a_row_are_read_in_linear_time(piece: str) -> None:
    assert_grows_within(40, find, piece * 500, piece * 5000)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Giao Ủy ban\nnhân dân tỉnh\nHà Nam họp", ["Ủy ban\nnhân dân tỉnh"]),
        ("Tin từ Sở Y tế\nHà Nội: trời mưa", ["Sở Y tế"]),
        ("Giám đốc Sở\nVăn hóa, Thể thao và Du lịch ký", ["Sở\nVăn hóa, Thể thao và Du lịch"]),
        ("Quy chế của Sở\nHà Nội ngày mới", []),
        ("Đơn vị chủ trì: Sở\nXây dựng kế hoạch", []),
    ],
)
def test_a_name_goes_over_a_line_end_in_lower_case_or_with_its_field(
    text: str, found: list[str]
) -> None:
    assert surfaces(text, find(text)) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hà Khê, ngày 2/3/2014. Tỉnh ủy họp.", "Tỉnh ủy Hà Khê"),
        ("Ở Hà Khê, Ban Dân vận Tỉnh ủy họp.", "Ban Dân vận Tỉnh ủy Hà Khê"),
        ("Ở Hà Khê, UBND tỉnh họp.", "Ủy ban nhân dân tỉnh Hà Khê"),
        ("Tỉnh ủy họp.", "Tỉnh ủy"),
    ],
)
def test_short_forms_take_a_province_that_the_registry_does_not_know(text: str, name: str) -> None:
    assert name in names(text, place="ha-khe").values()


def test_a_school_keeps_the_short_name_of_its_place() -> None:
    text = "Đại học Huế và Trường Đại học Thừa Thiên Huế, Sở Y tế Huế họp"
    article = Article("a.txt", text, "0" * 64)
    names = [m.name for m in find_organisations(fold(text), article, taken=())]
    assert names[0] == "Đại học Huế"
    assert names[-1] == "Sở Y tế tỉnh Thừa Thiên Huế"
