"""A patient's age at a moment: in years for lists, in words for prints. The day is that of a hospital's calendar."""

from datetime import date, datetime

from telemed.kit.clock import day_in
from telemed.people.model import Patient


def years(patient: Patient, at: datetime, zone: str) -> int | None:
    """The age in years; the estimated age if the birth date is unknown."""
    born = patient.birth_date
    return patient.estimated_age if born is None else _months(born, day_in(zone, at)) // 12


def spelled(patient: Patient, at: datetime, zone: str) -> str:
    """The age in words, as hospitals say it: in days in the first month, in months in the first two years."""
    born, today = patient.birth_date, day_in(zone, at)
    if born is None:
        return "不详" if patient.estimated_age is None else f"约 {patient.estimated_age} 岁"
    months = _months(born, today)
    if months >= 24:
        return f"{months // 12} 岁"
    return f"{months} 个月" if months >= 1 else f"{max((today - born).days, 0)} 天"


def _months(born: date, today: date) -> int:
    return (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
