"""A draft of an opinion names the version of the packet that it rests on; until now only signing set it.

No table is made anew, so no guard is lost; signed versions are not touched, which the guard would refuse.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OF_CONSULTATION = "(SELECT packet_version FROM consultation WHERE consultation.id = opinion.consultation_id)"


def upgrade() -> None:
    op.execute(f"UPDATE opinion SET packet_version = {OF_CONSULTATION} WHERE signed_at IS NULL")


def downgrade() -> None:
    op.execute("UPDATE opinion SET packet_version = 0 WHERE signed_at IS NULL")
