"""An article as a page with its mentions marked."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from annotated import TEXT, make_annotated

from policygraph.highlight import render_article
from policygraph.model import AnnotatedArticle, NameMention
from policygraph.span import Span


class Reader(HTMLParser):
    """The article's text, its marks and its furniture, as a browser would have them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.furniture = "", ""
        self.marks: list[tuple[str | None, str | None, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        if "article" not in tags:
            return
        self.text += data
        tag, told = self.open[-1]
        if tag == "mark":
            self.marks.append((told["class"], told["title"], data))
        if ("span", {"class": "furniture"}) in self.open:
            self.furniture += data


def with_text(annotated: AnnotatedArticle, text: str) -> AnnotatedArticle:
    return replace(annotated, article=replace(annotated.article, text=text))


def test_text_is_whole_and_mentions_are_marked() -> None:
    read = Reader(render_article(make_annotated()))
    assert read.text == TEXT
    assert [(kind, shown) for kind, _, shown in read.marks] == [
        ("organisation", "Thành ủy"),
        ("document", "Chương trình 23-CTr/TU"),
        ("document", "Nghị quyết 25-NQ/TƯ"),
        ("document", "Chương trình 23-CTr/TU"),
        ("document", "Nghị quyết Trung ương 7 (khóa XI)"),
    ]
    assert read.furniture == "Tin liên quan: <b>Lễ trao giải</b>\n"


def test_marks_tell_number_dates_and_rule() -> None:
    (_, title, _) = Reader(render_article(make_annotated())).marks[1]
    assert title == (
        "Chương trình 23-CTr/TU · số 23-CTr/TU · ngày 25/07/2013 · ngày 15/07/2013"
        " · quy tắc numbered"
    )


def test_relations_stand_below_with_their_sentences() -> None:
    html = render_article(make_annotated())
    assert html.count("<li>") == 3
    assert "<b>thực hiện</b>" in html
    assert f"<blockquote>{TEXT.splitlines()[1]}<footer>" in html


def test_whatever_a_text_says_stays_text() -> None:
    annotated = make_annotated()
    hostile = "<script>window.pwned=1</script>\"'><img src=x onerror=1>"
    text = TEXT.replace("Thành ủy", hostile)
    mention = NameMention("organisation", Span(0, len(hostile)), hostile, hostile)
    reference = replace(annotated.references[0], label=hostile, mentions=(mention,))
    annotated = replace(
        with_text(annotated, text),
        mentions=(mention,),
        references=(reference, *annotated.references[1:]),
    )
    annotated = replace(annotated, article=replace(annotated.article, title=hostile))
    html = render_article(annotated)
    read = Reader(html)
    assert read.text == text
    assert {"script", "img", "b"} & set(read.tags) == {"b"}
    assert read.tags.count("b") == 3
    assert "default-src &#x27;none&#x27;" in html


def test_mentions_side_by_side_and_at_the_ends() -> None:
    text = "Bộ Chính trịBan Bí thư"
    mentions = tuple(
        NameMention("organisation", span, "full-name", "x") for span in (Span(0, 12), Span(12, 22))
    )
    annotated = replace(make_annotated(), mentions=mentions, references=(), statements=())
    annotated = replace(annotated, article=replace(annotated.article, text=text, regions=()))
    assert [shown for _, _, shown in Reader(render_article(annotated)).marks] == [
        "Bộ Chính trị",
        "Ban Bí thư",
    ]
