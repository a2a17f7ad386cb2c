"""Writes the next migration of the product's database from the models: `python scripts/new_migration.py 0002 words`."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from telemed.migrations import migrate


def main(revision: str, words: str) -> None:
    """Compares the models with a database made by all earlier migrations."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        if revision != "0001":
            migrate(connection)
        config = Config()
        config.set_main_option("script_location", str(Path("telemed/migrations")))
        config.attributes["connection"] = connection
        command.revision(config, message=words, autogenerate=True, rev_id=revision)


if __name__ == "__main__":
    main(sys.argv[1], " ".join(sys.argv[2:]))
