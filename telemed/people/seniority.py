"""Which 职称 rank above which: those of doctors ascend, the others stand beside them."""

from typing import Final

from telemed.people.model import Title

ASCENDING: Final = (Title.resident, Title.attending, Title.associate_chief, Title.chief)


def rank(title: Title) -> int | None:
    """The higher the more senior; none for who is no doctor."""
    return ASCENDING.index(title) if title in ASCENDING else None


def outranked(title: Title) -> bool:
    """Whether there is a more senior one to speak of, as 「主治医师以上」 does."""
    held = rank(title)
    return held is not None and held < len(ASCENDING) - 1
