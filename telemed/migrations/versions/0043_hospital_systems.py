"""A hospital's own system and the devices that may send images are rows, no longer settings."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hospitalsystem",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("views", "fhir", name="systemkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "why",
            sa.Enum(
                "not_allowed",
                "away",
                "slow",
                "refused",
                "driver",
                "wrong",
                "encoding",
                "too_long",
                "other_patient",
                "two_patients",
                "sealed",
                name="fault",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failures_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_hospitalsystem_hospital_id_hospital")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hospitalsystem")),
        sa.UniqueConstraint("hospital_id", name=op.f("uq_hospitalsystem_hospital_id")),
    )
    op.create_table(
        "aetitle",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_aetitle_hospital_id_hospital")),
        sa.PrimaryKeyConstraint("title", name=op.f("pk_aetitle")),
    )
    with op.batch_alter_table("aetitle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aetitle_hospital_id"), ["hospital_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("aetitle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aetitle_hospital_id"))

    op.drop_table("aetitle")
    op.drop_table("hospitalsystem")
