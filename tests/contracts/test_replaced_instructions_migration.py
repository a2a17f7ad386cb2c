"""An instruction that was replaced is a declined one to the program of before, and goes up again as that."""

from sqlalchemy import text
from sqlmodel import select

from telemed.migrations import migrate
from telemed.rounds.model import Instruction
from telemed.rounds.words import InstructionState
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import at_bed, instructed, live, ward


async def test_it_goes_down_and_up_with_the_others_as_they_are(call: Call, world: World, clock: FakeClock) -> None:
    await ward(world)
    session = await live(call, world, clock, "01")
    item = await at_bed(call, clock, session, "01")
    old, new = await instructed(call, clock, session, item), await instructed(call, clock, session, item)
    async with world.db.write() as db:
        row = (await db.exec(select(Instruction).where(Instruction.n == 1))).one()
        row.state, row.replaced_by = InstructionState.replaced, None
    async with world.db.writer.begin() as connection:
        await connection.run_sync(migrate, "0096")
        states = await connection.execute(text("SELECT state FROM instruction ORDER BY n"))
        assert states.scalars().all() == ["declined", "to_read_back"]
        await connection.run_sync(migrate)
    found = {str(each.id): each for each in await rows(world.db, Instruction)}
    assert (found[old["id"]].words, found[old["id"]].replaced_by) == ("并入后一条指示", None)
    assert found[new["id"]].state is InstructionState.to_read_back
