"""The machine that a measurement was made on, as docs/benchmarks.md has it: python -m tests.machine"""

import platform
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tests.postgres import programs
from tests.readme import table


def described() -> Mapping[str, str]:
    """What figures depend on, by name; the disk is the one of this folder."""
    server = subprocess.run([programs() / "postgres", "--version"], capture_output=True, text=True, check=True)
    return {
        "CPU": _processor(),
        "cores": f"{psutil.cpu_count()}",
        "memory": f"{psutil.virtual_memory().total / 1024**3:.1f} GiB",
        "disk": f"{shutil.disk_usage('.').total / 1024**3:.0f} GiB, {_file_system()}",
        "kernel": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": server.stdout.split()[-1],
    }


def _processor() -> str:
    """As the kernel names it; the architecture where it names none."""
    information = Path("/proc/cpuinfo")
    told = information.read_text(encoding="utf-8") if information.exists() else ""
    name = re.search(r"^model name\s*: (.+)$", told, re.MULTILINE)
    speed = re.search(r"^cpu MHz\s*: (\d+)", told, re.MULTILINE)
    return (name[1] if name else platform.machine()) + (f", {speed[1]} MHz" if speed else "")


def _file_system() -> str:
    """Of the mount that is nearest above this folder."""
    here = Path.cwd()
    above = [each for each in psutil.disk_partitions(all=True) if here.is_relative_to(each.mountpoint)]
    return str(max(above, key=lambda each: len(each.mountpoint)).fstype) if above else "unknown"


if __name__ == "__main__":
    print(table(("machine", ""), list(described().items())))
