"""The pages: npm's packages, their files built into web/dist, and a compressed copy beside each."""

import os
import shutil
import subprocess
from pathlib import Path

from scripts.setting_up.steps import BUILD, ROOT, CannotSetUp, held, once, run, say

WEB = ROOT / "web"
DIST = WEB / "dist"
TEXT = {".js", ".css", ".html", ".svg", ".json", ".wasm", ".webmanifest"}
WORTH = 1024  # bytes; below this a compressed copy saves nothing worth a second file


def tools() -> None:
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            raise CannotSetUp(f"{tool} is missing. Node 20.19 or later with npm is needed (sudo apt-get install npm).")
    major, minor, *_ = subprocess.check_output(["node", "--version"], text=True).strip().lstrip("v").split(".")
    if (int(major), int(minor)) < (20, 19):
        raise CannotSetUp(f"Node 20.19 or later is needed; this is {major}.{minor}.")


def packages() -> None:
    once("web-packages", [WEB / "package-lock.json"], (WEB / "node_modules" / ".package-lock.json").exists, _npm_ci)


def _npm_ci() -> None:
    tools()
    say("installing web packages; the first time takes half a minute")
    run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], WEB)


def built() -> None:
    """The pages stand whole in web/dist, not compressed."""
    packages()
    sources = [path for path in WEB.iterdir() if path.is_file()]
    sources += [path for folder in ("src", "public") for path in (WEB / folder).rglob("*") if path.is_file()]
    once("web-build", sources, (DIST / "index.html").exists, _vite)


def _vite() -> None:
    """Builds beside what is there and then changes places with it, so that nobody is ever served half a build."""
    say("building the pages")
    fresh, old = BUILD / "pages.new", BUILD / "pages.old"
    vite = str(Path("node_modules") / "vite" / "bin" / "vite.js")
    run(["node", vite, "build", "--outDir", os.path.relpath(fresh, WEB), "--emptyOutDir", "--logLevel", "error"], WEB)
    shutil.rmtree(old, ignore_errors=True)
    if DIST.exists():
        DIST.rename(old)
    fresh.rename(DIST)
    shutil.rmtree(old, ignore_errors=True)


def compressed() -> None:
    """Each text file has a .br and a .gz beside it, so that no server compresses at run time."""
    if _uncompressed():
        with held("web"):
            say("compressing the pages")
            run(["node", "compress.js"], WEB, given="\n".join(map(str, _uncompressed())))


def _uncompressed() -> list[Path]:
    files = {path: path.stat().st_size for path in DIST.rglob("*") if path.is_file()}
    return [
        path
        for path, size in files.items()
        if path.suffix in TEXT
        and size >= WORTH
        and not {path.with_name(path.name + suffix) for suffix in (".br", ".gz")} <= files.keys()
    ]
