"""The reason of an emergency's consent that was recorded by itself is a word, no longer a Chinese sentence."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SENTENCE, WORD = "紧急会诊，待补书面同意", "emergency_papers_follow"


def upgrade() -> None:
    _reword(SENTENCE, WORD)


def downgrade() -> None:
    _reword(WORD, SENTENCE)


def _reword(old: str, new: str) -> None:
    op.execute(f"UPDATE consent SET reason = '{new}' WHERE kind = 'emergency' AND reason = '{old}'")
