"""Wards and beds, standard codes, licences, registrations at branches instead of one date, versions to save against.

Whoever had a date until which they may be consulted gets a registration at each branch of their hub's agreements.
"""

from collections import defaultdict
from datetime import date
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

VERSIONED = ("department", "agreement", "staff", "resource")
STAFF_TEXTS = ("specialty", "licence_scope")
STAFF_DATES = ("licence_checked_on", "practising_since")


def upgrade() -> None:
    for table in VERSIONED:
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("department", sa.Column("code", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "agreement", sa.Column("registration_required", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("agreement", sa.Column("fees", sa.JSON(), nullable=False, server_default="[]"))
    for name in STAFF_TEXTS:
        op.add_column("staff", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in STAFF_DATES:
        op.add_column("staff", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("staff", sa.Column("licence_category", sa.String(32), nullable=True))
    op.add_column("staff", sa.Column("signature_id", sa.Uuid(), nullable=True))
    _number_once()
    op.create_index("ix_staff_number", "staff", ["hospital_id", "number"], unique=True)
    _wards()
    _registrations()
    _register()
    op.drop_column("staff", "credential_until")
    _proposals()


def _wards() -> None:
    op.create_table(
        "ward",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_ward_department_id_department")),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_ward_hospital_id_hospital")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ward")),
        sa.UniqueConstraint("hospital_id", "code", name=op.f("uq_ward_hospital_id")),
    )
    op.create_index("ix_ward_hospital_id", "ward", ["hospital_id"])
    op.create_index("ix_ward_department_id", "ward", ["department_id"])
    op.create_table(
        "bed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ward_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_bed_ward_id_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bed")),
        sa.UniqueConstraint("ward_id", "name", name=op.f("uq_bed_ward_id")),
    )
    op.create_index("ix_bed_ward_id", "bed", ["ward_id"])


def _registrations() -> None:
    op.create_table(
        "registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_registration_hospital_id_hospital")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_registration_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("staff_id", "hospital_id", "valid_from", name=op.f("uq_registration_staff_id")),
    )
    for name in ("staff_id", "hospital_id", "valid_until"):
        op.create_index(f"ix_registration_{name}", "registration", [name])


def _proposals() -> None:
    op.create_table(
        "roleproposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_roleproposal_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roleproposal")),
    )
    op.create_index("ix_roleproposal_staff_id", "roleproposal", ["staff_id"])


STAFF = sa.table(
    "staff",
    *(sa.column(each, sa.Uuid()) for each in ("id",)),
    *(sa.column(each, sa.String()) for each in ("hospital_id", "number")),
    sa.column("credential_until", sa.Date()),
)
AGREEMENT = sa.table(
    "agreement",
    *(sa.column(each, sa.String()) for each in ("branch_id", "hub_id")),
    sa.column("valid_from", sa.Date()),
)
REGISTRATION = sa.table(
    "registration",
    *(sa.column(each, sa.Uuid()) for each in ("id", "staff_id")),
    *(sa.column(each, sa.String()) for each in ("hospital_id", "number")),
    *(sa.column(each, sa.Date()) for each in ("valid_from", "valid_until")),
)


def _number_once() -> None:
    """A number that two people of a hospital have gets a mark for the second one."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    s = STAFF.c
    for id, hospital, number in op.get_bind().execute(sa.select(s.id, s.hospital_id, s.number).order_by(s.id)).all():
        if times := seen[hospital, number]:
            op.execute(sa.update(STAFF).where(s.id == id).values(number=f"{number}-{times + 1}"))
        seen[hospital, number] += 1


def _register() -> None:
    s, a = STAFF.c, AGREEMENT.c
    known = sa.select(s.id, a.branch_id, sa.func.min(a.valid_from).label("since"), s.credential_until)
    of_hub = known.join_from(STAFF, AGREEMENT, a.hub_id == s.hospital_id).where(s.credential_until.is_not(None))
    found = op.get_bind().execute(of_hub.group_by(s.id, a.branch_id, s.credential_until)).all()
    new = [
        {
            "id": uuid4(),
            "staff_id": id,
            "hospital_id": branch,
            "number": "",
            "valid_from": min(_day(since), _day(until)),
            "valid_until": _day(until),
        }
        for id, branch, since, until in found
    ]
    if new:
        op.bulk_insert(REGISTRATION, new)


def _day(value: date | str) -> date:
    """SQLite gives what an aggregate makes of a date as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def downgrade() -> None:
    op.drop_table("roleproposal")
    op.add_column("staff", sa.Column("credential_until", sa.Date(), nullable=True))
    r = REGISTRATION.c
    last = sa.select(r.staff_id, sa.func.max(r.valid_until)).group_by(r.staff_id)
    for id, until in op.get_bind().execute(last).all():
        op.execute(sa.update(STAFF).where(STAFF.c.id == id).values(credential_until=_day(until)))
    for table in ("registration", "bed", "ward"):
        op.drop_table(table)
    op.drop_index("ix_staff_number", "staff")
    for name in ("signature_id", "licence_category", *STAFF_DATES, *STAFF_TEXTS):
        op.drop_column("staff", name)
    for name in ("fees", "registration_required"):
        op.drop_column("agreement", name)
    op.drop_column("department", "code")
    for table in VERSIONED:
        op.drop_column(table, "version")
