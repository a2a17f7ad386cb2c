"""Signed text: JSON with sorted keys and no spaces, whose hash shows whether it is still what was signed."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def dumped(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(canonical: str) -> str:
    return sha256(canonical.encode()).hexdigest()


def intact(canonical: str | None, digest: str | None) -> dict[str, Any] | None:
    """The signed data; None if the text does not match its hash. A damaged text is reported and not read."""
    if canonical is None or digest_of(canonical) != digest:
        return None
    found: dict[str, Any] = json.loads(canonical)
    return found
