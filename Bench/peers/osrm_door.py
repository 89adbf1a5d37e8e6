#!/usr/bin/env python3
"""Tocsin's answers to OSRM's HTTP requests beside those of `osrm-routed` on the same extract.

    python=$(Bench/peers/environment)
    swift build -c release --product tocsin
    $python Bench/peers/osrm_door.py seoul.osm.pbf --work FOLDER [--requests 200] [--rounds 3] [--json FILE]

Both get the same seeded requests: routes, tables, nearest roads. Statuses, codes, and the names and types of all fields
are compared; times, of places that both put on one spot too; where nearest roads are. Then each answers requests of
each kind over connections that are kept alive, in turns. OSRM (contraction hierarchies) drives by its own car profile.
Its data stays in the work folder for the next run; the contraction of a metropolis takes minutes.
"""
import argparse
import http.client
import json
import os
import socket
import statistics
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from engines import PACKAGE, run
from extract import Extract, meters
from prepare import kept, prepare_osrm
from servers import osrm_server, started

PROGRAM = Path(__file__).resolve().parents[2] / ".build/release/tocsin"
SAME_SPOT_METERS = 1.0
CLOSE_SHARE = 0.05
SERVER_CLOSES_AFTER = 512
TABLE_SIZE = 100


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pbf", type=Path, help="OSM extract")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is built")
    parser.add_argument("--tocsin", type=Path, default=PROGRAM, help="the program")
    parser.add_argument("--profile", default="car")
    parser.add_argument("--requests", type=int, default=200, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jitter", type=float, default=20.0, help="metres off the road, at most")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5, help="of each series")
    parser.add_argument("--connections", type=int, default=2)
    parser.add_argument("--osrm-data", type=Path, help="data that is built already, such as FOLDER/map.osrm")
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    return parser.parse_args()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def tocsin_web(program, city, profile, socket_file):
    """Tocsin's web door on a free port, with one profile; the port."""
    port = free_port()
    command = [program, "serve", city, "--socket", socket_file, "--profile", profile, "--web", f"127.0.0.1:{port}"]

    def is_ready():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0
    with started(command, is_ready):
        yield port


class Client:
    """A connection that is kept alive as long as its server likes."""

    def __init__(self, port):
        self.port, self.count, self.connection = port, 0, None

    def ask(self, path):
        """Status and body."""
        if self.count % SERVER_CLOSES_AFTER == 0:
            self.close()
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.count += 1
        try:
            self.connection.request("GET", path)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.count = 0
            return self.ask(path)
        return response.status, response.read()

    def close(self):
        if self.connection:
            self.connection.close()


def text(place):
    return f"{place[1]:.6f},{place[0]:.6f}"


def requests_of(extract, asked):
    """URLs by kind, without the server."""
    pairs = extract.pairs(max(asked.requests, TABLE_SIZE), asked.seed, asked.jitter)
    places = [place for pair in pairs for place in pair]
    tables = [places[index * 5:index * 5 + 10] for index in range(len(places) // 10)]
    large = ";".join(map(text, places[:TABLE_SIZE]))
    routes = [f"/route/v1/driving/{text(a)};{text(b)}" for a, b in pairs[:asked.requests]]
    compared = {
        "route": routes,
        "route, steps": [f"{url}?steps=true&annotations=true&overview=full&alternatives=true" for url in routes],
        "table 10 x 10": [
            f"/table/v1/driving/{';'.join(map(text, table))}?annotations=duration,distance"
            for table in tables[:asked.requests]],
        "nearest": [f"/nearest/v1/driving/{text(place)}?number=1" for place in places[:asked.requests]],
    }
    timed = {
        "route": routes,
        "route, steps": [f"{url}?steps=true" for url in routes],
        "table 100 x 100, durations": [f"/table/v1/driving/{large}"],
        "table 100 x 100, both": [f"/table/v1/driving/{large}?annotations=duration,distance"],
        "nearest": compared["nearest"],
    }
    return compared, timed


# --------------------------------------------------------------------------------------------------- Answers


def shape(value, path=""):
    """The names and types of all fields; whatever is in a list is one."""
    if isinstance(value, dict):
        found = {f"{path}:object"}
        for name, member in value.items():
            found |= shape(member, f"{path}.{name}")
        return found
    if isinstance(value, list):
        found = {f"{path}:list"}
        for member in value:
            found |= shape(member, f"{path}[]")
        return found
    kinds = ((type(None), "null"), (bool, "flag"), (str, "text"))
    kind = next((name for of, name in kinds if isinstance(value, of)), "number")
    return {f"{path}:{kind}"}


# What an answer has or not by what lies on the way.
OPTIONAL = ("modifier", "exit", "ref", "lanes", "classes", "destinations", "exits", "pronunciation", "rotary_name",
            "rotary_pronunciation", ".in", ".out", "alternatives_count")


def durations(kind, answer):
    """The times in an answer, with the places between which each is."""
    if "routes" in answer:
        route, ends = answer["routes"][0], [point["location"] for point in answer["waypoints"]]
        return [(route["duration"], ends[0], ends[-1])]
    if "durations" in answer:
        return [
            (seconds, source["location"], destination["location"])
            for row, source in zip(answer["durations"], answer["sources"])
            for seconds, destination in zip(row, answer["destinations"])]
    return []


def apart(one, other):
    return meters(one[::-1], other[::-1])


def is_close(ours, theirs):
    return abs(ours - theirs) <= max(CLOSE_SHARE * theirs, 1)


def compare(kind, urls, ours, theirs):
    """How alike the answers of two servers are."""
    alike = {"status": 0, "code": 0, "fields": 0}
    differing, close, same_spot, all_pairs, spots, all_spots = set(), 0, [0, 0], 0, 0, 0
    for url in urls:
        (our_status, our_body), (their_status, their_body) = ours.ask(url), theirs.ask(url)
        our, their = json.loads(our_body), json.loads(their_body)
        alike["status"] += our_status == their_status
        alike["code"] += our["code"] == their["code"]
        fields = {
            field for field in shape(our) ^ shape(their) if not any(field.split(":")[0].endswith(o) for o in OPTIONAL)}
        alike["fields"] += not fields
        differing |= fields
        for one, other in zip(durations(kind, our), durations(kind, their)):
            if one[0] is None or other[0] is None:
                continue
            all_pairs += 1
            close += is_close(one[0], other[0])
            if max(apart(one[1], other[1]), apart(one[2], other[2])) <= SAME_SPOT_METERS:
                same_spot[0] += is_close(one[0], other[0])
                same_spot[1] += 1
        for one, other in zip(our.get("waypoints", []), their.get("waypoints", [])):
            all_spots += 1
            spots += apart(one["location"], other["location"]) <= SAME_SPOT_METERS
    share = lambda part, whole: part / whole if whole else None
    return {
        "kind": kind, "requests": len(urls), **{name: count / len(urls) for name, count in alike.items()},
        "differing_fields": sorted(differing), "times_within_5_percent": share(close, all_pairs),
        "times_within_5_percent_where_places_agree": share(*same_spot), "places_within_1_m": share(spots, all_spots)}


# ----------------------------------------------------------------------------------------------------- Rates


def rate(port, urls, asked):
    """Answers per second, over connections that each ask again when they are answered."""
    counts, end = [0] * asked.connections, time.monotonic() + asked.seconds

    def work(number):
        client, index = Client(port), number
        while time.monotonic() < end:
            status, body = client.ask(urls[index % len(urls)])
            if status not in (200, 400):
                raise SystemExit(f"{port} answers {status}: {body[:200]}")
            index += asked.connections
            counts[number] += time.monotonic() < end
        client.close()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(asked.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / asked.seconds


def main():
    asked = arguments()
    work = asked.work
    work.mkdir(parents=True, exist_ok=True)
    compared, timed = requests_of(Extract(asked.pbf), asked)
    data = asked.osrm_data
    if data is None:
        kept(work / "osrm-ch", [asked.pbf], lambda folder: prepare_osrm(asked.pbf, folder, "CH"))
        data = work / "osrm-ch/map.osrm"
    city = work / "door.tocsin"
    run([asked.tocsin, "import", asked.pbf, "--output", city], work / "door.log")
    with osrm_server(PACKAGE, data, os.cpu_count()) as (_, theirs), \
            tocsin_web(asked.tocsin, city, asked.profile, work / "door.socket") as ours:
        alike = [compare(kind, urls, Client(ours), Client(theirs)) for kind, urls in compared.items()]
        rates = {kind: {"tocsin": [], "osrm": []} for kind in timed}
        for number in range(asked.rounds):
            for kind, urls in timed.items():
                turns = [("tocsin", ours), ("osrm", theirs)]
                for name, port in turns if number % 2 == 0 else turns[::-1]:
                    rates[kind][name].append(rate(port, urls, asked))
    report(asked, alike, rates)


def report(asked, alike, rates):
    percent = lambda value: "-" if value is None else f"{100 * value:.1f} %"
    print(f"{'alike':16}{'status':>9}{'code':>9}{'fields':>9}{'times':>9}{'same spot':>11}{'places':>9}")
    for row in alike:
        print(
            f"{row['kind']:16}{percent(row['status']):>9}{percent(row['code']):>9}{percent(row['fields']):>9}"
            f"{percent(row['times_within_5_percent']):>9}"
            f"{percent(row['times_within_5_percent_where_places_agree']):>11}{percent(row['places_within_1_m']):>9}")
        for field in row["differing_fields"]:
            print(f"    {field}")
    print(f"\n{'answers/s':30}{'Tocsin':>10}{'OSRM':>10}{'ratio':>8}")
    for kind, series in rates.items():
        ours, theirs = (statistics.median(series[name]) for name in ("tocsin", "osrm"))
        print(f"{kind:30}{ours:10,.0f}{theirs:10,.0f}{ours / theirs:8.2f}")
    if asked.json:
        asked.json.write_text(json.dumps({"alike": alike, "rates": rates}, indent=1))


if __name__ == "__main__":
    main()
