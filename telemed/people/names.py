"""How a person's name is found: by its characters, by its syllables without tones, by their initials."""

from itertools import product
from typing import Final

MOST_READINGS: Final = 8  # a character may be read in several ways; a name with many keeps the first few


def syllables(name: str) -> list[list[str]]:
    """Toneless readings, one list per character."""
    from pypinyin import Style, pinyin  # here: its dictionary takes a third of a second, which a start need not pay

    return [sorted(set(each)) for each in pinyin(name, style=Style.NORMAL, heteronym=True, errors="ignore")]


def spelling(name: str) -> str:
    """The usual reading, as it is written on a badge: `chen yuan shan`."""
    from pypinyin import Style, pinyin

    return " ".join(each[0] for each in pinyin(name, style=Style.NORMAL, errors=str.lower))


def pieces(name: str) -> set[str]:
    """What goes into the index: characters, syllables, whole spellings and initials."""
    found = {each for each in name if not each.isspace()}
    readings = syllables(name)
    found |= {each for one in readings for each in one}
    for reading in list(product(*readings))[:MOST_READINGS] if readings else []:
        found.add("".join(reading))
        found.add("".join(each[0] for each in reading))
    found |= {each.lower() for each in name.split() if each.isascii()}
    return found


def wanted(query: str) -> list[str]:
    """The pieces that a name must all have: each Chinese character, each word of letters."""
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
    return [*out, word] if word else out
