"""What somebody signs in by if no name is given, and what is said where a name cannot be theirs."""

import re

from telemed.administration.staff_schemas import USERNAME
from telemed.errors import Conflict, Invalid
from telemed.kit import spelled


def name_of(hospital_id: str, number: str) -> str:
    """What somebody signs in by if nothing else is said. Raises Invalid (`username_unfit`) if the number makes none."""
    name = spelled.sign_in_name(f"{hospital_id}.{number}")
    if not re.fullmatch(USERNAME, name):
        raise Invalid(
            f"The number makes {name!r}, which nobody can sign in by: give a sign-in name.",
            reason="username_unfit",
            fields=["username"],
            username=name,
        )
    return name


def username_taken(name: str) -> Conflict:
    """`name`: theirs as given, or as the number makes it."""
    detail = f"Somebody signs in by {name!r}: give another sign-in name."
    return Conflict(detail, reason="username_taken", fields=["username"], username=name)
