"""What a cell that names nothing known perhaps meant: a name mistyped or shortened, not another department."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import Final

# What many names end with; it makes no two of them alike.
GENERIC: Final = re.compile(r"(?<=.)(?:科室|中心|门诊部?|病区|病房|专业|分院|医院|学科|科|室|部|组|学)$")
NUMERALS: Final = re.compile(r"[0-9一二三四五六七八九十第]")
CHINESE: Final = re.compile(r"[\u3400-\u9fff]+")
# One of these more, or another in its place, and it is somebody else: 小儿呼吸科, 放射治疗科, 中医内科, 护士长, 药师.
TELLING: Final = frozenset("儿妇女男老中疗介药护技长副")
SIDES: Final = frozenset("内外")  # one for the other is another department; left out (呼吸科, 呼吸内科) it need not be
PARENTS: Final = frozenset(("内", "外"))  # 心内科 is a part of 内科
LIKE: Final = 0.85  # of names in letters, without what many end with: cardi(ologie) is, nephr(ology) of neur(ology) not


def meant(written: str, known: Iterable[str]) -> str:
    """The one known name that was likely meant, else "": where two fit equally well, nobody can say."""
    of = {_folded(each): each for each in reversed(list(known))}
    said = _folded(written)
    if said in of:
        return of[said]
    for fits in (_same, _mistyped, _shortened, _part) if CHINESE.fullmatch(said) else (_lettered,):
        found = [name for folded, name in of.items() if _fits(fits, said, folded)]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _fits(fits: Callable[[str, str], bool], said: str, name: str) -> bool:
    if fits is _lettered:
        return fits(said, name)
    numbers = "".join(NUMERALS.findall(name))
    same_numbers = not numbers or numbers == "".join(NUMERALS.findall(said))  # 骨一科 is not 骨二科
    return same_numbers and fits(_kernel(said), _kernel(name))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _kernel(name: str) -> str:
    """What tells a name from others: 心内二科 and 心内科二病区 are 心内."""
    found, before = NUMERALS.sub("", name), ""
    while found != before:
        found, before = GENERIC.sub("", found), found
    return found


def _same(said: str, name: str) -> bool:
    return said == name != ""


def _mistyped(said: str, name: str) -> bool:
    """One character of three or more is another, or two that stand side by side have changed places."""
    if len(said) != len(name):
        return False
    at = [n for n, (a, b) in enumerate(zip(said, name, strict=True)) if a != b]
    if len(at) == 1:
        return len(name) > 2 and not {said[at[0]], name[at[0]]} & (TELLING | SIDES)
    first, *more = at
    return more == [first + 1] and said[first] == name[first + 1] and said[first + 1] == name[first]


def _shortened(said: str, name: str) -> bool:
    """One is the other with characters left out, but no more than half: 心内 and 心血管内."""
    short, long = sorted((said, name), key=len)
    if not 2 <= len(short) < len(long) <= 2 * len(short):
        return False
    rest = list(long)
    for each in short:
        if each not in rest:
            return False
        rest.remove(each)
    left = iter(long)
    return all(each in left for each in short) and not TELLING & set(rest)


def _part(said: str, name: str) -> bool:
    """It belongs to 内科 or 外科, which has no part of that name."""
    return name in PARENTS and said.endswith(name) and not TELLING & set(said)


def _lettered(said: str, name: str) -> bool:
    """Names in letters: the same first one, and nearly all others."""
    said, name = (re.sub(r"(?<=..)olog(?:y|ie|ia)$", "", each) for each in (said, name))
    return said[:1] == name[:1] and SequenceMatcher(None, said, name).ratio() >= LIKE
