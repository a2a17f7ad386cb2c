"""Prepares a machine to run, build or test telemed; what is done already is skipped.

Needs only Python 3.11 or later. Each step remembers a hash of what it was made from under build/stamps/.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
WEB = ROOT / "web"
STAMPS = ROOT / "build" / "stamps"

PACKAGES = ["telemed", "signaling", "imaging"]

# Programs that tests call, and the Debian packages that contain them.
TEST_PROGRAMS = {
    "chromium": "chromium",
    "pdftoppm": "poppler-utils",
    "tesseract": "tesseract-ocr",
    "ip": "iproute2",
    "dciodvfy": "dicom3tools",
    "storescu": "dcmtk",
    "certutil": "libnss3-tools",
}
CHINESE_OCR = "tesseract-ocr-chi-sim"


class CannotSetUp(Exception):
    """A person must do something first; the text says what."""


def main(goals: list[str]) -> int:
    steps = {
        "run": [python_run, bytecode, web_build],
        "test": [system_test, python_test, bytecode, web_build],
        "web": [web_build],
        "check": [python_test, web_packages],
    }
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have an older one
            raise CannotSetUp(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
        for goal in goals:
            for step in steps[goal]:
                step()
    except CannotSetUp as reason:
        print(f"\ntelemed cannot be set up yet: {reason}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(f"\ntelemed cannot be set up: this command failed: {' '.join(map(str, failed.cmd))}", file=sys.stderr)
        return 1
    return 0


def python_run() -> None:
    """Makes the virtual environment with what the product needs; one with the test tools too is fine."""
    virtual_environment()
    development = stamp("python-dev", digest(python_inputs("requirements-dev.txt")))
    if not (development.exists() and installed()):
        once("python", python_inputs("requirements.txt"), installed, lambda: pip_install("requirements.txt"))


def python_test() -> None:
    virtual_environment()
    once("python-dev", python_inputs("requirements-dev.txt"), installed, lambda: pip_install("requirements-dev.txt"))


def python_inputs(requirements: str) -> list[Path]:
    return [ROOT / requirements, ROOT / "pyproject.toml"]


def installed() -> bool:
    return (VENV / "bin" / "telemed").exists()


def virtual_environment() -> None:
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    if make_venv():
        return
    package = "python3-venv"
    if not may_install():
        raise CannotSetUp(f"Python has no venv module. Install it with:  sudo apt-get install -y {package}")
    apt_install([package])
    if not make_venv():
        raise CannotSetUp(f"`{sys.executable} -m venv` fails even with {package} installed.")


def bytecode() -> None:
    """Compiles the product once instead of at each start, even if PYTHONDONTWRITEBYTECODE is set."""
    run([str(PYTHON), "-m", "compileall", "-q", "-j", "0", *PACKAGES])


def make_venv() -> bool:
    say("making .venv")
    made = subprocess.run([sys.executable, "-m", "venv", "--upgrade-deps", str(VENV)], capture_output=True, text=True)
    if made.returncode != 0:
        # Upgrading pip needs the network and may fail where making the environment does not.
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
    return made.returncode == 0


def pip_install(requirements: str) -> None:
    say(f"installing Python packages ({requirements}); the first time takes a minute or two")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / requirements)])
    # The build backend is in the hashed requirements, so nothing unpinned is fetched here.
    run(
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
        environment={**os.environ, "PYTHONWARNINGS": "ignore"},
    )


def web_packages() -> None:
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            raise CannotSetUp(f"{tool} is missing. Node 20.19 or later with npm is needed (sudo apt-get install npm).")
    major, minor, *_ = subprocess.check_output(["node", "--version"], text=True).strip().lstrip("v").split(".")
    if (int(major), int(minor)) < (20, 19):
        raise CannotSetUp(f"Node 20.19 or later is needed; this is {major}.{minor}.")
    once("web-packages", [WEB / "package-lock.json"], (WEB / "node_modules" / ".package-lock.json").exists, npm_ci)


def npm_ci() -> None:
    say("installing web packages; the first time takes a minute")
    run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], WEB)


def web_build() -> None:
    """Builds the pages as static files in web/dist."""
    web_packages()
    sources = [path for path in WEB.iterdir() if path.is_file()]
    sources += [path for folder in ("src", "public") for path in (WEB / folder).rglob("*") if path.is_file()]
    once("web-build", sources, (WEB / "dist" / "index.html").exists, npm_build)


def npm_build() -> None:
    say("building the pages")
    run(["npm", "run", "--silent", "build", "--", "--logLevel", "error"], WEB)


def system_test() -> None:
    """Installs the Debian packages that tests use: a browser, PDF and text recognition tools, network namespaces."""
    packages = missing_packages()
    if not packages:
        return
    if not may_install():
        raise CannotSetUp(
            f"the tests need these Debian packages: {', '.join(packages)}. "
            f"Install them with:  sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
        )
    apt_install(packages)
    if still := missing_packages():
        raise CannotSetUp(f"these are missing even after apt-get: {', '.join(still)}")


def missing_packages() -> list[str]:
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    missing = [package for program, package in TEST_PROGRAMS.items() if shutil.which(program, path=path) is None]
    known = ""
    if "tesseract-ocr" not in missing:
        known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True).stdout
    return missing if "chi_sim" in known else [*missing, CHINESE_OCR]


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> None:
    say(f"installing Debian packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if subprocess.run(install, env=environment, stdout=subprocess.DEVNULL).returncode != 0:
        run(["apt-get", "update", "-qq"], environment=environment)
        run(install, environment=environment)


def once(name: str, inputs: Iterable[Path], present: Callable[[], bool], make: Callable[[], None]) -> None:
    """Runs `make` unless its result exists and was made from the same inputs by the same Python."""
    made_from = stamp(name, digest(inputs))
    if made_from.exists() and present():
        return
    started = time.monotonic()
    make()
    STAMPS.mkdir(parents=True, exist_ok=True)
    for old in STAMPS.glob(f"{name}.*"):
        old.unlink()
    made_from.touch()
    say(f"done in {time.monotonic() - started:.0f} s")


def stamp(name: str, made_from: str) -> Path:
    return STAMPS / f"{name}.{made_from}"


def digest(inputs: Iterable[Path]) -> str:
    total = sha256(sys.version.encode())
    for path in sorted(inputs):
        total.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:24]


def run(command: list[str], folder: Path = ROOT, environment: dict[str, str] | None = None) -> None:
    # Installers' output goes to stderr, so that stdout has only the product's own lines.
    subprocess.run(command, cwd=folder, env=environment, stdout=sys.stderr, check=True)


def say(text: str) -> None:
    print(f"[setup] {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
