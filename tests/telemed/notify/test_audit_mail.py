"""The head of the audit log is mailed once a day, and again when the server did not take it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from telemed.audit import heads
from telemed.audit.sealer import seal
from telemed.audit.service import record
from telemed.notify.audit_mail import HeadMail
from telemed.notify.mail import Mail
from telemed.notify.outcome import NotSent
from telemed.notify.ports import Letter
from tests.telemed.conftest import NOW, FakeClock, World


class FakeMail(Mail):
    """Keeps the letters, or says that the server is away."""

    sent: list[Letter]
    away: bool

    async def send(self, due: Sequence[Letter]) -> Mapping[UUID, NotSent | None]:  # type: ignore[override]
        if self.away:
            return {each.id: NotSent.away for each in due}
        self.sent += due
        return {each.id: None for each in due}


def _mail() -> FakeMail:
    mail = FakeMail("mail.example", 25, False, "", "", "telemed@mail.example")
    object.__setattr__(mail, "sent", [])
    object.__setattr__(mail, "away", True)
    return mail


async def test_each_address_gets_one_a_day_with_the_line_that_verifies(
    world: World, clock: FakeClock, tmp_path: Path
) -> None:
    mail, key = _mail(), heads.HeadKey.open(tmp_path)
    to = ("office@a.example", "audit@b.example")
    letters = HeadMail(world.db, key, mail, to, tmp_path, clock)
    assert await letters.send_due() == {}, "nothing is sealed yet"
    async with world.db.write() as db:
        record(db, None, "done", "it", NOW)
    await seal(world.db)
    assert len(await letters.send_due()) == 2
    object.__setattr__(mail, "away", False)
    for _ in range(3):
        assert await letters.send_due() == {}
    assert [each.to for each in mail.sent] == [*to]
    line = mail.sent[0].message.lines[-1][1]
    assert key.holds(msgspec.json.decode(line, type=heads.Head))
    again = HeadMail(world.db, key, mail, to, tmp_path, clock)
    await again.send_due()
    assert len(mail.sent) == 2, "a restart sends no second one"
    clock.move(hours=24)
    await again.send_due()
    assert len(mail.sent) == 4
