"""Rules by which studies are read without being requested, and the consent clauses on which such readings rest."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


PARTS = [
    "head",
    "neck",
    "chest",
    "heart",
    "abdomen",
    "pelvis",
    "spine",
    "breast",
    "upper_limb",
    "lower_limb",
    "whole_body",
]


def upgrade() -> None:
    for name in ("rule_id", "consent_id", "clause_id"):
        op.add_column("reading", sa.Column(name, sa.Uuid(), nullable=True))
    op.create_table(
        "readingclause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_readingclause_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["staff.id"], name=op.f("fk_readingclause_saved_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readingclause")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_readingclause_agreement_id")),
    )
    op.create_table(
        "readingrule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", _word("purpose", "primary", "over_read"), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("urgency", _word("urgency", "routine", "urgent", "stat"), nullable=False),
        sa.Column("part", _word("part", *PARTS), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hospital.id"], name=op.f("fk_readingrule_hub_id_hospital")),
        sa.ForeignKeyConstraint(["branch_id"], ["hospital.id"], name=op.f("fk_readingrule_branch_id_hospital")),
        sa.ForeignKeyConstraint(["contact_id"], ["staff.id"], name=op.f("fk_readingrule_contact_id_staff")),
        sa.ForeignKeyConstraint(["saved_by"], ["staff.id"], name=op.f("fk_readingrule_saved_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readingrule")),
    )
    op.create_index("ix_readingrule_branch", "readingrule", ["branch_id", "hub_id", "id"])
    op.create_table(
        "ruledraw",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("study_uid", sa.String(), nullable=False),
        sa.Column(
            "outcome",
            _word("outcome", "made", "not_drawn", "asked_already", "no_clause", "no_agreement"),
            nullable=False,
        ),
        sa.Column("reading_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["rule_id"], ["readingrule.id"], name=op.f("fk_ruledraw_rule_id_readingrule")),
        sa.ForeignKeyConstraint(["hub_id"], ["hospital.id"], name=op.f("fk_ruledraw_hub_id_hospital")),
        sa.ForeignKeyConstraint(["branch_id"], ["hospital.id"], name=op.f("fk_ruledraw_branch_id_hospital")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruledraw")),
        sa.UniqueConstraint("hub_id", "branch_id", "study_uid", name=op.f("uq_ruledraw_hub_id")),
    )
    op.create_index("ix_ruledraw_rule", "ruledraw", ["rule_id", "at"])


def downgrade() -> None:
    op.drop_table("ruledraw")
    op.drop_table("readingrule")
    op.drop_table("readingclause")
    for name in ("clause_id", "consent_id", "rule_id"):
        op.drop_column("reading", name)
