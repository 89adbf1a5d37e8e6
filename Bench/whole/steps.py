"""What is measured of one map, step by step; each gives a dictionary for a JSON line."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from whole.programs import BENCH, TOCSIN, finished, places_on_roads, resident_megabytes, serving, until_it_answers

PROFILE = "ambulance"
QUESTIONS = 1_000
SERVER_START_SECONDS_MAX = 600


def import_step(source, city):
    """OSM data to a finished map file."""
    done = finished([TOCSIN, "import", source, "-o", city, "--json"])
    summary = json.loads(done.output)
    sizes = {name: summary[name] for name in ("junctions", "arcs", "turns", "segments")}
    return sizes | {
        "hierarchyArcs": summary["hierarchy"]["arcs"], "triangles": summary["hierarchy"]["triangles"],
        "treeHeight": summary["hierarchy"]["treeHeight"], "sourceMegabytes": source.stat().st_size / 1e6,
        "fileMegabytes": city.stat().st_size / 1e6, "peakMegabytes": done.peak_megabytes,
        "wallSeconds": done.wall_seconds, "cpuSeconds": done.cpu_seconds,
        "hierarchySeconds": summary["hierarchySeconds"], "hierarchyCPUSeconds": summary["hierarchyCPUSeconds"]}


def serve_step(_, city):
    """The memory of a server with one profile, at its start and after questions from place to place."""
    with tempfile.TemporaryDirectory() as folder:
        socket, places = Path(folder) / "s", places_on_roads(city, 2 * QUESTIONS, folder)
        with serving(city, socket, "--profile", PROFILE) as server:
            until_it_answers(server, [TOCSIN, "health", "--server", socket], SERVER_START_SECONDS_MAX)
            start = resident_megabytes(server.pid)
            answers = routes(socket, list(zip(places[::2], places[1::2])))
            end = resident_megabytes(server.pid)
    found = sum(answer["ok"] for answer in answers)
    if len(answers) != QUESTIONS or not found:
        sys.exit(f"{city}: {found} routes in {len(answers)} answers to {QUESTIONS} questions")
    return {"questions": QUESTIONS, "found": found, "startMegabytes": start["VmRSS"], "residentMegabytes": end["VmRSS"],
            "ownMegabytes": end["RssAnon"], "mappedMegabytes": end["RssFile"]}


def routes(socket, pairs):
    lines = [json.dumps({"from": place(start), "to": place(end)}) for start, end in pairs]
    command = [str(TOCSIN), "route", "--batch", "--server", str(socket), "--profile", PROFILE]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the routes ended with {done.returncode}: {done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def place(texts):
    return {"lat": float(texts[0]), "lon": float(texts[1])}


def bench_step(scenario):
    """A scenario of `Bench`, which checks its answers before it tells a time."""
    def step(_, city):
        done = finished([BENCH, "--city", city, "--profile", PROFILE, "--scenario", scenario, "--json"])
        lines = [json.loads(line) for line in done.output.splitlines()]
        names = ("samples", "mean", "cpuMean", "p50", "p99", "checksum")
        return {line["scenario"]: {name: line[name] for name in names} for line in lines}
    return step


STEPS = {"import": import_step, "serve": serve_step} | {
    scenario: bench_step(scenario) for scenario in ("customization", "query", "fastest")}
