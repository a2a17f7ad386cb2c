"""A ward round whose list two patients are about."""

from hashlib import sha256
from uuid import UUID

from telemed.documents.canonical import dumped
from telemed.rounds.model import RoundNote
from telemed.rounds.words import NoteKind
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.documents import round_samples as samples
from tests.telemed.rounds import helpers as rounds


async def round_of(
    call: Call, world: World, clock: FakeClock, on_list: UUID | None, patients: set[UUID | None]
) -> dict[str, str]:
    """A round with one of them confirmed on its list and written of; the other has come to the ward since."""
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
    item = session["items"][0]["id"]
    await _signed(world, clock, UUID(session["id"]), UUID(item))
    return {"round": session["id"], "round_item": item, "ward": str(world.ids["ward"])}


async def _signed(world: World, clock: FakeClock, session: UUID, item: UUID) -> None:
    said = dumped({"print": samples.round_note().model_dump(mode="json", exclude={"seal"})})
    async with world.db.write() as db:
        db.add(
            RoundNote(
                session_id=session,
                item_id=item,
                author_id=world.ids["doctor"],
                saved_at=clock(),
                submitted_at=clock(),
                kind=NoteKind.round_note,
                signed_at=clock(),
                canonical=said,
                sha256=sha256(said.encode()).hexdigest(),
            )
        )
