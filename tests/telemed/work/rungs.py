"""Rungs as a test wants them, and the moment at which its deadlines begin."""

from datetime import UTC, datetime
from typing import Any

from telemed.work.model import Counted, Rung, To, When

BEGAN = datetime(2026, 11, 26, 1, tzinfo=UTC)  # Thursday, 09:00 in Shanghai
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def rung(n: int, when: When, minutes: int, to: To = To.role, role: str = "", **more: Any) -> Rung:
    given: dict[str, Any] = {"ladder": "x", "valid_from": LONG_AGO, "counted": Counted.elapsed} | more
    return Rung(n=n, when=when, minutes=minutes, to=to, role=role, **given)
