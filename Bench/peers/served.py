#!/usr/bin/env python3
"""Answers per second to "who of 1,000 gets there first", of Tocsin's server and OSRM's, asked in turns in one run.

    python=$(Bench/peers/environment)
    swift build -c release --product tocsin
    $python Bench/peers/served.py seoul.osm.pbf --work FOLDER [--rounds 3] [--json FILE] > table.md

Both servers run on this machine with as many threads as it has processors. Tocsin knows its units, as they reported;
`tocsin load --max` keeps questions for the fastest 5 in flight over its socket. OSRM (contraction hierarchies, its
fastest for tables) is told all places with each question: a table of 1,000 sources and 1 destination over HTTP,
connections kept alive. The first answers of both are checked; exit status 1 if one is wrong. OSRM's data stays in the
work folder for the next run; its contraction of a metropolis takes minutes.
"""
import argparse
import csv
import http.client
import json
import os
import random
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from engines import PACKAGE, run
from prepare import kept, prepare_osrm
from servers import osrm_server, tocsin_server
from tables import table

RELEASE = Path(__file__).resolve().parents[2] / ".build/release"
UNITS = 1_000
INCIDENTS = 500
WANTED = 5
REACHED_SHARE = 0.95
SERVER_CLOSES_AFTER = 512


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pbf", type=Path, help="OSM extract")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is built")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=20, help="of each series")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--in-flight", type=int, default=64, help="Tocsin's questions in flight")
    parser.add_argument("--profile", default="car", help="Tocsin's; OSRM drives by its own car")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    parser.add_argument("--tocsin", type=Path, default=RELEASE / "tocsin", help="the program")
    return parser.parse_args()


def places(program, city, count, seed, folder):
    """Places on roads, as OSRM's URLs have them."""
    file = Path(folder) / f"{seed}.csv"
    command = [program, "make-units", "--map", city, "--count", count, "--seed", seed, "--output", file]
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
    with open(file, encoding="utf-8") as lines:
        return [f"{float(row['lon']):.6f},{float(row['lat']):.6f}" for row in csv.DictReader(lines)]


class TableClient:
    """A connection to OSRM's server."""

    def __init__(self, port, units):
        self.port, self.units, self.count, self.connection = port, ";".join(units), 0, None
        self.sources = ";".join(str(number) for number in range(len(units)))
        self.destination = len(units)

    def ask(self, incident):
        """The bytes of the answer to a table from all units to an incident."""
        if self.count % SERVER_CLOSES_AFTER == 0:
            self.close()
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.count += 1
        self.connection.request(
            "GET", f"/table/v1/driving/{self.units};{incident}?sources={self.sources}&destinations={self.destination}",
            headers={"Connection": "keep-alive"})
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"osrm-routed answers {response.status}: {body[:200]}")
        return body

    def close(self):
        if self.connection:
            self.connection.close()


def check_osrm(port, units, incidents):
    """Ends the run if an answer lacks travel times."""
    client = TableClient(port, units)
    for incident in incidents[:3]:
        answer = json.loads(client.ask(incident))
        found = sum(row[0] is not None for row in answer["durations"])
        if answer["code"] != "Ok" or len(answer["durations"]) != len(units) or found < REACHED_SHARE * len(units):
            raise SystemExit(f"osrm-routed reaches {incident} from {found} of {len(units)} places")
    client.close()


def osrm_rate(port, units, incidents, connections, seconds, seed):
    """Answers per second, over connections that each ask again when they are answered; and each answer's time."""
    times, end = [], time.monotonic() + seconds

    def work(number):
        draw, client = random.Random(seed * 1_000 + number), TableClient(port, units)
        while time.monotonic() < end:
            start = time.monotonic()
            client.ask(draw.choice(incidents))
            times.append((time.monotonic(), time.monotonic() - start))
        client.close()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    in_time = [took for ended, took in times if ended < end]
    return {"per_second": len(in_time) / seconds, "p50_ms": statistics.median(in_time) * 1e3 if in_time else None}


def tocsin_rate(program, address, city, asked, seed):
    """The same for Tocsin: `tocsin load` checks answers before and after."""
    command = [
        program, "load", "--server", address, "--map", city, "--max", asked.in_flight, "--units", UNITS, "-k", WANTED,
        "--profile", asked.profile, "--connections", asked.connections, "--duration", f"{asked.seconds}s",
        "--seed", seed, "--json"]
    output = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout
    report = json.loads(output)
    kind = report["kinds"][0]
    if kind["failures"] or report.get("problem"):
        raise SystemExit(f"tocsin fails: {kind['failures']} {report.get('problem')}")
    return {"per_second": kind["answeredPerSecond"], "p50_ms": kind["latency"]["p50Milliseconds"]}


def main():
    asked = arguments()
    work = asked.work
    work.mkdir(parents=True, exist_ok=True)
    kept(work / "osrm-ch", [asked.pbf], lambda folder: prepare_osrm(asked.pbf, folder, "CH"))
    city = work / "served.tocsin"
    run([asked.tocsin, "import", asked.pbf, "--output", city], work / "served.log")
    results = {"osrm": [], "tocsin": []}
    with tempfile.TemporaryDirectory() as folder:
        units = places(asked.tocsin, city, UNITS, asked.seed, folder)
        incidents = places(asked.tocsin, city, INCIDENTS, asked.seed + 1, folder)
        with osrm_server(PACKAGE, work / "osrm-ch/map.osrm", os.cpu_count()) as (_, port), \
                tocsin_server(asked.tocsin, city, asked.profile) as (_, address):
            check_osrm(port, units, incidents)
            for number in range(asked.rounds):
                turns = [
                    ("osrm", lambda: osrm_rate(
                        port, units, incidents, asked.connections, asked.seconds, asked.seed + number)),
                    ("tocsin", lambda: tocsin_rate(asked.tocsin, address, city, asked, asked.seed + number))]
                for name, ask in turns if number % 2 == 0 else turns[::-1]:
                    results[name].append(ask())
    report(asked, results)


def report(asked, results):
    rates = {name: statistics.median(one["per_second"] for one in series) for name, series in results.items()}
    ratio = rates["tocsin"] / rates["osrm"]
    lines = [
        [name, f"{rates[name]:,.1f}", ", ".join(f"{one['per_second']:,.1f}" for one in series),
         ", ".join(f"{one['p50_ms']:.1f}" for one in series)] for name, series in results.items()]
    print(f"`{asked.pbf.name}`, fastest of {UNITS:,}, {os.cpu_count()} processors shared by server and client, "
          f"{asked.rounds} rounds of {asked.seconds} s, {asked.connections} connections.\n")
    print(table(["server", "answers/s (median)", "rounds", "p50 of each, ms"], lines))
    print(f"\nTocsin / OSRM: {ratio:,.0f}")
    if asked.json:
        asked.json.write_text(json.dumps({"results": results, "rates": rates, "ratio": ratio}, indent=1))


if __name__ == "__main__":
    main()
