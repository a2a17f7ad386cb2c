"""Which rule a study falls under, and whether its share draws it. Pure."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from telemed.reading.model import ReadingRule


def first(rules: Iterable[ReadingRule], modality: str, at: datetime, zone: str) -> ReadingRule | None:
    """The first of these that holds for a study of this modality whose last image came at this time."""
    return next((each for each in rules if matches(each, modality, at, zone)), None)


def matches(rule: ReadingRule, modality: str, at: datetime, zone: str) -> bool:
    return not rule.retired and rule.modality in ("", modality) and _holds(rule, at.astimezone(ZoneInfo(zone)))


def _holds(rule: ReadingRule, local: datetime) -> bool:
    starts, ends, now = time.fromisoformat(rule.starts), time.fromisoformat(rule.ends), local.time()
    today, yesterday = rule.days[local.weekday()] == "1", rule.days[(local - timedelta(days=1)).weekday()] == "1"
    if starts < ends:
        return today and starts <= now < ends
    if starts == ends:
        return today
    return (today and now >= starts) or (yesterday and now < ends)  # a night belongs to the day on which it begins


def draws(rule: ReadingRule, study_uid: str) -> bool:
    """Whether the rule's share takes this study: the same answer whenever it is asked, and none that anybody can work
    out who does not know the seed."""
    number = int.from_bytes(hashlib.sha256(f"{rule.seed}/{study_uid}".encode()).digest()[:4], "big")
    return number % 10_000 < rule.share * 100
