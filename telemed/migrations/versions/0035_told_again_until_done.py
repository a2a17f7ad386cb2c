"""Every ladder tells those who can act, and tells them again until somebody has, where it still is the product's own.

A newer set of rungs, as what has begun keeps its ladder; but what climbs an older ladder of the product goes on in what
holds now, from the rung and at the moment that it has come to: the older ones ended, and with them all telling. What
they have left silent is told again in the course of a day, the latest first, so that nobody is told of everything at
once. That goes also for those of the ladders that 0031 replaced.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

AT = UtcDateTime(timezone=True)
ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)
HOUR, DAY = 60, 24 * 60
CHANNELS = ["mail", "robot"]
TO = ("asked", "owners")
# A rung: when, minutes, whom (a role of the hub begins with @), again from here.
Told = tuple[str, int, str, bool]
ASKED, OWNERS, CENTRE_DUE = (("due", 0, whom, False) for whom in ("asked", "owners", "@coordinator"))


def _after(minutes: int, whom: str, again: bool = False) -> Told:
    return "after", minutes, whom, again


CENTRE, HUB_DUTY, DUTY = (_after(10, whom) for whom in ("@coordinator", "@duty_officer", "duty_officer"))
SENIOR = _after(HOUR, "senior_doctor")
HUB_AGAIN, HUB_LATER = ([_after(each, "@coordinator", True), HUB_DUTY] for each in (HOUR, 4 * HOUR))
ASKED_AGAIN = [_after(HOUR, "asked", True), DUTY]
DOCTORS = [ASKED, SENIOR, _after(DAY - HOUR, "asked", True), SENIOR]
STUDIES = [ASKED, _after(DAY, "radiologist"), _after(DAY, "reviewer"), _after(DAY, "asked", True)]
STUDIES += [_after(HOUR, "reviewer")]
LADDERS: dict[str, list[Told]] = {
    "approval": [ASKED, DUTY, *ASKED_AGAIN],
    "completion": DOCTORS,
    "acceptance": [ASKED, HUB_DUTY, *HUB_AGAIN],
    "arrangement": [ASKED, CENTRE, HUB_DUTY, *HUB_AGAIN],
    "resumption": [CENTRE_DUE, HUB_DUTY, *HUB_AGAIN],
    "ending": [OWNERS, _after(1, "@coordinator"), HUB_DUTY, *HUB_AGAIN],
    "readiness": [CENTRE_DUE, HUB_DUTY],
    "opinion": [ASKED, CENTRE, HUB_DUTY, *HUB_AGAIN],
    "feedback": DOCTORS,
    "execution": DOCTORS,
    "signing": [ASKED, CENTRE, HUB_DUTY, *HUB_LATER],
    "one_sided": [OWNERS, _after(2, "@coordinator"), HUB_DUTY, *HUB_AGAIN],
    "bedside": [OWNERS, _after(5, "duty_officer"), _after(10, "owners", True), _after(5, "duty_officer")],
    "missed": [CENTRE_DUE, HUB_DUTY, *HUB_AGAIN],
    "accompanying": [ASKED, DUTY, _after(10, "reviewer"), *ASKED_AGAIN],
    "stat_completion": DOCTORS,
    "reassessment": [ASKED, CENTRE, HUB_DUTY, *HUB_LATER],
    "identity": STUDIES,
    "counts": STUDIES,
    "holidays": [("before", 14 * DAY, "asked", False), ASKED, _after(7 * DAY, "asked", True)],
}
ROUTINE: dict[str, list[Told]] = {
    "approval": [ASKED, DUTY, _after(4 * HOUR, "asked", True)],
} | {
    name: [*LADDERS[name][:-2], *HUB_LATER]
    for name in ("acceptance", "arrangement", "resumption", "ending", "opinion", "one_sided", "missed")
}
PRESSING = {"stat": 0, "urgent": 1}
REPLACED_BEFORE = ("papers", "renewal", "images")  # by 0031
DEADLINE = sa.table(
    "deadline",
    *(sa.column(each, sa.Uuid()) for each in ("id", "agreement_id")),
    *(sa.column(each, sa.String()) for each in ("ladder", "hospital_id", "urgency")),
    *(sa.column(each, AT) for each in ("began_at", "due_at", "at", "done_at")),
    sa.column("rung", sa.Integer()),
)
RUNG = sa.table(
    "rung",
    *(sa.column(each, sa.Uuid()) for each in ("id", "agreement_id")),
    *(sa.column(each, sa.String()) for each in ("ladder", "hospital_id", "urgency", "when", "to", "role", "counted")),
    *(sa.column(each, sa.Integer()) for each in ("n", "minutes", "place")),
    *(sa.column(each, sa.Boolean()) for each in ("at_hub", "again")),
    sa.column("channels", sa.JSON()),
    *(sa.column(each, AT) for each in ("valid_from", "valid_until", "saved_at")),
)
Row = sa.RowMapping


def upgrade() -> None:
    now = datetime.now(UTC)
    for ladder, rungs in LADDERS.items():
        if _is_ours(ladder):
            _enter(ladder, "", rungs, now)
            if ladder in ROUTINE and not _has_saved(ladder, "routine"):
                _enter(ladder, "routine", ROUTINE[ladder], now)
    d = DEADLINE.c
    running = sa.select(DEADLINE).where(d.ladder.in_((*LADDERS, *REPLACED_BEFORE)), d.done_at.is_(None))
    found = op.get_bind().execute(running.order_by(d.due_at.desc(), d.id)).mappings().all()
    silent = sorted((each for each in found if each["at"] is None), key=lambda each: PRESSING.get(each["urgency"], 2))
    again = {each["id"]: now + timedelta(days=n / len(silent)) for n, each in enumerate(silent)}
    for each in found:
        _go_on(each, now, again.get(each["id"], now))


def _is_ours(ladder: str) -> bool:
    """Whether it has rungs that hold for all, and no administrator has saved any. At the first start it has none."""
    return bool(_of_all(ladder, "")) and not _has_saved(ladder, "")


def _has_saved(ladder: str, urgency: str) -> bool:
    """Whether rungs that an administrator has saved hold for all hospitals."""
    return any(each["saved_at"] and each["valid_until"] is None for each in _of_all(ladder, urgency))


def _of_all(ladder: str, urgency: str) -> Sequence[Row]:
    r = RUNG.c
    query = sa.select(r.saved_at, r.valid_until).where(
        r.ladder == ladder, r.hospital_id == "", r.agreement_id.is_(None), r.urgency == urgency
    )
    return op.get_bind().execute(query).mappings().all()


def _enter(ladder: str, urgency: str, rungs: Sequence[Told], now: datetime) -> None:
    of = {"ladder": ladder, "urgency": urgency, "valid_from": now}
    op.bulk_insert(RUNG, [of | _rung(n, *each) for n, each in enumerate(rungs)])


def _rung(n: int, when: str, minutes: int, whom: str, again: bool) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "hospital_id": "",
        "n": n,
        "when": when,
        "minutes": minutes,
        "to": whom if whom in TO else "role",
        "role": "" if whom in TO else whom.removeprefix("@"),
        "at_hub": whom.startswith("@"),
        "place": 0,
        "counted": "elapsed",
        "again": again,
        "channels": CHANNELS,
    }


def _go_on(deadline: Row, now: datetime, again: datetime) -> None:
    """In the ladder that holds now, if it climbs another that the product made.

    What has come to the end of that is told `again`: from where the newer one repeats, or else from its end.
    """
    before, after = (_holds(deadline, at) for at in (deadline["began_at"], now))
    same = [each["id"] for each in before] == [each["id"] for each in after]
    if same or not before or not after or any(each["saved_at"] for each in before):
        return
    rung, at = deadline["rung"], deadline["at"]
    if at is None:
        rung = next((n for n, each in enumerate(after) if each["again"]), len(after) - 1)
        at = again
    repeats = any(each["again"] for each in after)
    values = {"began_at": now, "rung": rung if repeats else min(rung, len(after) - 1), "at": at}
    op.execute(sa.update(DEADLINE).where(DEADLINE.c.id == deadline["id"]).values(values))


def _holds(deadline: Row, at: datetime) -> Sequence[Row]:
    """The ladder of a deadline that began then: the agreement's, the hospital's, that of its urgency; the newest."""
    r = RUNG.c
    fitting = sa.select(RUNG).where(
        r.ladder == deadline["ladder"],
        r.valid_from <= at,
        sa.or_(r.valid_until.is_(None), r.valid_until > at),
        r.hospital_id.in_(("", deadline["hospital_id"])),
        sa.or_(r.agreement_id.is_(None), r.agreement_id == deadline["agreement_id"]),
        r.urgency.in_(("", deadline["urgency"])),
    )
    found = op.get_bind().execute(fitting.order_by(r.n)).mappings().all()
    best = max(map(_rank, found), default=None)
    return [each for each in found if _rank(each) == best]


def _rank(rung: Row) -> tuple[bool, bool, bool, bool, datetime]:
    saved, of_one = rung["saved_at"] is not None, rung["urgency"] != ""
    return rung["agreement_id"] is not None, rung["hospital_id"] != "", saved, of_one, rung["valid_from"]


def downgrade() -> None:
    newer = RUNG.c.saved_at.is_(None), RUNG.c.valid_from > ALWAYS
    op.execute(sa.delete(RUNG).where(RUNG.c.ladder.in_(LADDERS), *newer))
