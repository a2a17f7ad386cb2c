"""Everybody, loaded once: decides of thousands of people what `staffing.save` decides of one, without asking again.

`staff_writing.py` writes what was decided. A test holds it against `staffing.save`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.administration import staffing
from telemed.administration.model import RoleProposal
from telemed.administration.saving import Result, Saved, changes, given_in, own_hospital
from telemed.administration.sign_in_names import username_taken
from telemed.administration.staff_schemas import StaffIn
from telemed.errors import TelemedError
from telemed.people.model import Staff
from telemed.work.outgoing import NoticeChoice


@dataclass(frozen=True)
class Move:
    """What becomes of somebody: new values of fields, roles before and after, and roles that wait."""

    row: Staff
    values: dict[str, Any]
    had: frozenset[Role]
    has: frozenset[Role]
    waited: frozenset[Role]
    waits: frozenset[Role]
    is_new: bool = False


@dataclass
class StaffBook:
    """`refused`: at which hospitals this person enters nobody, and what they are told."""

    by: Actor | None
    people: dict[tuple[str, str], Staff]  # by hospital and number
    usernames: dict[str, UUID]
    names_of: dict[UUID, str]  # sign-in names
    licences: dict[str, Staff]
    emails: dict[UUID, str]
    roles: dict[UUID, frozenset[Role]]
    proposed: dict[UUID, frozenset[Role]]
    disabled: frozenset[UUID]
    refused: dict[str, TelemedError]
    moves: dict[UUID, Move] = field(default_factory=dict)  # of those whom a plan enters or changes

    @staticmethod
    async def load(db: AsyncSession, by: Actor | None, hospitals: list[str]) -> "StaffBook":
        refused: dict[str, TelemedError] = {}
        for each in hospitals:
            try:
                await own_hospital(db, by, each)
            except TelemedError as refusal:
                refused[each] = refusal
        staff = (await db.exec(select(Staff))).all()
        accounts = (await db.exec(select(Account.id, Account.username, col(Account.disabled_at)))).all()
        roles: dict[UUID, set[Role]] = defaultdict(set)
        for id, role in (await db.exec(select(AccountRole.account_id, AccountRole.role))).all():
            roles[id].add(Role(role))
        waiting: dict[UUID, set[Role]] = defaultdict(set)
        open_ones = select(RoleProposal.staff_id, RoleProposal.role).where(col(RoleProposal.decided_at).is_(None))
        for id, role in (await db.exec(open_ones)).all():
            waiting[id].add(Role(role))
        return StaffBook(
            by,
            {(each.hospital_id, each.number): each for each in staff},
            {username: id for id, username, _ in accounts},
            {id: username for id, username, _ in accounts},
            {each.licence: each for each in staff if each.licence},
            dict((await db.exec(select(NoticeChoice.staff_id, NoticeChoice.email))).all()),
            {id: frozenset(each) for id, each in roles.items()},
            {id: frozenset(each) for id, each in waiting.items()},
            frozenset(id for id, _, disabled in accounts if disabled is not None),
            refused,
        )

    def plan(self, hospital_id: str, new: StaffIn) -> Saved[Staff]:
        """What saving this person does. Raises as `staffing.save` does.

        The next plan, of somebody else, takes it for written.
        """
        given, row = self._known(hospital_id, new)
        if (refusal := self.refused.get(hospital_id)) is not None:
            raise refusal
        for taken in self._taken(hospital_id, given, row):
            raise taken
        return self._new(hospital_id, given) if row is None else self._changed(row, given)

    def judge(self, hospital_id: str, new: StaffIn) -> list[TelemedError]:
        """All that a plan of this person finds wrong with their fields; nothing is taken for written."""
        try:
            given, row = self._known(hospital_id, new)
        except TelemedError as refusal:
            return [refusal]
        found = list(self._taken(hospital_id, given, row))
        if row is None:
            try:
                staffing.made(hospital_id, given)
            except TelemedError as refusal:
                found.append(refusal)
        return found

    def _known(self, hospital_id: str, new: StaffIn) -> tuple[dict[str, Any], Staff | None]:
        given = staffing.checked(given_in(new, "hospital_id", clearable=staffing.CLEARABLE))
        return given, self.people.get((hospital_id, str(given.get("number", ""))))

    def _taken(self, hospital_id: str, given: dict[str, Any], row: Staff | None) -> Iterator[TelemedError]:
        mine = row.id if row else None
        if (username := given.get("username")) and self.usernames.get(username, mine) != mine:
            yield username_taken(username)
        other = self.licences.get(given.get("licence") or "")
        if other is not None and other.id != mine:
            yield staffing.licence_taken(other.name if other.hospital_id == hospital_id else None)

    def _new(self, hospital_id: str, given: dict[str, Any]) -> Saved[Staff]:
        saved = staffing.made(hospital_id, given)
        row, username = saved.row, saved.after["username"]
        if username in self.usernames:
            raise username_taken(username)
        has, waits = staffing.decided(self.by, row.id, (), given["roles"])
        self.people[hospital_id, row.number] = row
        self.usernames[username], self.names_of[row.id] = row.id, username
        if row.licence:
            self.licences[row.licence] = row
        self._move(Move(row, {}, frozenset(), has, frozenset(), waits, is_new=True))
        return staffing.told(saved, (), has, waits)

    def _changed(self, row: Staff, given: dict[str, Any]) -> Saved[Staff]:
        kept = {"username": self.names_of.get(row.id, ""), "email": self.emails.get(row.id, "")}
        before, after = changes(
            row.model_dump() | kept, {name: value for name, value in given.items() if name != "roles"}
        )
        saved = Saved(row, Result.changed if after else Result.same, before, after)
        had, waited = self.roles.get(row.id, frozenset()), self.proposed.get(row.id, frozenset())
        has, waits = had, waited
        if "roles" in given:
            has, waits = staffing.decided(self.by, row.id, had, given["roles"])
            if Role.administrator in had - has:
                self._refuse_last(row)
            if (has, waits) != (had, waited):
                saved = staffing.told(saved, had, has, waits)
        if saved.result is Result.changed:
            self._move(Move(row, {name: given[name] for name in after}, had, has, waited, waits))
        return saved

    def _move(self, move: Move) -> None:
        id, values = move.row.id, move.values
        self.moves[id] = move
        self.roles[id], self.proposed[id] = move.has, move.waits
        if "username" in values:
            self.usernames.pop(self.names_of[id], None)
            self.usernames[values["username"]], self.names_of[id] = id, values["username"]
        if "licence" in values:
            self.licences.pop(move.row.licence, None)
            if values["licence"]:
                self.licences[values["licence"]] = move.row

    def _refuse_last(self, row: Staff) -> None:
        others = (
            each.id
            for each in self.people.values()
            if each.hospital_id == row.hospital_id and each.id not in (row.id, *self.disabled)
        )
        if not any(Role.administrator in self.roles.get(each, ()) for each in others):
            raise staffing.last_administrator()
