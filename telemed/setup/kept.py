"""The file of settings in a data directory, from which every command that is told the directory reads."""

import json
import os
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from telemed.config import KEPT
from telemed.setup.answers import Answers

EVERYWHERE: Final = "0.0.0.0"
HTTPS: Final = 443


def settings(answers: Answers, web_dir: Path | None) -> dict[str, str]:
    """The TELEMED_* variables that say what was answered."""
    address = urlsplit(answers.address.public_url)
    found = {"TELEMED_SITE_NAME": answers.site.name, "TELEMED_SIGNAL_PORT": str(answers.address.signal_port)}
    if answers.data.database_url:
        found["TELEMED_DATABASE_URL"] = answers.data.database_url
    if web_dir is not None:
        found["TELEMED_WEB_DIR"] = str(web_dir)
    if address.scheme == "http":  # this machine alone, under both of its names
        return found | {"TELEMED_HTTP_PORT": str(address.port or 80)}
    found["TELEMED_PUBLIC_URL"] = answers.address.public_url
    if answers.address.proxy:
        rooms = f"wss://{address.netloc}/rooms"
        return found | {"TELEMED_BEHIND_PROXY": "true", "TELEMED_PUBLIC_SIGNAL_URL": rooms}
    return found | {
        "TELEMED_HOST": EVERYWHERE,
        "TELEMED_HTTP_PORT": str(address.port or HTTPS),
        "TELEMED_PUBLIC_SIGNAL_URL": f"wss://{address.hostname}:{answers.address.signal_port}",
        "TELEMED_TLS_CERTIFICATE": str(answers.address.certificate),
        "TELEMED_TLS_KEY": str(answers.address.key),
    }


def write(data_dir: Path, found: dict[str, str]) -> Path:
    """Writes the file, whole or not at all; only its owner may read it, because it may hold a password."""
    path, fresh = data_dir / KEPT, data_dir / f"{KEPT}.new"
    lines = ["# Settings of `telemed serve` with this data directory; .env.example explains them all.", *(
        f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in found.items()
    )]  # fmt: skip
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join([*lines, ""]))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return path
