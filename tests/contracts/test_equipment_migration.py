"""At the upgrade carts become resources of their own; the rounds that are booked take their cart beside its place."""

from collections import Counter

from sqlalchemy import update
from sqlmodel import col, select

from telemed.migrations import migrate
from telemed.scheduling.model import Booking, Occupancy, Resource, ResourceKind
from tests.telemed.conftest import Call, World, rows
from tests.telemed.rounds.helpers import place, planned


async def test_rounds_that_are_booked_keep_the_place_of_their_cart_and_take_the_cart(call: Call, world: World) -> None:
    await place(world)
    await planned(call, world)
    cart, stand = world.ids["cart"], world.ids["stand"]
    async with world.db.write() as db:  # as it was: booked by where the cart stands
        its = col(Occupancy.resource_id) == cart
        await db.exec(update(Occupancy).where(its).values(resource_id=stand))
    async with world.db.writer.begin() as connection:
        await connection.run_sync(migrate, "0092")
        await connection.run_sync(migrate, "head")
    (made,) = [each for each in await rows(world.db, Resource) if each.kind == ResourceKind.equipment]
    assert (made.id, made.hospital_id, made.name) == (cart, "wuxi", "5 病区查房车")
    async with world.db.read() as db:
        query = select(Occupancy.resource_id).join(Booking).where(Booking.kind == "round", col(Occupancy.active))
        taken = Counter((await db.exec(query)).all())
    assert taken[cart] == taken[stand] > 0


async def test_down_again_nobody_has_the_time_of_a_cart(call: Call, world: World) -> None:
    await place(world)
    await planned(call, world)
    async with world.db.writer.begin() as connection:
        await connection.run_sync(migrate, "0092")
        await connection.run_sync(migrate, "head")
    taken = Counter(each.resource_id for each in await rows(world.db, Occupancy))
    assert taken[world.ids["cart"]] == 0
    assert taken[world.ids["venue"]] > 0
