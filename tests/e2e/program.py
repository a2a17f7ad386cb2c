"""Whoever uses the running product without a browser: over HTTP with a bearer token, and by its command line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.e2e.conftest import Product

TELEMED = str(Path(sys.executable).with_name("telemed"))


class Program:
    """Whoever asks by a bearer token of the command line."""

    def __init__(self, product: Product, user: str = "expert") -> None:
        command = [TELEMED, "token", "--user", user, "--data-dir", str(product.data_dir)]
        self.product, self.token = product, subprocess.check_output(command, text=True).split()[-1]

    def at(self, product: Product) -> "Program":
        """The same at another start on the same data."""
        self.product = product
        return self

    def ask(
        self, path: str, body: dict[str, Any] | None = None, *, method: str | None = None, version: int | None = None
    ) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        data = json.dumps(body).encode() if body else None
        with urlopen(Request(self.product.origin + path, data, headers, method=method), timeout=30) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def state(self, id: str) -> str:
        return str(self.ask(f"/api/consultations/{id}")["state"])
