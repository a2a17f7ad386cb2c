"""How old a patient is on a day, in years for a list and in words for a print."""

from datetime import date

from telemed.people.model import Patient


def years(patient: Patient, today: date) -> int | None:
    """The estimate of somebody whose birth date is unknown."""
    born = patient.birth_date
    if born is None:
        return patient.estimated_age
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def spelled(patient: Patient, today: date) -> str:
    """As a hospital says it: days in the first month, months in the first two years."""
    born = patient.birth_date
    if born is None:
        return "不详" if patient.estimated_age is None else f"约 {patient.estimated_age} 岁"
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months >= 24:
        return f"{months // 12} 岁"
    return f"{months} 个月" if months >= 1 else f"{max((today - born).days, 0)} 天"
