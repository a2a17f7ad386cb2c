"""The command line, by subject; `main` runs a command."""

import os
import sys

from telemed.cli import aside, audit, importing, initialising, looking, serving, users
from telemed.cli.base import app, private_files
from telemed.errors import StartRefused, TelemedError

# Imported, because each adds its commands to `app`.
COMMANDS = (initialising, users, importing, serving, looking, aside, audit)


def main() -> None:
    """Runs a command; says in a sentence, without a traceback, what a person can mend."""
    private_files()
    try:
        app()
    except StartRefused as refused:
        sys.exit(f"{refused}")
    except TelemedError as failure:
        sys.exit(failure.detail)
    except BrokenPipeError:  # the reader of our output has closed it, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
