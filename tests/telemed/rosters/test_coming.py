"""The list of people says when each is on duty next."""

from telemed.rosters.coming import coming
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.rosters.rosters import HOUR, kept, shift


async def test_the_list_says_who_is_on_duty_now_or_next_within_a_week(world: World, call: Call) -> None:
    later, sunday = NOW + 2 * HOUR, NOW + 6 * 24 * HOUR
    first, second = world.ids["expert"], world.ids["expert2"]
    await kept(
        call,
        [
            shift(first, NOW, later, place=1),
            shift(first, later, later + HOUR, place=3),
            shift(second, sunday, sunday + HOUR, place=2),
        ],
    )
    _, page = await call("admin", "GET", "/admin/staff?q=expert")
    assert {each["username"]: each["duty"]["place"] for each in page["items"]} == {"expert": 1, "expert2": 2}
    for hours, places in ((-36, {first: 1}), (2, {first: 3, second: 2}), (3, {second: 2})):
        async with world.db.read() as db:
            found = await coming(db, [first, second], NOW + hours * HOUR)
        assert {id: each.place for id, each in found.items()} == places
