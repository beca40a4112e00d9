"""How a text leads up to a list of documents, and says who issued them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policygraph.lexicon import either


@dataclass(frozen=True, slots=True)
class ListForms:
    """Patterns on the text of a sentence with its marks blotted out.

    Attributes:
        annexed: "Quy chế … ban hành kèm theo", before the document that gave it out.
        announced: "hai nghị quyết về …, đó là", between a cue and its documents.
        issued_by: "các văn bản của §:", before documents that this body issued; the group `class`
            is what they are.
        advised_list: "tham mưu § các văn bản", likewise; the group `issuer` is the body.
        proposed: "đề nghị của § tại", before the paper in which it was proposed.
        directed: "chỉ đạo của § tại", before the papers in which the body gave its directions.
        approved: "§ phê duyệt đề án … tại", before the decision by which the body did so.
        speaks: ", § quy định", behind the document in which the body says so.
        announced_texts: "ban hành các văn bản", before what these carry out.
        gives_out: "đã ký nghị quyết", behind the body that gives a document out.
        listing, listed: the end of a heading, and its beginning "Các văn bản sau đây".
    """

    annexed: re.Pattern[str]
    announced: re.Pattern[str]
    issued_by: re.Pattern[str]
    proposed: re.Pattern[str]
    directed: re.Pattern[str]
    approved: re.Pattern[str]
    speaks: re.Pattern[str]
    advised_list: re.Pattern[str]
    announced_texts: re.Pattern[str]
    gives_out: re.Pattern[str]
    listing: re.Pattern[str]
    listed: re.Pattern[str]


def compile_list_forms(words: Mapping[str, Sequence[str]], office: str) -> ListForms:
    """The forms with the words of data/vocab/relation_cues.toml; `office` matches an office."""
    listing, classes = either(words["list"]), either(words["class-word"])
    return ListForms(
        annexed=re.compile(
            rf"\b(?:{either(words['annex'])})\s[^;:§]{{0,250}}\bban hành kèm theo\s+$"
        ),
        issued_by=re.compile(
            rf"\b(?:các|những|nhiều|một số|một loạt|hàng loạt|hai|ba|bốn|năm|\d{{1,2}})\s"
            rf"(?P<class>{classes})\b[^§;.:]{{0,60}}?"
            rf"\b(?:của\s(?:{office})?§+|(?:mà|do)\s(?:{office})?§+\s(?:đã\s)?(?:ký\s)?ban hành)"
            rf"(?:\s*\([^()]{{1,40}}\))?"
            rf"(?:\svề\s[^;:§]{{3,160}}(?=:)|(?:\svề\s[^;:§()]{{3,160}})?\s\(|"
            rf"\s*(?:{listing}|như|:|,)?)\s*:?\s*$"
        ),
        speaks=re.compile(
            rf",\s+(?:{office})?§+(?:(?:,|\svà)\s+(?:{office})?§+)*\s+"
            rf"(?:(?:đã|cũng|lại|tiếp tục|cơ bản)\s+)?"
            rf"(?:{either(words['speaking'])})\b"
        ),
        advised_list=re.compile(
            rf"\btham mưu\s(?:cho\s)?(?:{office})?(?P<issuer>§+)\s(?:ban hành\s)?"
            rf"(?:các|những|nhiều)\s(?:{classes})\b[^;.]{{0,120}}?:?\s*$"
        ),
        proposed=re.compile(
            rf"\bđề nghị của\s(?:{office})?§+(?:\s*\([^()]{{1,40}}\))?,?\s"
            r"(?:tại|theo|trong)\s(?:các\s)?$"
        ),
        directed=re.compile(
            rf"\b(?:(?:{either(words['directing-paper'])})\s|và\s)của\s(?:{office})?§+"
            rf"(?:\s*\([^()]{{1,40}}\))?(?:\svề\s[^;:.§]{{3,160}})?,?\s(?:nêu\s)?tại\s(?:các\s)?$"
        ),
        approved=re.compile(
            r"§\s+(?:(?:đã|vừa|cũng)\s+)?(?:ký\s+)?(?:phê duyệt|công nhận)\s"
            rf"(?:{either(words['approved'])})\b[^;:§.]{{3,200}}"
            rf"(?<!quy định)(?<!nội dung)(?<!nêu)(?<!có)(?<!mắc)\s(?:tại|bằng)\s+$"
        ),
        announced=re.compile(
            rf"\s+(?:các|những|một số|nhiều|hai|ba|bốn|năm|\d+)\s[^;:§]*?"
            rf"(?:,\s*(?:{either(words['announcing'])})|:)\s*(?:các\s+)?"
        ),
        announced_texts=re.compile(
            r"\b(?:ban hành|xây dựng)\s"
            r"(?:các|những|nhiều|một số|một loạt|hàng loạt|hai|ba|bốn|năm|\d{1,2})\s"
            rf"(?:{classes})(?!\w)[^;:.§]{{0,40}}$"
        ),
        gives_out=re.compile(
            r"\s(?:đã\s|vừa\s|mới\s)?(?:cùng\s)?(?:ký|ban hành|thông qua)\s(?:ban hành\s)?"
            rf"(?:các\s)?(?:§|(?:{classes})(?!\w))"
        ),
        listing=re.compile(rf"\s*\b(?:{listing})\s*:\s*$|\s*:\s*$"),
        listed=re.compile(rf"\W*(?:các|những)\s(?:\w+\s){{1,6}}?(?:{listing})\b"),
    )
