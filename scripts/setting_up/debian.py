"""Debian's packages, which are installed for root and otherwise named."""

import os
import shutil
import subprocess
import threading

from scripts.setting_up.steps import run, say

ONE_AT_A_TIME = threading.Lock()


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> None:
    with ONE_AT_A_TIME:
        say(f"installing Debian packages: {' '.join(packages)}")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        if subprocess.run(install, env=environment, capture_output=True).returncode != 0:
            run(["apt-get", "update", "-qq"], environment=environment)
            run(install, environment=environment)
