"""What an operator starts from is right: example settings, the unit and the configuration of the proxy."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from telemed.config import Settings

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def test_the_example_names_only_settings_that_exist() -> None:
    named = {name.lower() for name in re.findall(r"^#?TELEMED_(\w+)=", EXAMPLE, re.MULTILINE)}
    assert named <= set(Settings.model_fields)
    assert len(named) > 10


def test_the_example_is_accepted_and_holds_no_secret(tmp_path: Path) -> None:
    kept = tmp_path / ".env"
    kept.write_text(EXAMPLE, encoding="utf-8")
    settings = Settings(_env_file=kept)  # type: ignore[call-arg]
    assert settings.origin == "https://telemed.example"
    assert settings.secure
    assert settings.turn_secret is None


def test_every_setting_an_operator_chooses_is_in_the_example() -> None:
    assert {name for name in Settings.model_fields if f"TELEMED_{name.upper()}=" not in EXAMPLE} <= {
        "demo",
        "demo_ahead",
    }


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_the_unit_is_a_unit(tmp_path: Path) -> None:
    unit = (ROOT / "deploy" / "telemed.service").read_text(encoding="utf-8")
    # Where this runs the product is not installed under /opt.
    here = unit.replace("/opt/telemed/.venv/bin/telemed", "/bin/true").replace("/opt/telemed", "/")
    (tmp_path / "telemed.service").write_text(here, encoding="utf-8")
    said = subprocess.run(["systemd-analyze", "verify", tmp_path / "telemed.service"], capture_output=True, text=True)
    assert "telemed.service" not in said.stderr


@pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed")
def test_the_proxy_reads_its_configuration() -> None:
    config = ["--adapter", "caddyfile", "--config", str(ROOT / "deploy" / "Caddyfile")]
    said = subprocess.run(["caddy", "validate", *config], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
