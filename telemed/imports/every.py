"""Every kind that can be imported, by name."""

from typing import Final

from telemed.errors import NotFound
from telemed.imports.agreements import AGREEMENTS
from telemed.imports.holidays import HOLIDAYS
from telemed.imports.kinds import Kind
from telemed.imports.places import DEPARTMENTS, VENUES, WARDS
from telemed.imports.rosters import ROSTER
from telemed.imports.staff import STAFF

KINDS: Final = {each.name: each for each in (STAFF, DEPARTMENTS, WARDS, VENUES, AGREEMENTS, ROSTER, HOLIDAYS)}


def kind_named(name: str) -> Kind:
    if (found := KINDS.get(name)) is None:
        raise NotFound("There is no such kind of import.")
    return found
