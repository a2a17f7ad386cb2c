"""Second factors with their recovery codes, and for whom a hospital asks for one: at first for nobody."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

AT = UtcDateTime(timezone=True)
ACCOUNT = "account.id"


def upgrade() -> None:
    op.create_table(
        "secondfactor",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("pending", sa.String(), nullable=False),
        sa.Column("confirmed_at", AT, nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], [ACCOUNT], name="fk_secondfactor_account_id_account"),
        sa.PrimaryKeyConstraint("account_id", name="pk_secondfactor"),
    )
    op.create_table(
        "recoverycode",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("used_at", AT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], [ACCOUNT], name="fk_recoverycode_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_recoverycode"),
    )
    op.create_index("ix_recoverycode_account_id", "recoverycode", ["account_id"])
    op.add_column("account", sa.Column("factor_reset_at", AT, nullable=True))
    op.add_column("account", sa.Column("factor_reset_by", sa.String(), nullable=False, server_default=""))
    for each in ("second_factor_roles", "networks"):
        op.add_column("accountpolicy", sa.Column(each, sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    for each in ("networks", "second_factor_roles"):
        op.drop_column("accountpolicy", each)
    op.drop_column("account", "factor_reset_by")
    op.drop_column("account", "factor_reset_at")
    op.drop_table("recoverycode")
    op.drop_table("secondfactor")
