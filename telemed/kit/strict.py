"""Strict JSON at every entrance, so that databases, leaves, browsers and logs can all read what was accepted."""

from typing import Annotated, Any, Final

import msgspec
from pydantic import Field

from telemed.errors import Invalid

DEPTH: Final = 32
LARGEST: Final = 2**53 - 1  # larger integers are not read alike by every JSON reader (RFC 7493 §2.2)
Ordinal = Annotated[int, Field(ge=1, le=2**31 - 1)]  # the number of a version or a page; fits an integer column


def check_json(raw: bytes) -> None:
    """Raises Invalid for what is not strict JSON, such as NaN, infinities and lone surrogates."""
    try:
        value: Any = msgspec.json.decode(raw)
    except (ValueError, RecursionError) as broken:
        raise Invalid("The body is no JSON.", reason="not_json") from broken
    check(value)


def check(value: object, depth: int = DEPTH) -> None:
    match value:
        case str() if "\0" in value:  # PostgreSQL cannot store a NUL in a text, and no person types one
            raise Invalid("A text holds a NUL character.", reason="nul")
        case int() if abs(value) > LARGEST:
            raise Invalid("A number is too large.", reason="number_too_large")
        case list() | dict() if depth == 0:
            raise Invalid("The body is nested too deeply.", reason="too_deep")
        case list():
            for each in value:
                check(each, depth - 1)
        case dict():
            for name, each in value.items():
                check(name, depth)
                check(each, depth - 1)
