"""`telemed user`: accounts in the hands of whoever runs the server; the audit log names the command line."""

from datetime import timedelta

import pyotp
import pytest

from telemed.access import one_time, second_factor
from telemed.access.model import Account, Role, SignIn
from telemed.administration import command_line
from telemed.audit.model import AuditEvent
from telemed.errors import Conflict, NotFound
from telemed.people.model import Title
from tests.telemed.conftest import NOW, SEAL, World, rows


async def account(world: World, username: str) -> Account:
    return next(each for each in await rows(world.db, Account) if each.username == username)


async def audited(world: World) -> list[tuple[str, str | None, str | None, object]]:
    found = [each for each in await rows(world.db, AuditEvent) if each.action.startswith("account.")]
    return [(each.action, each.reason, each.owner_id, each.actor_id) for each in found]


async def test_somebody_is_added_with_a_one_time_password(world: World) -> None:
    async with world.db.write() as db:
        roles = [Role.administrator]
        given = await command_line.add(db, "wuxi.it", "wuxi", "W77", "魏清明", Title.administrator, roles, NOW)
    made = await account(world, "wuxi.it")
    async with world.db.read() as db:
        assert await one_time.opens(db, made.id, given, NOW)
        assert not await one_time.opens(db, made.id, given, NOW + timedelta(hours=73))
    assert await audited(world) == [("account.one_time_issued", "command_line", "wuxi", None)]


async def test_a_number_that_somebody_has_changes_nobody(world: World) -> None:
    async with world.db.write() as db:
        roles = [Role.expert]
        await command_line.add(db, "first", "wuxi", "W77", "魏清明", Title.chief, roles, NOW)
        with pytest.raises(Conflict, match="number"):
            await command_line.add(db, "second", "wuxi", "W77", "别人", Title.chief, roles, NOW)
        with pytest.raises(NotFound):
            await command_line.add(db, "third", "nowhere", "1", "别人", Title.chief, roles, NOW)


async def test_names_and_numbers_are_spelled_as_everywhere(world: World) -> None:
    roles = [Role.administrator]
    async with world.db.write() as db:
        await command_line.add(db, "Wuxi.IT", "wuxi", "Ｗ７７", "魏清明", Title.administrator, roles, NOW)
        with pytest.raises(Conflict, match="number"):
            await command_line.add(db, "other", "wuxi", " W77", "别人", Title.chief, roles, NOW)
        await command_line.new_password(db, "WUXI.it", NOW)
        assert await command_line.disable(db, "wuxi.IT", NOW) == 0
    assert (await account(world, "wuxi.it")).disabled_at == NOW


async def test_disabling_ends_the_sign_ins_and_enabling_lets_in_again(world: World) -> None:
    who = world.ids["doctor"]
    async with world.db.write() as db:
        username = (await db.get_one(Account, who)).username
        waiting = await command_line.disable(db, username, NOW)
    assert waiting == 0
    assert (await account(world, username)).disabled_at == NOW
    assert who not in {each.account_id for each in await rows(world.db, SignIn)}
    async with world.db.write() as db:
        await command_line.enable(db, username, NOW)
    assert (await account(world, username)).disabled_at is None
    assert [each[0] for each in await audited(world)] == ["account.disabled", "account.enabled"]


async def test_the_last_administrator_stays(world: World) -> None:
    async with world.db.write() as db:
        username = (await db.get_one(Account, world.ids["wuxi_admin"])).username
        with pytest.raises(Conflict) as caught:
            await command_line.disable(db, username, NOW)
    assert caught.value.extra["reason"] == "last_administrator"


async def test_a_lost_second_factor_is_taken_away_where_no_administrator_is_left(world: World) -> None:
    who = world.ids["wuxi_admin"]
    async with world.db.write() as db:
        secret = await second_factor.propose(db, SEAL, who)
        await second_factor.confirm(db, SEAL, who, pyotp.TOTP(secret).at(NOW), NOW)
    async with world.db.write() as db:
        assert await command_line.remove_second_factor(db, "wuxi_admin", NOW)
        assert not await second_factor.enrolled(db, who)
        assert not await command_line.remove_second_factor(db, "wuxi_admin", NOW)
    assert who not in {each.account_id for each in await rows(world.db, SignIn)}
    assert (await account(world, "wuxi_admin")).factor_reset_at == NOW
    assert await audited(world) == [("account.second_factor_reset", "command_line", "wuxi", None)]


async def test_a_new_password_ends_the_sign_ins_of_whoever_found_the_old_one(world: World) -> None:
    async with world.db.write() as db:
        await command_line.new_password(db, "doctor", NOW)
    assert world.ids["doctor"] not in {each.account_id for each in await rows(world.db, SignIn)}


async def test_a_new_password_and_a_lock_out_lifted(world: World) -> None:
    async with world.db.write() as db:
        username = (await db.get_one(Account, world.ids["doctor"])).username
        await command_line.new_password(db, username, NOW)
        await command_line.unlock(db, username, NOW)
        with pytest.raises(NotFound, match="no user 'nobody'"):
            await command_line.unlock(db, "nobody", NOW)
    assert [each[0] for each in await audited(world)] == ["account.one_time_issued", "account.unlocked"]
