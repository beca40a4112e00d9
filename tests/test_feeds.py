"""Saved feeds: RSS and Atom give their entries as records, and nothing but the bytes is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.errors import ReadingError
from policygraph.reading.feeds import read_feed

BODY = "<p>Tỉnh ủy Hà Khê ban hành Chỉ thị số 07-CT/TU.</p><p>Các huyện<br>triển khai.</p>"
TEXT = "Tỉnh ủy Hà Khê ban hành Chỉ thị số 07-CT/TU.\n\nCác huyện\ntriển khai."
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Báo Hà Khê</title>{}</channel></rss>"""
ITEM = f"""<item><title>Chỉ thị mới</title><link>https://bao.hakhe.example/1</link><guid>hk-1</guid>
<pubDate>Wed, 25 Nov 2015 00:30:00 +0700</pubDate><dc:creator>Lò Văn Sơn</dc:creator>
<description>Tóm tắt</description><content:encoded><![CDATA[{BODY}]]></content:encoded></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Hà Khê</title><entry>
<title>Chỉ thị mới</title><id>hk-1</id><link href="https://bao.hakhe.example/1"/>
<published>2015-11-25T00:30:00+07:00</published><author><name>Lò Văn Sơn</name></author>
<summary>Tóm tắt</summary>{}</entry></feed>"""
XHTML = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content>'
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://bao.hakhe.example/"><title>Báo Hà Khê</title></channel>
<item rdf:about="hk-1"><title>Chỉ thị mới</title><link>https://bao.hakhe.example/1</link>
<dc:date>2015-11-25T00:30:00+07:00</dc:date><dc:creator>Lò Văn Sơn</dc:creator>
<content:encoded><![CDATA[{}]]></content:encoded></item></rdf:RDF>"""
RECORD = {
    "id": "hk-1",
    "text": TEXT,
    "title": "Chỉ thị mới",
    "url": "https://bao.hakhe.example/1",
    "published": "2015-11-25",
    "author": "Lò Văn Sơn",
    "source": "Báo Hà Khê",
}


@pytest.mark.parametrize(
    "feed",
    [
        RSS.format(ITEM),
        ATOM.format(XHTML.replace("<br>", "<br/>")),
        ATOM.format(f'<content type="html"><![CDATA[{BODY}]]></content>'),
        RDF.format(BODY),
    ],
    ids=["RSS 2.0", "Atom, XHTML", "Atom, HTML", "RSS 1.0"],
)
def test_an_entry_is_a_record_in_every_form_of_feed(feed: str) -> None:
    assert list(read_feed(feed.encode())) == [RECORD]


def test_the_encoding_that_the_feed_declares_is_used() -> None:
    feed = RSS.format(ITEM).replace("UTF-8", "UTF-16")
    assert list(read_feed(feed.encode("utf-16"))) == [RECORD]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Wed, 25 Nov 2015 00:30:00 +0700", "2015-11-25"),  # the 24th in Greenwich
        ("Tue, 24 Nov 2015 23:59:00 GMT", "2015-11-24"),
        ("2015-11-25T23:00:00+07:00", "2015-11-25"),
        ("25/11/2015 10:00", "2015-11-25"),
        ("Thứ Tư, 25 tháng mười một", None),
        ("Wed, 31 Feb 2015 00:30:00 +0700", None),
    ],
)
def test_the_date_is_the_day_that_the_feed_writes(written: str, published: str | None) -> None:
    item = f"<item><pubDate>{written}</pubDate><description>Một</description></item>"
    (record,) = read_feed(RSS.format(item).encode())
    assert record.get("published") == published


def test_the_description_is_the_text_of_an_entry_without_content() -> None:
    item = "<item><description>&lt;p&gt;Một&lt;/p&gt;&lt;p&gt;Hai &amp;amp; ba&lt;/p&gt;"
    (record,) = read_feed(RSS.format(item + "</description></item>").encode())
    assert record["text"] == "Một\n\nHai & ba"


def test_signs_of_plain_text_are_no_markup() -> None:
    feed = ATOM.format('<content type="text">Tỷ lệ &lt; 5%: đạt\nKhoản 2 của kế hoạch</content>')
    (record,) = read_feed(feed.encode())
    assert record["text"] == "Tỷ lệ < 5%: đạt\n\nKhoản 2 của kế hoạch"


def test_a_name_of_a_class_takes_nothing_from_a_text() -> None:
    item = '<item><description><![CDATA[<div class="share"><p>Một</p></div><p>Hai</p>]]>'
    (record,) = read_feed(RSS.format(item + "</description></item>").encode())
    assert record["text"] == "Một\n\nHai"


def test_an_entry_without_text_is_left_out() -> None:
    empty = (
        "<item><title>Ảnh</title><description><![CDATA[<img src='a.jpg'>]]></description></item>"
    )
    assert list(read_feed(RSS.format(empty + ITEM).encode())) == [RECORD]


def test_what_is_no_link_is_no_address() -> None:
    feed = ATOM.format(XHTML).replace('<link href="https://bao.hakhe.example/1"/>', "")
    (record,) = read_feed(feed.encode())
    assert "url" not in record


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"<html><body>Trang</body></html>", "no feed"),
        (b"https://bao.hakhe.example/rss", "no feed"),
        (b"", "no feed"),
        (RSS.format("<item><title>Ảnh</title></item>").encode(), "holds a text"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]>' + RSS.format(ITEM)[39:].encode(), "entities"),
    ],
)
def test_what_holds_no_text_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        list(read_feed(raw))


def test_bytes_that_name_a_file_do_not_open_it(tmp_path: Path) -> None:
    (tmp_path / "other.rss").write_text(RSS.format(ITEM), encoding="utf-8")
    with pytest.raises(ReadingError, match="no feed"):
        list(read_feed(str(tmp_path / "other.rss").encode()))
