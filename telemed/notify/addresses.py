"""A robot's address and secret, with which anybody could write to its group: they lie sealed in the database."""

from typing import NamedTuple

from sqlalchemy import not_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.sealed import MARK, Seal
from telemed.work.outgoing import Robot


class Address(NamedTuple):
    url: str
    secret: str


def opened(robot: Robot, seal: Seal) -> Address:
    """Raises Unreadable."""
    return Address(seal.open(robot.url, robot.id, "url"), seal.open(robot.secret, robot.id, "secret"))


def keep(robot: Robot, given: Address, seal: Seal) -> None:
    """What is "" stays as it was."""
    robot.url = seal.close(given.url, robot.id, "url") or robot.url
    robot.secret = seal.close(given.secret, robot.id, "secret") or robot.secret


async def seal_all(db: AsyncSession, seal: Seal) -> None:
    """Seals what an earlier build wrote in the clear."""
    for robot in (await db.exec(select(Robot).where(not_(col(Robot.url).startswith(MARK))))).all():
        keep(robot, Address(robot.url, robot.secret), seal)
