"""Finds or installs what the tests need on the machine: a browser and PostgreSQL. Says so where it cannot."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser():
    """This will return the path of a browser, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def postgres_home():
    """This will return the folder of PostgreSQL's programs, or None."""
    if shutil.which("initdb") and shutil.which("postgres"):
        return Path(shutil.which("initdb")).parent
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((home for home in homes if (home / "initdb").exists() and (home / "postgres").exists()), None)


def install(*packages):
    """This will install Debian packages when we may, and answer whether it went well."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"… installerer {' og '.join(packages)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    subprocess.run(["apt-get", "update"], **quiet, check=False)
    return subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *packages], **quiet, check=False).returncode == 0


def main():
    """This will make the machine ready; leaves with 1 and a sentence when something cannot be had."""
    missing = []
    wanted = [name for name, found in (("chromium", browser()), ("postgresql", postgres_home())) if not found]
    if wanted:
        install(*wanted)
    if "--office" in sys.argv and not shutil.which("soffice") and not install("libreoffice-writer-nogui"):
        missing.append("LibreOffice (Debian: libreoffice-writer-nogui)")
    if not browser():
        missing.append("en browser (Debian: chromium)")
    if not postgres_home():
        missing.append("PostgreSQL 15 eller nyere (Debian: postgresql)")
    if missing and os.environ.get("ALLOW_SKIP") != "1":
        print(
            f"Prøverne mangler {' og '.join(missing)}. Installer det, eller kør med ALLOW_SKIP=1 for at springe dem over.", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
