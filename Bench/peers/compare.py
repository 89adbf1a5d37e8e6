#!/usr/bin/env python3
"""Compares Tocsin with RoutingKit's CCH, OSRM and Valhalla on one OSM extract, side by side in one run.

    python=$(Bench/peers/environment)
    swift build -c release --product tocsin && swift build -c release --product Bench
    $python Bench/peers/compare.py seoul.osm.pbf --work FOLDER [--rounds 5] [--json FILE] > table.md

Each engine is one process that lives through the whole run. A round asks one engine after the other for the same
inputs, the next round asks them the other way round; one engine works at a time, on one core where nothing else is
said. First, travel times between 10,000 pairs of road arcs are compared with RoutingKit's on the identical graph, free
and after 10,000 closures and lifts in a row: exit status 1 if one differs. What was built of the peers stays in the
work folder for the next run; OSRM's contraction of a metropolis takes minutes.
"""
import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import contests
import tables
from prepare import checksum, prepare, prepare_tocsin
from vectors import Graph

HERE = Path(__file__).resolve().parent
RELEASE = HERE.parents[1] / ".build/release"
PACKAGES = {"routingkit": "routingkit-cch", "osrm": "osrm-bindings", "valhalla": "pyvalhalla"}
CHECKED_PAIRS = 10_000
CHURN = 10_000
LIFTED_SHARE = 0.4
ROUTES_BEFORE_MEMORY = 1_000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pbf", type=Path, help="OSM extract")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is built")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", default=",".join(PACKAGES), help="which of " + ", ".join(PACKAGES))
    parser.add_argument("--profile", default="car", help="Tocsin's; OSRM and Valhalla drive by their own car")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    parser.add_argument("--tocsin", type=Path, default=RELEASE / "tocsin", help="the program")
    parser.add_argument("--bench", type=Path, default=RELEASE / "Bench", help="the program that measures it")
    asked = parser.parse_args()
    asked.peers = [name for name in asked.peers.split(",") if name]
    for name in asked.peers:
        if name not in PACKAGES:
            parser.error(f"'{name}' is no peer; known are {', '.join(PACKAGES)}")
    if asked.rounds < 1:
        parser.error(f"--rounds is 1 or more, not {asked.rounds}")
    return asked


class Worker:
    """An engine in a process of its own."""

    def __init__(self, command, log):
        self.command, self.log = [str(word) for word in command], log
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(log, "w"), text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1", "RUST_BACKTRACE": "0"})

    def ask(self, job):
        """The answer to a job, {"name": {arguments}}."""
        try:
            self.process.stdin.write(json.dumps(job) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise SystemExit(f"{' '.join(self.command)} ended: {Path(self.log).read_text()[-2000:]}")
        return json.loads(line)

    def keep_to(self, cores):
        """Binds all its threads, and those that they start from now on."""
        for thread in os.listdir(f"/proc/{self.process.pid}/task"):
            os.sched_setaffinity(int(thread), cores)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def start(asked, work, city):
    """All workers."""
    names = asked.peers + (["osrm-mld"] if "osrm" in asked.peers else [])
    commands = {name: [sys.executable, HERE / "worker.py", name, work] for name in names}
    commands["tocsin"] = [asked.bench, "peer", "--city", city, "--profile", asked.profile]
    return {name: Worker(command, work / f"{name}.log") for name, command in commands.items()}


def differences(workers, pairs):
    """How many travel times of pairs of arcs differ between Tocsin and RoutingKit, with an example."""
    ours, theirs = contests.Series(), contests.Series()
    ours.add(workers["tocsin"].ask({"weights": {"pairs": pairs}}))
    theirs.add(workers["routingkit"].ask({"weights": {"pairs": pairs}}))
    found = [one for one in zip(pairs, ours.answers, theirs.answers) if one[1] != one[2]]
    return {"pairs": len(pairs), "unreachable": ours.answers.count(contests.INFINITY), "different": len(found),
            "example": found[0] if found else None}


def churned(inputs, arc_count):
    """Closures and lifts of random arcs in a row, and the arcs that are closed in the end."""
    draw = inputs.draw("churn", 0)
    changes, closed = [], []
    for _ in range(CHURN):
        if closed and draw.random() < LIFTED_SHARE:
            index = draw.randrange(len(closed))
            closed[index], closed[-1] = closed[-1], closed[index]
            changes.append({"arcs": [closed.pop()], "factor": 1})
        else:
            arc = draw.randrange(arc_count)
            if arc not in closed:
                closed.append(arc)
            changes.append({"arcs": [arc], "factor": None})
    return changes, closed


def checks(workers, inputs, arc_count):
    """Whether answers on the identical graph are the same, free, after many changes, and after these are undone."""
    everywhere = range(arc_count)

    def pairs(number, of=None):
        return inputs.pairs(CHECKED_PAIRS, f"check {number}", of)
    done = {"on main roads": differences(workers, pairs(1)), "anywhere": differences(workers, pairs(2, everywhere))}
    changes, closed = churned(inputs, arc_count)
    workers["tocsin"].ask({"update": {"changes": changes}})
    workers["routingkit"].ask({"settle": {"closed": closed}})
    title = f"after {CHURN:,} closures and lifts in a row, {len(closed):,} closed at the end"
    done[title] = differences(workers, pairs(3))
    workers["tocsin"].ask({"update": {"changes": [{"arcs": closed, "factor": 1}]}})
    workers["routingkit"].ask({"settle": {"closed": []}})
    done["after all are lifted"] = differences(workers, pairs(1))
    return done


def compete(asked, workers, inputs):
    """All contests; stops at the first different answer."""
    cores = sorted(os.sched_getaffinity(0))
    results = []
    for contest in contests.contests(inputs, CHECKED_PAIRS // asked.rounds):
        for worker in workers.values():
            worker.keep_to(cores if contest.cores > 1 else cores[-1:])
        print(f"{contest.title} ...", file=sys.stderr, flush=True)
        results.append((contest, contests.run(contest, workers, asked.rounds)))
    return results


def setting(asked):
    """Where and with what it was measured."""
    def git(*words):
        return subprocess.run(["git", "-C", HERE, *words], capture_output=True, text=True).stdout.strip()
    processor = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    return {
        "extract": asked.pbf.name, "sha256": checksum([asked.pbf]),
        "commit": git("rev-parse", "--short", "HEAD") + (" and changes" if git("status", "--porcelain") else ""),
        "machine": f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "load": os.getloadavg(), "rounds": asked.rounds, "seed": asked.seed, "profile": asked.profile,
        "versions": {PACKAGES[name]: importlib.metadata.version(PACKAGES[name]) for name in asked.peers},
    }


def sizes(asked, work, city, inputs):
    """Bytes of the files that are served, and memory after routes."""
    from servers import osrm_memory, osrm_served_files, tocsin_memory
    pairs = inputs.place_pairs(ROUTES_BEFORE_MEMORY, "memory")
    found = {"tocsin": {
        "file_mb": city.stat().st_size / 1e6, "memory": tocsin_memory(asked.tocsin, city, asked.profile, pairs)}}
    if "osrm" in asked.peers:
        from engines import PACKAGE
        data = work / "osrm-ch/map.osrm"
        files = osrm_served_files(PACKAGE, data)
        found["osrm"] = {
            "file_mb": sum(file.stat().st_size for file in files) / 1e6,
            "all_files_mb": sum(file.stat().st_size for file in data.parent.glob("map.osrm*")) / 1e6,
            "memory": osrm_memory(PACKAGE, data, pairs)}
    return found


def main():
    asked = arguments()
    work = asked.work.resolve()
    city, built = prepare_tocsin(asked.tocsin, asked.pbf, work, asked.profile)
    built = {"tocsin": built} | prepare(asked.peers, asked.pbf, work)
    graphs = [Graph.read(work / "graphs" / name) for name in ("turns", "roads")]
    workers = start(asked, work, city)
    description = workers["tocsin"].ask({"describe": {}})
    if description["turns"] != len(graphs[0].head):
        raise SystemExit(f"{asked.bench} and {asked.tocsin} make different graphs of {asked.pbf}: build both anew")
    inputs = contests.Inputs(description.pop("mainArcs"), *graphs, asked.seed)
    workers["tocsin"].ask({"fleet": {"places": inputs.places(inputs.units)}})
    served = sizes(asked, work, city, inputs)
    same = checks(workers, inputs, description["arcs"]) if "routingkit" in workers else {}
    wrong = any(one["different"] for one in same.values())
    results = [] if wrong else compete(asked, workers, inputs)
    for worker in workers.values():
        worker.close()
    report = tables.Report(setting(asked), description, built, served, same, results)
    print(report.markdown())
    if asked.json:
        asked.json.write_text(json.dumps(report.figures(), indent=1))
    return 1 if wrong or report.has_different_answers else 0


if __name__ == "__main__":
    sys.exit(main())
