"""Finding a person by name: by characters, toneless syllables or initials."""

import re
from collections.abc import Iterable
from itertools import islice, product
from typing import Final

# Characters that are read differently as a family name; pypinyin gets these wrong.
SURNAMES: Final = {
    "单": "shan", "解": "xie", "仇": "qiu", "曾": "zeng", "区": "ou", "查": "zha", "翟": "zhai",
    "盖": "ge", "缪": "miao", "朴": "piao", "乐": "yue", "员": "yun", "种": "chong", "召": "shao",
    "覃": "qin", "任": "ren", "牟": "mou", "那": "na", "华": "hua", "折": "she", "宿": "su",
}  # fmt: skip
# Family names of two characters, with the reading of each; spelled as one word.
COMPOUND: Final = {
    "欧阳": "ou yang", "司马": "si ma", "上官": "shang guan", "诸葛": "zhu ge", "夏侯": "xia hou",
    "东方": "dong fang", "皇甫": "huang fu", "尉迟": "yu chi", "公孙": "gong sun", "慕容": "mu rong",
    "令狐": "ling hu", "宇文": "yu wen", "长孙": "zhang sun", "司徒": "si tu", "司空": "si kong",
    "端木": "duan mu", "百里": "bai li", "南宫": "nan gong", "西门": "xi men", "独孤": "du gu",
    "轩辕": "xuan yuan", "呼延": "hu yan", "澹台": "tan tai", "万俟": "mo qi", "拓跋": "tuo ba",
    "赫连": "he lian", "钟离": "zhong li", "太史": "tai shi", "申屠": "shen tu", "完颜": "wan yan",
    "纳兰": "na lan",
}  # fmt: skip
MOST_READINGS: Final = 8  # of a name whose characters have several readings
LONGEST_PIECE: Final = 40
PARTED: Final = re.compile(r"[·•‧・-]")


def syllables(name: str) -> list[list[str]]:
    """The toneless readings of each character."""
    from pypinyin import Style, pinyin  # imported here: loading its dictionary takes a third of a second

    return [sorted(set(each)) for each in pinyin(name, style=Style.NORMAL, heteronym=True, errors="ignore")]


def spelling(name: str) -> str:
    """The usual reading, family name first: `chen yuan shan`, `ouyang xiu`."""
    family = name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]
    if family not in COMPOUND and family not in SURNAMES:
        return _read(name)
    read = SURNAMES.get(family) or COMPOUND[family].replace(" ", "")
    return f"{read} {_read(name[len(family) :])}".strip()


def compounds(initials: str) -> list[str]:
    """The family names of two characters whose readings begin with these two letters: `oy` of 欧阳."""
    return [each for each, read in COMPOUND.items() if "".join(one[0] for one in read.split()) == initials]


def _read(text: str) -> str:
    from pypinyin import Style, pinyin

    return " ".join(each[0] for each in pinyin(text, style=Style.NORMAL, errors=str.lower))


def latin(name: str, pinyin: str) -> str:
    """The name for readers of English: `Qin Dixiu`, followed by the characters."""
    words = pinyin.split()
    if name.startswith("无名氏"):
        return f"Unknown {name}"
    if not words or any(each.isascii() or each == "·" for each in name):
        return name
    return f"{words[0].capitalize()} {''.join(words[1:]).capitalize()}".strip() + f" {name}"


def pieces(name: str, pinyin: str = "") -> set[str]:
    """What is indexed of a name: characters, syllables, spellings of it and of its parts, initials, and the stored
    `pinyin`. The parts of a name are divided by dots and hyphens."""
    found = {each for each in name if not each.isspace()}
    parts = PARTED.split(pinyin)
    found |= {*pinyin.split(), *(each.replace(" ", "") for each in ("".join(parts), *parts))} - {""}
    readings = syllables(name)
    found |= {each for one in readings for each in one}
    for reading in islice(product(*readings), MOST_READINGS if readings else 0):
        found.add("".join(reading))
        found.add("".join(each[0] for each in reading))
    found |= {each.lower() for each in name.split() if each.isascii()}
    return {each[:LONGEST_PIECE] for each in found}


def spells(text: str, readings: Iterable[list[str]]) -> bool:
    """Whether `text` is a reading of each character, one after another; their combinations may be too many to list."""
    ends = {0}
    for each in readings:
        ends = {end + len(one) for end in ends for one in each if text.startswith(one, end)}
    return text != "" and len(text) in ends


def wanted(query: str) -> list[str]:
    """The pieces of a query that a name must all have: each Chinese character, each word of letters."""
    out: list[str] = []
    word = ""
    for each in query.lower():
        if each.isascii() and each.isalnum():
            word += each
            continue
        if word:
            out.append(word)
        word = ""
        if not each.isascii():
            out.append(each)
    return [each[:LONGEST_PIECE] for each in (*out, word) if each]
