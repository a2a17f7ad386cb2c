"""The demonstration's passwords: new at every start, printed once, stored only as hashes."""

import asyncio
import secrets
from collections.abc import Mapping

from argon2 import PasswordHasher
from rich.console import Console
from rich.table import Table as TextTable
from sqlmodel import col, select

from telemed.access.model import Account, Role
from telemed.access.passwords import hash_now
from telemed.db import Database
from telemed.demo.places import HOSPITALS
from telemed.demo.staff import STAFF

# Without 0 and O, 1 and l: people read these from a screen and type them on another machine.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
LENGTH = 12
NO_PASSWORD = "!"  # no password has this hash
# 60 random bits need no slow hash; twenty slow ones would take two seconds at every start.
_for_random = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)

ROLE_NAMES = {
    Role.requesting_doctor: "申请医师 requesting doctor",
    Role.accompanying_physician: "陪同医师 accompanying physician",
    Role.bed_doctor: "管床医师 bed doctor",
    Role.senior_doctor: "上级医师 senior doctor",
    Role.reviewer: "医务科审核员 reviewer",
    Role.duty_officer: "总值班 duty officer",
    Role.duty_doctor: "病区值班医师 duty doctor",
    Role.charge_nurse: "护士长 charge nurse",
    Role.primary_nurse: "责任护士 primary nurse",
    Role.radiographer: "影像技师 radiographer",
    Role.radiologist: "影像医师 radiologist",
    Role.trainee: "进修医师 trainee",
    Role.coordinator: "会诊中心协调员 hub coordinator",
    Role.dispatcher: "科室会诊联系人 dispatcher",
    Role.expert: "会诊专家 expert",
    Role.quality_officer: "质控员 quality officer",
    Role.administrator: "系统管理员 administrator",
}


def passwords(chosen: str | None = None) -> dict[str, str]:
    """The password of each username: the chosen one for all, or a random one each."""
    return {each.username: chosen or _random() for each in STAFF if each.signs_in}


def _random() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


async def set_passwords(db: Database, wanted: Mapping[str, str], *, chosen: bool) -> None:
    """Replaces the passwords of all accounts; a chosen one is shared, and hashed slowly."""
    hashes = await asyncio.to_thread(_hash, wanted, chosen)
    async with db.write() as session:
        found = await session.exec(select(Account).where(col(Account.username).in_(wanted)))
        for account in found.all():
            account.password_hash = hashes[account.username]


async def forget_passwords(db: Database) -> None:
    """Nobody can sign in until passwords are set again."""
    async with db.write() as session:
        for account in (await session.exec(select(Account))).all():
            account.password_hash = NO_PASSWORD


def _hash(wanted: Mapping[str, str], chosen: bool) -> dict[str, str]:
    if not chosen:
        return {name: _for_random.hash(password) for name, password in wanted.items()}
    shared = {password: hash_now(password) for password in set(wanted.values())}
    return {name: shared[password] for name, password in wanted.items()}


def account_table(wanted: Mapping[str, str]) -> str:
    """The table that `telemed demo` prints."""
    names = {each.id: f"{each.name} {each.name_en}" for each in HOSPITALS}
    table = TextTable("用户名 user", "密码 password", "姓名 name", "医院 hospital", "角色 roles")
    for each in STAFF:
        if each.signs_in:
            roles = "\n".join(ROLE_NAMES[role] for role in each.roles)
            table.add_row(
                each.username, wanted[each.username], f"{each.name} {each.name_en}", names[each.hospital], roles
            )
    console = Console(width=132)
    with console.capture() as captured:
        console.print(table)
    return captured.get()


async def new_passwords(db: Database, chosen: str | None) -> dict[str, str]:
    """Sets every account's password, the chosen one or random ones; the caller prints them."""
    wanted = passwords(chosen)
    await set_passwords(db, wanted, chosen=chosen is not None)
    return wanted
