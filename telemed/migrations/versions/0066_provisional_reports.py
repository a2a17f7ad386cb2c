"""Provisional reports: issued by one radiologist out of hours, where the hospital allows it."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

STATES = "requested assigned claimed written reviewed issued addended returned"
WORDS = {
    ("reading", "state"): (STATES, STATES.replace("issued", "provisional issued")),
    ("report", "kind"): ("addition correction", "addition correction review"),
}
NOT_READ = (
    sa.text("state NOT IN ('issued', 'addended')"),
    sa.text("state NOT IN ('provisional', 'issued', 'addended')"),
)


def upgrade() -> None:
    _index(0, 1)
    _words(1)
    op.add_column("hospital", sa.Column("single_signature", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.execute("UPDATE reading SET state = 'issued' WHERE state = 'provisional'")
    op.execute("UPDATE report SET kind = 'addition' WHERE kind = 'review'")
    _words(0)
    _index(1, 0)
    op.drop_column("hospital", "single_signature")


def _index(old: int, new: int) -> None:
    before, after = NOT_READ[old], NOT_READ[new]
    op.drop_index("ix_reading_open", "reading", sqlite_where=before, postgresql_where=before)
    op.create_index(
        "ix_reading_open",
        "reading",
        ["branch_id", "study_uid", "hub_id"],
        unique=True,
        sqlite_where=after,
        postgresql_where=after,
    )


def _words(new: int) -> None:
    for (name, column), words in WORDS.items():
        check = op.f(f"ck_{name}_{column}")
        listed = ", ".join(f"'{each}'" for each in words[new].split())
        with op.batch_alter_table(name) as table:
            table.drop_constraint(check, type_="check")
            table.create_check_constraint(check, f"{column} IN ({listed})")
