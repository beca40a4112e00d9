"""Which file is what, which files of a folder are read, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.errors import EmptyFolderError, ReadingError
from policygraph.reading import Selection, Source, find_sources, read_article
from policygraph.reading.formats import tell_form

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)


def find_ids(path: Path, selection: Selection | None = None) -> list[str]:
    """The ids under a path, and the message of each error."""
    found = find_sources(path, selection or Selection())
    return [each.id if isinstance(each, Source) else each.message for each in found]


def write(folder: Path, *names: str, text: str = "Thực hiện Nghị quyết số 25-NQ/TW.") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


# --- one file -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "head", "form"),
    [
        (".txt", b"Ngh", "text"),
        ("", b"Ngh", "text"),
        (".md", b"# A", "text"),
        (".htm", b"<p>", "html"),
        (".mht", b"MIME-Version: 1.0", "mhtml"),
        (".docx", b"PK\x03\x04", "docx"),
        (".docx", OLE, "docx"),  # protected by a password, which its reader says
        (".xls", OLE, "excel"),
        (".csv", b"id;text", "delimited"),
        (".ods", b"PK\x03\x04", "excel"),
        (".txt", b"%PDF-1.7", "pdf"),
        ("", b"%PDF-1.7", "pdf"),
        (".doc", b"PK\x03\x04....word/document.xml", "docx"),
        (".doc", b'\xef\xbb\xbf\r\n<HTML xmlns:o="urn:x">', "html"),
        (".txt", b"<html> is how a page begins", "text"),
    ],
)
def test_bytes_tell_the_form_where_they_are_plain_else_the_name_does(
    suffix: str, head: bytes, form: str
) -> None:
    assert tell_form(suffix, head) == form


@pytest.mark.parametrize(
    ("suffix", "head", "name", "remedy"),
    [
        (".doc", OLE, "Word 97-2003", "soffice"),
        (".txt", OLE, "Word 97-2003", "soffice"),
        (".rtf", b"{\\rtf1", "rich text", "soffice"),
        (".doc", b"{\\rtf1", "rich text", "soffice"),
        (".odt", b"PK\x03\x04", "OpenDocument", "soffice"),
        (".jpg", b"\xff\xd8\xff", "a picture", "tesseract"),
        (".zip", b"PK\x03\x04", "an archive", "unpack"),
        (".exe", b"MZ", ".exe", ".docx"),
    ],
)
def test_what_is_not_read_is_named_with_the_way_round_it(
    suffix: str, head: bytes, name: str, remedy: str
) -> None:
    with pytest.raises(ReadingError) as caught:
        tell_form(suffix, head)
    assert name in caught.value.message
    assert remedy in (caught.value.remedy or "")


# --- folders ------------------------------------------------------------------------------------


def test_a_folder_says_what_it_cannot_read_and_leaves_out_what_is_no_article(
    tmp_path: Path,
) -> None:
    write(tmp_path, "a.txt", "photo.jpg", "style.css", "b/c.md")
    (tmp_path / "old.doc").write_bytes(OLE)
    assert find_ids(tmp_path) == ["a.txt", "b/c.md", "a Word 97-2003 file is not read"]


def test_what_a_browser_saved_beside_a_page_is_left_out(tmp_path: Path) -> None:
    write(
        tmp_path, "bai.html", "bai_files/ad.html", "tin.htm", "tin.files/x.html", "so_files/y.txt"
    )
    assert find_ids(tmp_path) == ["bai.html", "so_files/y.txt", "tin.htm"]


@pytest.mark.parametrize(
    ("include", "exclude", "ids"),
    [
        ([], [], ["2013/a.txt", "2013/b.md", "2014/a.txt", "2014/nhap/c.txt"]),
        (["*.txt"], [], ["2013/a.txt", "2014/a.txt", "2014/nhap/c.txt"]),
        (["2013/*"], [], ["2013/a.txt", "2013/b.md"]),
        (["*.txt", "*.md"], ["nhap"], ["2013/a.txt", "2013/b.md", "2014/a.txt"]),
        ([], ["2014/"], ["2013/a.txt", "2013/b.md"]),
        ([], ["2014/nhap/*", "b.*"], ["2013/a.txt", "2014/a.txt"]),
    ],
)
def test_patterns_choose_among_the_files_of_a_folder(
    tmp_path: Path, include: list[str], exclude: list[str], ids: list[str]
) -> None:
    write(tmp_path, "2013/a.txt", "2013/b.md", "2014/a.txt", "2014/nhap/c.txt")
    assert find_ids(tmp_path, Selection(tuple(include), tuple(exclude))) == ids


def test_a_pattern_that_fits_nothing_is_said_to_leave_no_articles(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    with pytest.raises(EmptyFolderError, match="holds no articles"):
        find_ids(tmp_path, Selection(include=("*.pdf",)))


# --- lists of paths -----------------------------------------------------------------------------


def test_a_list_names_files_and_folders_from_where_it_lies(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "in/b/c.txt", "in/b/d.txt", "in/e.txt", "out.txt")
    lines = ["# tuần này", "", "e.txt", "b", "../out.txt", "gone.txt", "b/../a.txt"]
    (tmp_path / "in" / "list.txt").write_text("\n".join(lines), encoding="utf-8")
    assert find_ids(Path(f"@{tmp_path}/in/list.txt")) == [
        "e.txt",
        "b/c.txt",
        "b/d.txt",
        "a path that leaves the folder of the list",
        "there is no file or folder “gone.txt”",
        "a.txt",
    ]


def test_a_list_cannot_leave_its_folder_through_a_link(tmp_path: Path) -> None:
    write(tmp_path, "out/secret.txt", "in/a.txt")
    (tmp_path / "in" / "way").symlink_to(tmp_path / "out", target_is_directory=True)
    (tmp_path / "in" / "list.txt").write_text("way/secret.txt\nway\n", encoding="utf-8")
    leaves = "a path that leaves the folder of the list"
    assert find_ids(Path(f"@{tmp_path}/in/list.txt")) == [leaves, leaves]


def test_a_list_that_is_not_there_or_names_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="no such file"):
        find_ids(Path(f"@{tmp_path}/list.txt"))
    write(tmp_path, "list.txt", text="# nothing\n")
    with pytest.raises(EmptyFolderError, match="the list names no articles"):
        find_ids(Path(f"@{tmp_path}/list.txt"))


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.html", "a.mht", "a.txt"])
def test_a_file_of_no_bytes_is_said_to_be_empty(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    (source,) = find_sources(tmp_path / name)
    assert isinstance(source, Source)
    with pytest.raises(ReadingError, match=f"{name}: the file is empty"):
        read_article(source)


# --- Markdown -----------------------------------------------------------------------------------


def test_front_matter_gives_metadata_and_no_mentions(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "Hà Khê thực hiện Nghị quyết 25"\ndate: 2013-07-25\nauthor: Lò Văn Sơn\n'
        "tags: [dân vận]\n---\n# Một đầu đề khác\n\nThành ủy đã ban hành chương trình.\n"
    )
    write(tmp_path, "a.md", text=text)
    (source,) = find_sources(tmp_path / "a.md")
    assert isinstance(source, Source)
    article = read_article(source)
    assert article.text == text
    assert (article.title, article.author) == ("Hà Khê thực hiện Nghị quyết 25", "Lò Văn Sơn")
    assert article.published == "2013-07-25"
    furniture, headline, *_ = article.regions
    assert furniture.kind == "furniture"
    assert text[furniture.span.start : furniture.span.end].endswith("---\n")
    assert text[headline.span.start : headline.span.end] == "# Một đầu đề khác"


@pytest.mark.parametrize("extra", ["note: " + "dài " * 20_000 + "\n", "- mục\n" * 400])
def test_long_front_matter_is_read(tmp_path: Path, extra: str) -> None:
    text = f"---\ntitle: Hà Khê sơ kết\n{extra}date: 2013-07-25\n---\nThành ủy họp.\n"
    write(tmp_path, "a.md", text=text)
    (source,) = find_sources(tmp_path / "a.md")
    assert isinstance(source, Source)
    article = read_article(source)
    assert (article.title, article.published) == ("Hà Khê sơ kết", "2013-07-25")
    assert article.notes == ()


@pytest.mark.parametrize(
    "rest", ["Thành ủy họp.\n", "- mục\n" * 501 + "---\n", "note: " + "dài " * 30_000 + "\n---\n"]
)
def test_front_matter_without_an_end_is_said_not_to_be_read(tmp_path: Path, rest: str) -> None:
    write(tmp_path, "a.md", text=f"---\ntitle: Hà Khê sơ kết\n{rest}\nThành ủy họp.\n")
    (source,) = find_sources(tmp_path / "a.md")
    assert isinstance(source, Source)
    article = read_article(source)
    assert [note for note in article.notes if "front matter is not read" in note]
    assert not [region for region in article.regions if region.kind == "furniture"]


def test_a_rule_of_dashes_on_top_is_no_front_matter(tmp_path: Path) -> None:
    write(tmp_path, "a.md", text="---\nThành ủy đã ban hành chương trình.\n---\n")
    (source,) = find_sources(tmp_path / "a.md")
    assert isinstance(source, Source)
    assert not read_article(source).regions
