"""Tocsin's programs, run and measured from outside. Python's standard library is enough."""
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOCSIN = ROOT / ".build/release/tocsin"
BENCH = ROOT / ".build/release/Bench"


@dataclass
class Finished:
    """What a command took, and what it printed."""
    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: float
    output: str


def finished(command):
    """Runs a command to its end; ends this program with the command's complaint where it fails."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaint:
        start = time.monotonic()
        child = subprocess.Popen([str(word) for word in command], stdout=output, stderr=complaint)
        _, status, usage = os.wait4(child.pid, 0)
        wall_seconds = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode}: {_text(complaint).strip()}")
        return Finished(wall_seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, _text(output))


def _text(file):
    file.seek(0)
    return file.read().decode(errors="replace")


def resident_megabytes(pid):
    """Memory of a process: all that is resident, its own, and of files."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    return {name: int(fields[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "RssAnon", "RssFile")}


@contextmanager
def serving(city, socket, *options):
    """A server of a map file, from its start until it is told to stop."""
    command = [str(word) for word in (TOCSIN, "serve", city, "--socket", socket, *options)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def until_it_answers(server, question, seconds_max=60):
    """Asks a server that starts until it answers."""
    start = time.monotonic()
    while server.poll() is None and time.monotonic() - start < seconds_max:
        words = [str(word) for word in question]
        if subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.01)
    sys.exit("the server gave no answer")


def places_on_roads(city, count, folder):
    """So many places all over a map, as the texts of latitude and longitude; the same for the same map."""
    units = Path(folder) / "units.csv"
    finished([TOCSIN, "make-units", "--map", city, "--count", count, "-o", units])
    rows = [line.split(",") for line in units.read_text().splitlines()]
    latitude, longitude = rows[0].index("lat"), rows[0].index("lon")
    return [(row[latitude], row[longitude]) for row in rows[1:]]
