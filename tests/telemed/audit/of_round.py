"""A ward round whose list two patients are about."""

from hashlib import sha256
from uuid import UUID

from telemed.audit.model import Purpose
from telemed.documents.canonical import dumped
from telemed.rounds.model import RoundNote
from telemed.rounds.words import NoteKind
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.documents import round_samples as samples
from tests.telemed.rounds import helpers as rounds

P = Purpose
# By pattern: who asks, at which address, and what is kept of it.
ROUND_READS = {
    "/rounds/sessions/{id}": ("doctor", "/rounds/sessions/{round}", P.list),
    "/rounds/sessions/{id}/ward": ("doctor", "/rounds/sessions/{round}/ward", P.list),
    "/rounds/items/{id}": ("doctor", "/rounds/items/{round_item}", P.case),
    "/rounds/items/{id}/note": ("doctor", "/rounds/items/{round_item}/note", P.case),
    "/rounds/items/{id}/note/print": ("doctor", "/rounds/items/{round_item}/note/print", P.print),
    "/rounds/items/{id}/consents": ("doctor", "/rounds/items/{round_item}/consents", P.case),
    "/rounds/items/{id}/consents/{consent_id}/form": (
        "doctor",
        "/rounds/items/{round_item}/consents/{round_consent}/form",
        P.print,
    ),
    "/rounds/wards/{id}/board": ("doctor", "/rounds/wards/{ward}/board", P.list),
    "/rounds/sessions/{id}/print": ("doctor", "/rounds/sessions/{round}/print", P.print),
}


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
    taken = {"kind": "patient", "scopes": ["consult"]}
    status, made = await call("doctor", "POST", f"/rounds/items/{item}/consents", json=taken)
    assert status == 201, made
    return {"round": session["id"], "round_item": item, "round_consent": made["id"], "ward": str(world.ids["ward"])}


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
