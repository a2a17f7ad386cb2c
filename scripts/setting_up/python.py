"""The virtual environment, what is installed into it, and its compiled code."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.setting_up.debian import apt_install, may_install
from scripts.setting_up.steps import ROOT, CannotSetUp, digest, once, run, say, stamp

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TELEMED = VENV / "bin" / "telemed"
PACKAGES = ["telemed", "signaling", "imaging"]
RUN, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"


def to_run() -> None:
    """What the product needs is installed; the test tools too are fine."""
    if not _development():
        once("python", _inputs(RUN), _installed, lambda: _install(RUN))


def to_test() -> None:
    once("python-dev", _inputs(DEVELOPMENT), _installed, lambda: _install(DEVELOPMENT))


def compiled() -> None:
    """All of it is compiled once instead of at each start, even if PYTHONDONTWRITEBYTECODE is set."""
    inputs = _inputs(DEVELOPMENT if _development() else RUN)
    once("compiled", inputs, _installed, _compile_packages)
    run([str(PYTHON), "-m", "compileall", "-q", "-j", "0", *PACKAGES])


# Without the packages' own tests, a fifth of it. What is no Python of this version, as some packages' templates, is
# left as it is, as pip does.
COMPILE = """
import compileall, re, sysconfig
tests = re.compile("site-packages/.*/tests?/")
compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=0, rx=tests)
"""


def _compile_packages() -> None:
    run([str(PYTHON), "-c", COMPILE])


def _development() -> bool:
    return stamp("python-dev", digest(_inputs(DEVELOPMENT))).exists() and _installed()


def _inputs(requirements: str) -> list[Path]:
    return [ROOT / requirements, ROOT / "pyproject.toml"]


def _installed() -> bool:
    return PYTHON.exists() and TELEMED.exists()


def _install(requirements: str) -> None:
    _virtual_environment()
    say(f"installing Python packages ({requirements}); the first time takes a minute")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    # Without dependencies, because the file names them all; compiled later, on all processors.
    run([*pip, "--no-compile", "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / requirements)])
    # The build backend is in the hashed requirements, so nothing unpinned is fetched here.
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    run([*pip, "--no-build-isolation", "--editable", str(ROOT)], environment=quiet)


def _virtual_environment() -> None:
    if _has_pip() or _make_venv():
        return
    package = "python3-venv"
    if not may_install():
        raise CannotSetUp(f"Python has no venv module. Install it with:  sudo apt-get install -y {package}")
    apt_install([package])
    if not _make_venv():
        raise CannotSetUp(f"`{sys.executable} -m venv` fails even with {package} installed.")


def _has_pip() -> bool:
    """Not one that was killed while it was copied."""
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0


def _make_venv() -> bool:
    say("making .venv")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True)
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
    return made.returncode == 0
