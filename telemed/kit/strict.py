"""Strict JSON at every entrance, so that databases, leaves, browsers and logs can all read what was accepted, and a
person reads the same text in each of them."""

import re
from typing import Annotated, Any, Final

import msgspec
from pydantic import Field

from telemed.errors import Invalid

DEPTH: Final = 32
# Controls that nobody sees: a right-to-left override shows a dose of 05 as 50. Joiners (U+200C, U+200D) stay, because
# some scripts and emoji need them.
HIDDEN: Final = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
LARGEST: Final = 2**53 - 1  # larger integers are not read alike by every JSON reader (RFC 7493 §2.2)
Ordinal = Annotated[int, Field(ge=1, le=2**31 - 1)]  # the number of a version or a page; fits an integer column


def clean_json(raw: bytes) -> bytes:
    """The body without hidden characters. Raises Invalid for what is not strict JSON, such as NaN, infinities and lone
    surrogates."""
    try:
        value: Any = msgspec.json.decode(raw)
    except (ValueError, RecursionError) as broken:
        raise Invalid("The body is no JSON.", reason="not_json") from broken
    cleaned = clean(value)
    return raw if cleaned == value else msgspec.json.encode(cleaned)


def clean(value: Any, depth: int = DEPTH) -> Any:
    """The value without hidden characters in its texts; what cannot be read again raises Invalid."""
    match value:
        case str():
            return HIDDEN.sub("", value)
        case int() if abs(value) > LARGEST:
            raise Invalid("A number is too large.", reason="number_too_large")
        case list() | dict() if depth == 0:
            raise Invalid("The body is nested too deeply.", reason="too_deep")
        case list():
            return [clean(each, depth - 1) for each in value]
        case dict():
            if any(HIDDEN.search(name) for name in value):  # two names might become one
                raise Invalid("A name holds a hidden character.", reason="nul")
            return {name: clean(each, depth - 1) for name, each in value.items()}
        case _:
            return value
