"""A ward round whose list two patients are about."""

from uuid import UUID

from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.rounds import helpers as rounds


async def round_of(
    call: Call, world: World, clock: FakeClock, on_list: UUID | None, patients: set[UUID | None]
) -> dict[str, str]:
    """A round with one of them confirmed on its list; the other has come to the ward since."""
    await rounds.place(world)
    (other,) = patients - {on_list}
    assert on_list
    assert other
    await rounds.lay(world, on_list, "01")
    await rounds.consent(world, "01")
    await rounds.planned(call, world)
    await rounds.sweep(world, clock)
    await rounds.lay(world, other, "02")
    session = await rounds.first(call, "doctor")
    session = await rounds.confirm(call, session, "01")
    return {"round": session["id"], "round_item": session["items"][0]["id"]}
