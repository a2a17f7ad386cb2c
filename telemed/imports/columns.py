"""Columns of a workbook: their headings in both languages, and what a cell of each may say."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from telemed.imports.meaning import meant
from telemed.kit import spelled

Parse = Callable[[str], Any]
CLEARED: Final = frozenset({"-", "–", "—", "无", "不适用", "none", "n/a"})  # an empty cell changes nothing
SEPARATORS: Final = re.compile(r"[、，,;；/|·・•\n]+")
DATE: Final = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?: 00:00(?::00)?)?|(\d{4})(\d\d)(\d\d)"
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Fault(Exception):
    """What is wrong with a cell or row, in Chinese and English; `better`: what was perhaps meant."""

    def __init__(self, chinese: str, english: str, *, better: str = "", column: str = "") -> None:
        super().__init__(english)
        self.chinese, self.english, self.better, self.column = chinese, english, better, column


@dataclass(frozen=True)
class Column:
    """`needed`: of a new row. `also`: further headings it is known by. `empty`: what "-" makes of it, if it may."""

    key: str
    chinese: str
    english: str
    parse: Parse
    needed: bool = False
    also: tuple[str, ...] = ()
    example: str = ""
    empty: Any = field(default=...)
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # how values are shown

    def headings(self) -> set[str]:
        return {plain(each) for each in (self.key, self.chinese, self.english, *self.also)}

    def read(self, cell: str) -> Any:
        """The value of a cell that is not empty. Raises Fault."""
        if cell.lower() in CLEARED:
            if self.empty is ...:
                raise Fault(f"「{self.chinese}」不能清空", f"{self.english} cannot be emptied")
            return self.empty
        if CONTROL.search(cell):
            raise Fault(
                "含有不可见的控制字符，请删除后重新填写", "it holds invisible control characters: type it again"
            )
        return self.parse(cell)

    def shown(self, value: Any) -> tuple[str, str]:
        """A value as people read it, in Chinese and English."""
        if value is None or value == "" or value == []:
            return "–", "–"
        if isinstance(value, list):
            pairs = [self.words.get(str(each), (str(each), str(each))) for each in value]
            return "、".join(each for each, _ in pairs), ", ".join(each for _, each in pairs)
        return self.words.get(str(value), (str(value), str(value)))


def plain(heading: str) -> str:
    """A heading without what varies: width, case, spaces, marks of required columns, what stands in brackets."""
    text = unicodedata.normalize("NFKC", heading).lower()
    return re.sub(r"\(.*?\)|[\s*_:.\-]", "", text)


def text(most: int) -> Parse:
    def parse(cell: str) -> str:
        value = " ".join(cell.split())
        if len(value) > most:
            raise Fault(f"最多 {most} 个字，现为 {len(value)} 个", f"{most} characters at most, these are {len(value)}")
        return value

    return parse


def code(most: int) -> Parse:
    """Numbers and codes: full-width characters become ordinary ones, spaces go."""
    inner: Callable[[str], str] = text(most)

    def parse(cell: str) -> str:
        return inner(re.sub(r"^(\d+)\.0+$", r"\1", spelled.number(cell)))  # a number, as Excel exports it

    return parse


def whole(least: int, most: int) -> Parse:
    def parse(cell: str) -> int:
        value = unicodedata.normalize("NFKC", cell).strip()
        if not re.fullmatch(r"\d{1,9}", value) or not least <= int(value) <= most:
            raise Fault(
                f"「{cell[:20]}」应为 {least} 到 {most} 的整数",
                f"“{cell[:20]}” must be a number from {least} to {most}",
            )
        return int(value)

    return parse


def day(cell: str) -> date:
    value = unicodedata.normalize("NFKC", cell).strip()
    found = DATE.fullmatch(value) if len(value) < 40 else None
    try:
        if found is None:
            raise ValueError
        year, month, number = (int(each) for each in found.groups() if each is not None)
        if not 1900 <= year <= 2200:
            raise ValueError
        return date(year, month, number)
    except ValueError:
        raise Fault(
            f"「{cell[:20]}」不是有效日期，请写成 2026-12-31",
            f"“{cell[:20]}” is no valid date: write it as 2026-12-31",
        ) from None


def one_of(words: Mapping[str, tuple[str, str]], also: Mapping[str, str] | None = None) -> Parse:
    """One of these words, by itself or by its name in either language."""
    known = _known(words, also)

    def parse(cell: str) -> str:
        return _one(cell, known, words)

    return parse


def some_of(words: Mapping[str, tuple[str, str]], also: Mapping[str, str] | None = None) -> Parse:
    """Several of these words with commas, 、 or · between them."""
    known = _known(words, also)

    def parse(cell: str) -> list[str]:
        parts = [each.strip() for each in SEPARATORS.split(cell) if each.strip()]
        return list(dict.fromkeys(_one(each, known, words) for each in parts))

    return parse


def names(most: int) -> Parse:
    """Several names of one's own choosing, as of beds."""
    inner = text(most)
    return lambda cell: list(dict.fromkeys(inner(each) for each in SEPARATORS.split(cell) if each.strip()))


def _known(words: Mapping[str, tuple[str, str]], also: Mapping[str, str] | None) -> dict[str, str]:
    known = {plain(name): word for word, pair in words.items() for name in (word, *pair)}
    return known | {plain(name): word for name, word in (also or {}).items()}


def _one(cell: str, known: Mapping[str, str], words: Mapping[str, tuple[str, str]]) -> str:
    if (found := known.get(plain(cell))) is not None:
        return found
    better = meant(cell, [pair[0] for pair in words.values()])
    chinese = f"，是否为「{better}」？" if better else ""
    english = f"; is “{better}” meant?" if better else ""
    every = "、".join(pair[0] for pair in words.values())
    raise Fault(
        f"没有「{cell[:20]}」这一项{chinese or f'，可填：{every}'}",
        f"there is no “{cell[:20]}”{english or f'; there are: {every}'}",
        better=better,
    )


YES_NO: Final = {"true": ("是", "yes"), "false": ("否", "no")}
_yes_no: Final = one_of(YES_NO, {"对": "true", "1": "true", "0": "false", "y": "true", "n": "false", "不": "false"})


def yes_no(cell: str) -> bool:
    return bool(_yes_no(cell) == "true")
