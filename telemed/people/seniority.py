"""The ranks of 职称: only those of doctors are ordered."""

from typing import Final

from telemed.people.model import Title

ASCENDING: Final = (Title.resident, Title.attending, Title.associate_chief, Title.chief)


def rank(title: Title) -> int | None:
    """The rank of a doctor's title, higher for more senior ones; None for other titles."""
    return ASCENDING.index(title) if title in ASCENDING else None


def outranked(title: Title) -> bool:
    """Whether there is a more senior title, so that it can be named with 「以上」, as in 「主治医师以上」."""
    held = rank(title)
    return held is not None and held < len(ASCENDING) - 1
