"""What a server keeps in memory after it has answered routes: Tocsin's and OSRM's, as their operators start them."""
import http.client
import json
import os
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60
OSRM_TABLE_MAX = 2_000


def memory(pid):
    """Resident memory of a process in MB: all of it, its own, and that of mapped files."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {name: int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon", "RssFile")}


@contextmanager
def started(command, is_ready):
    """A server that answers; ended at the end."""
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {"DISABLE_ACCESS_LOGGING": "1"})
    try:
        end = time.monotonic() + START_SECONDS
        while not is_ready():
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{command[0]} does not start to serve")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(START_SECONDS)


@contextmanager
def tocsin_server(program, city, profile):
    """Tocsin on a socket file, with one profile; the process and the socket's path."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"{folder}/s"
        command = [program, "serve", city, "--socket", address, "--profile", profile]

        def is_ready():
            return subprocess.run([program, "health", "--server", address], capture_output=True).returncode == 0
        with started(command, is_ready) as server:
            yield server, address


@contextmanager
def osrm_server(package, data, threads):
    """OSRM with contraction hierarchies on a free port; the process and the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        package / "bin/osrm-routed", "-i", "127.0.0.1", "-p", port, "-t", threads, "-a", "CH", "-l", "NONE",
        "--max-table-size", OSRM_TABLE_MAX, data]

    def is_ready():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0
    with started(command, is_ready) as server:
        yield server, port


def tocsin_memory(program, city, profile, pairs):
    """After routes with shape between all pairs of [latitude, longitude]; one profile served."""
    lines = "".join(
        json.dumps({"from": dict(zip(("lat", "lon"), start)), "to": dict(zip(("lat", "lon"), end))}) + "\n"
        for start, end in pairs)
    with tocsin_server(program, city, profile) as (server, address):
        subprocess.run(
            [program, "route", "--batch", "--shape", "--steps", "--profile", profile, "--server", address],
            input=lines, text=True, check=True, stdout=subprocess.DEVNULL)
        return memory(server.pid)


def osrm_memory(package, data, pairs):
    """After routes with shape and steps between all pairs of [latitude, longitude]."""
    with osrm_server(package, data, 1) as (server, port):
        for start, end in pairs:
            # A connection for each: the server closes one after 512 requests.
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request(
                "GET", f"/route/v1/driving/{start[1]:.6f},{start[0]:.6f};{end[1]:.6f},{end[0]:.6f}"
                "?overview=full&steps=true")
            response = connection.getresponse()
            response.read()
            connection.close()
            if response.status not in (200, 400):  # 400: no way.
                raise SystemExit(f"osrm-routed answers {response.status} for {start} to {end}")
        return memory(server.pid)


def osrm_served_files(package, data):
    """The files that a server with contraction hierarchies reads."""
    listed = subprocess.run([package / "bin/osrm-routed", "--list-inputs"], capture_output=True, text=True, check=True)
    endings = [line.split()[1] for line in listed.stdout.splitlines() if line.startswith("required")]
    return [Path(str(data).removesuffix(".osrm") + ending) for ending in endings + [".osrm.hsgr"]]
