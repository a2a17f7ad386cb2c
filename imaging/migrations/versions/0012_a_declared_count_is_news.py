"""How many images a study has is news once it is declared, also where images are missing."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BEFORE = """
    told_count != instance_count - made_count
    OR told_mixed != mixed_patients
    OR declared IS NOT NULL AND instance_count - made_count >= declared
        AND (told_complete IS NULL OR told_complete != declared)
"""
OWES_NEWS = """
    told_count != instance_count - made_count
    OR told_mixed != mixed_patients
    OR declared IS NOT NULL AND (told_declared IS NULL OR told_declared != declared)
"""


def upgrade() -> None:
    """Incomplete studies, of whose count nobody was told, are told of now."""
    op.drop_index("ix_studies_owing", "studies")
    op.alter_column("studies", "told_complete", new_column_name="told_declared")
    op.execute(f"CREATE INDEX ix_studies_owing ON studies (id) WHERE {OWES_NEWS}")


def downgrade() -> None:
    op.drop_index("ix_studies_owing", "studies")
    op.alter_column("studies", "told_declared", new_column_name="told_complete")
    # Or that they are complete one day would be told to nobody.
    op.execute("UPDATE studies SET told_complete = NULL WHERE instance_count - made_count < declared")
    op.execute(f"CREATE INDEX ix_studies_owing ON studies (id) WHERE {BEFORE}")
