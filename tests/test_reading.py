"""Reading: files, folders and JSON Lines become articles, untouched; what is bad is said."""

from __future__ import annotations

import codecs
import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import ReadingError
from policygraph.model import Article
from policygraph.reading import Source, find_sources, read_article
from policygraph.reading.regions import find_regions, find_title, load_lines, match_lines
from policygraph.resources import data_file

BODY = "Thành ủy đã ban hành Chương trình hành động số 23-CTr/TU, ngày 25/7/2013. " * 5


def read_all(path: Path) -> list[Article | str]:
    """Every article under a path, and every error as its one line."""
    found = []
    for source in find_sources(path):
        try:
            found.append(str(source) if isinstance(source, ReadingError) else read_article(source))
        except ReadingError as error:
            found.append(str(error))
    return found


def read_one(path: Path) -> Article:
    (article,) = read_all(path)
    assert isinstance(article, Article)
    return article


def slices(article: Article, kind: str) -> list[str]:
    spans = [region.span for region in article.regions if region.kind == kind]
    return [article.text[span.start : span.end] for span in spans]


@pytest.fixture
def hanoi() -> Article:
    return read_one(data_file("articles", "hanoi-dan-van.txt"))


HIDDEN = "Thùc hiÖn NghÞ quyÕt sè 25-NQ/TW, TØnh ñy ®· ban hµnh Ch­¬ng tr×nh hµnh ®éng."
PAGE = "<p>Tỉnh ủy ban hành Kế hoạch số 10-KH/TU về công tác dân vận của Đảng bộ.</p>"


@pytest.mark.parametrize(
    ("name", "text", "notes"),
    [
        ("a.html", f"{PAGE}<p>{HIDDEN}</p>", ["TCVN3"]),
        ("a.txt", f"Tỉnh ủy ban hành kế hoạch về công tác dân vận.\n{HIDDEN}\n", ["TCVN3"]),
        ("a.html", f'{PAGE}<p style="font-family: .VnTime">{HIDDEN}</p>', []),
        ("a.html", f"{PAGE}<p>La déclaration générale a été publiée à l’étranger.</p>", []),
        ("a.html", f"{PAGE}<p>Công an xã và các hòa giải viên, bà con là nòng cốt.</p>", []),
        ("a.html", PAGE, []),
    ],
)
def test_a_part_that_looks_like_an_old_encoding_is_said_to(
    tmp_path: Path, name: str, text: str, notes: list[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    article = read_one(tmp_path / name)
    said = [note for note in article.notes if "part of it looks like" in note]
    assert len(said) == len(notes)
    assert all(n in note for n, note in zip(notes, said, strict=True))


DOCUMENT = """BỘ NỘI VỤ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 4609/BNV-TCBC
Hà Nội, ngày 10 tháng 9 năm 2021

Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương
Bộ Nội vụ hướng dẫn thực hiện Nghị định số 120/2020/NĐ-CP. Các tỉnh báo cáo trước ngày 15/12.

KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Lò Văn Sơn
"""
BESIDE = DOCUMENT.replace("BỘ NỘI VỤ\n-------\nCỘNG", "**BỘ NỘI VỤ**        CỘNG")


@pytest.mark.parametrize("text", [DOCUMENT, DOCUMENT.replace("\n", "\n\n"), BESIDE])
def test_letterhead_and_signature_are_neither_headline_nor_byline(
    tmp_path: Path, text: str
) -> None:
    for drop in ("", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 10 tháng 9 năm 2021"):
        (tmp_path / "a.txt").write_text(text.replace(drop, ""), encoding="utf-8")
        article = read_one(tmp_path / "a.txt")
        assert (article.title, article.author, article.regions) == (None, None, ())
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    (tmp_path / "a.html").write_text(f"<h1>Công văn 4609</h1>{body}", encoding="utf-8")
    page = read_one(tmp_path / "a.html")
    assert (page.title, page.author) == ("Công văn 4609", None)
    assert [region.kind for region in page.regions] == ["headline"]
    (tmp_path / "a.txt").write_text(f"Toàn văn công văn của Bộ Nội vụ\n{text}", encoding="utf-8")
    assert read_one(tmp_path / "a.txt").title == "Toàn văn công văn của Bộ Nội vụ"


# --- files and encodings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        "Nghị quyết\r\nsố 25\n".encode(),
        codecs.BOM_UTF8 + "Nghị quyết\r\nsố 25\n".encode(),
        codecs.BOM_UTF16_LE + "Nghị quyết\r\nsố 25\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Nghị quyết\r\nsố 25\n".encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be"],
)
def test_text_is_untouched_and_the_byte_order_mark_is_no_part_of_it(
    tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    article = read_one(path)
    assert article.text == "Nghị quyết\r\nsố 25\n"
    assert article.id == "a.txt"
    assert article.sha256 == hashlib.sha256(raw).hexdigest()


def test_decomposed_letters_stay_decomposed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nghi\u0323 quye\u0302\u0301t\u200b", encoding="utf-8")
    assert read_one(path).text == "Nghi\u0323 quye\u0302\u0301t\u200b"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", ["empty"]),
        (b" \n\t\n", ["empty"]),
        (codecs.BOM_UTF8, ["empty"]),
        (codecs.BOM_UTF16_LE + b"\n\x00", ["empty"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ["no text", "binary"]),
        (b"MZ\x00\x00 plain letters", ["NUL"]),
        (codecs.BOM_UTF16_LE + b"a\x00\x00", ["no text", "tried UTF-16"]),
    ],
)
def test_what_is_no_text_is_said_in_one_line_with_what_was_tried(
    tmp_path: Path, raw: bytes, words: list[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    (message,) = read_all(path)
    assert isinstance(message, str)
    assert "\n" not in message
    assert all(word in message for word in [str(path), *words])


def test_a_missing_path_and_a_folder_without_articles_are_errors(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(ReadingError, match="no such file"):
        find_sources(tmp_path / "nothing")
    with pytest.raises(ReadingError, match="holds no articles"):
        list(find_sources(tmp_path))


# --- folders ------------------------------------------------------------------------------------


def test_a_folder_is_read_recursively_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/10.md", ".git/x.txt", ".a.txt", "a/photo.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"id": "số 1", "text": "x"}\n', encoding="utf-8")
    sources = [found for found in find_sources(tmp_path) if isinstance(found, Source)]
    assert [source.id for source in sources] == ["a/10.md", "a/2.txt", "b.txt", "số 1"]


def test_ids_are_composed_whatever_the_file_system_gives(tmp_path: Path) -> None:
    (tmp_path / "ha\u0300 no\u0323\u0302i.txt").write_text("x", encoding="utf-8")
    assert read_one(tmp_path).id == "hà nội.txt"


def test_one_bad_file_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("một", encoding="utf-8")
    (tmp_path / "2.txt").write_bytes(b"\xff\x00\x01")
    (tmp_path / "3.txt").write_text("ba", encoding="utf-8")
    first, error, last = read_all(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert "2.txt" in str(error)


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("ngoài", encoding="utf-8")
    root = tmp_path / "root"
    (root / "deep").mkdir(parents=True)
    (root / "a.txt").write_text("trong", encoding="utf-8")
    (root / "b.txt").symlink_to(root / "a.txt")
    (root / "c.txt").symlink_to(tmp_path / "outside.txt")
    (root / "d.txt").symlink_to(root / "gone.txt")
    (root / "deep" / "loop").symlink_to(root, target_is_directory=True)
    (root / "self").symlink_to(root / "self")
    found = [f.message if isinstance(f, ReadingError) else f.id for f in find_sources(root)]
    assert found == [
        "a.txt",
        "b.txt",
        "a link that leaves the folder is not followed",
        "a link that leads nowhere",
        "a link that leads back into its own folder",
        "a link that leads nowhere",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    assert "cannot be read" in str(read_all(tmp_path)[0])


# --- JSON Lines ---------------------------------------------------------------------------------


def test_a_record_gives_its_metadata_and_only_that_is_hashed(tmp_path: Path) -> None:
    record = {
        "id": "vn/1",
        "text": BODY,
        "title": " Tiêu  đề ",
        "url": "https://example.vn/1",
        "published": "2013-07-25T08:00:00+07:00",
        "author": "X",
        "place": "Hà Nội",
        "source": "Báo Y",
        "views": 3,
    }
    line = json.dumps(record, ensure_ascii=False).encode()
    (tmp_path / "news.jsonl").write_bytes(codecs.BOM_UTF8 + line + b"\r\n\r\n")
    known = {k: v.strip() for k, v in record.items() if isinstance(v, str)}
    known |= {"text": BODY, "published": "2013-07-25"}
    hashed = json.dumps(known, ensure_ascii=False, sort_keys=True).encode()
    article = read_one(tmp_path / "news.jsonl")
    assert article == Article(
        id="vn/1",
        text=BODY,
        sha256=hashlib.sha256(hashed).hexdigest(),
        title="Tiêu đề",
        author="X",
        published="2013-07-25",
        place="ha-noi",
        source="Báo Y",
        url="https://example.vn/1",
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "1", "text": }', ["column 21"]),
        ('["id"]', ["not a JSON object"]),
        ('{"id": "1", "text": " "}', ["“text” is missing or empty"]),
        ('{"id": ["1"], "text": "x"}', ["“id”", "list"]),
        ('{"id": "1", "text": ["x"]}', ["“text”", "list"]),
        ('{"id": "1", "text": "x\\u0000"}', ["“text” is no text"]),
        ('{"id": "1", "text": "\\ud83d"}', ["“text” is no text"]),
        ('{"id": "0", "text": "again"}', ["used twice", "first in 1"]),
        ("[" * 100_000, ["broken JSON"]),
    ],
)
def test_a_broken_line_is_reported_with_its_number_and_the_rest_is_read(
    tmp_path: Path, line: str, words: list[str]
) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(f'{{"id": "0", "text": "x"}}\n{line}\n{{"id": "9", "text": "y"}}', "utf-8")
    first, error, last = read_all(path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert "\n" not in str(error)
    assert all(word in str(error) for word in [f"{path}:2", *words])


@pytest.mark.parametrize(
    ("raw", "word"),
    [(b"\n\n", "empty"), ('{"id": "1"}'.encode("utf-16"), "UTF-16"), (b'{"id": "\xff"}', "UTF-8")],
)
def test_a_json_lines_file_of_the_wrong_kind_is_one_error(
    tmp_path: Path, raw: bytes, word: str
) -> None:
    (tmp_path / "news.jsonl").write_bytes(raw)
    (error,) = read_all(tmp_path)
    assert word in str(error)


# --- regions ------------------------------------------------------------------------------------


def test_the_page_around_the_hanoi_article_is_furniture_and_its_byline_is_not(
    hanoi: Article,
) -> None:
    (furniture,) = slices(hanoi, "furniture")
    assert furniture.startswith("Chủ đề :")
    assert hanoi.text.endswith(furniture)
    assert slices(hanoi, "byline") == ["Trần Quang Cảnh - Trưởng Ban Dân vận Thành ủy"]
    captions = slices(hanoi, "caption")
    assert [caption.endswith("- ảnh 1") for caption in captions] == [True, False, False, False]
    assert captions[3] == (
        "Trao cờ thi đua cho 4 đơn vị thực hiện tốt công tác dân vận của Thành ủy Hà Nội"
    )
    assert hanoi.title == (
        "Hà Nội: Tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận"
    )
    assert hanoi.author == "Trần Quang Cảnh"


@pytest.mark.parametrize("row", load_lines(), ids=lambda row: row.id)
def test_a_row_of_furniture_fires_on_its_examples_and_not_on_its_counter_examples(row) -> None:
    assert row.examples
    for example in row.examples:
        assert match_lines([example]) == {0: row}
    assert all(match_lines([text]).get(0) is not row for text in row.counter_examples)


@pytest.mark.parametrize(
    "ending",
    [
        "Mời bạn đọc xem toàn văn dự thảo và góp ý tại đây.",
        "Xem thêm nội dung chi tiết của Nghị quyết 59 tại phụ lục kèm theo.",
        "Chủ đề của năm 2017 là kỷ cương hành chính.",
        "Bình luận về dự thảo, đại biểu cho rằng cần quy định rõ hơn.",
        "## Tổ chức thực hiện",
    ],
)
def test_the_end_of_a_text_without_furniture_is_kept(ending: str) -> None:
    regions = find_regions(f"Tiêu đề bài viết\n{BODY}\n{BODY}\n{ending}")
    assert {region.kind for region in regions} <= {"headline"}


def test_body_goes_on_after_a_box_of_teasers() -> None:
    teasers = "Tin liên quan\nThủ tướng thăm Bắc Ninh\nHà Nội mở lớp tập huấn"
    text = f"{BODY}\n{teasers}\n{BODY}\n{BODY}"
    (region,) = find_regions(text)
    assert region.kind == "furniture"
    assert text[region.span.start : region.span.end] == teasers


def test_a_column_name_on_top_is_no_comment_box() -> None:
    assert all(r.kind != "furniture" for r in find_regions(f"Bình luận\nTiêu đề bài\n{BODY}"))


@pytest.mark.parametrize(
    ("ending", "byline"),
    [
        ("\nTheo TTXVN\n", "Theo TTXVN"),
        ("\n**Đức Văn**", "**Đức Văn**"),
        ("\nHải Vân (tổng hợp)", "Hải Vân (tổng hợp)"),
        (" Hương Dịu \n", "Hương Dịu"),
        (" Đức Dũng - Minh Thu (TTXVN) ", "Đức Dũng - Minh Thu (TTXVN)"),
    ],
)
def test_bylines(ending: str, byline: str) -> None:
    text = f"{BODY.strip()}{ending}"
    (region,) = find_regions(text)
    assert region.kind == "byline"
    assert text[region.span.start : region.span.end] == byline


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# Toàn văn Nghị quyết 59", "Toàn văn Nghị quyết 59"),
        ("**Bác viết di chúc như thế nào? **", "Bác viết di chúc như thế nào?"),
        ("Chính phủ vừa ban hành Nghị định số 302/2025/NĐ-CP.", None),
        ("ban hành kèm theo", None),
        (BODY, None),
    ],
)
def test_title(line: str, title: str | None) -> None:
    text = f"\n{line}\n\n{BODY}"
    assert find_title(text, find_regions(text)) == title


@given(
    st.lists(
        st.sampled_from(
            [BODY, "List comment", "Tin liên quan", "icon", "TAGS", "Theo TTXVN", "Đức Văn", "",
             "Trao cờ - ảnh 1", "Bài khác", "#", "Đội Văn - Trưởng Ban Tổ chức", " \u200b", "\r"]
        ) | st.text(max_size=30)
    )
)  # fmt: skip
def test_regions_are_sorted_disjoint_and_inside_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    regions = find_regions(text)
    ends = [0, *(region.span.end for region in regions)]
    assert all(r.span.start >= end for r, end in zip(regions, ends, strict=False))
    assert ends[-1] <= len(text)
