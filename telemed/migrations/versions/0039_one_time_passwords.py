"""One-time passwords, what a sign-in still owes, and what a hospital asks of passwords.

Sign-ins that are open owe nothing.
"""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

AT = UtcDateTime(timezone=True)
ACCOUNT = "account.id"


def upgrade() -> None:
    op.create_table(
        "accountpolicy",
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("history", sa.Integer(), nullable=False),
        sa.Column("expires_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hospital_id", name="pk_accountpolicy"),
    )
    op.create_table(
        "formerpassword",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("ended_at", AT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], [ACCOUNT], name="fk_formerpassword_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_formerpassword"),
    )
    op.create_index("ix_formerpassword_account_id", "formerpassword", ["account_id"])
    op.create_table(
        "onetimepassword",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("issued_at", AT, nullable=False),
        sa.Column("valid_until", AT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], [ACCOUNT], name="fk_onetimepassword_account_id_account"),
        sa.PrimaryKeyConstraint("account_id", name="pk_onetimepassword"),
    )
    op.add_column("account", sa.Column("password_at", AT, nullable=True))
    op.add_column("signin", sa.Column("owes", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("signin", "owes")
    op.drop_column("account", "password_at")
    op.drop_table("onetimepassword")
    op.drop_table("formerpassword")
    op.drop_table("accountpolicy")
