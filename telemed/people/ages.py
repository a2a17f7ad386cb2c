"""A patient's age on a day: in years for lists, in words for prints."""

from datetime import date

from telemed.people.model import Patient


def years(patient: Patient, today: date) -> int | None:
    """The age in years; the estimated age if the birth date is unknown."""
    born = patient.birth_date
    if born is None:
        return patient.estimated_age
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def spelled(patient: Patient, today: date) -> str:
    """The age in words, as hospitals say it: in days in the first month, in months in the first two years."""
    born = patient.birth_date
    if born is None:
        return "不详" if patient.estimated_age is None else f"约 {patient.estimated_age} 岁"
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months >= 24:
        return f"{months // 12} 岁"
    return f"{months} 个月" if months >= 1 else f"{max((today - born).days, 0)} 天"
