"""Who was told what of a round."""

from typing import Any
from uuid import UUID

from telemed.work.model import Notice
from tests.telemed.conftest import World, rows


async def told(world: World, session: Any, *, ended: bool = False) -> set[tuple[str, str]]:
    """Who has a notice of this round that stands, by ladder."""
    names = {id: name for name, id in world.ids.items() if isinstance(id, UUID)}
    of_it = [each for each in await rows(world.db, Notice) if str(each.activity_id) == session["id"]]
    return {(each.ladder, names[each.staff_id]) for each in of_it if (each.ended_at is not None) is ended}
