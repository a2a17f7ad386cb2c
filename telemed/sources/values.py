"""Reads what hospital systems write: sexes by GB/T 2261.1 or in words, dates in several spellings, limited texts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from telemed.errors import Invalid
from telemed.kit import strict
from telemed.kit.clock import FIRST, LAST
from telemed.people.model import Allergy, IdentifierKind, Sex
from telemed.people.ports import Flag
from telemed.sources.faults import Failed
from telemed.sources.model import Fault

D = TypeVar("D", bound=date)
W = TypeVar("W")
LINE: Final = 200  # characters
TEXT: Final = 8000  # as long as a request's field
NAME: Final = 64
REPLACED: Final = "\ufffd"  # what a decoder writes for what it cannot read
SEXES: Final = {
    **dict.fromkeys(("1", "m", "male", "男", "男性"), Sex.male),
    **dict.fromkeys(("2", "f", "female", "女", "女性"), Sex.female),
    **dict.fromkeys(("", "0", "9", "u", "unknown", "other", "未知", "不详", "未说明"), Sex.unknown),
}
NUMBER_KINDS: Final = {
    **dict.fromkeys(("", "admission", "inpatient", "住院"), IdentifierKind.admission),
    **dict.fromkeys(("outpatient", "门诊"), IdentifierKind.outpatient),
    **dict.fromkeys(("mrn", "病案"), IdentifierKind.mrn),
}
ALLERGIES: Final = {
    **dict.fromkeys(("", "1", "known", "有"), Allergy.known),
    **dict.fromkeys(("0", "none", "无", "否认"), Allergy.none),
    **dict.fromkeys(("not_asked", "unknown", "未询问", "不详"), Allergy.not_asked),
}
FLAGS: Final[dict[str, Flag]] = {
    **dict.fromkeys(("h", "high", "↑", "偏高", "高"), "high"),
    **dict.fromkeys(("l", "low", "↓", "偏低", "低"), "low"),
    **dict.fromkeys(("hh", "ll", "critical", "危急", "危急值", "!!", "‼"), "critical"),
}


def text(value: Any, most: int = LINE) -> str:
    """Without hidden characters and blanks around. Raises Failed if it is too long or was decoded wrongly."""
    if isinstance(value, Decimal):
        value = format(value, "f")
    if value is not None and not isinstance(value, str | int | float):
        raise Failed(Fault.wrong)
    try:
        said = str(strict.clean("" if value is None else str(value))).strip()
        said.encode()
    except (Invalid, UnicodeError):
        raise Failed(Fault.encoding) from None
    if REPLACED in said:
        raise Failed(Fault.encoding)
    if len(said) > most:
        raise Failed(Fault.too_long)
    return said


def sex(value: Any) -> Sex:
    return _word(SEXES, value)


def number_kind(value: Any) -> IdentifierKind:
    return _word(NUMBER_KINDS, value)


def allergy(value: Any) -> Allergy:
    return _word(ALLERGIES, value)


def flag(value: Any, measured: str, low: str, high: str) -> Flag:
    """As the system marks it, or else by the bounds, if all are numbers."""
    said = text(value).lower()
    if said in FLAGS:
        return FLAGS[said]
    number, below, above = _number(measured), _number(low), _number(high)
    if number is None or said:
        return ""
    if below is not None and number < below:
        return "low"
    return "high" if above is not None and number > above else ""


def day(value: Any) -> date | None:
    """A date, or one written as 1960-01-02 or 19600102, with or without a time."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return _possible(value.date())
    return _possible(value if isinstance(value, date) else _iso(value).date())


def moment(value: Any, zone: str) -> datetime | None:
    """A moment; without an offset it is by the hospital's clock."""
    if value is None or value == "":
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    said = _possible(value if isinstance(value, datetime) else _iso(value))
    return (said if said.tzinfo else said.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _iso(value: Any) -> datetime:
    try:
        return datetime.fromisoformat(text(value).replace("/", "-"))
    except ValueError:
        raise Failed(Fault.wrong) from None


def _possible(value: D) -> D:
    if not FIRST <= value.year < LAST:
        raise Failed(Fault.wrong)
    return value


def _word(words: dict[str, W], value: Any) -> W:
    said = text(value).lower()
    if said not in words:
        raise Failed(Fault.wrong)
    return words[said]


def _number(said: str) -> float | None:
    try:
        return float(said)
    except ValueError:
        return None
