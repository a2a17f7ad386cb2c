"""The command line: serve, demo, migrate, token, openapi."""

import json
import sys

import cyclopts

app = cyclopts.App(name="telemed", help="Remote consultation between a hub hospital and its branches.")


@app.command
def openapi() -> None:
    """Print the OpenAPI document of /api."""
    from telemed.app import openapi as document

    json.dump(document(), sys.stdout, indent=1, ensure_ascii=False)


def main() -> None:
    app()
