"""The two engines, asked in the same way: a list of requests in, a list of `Answer` or None out."""
import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import osrm

PACKAGE = Path(osrm.__file__).parent
BEARING_TOLERANCE_DEGREES = 20


@dataclass
class Answer:
    """A found route; `start` and `end` are the places on the road, `shape` the places between OSM nodes."""
    seconds: float
    meters: float
    start: tuple
    end: tuple
    shape: list = field(default_factory=list)
    nodes: list = field(default_factory=list)
    ways: list = field(default_factory=list)
    weight: float = 0.0


@dataclass
class Request:
    """Two places (latitude, longitude), each with a heading in degrees or None."""
    start: tuple
    end: tuple
    headings: tuple = (None, None)


def run(command, log, cwd=None):
    """Runs a program to its end; its wall and CPU seconds, those of its children among them."""
    words = [str(word) for word in command]
    start = time.perf_counter()
    with open(log, "wb") as output:
        process = subprocess.Popen(words, stdout=output, stderr=subprocess.STDOUT, cwd=cwd)
        _, state, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(state)
    if process.returncode:
        raise SystemExit(
            f"{words[0]} ended with {process.returncode}: {Path(log).read_text(errors='replace')[-2000:]}")
    return {"wall_s": time.perf_counter() - start, "cpu_s": used.ru_utime + used.ru_stime}


def build_osrm(pbf, folder, weight_name):
    """Makes OSRM's data (MLD) with its own car profile, minimising `weight_name`; keeps what is there."""
    data = folder / "map.osrm"
    if (folder / "done").exists():
        return data
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PACKAGE / "share/profiles", folder / "profiles")
    profile = folder / "profiles/car.lua"
    text = profile.read_text()
    ours = text.replace("= 'routability',", f"= '{weight_name}',", 1)
    if weight_name != "routability" and ours == text:
        raise SystemExit("the profile names its weight in another way")
    profile.write_text(ours)
    run([PACKAGE / "bin/osrm-extract", "-p", profile, "-o", data, pbf], folder / "extract.log")
    run([PACKAGE / "bin/osrm-partition", data], folder / "partition.log")
    run([PACKAGE / "bin/osrm-customize", data], folder / "customize.log")
    (folder / "done").touch()
    return data


class OSRM:
    name = "OSRM"

    def __init__(self, data, coordinate):
        """`coordinate`: of each OSM node; more exact than the engine's own."""
        self.coordinate = coordinate
        self.engine = osrm.OSRM(storage_config=str(data), algorithm="MLD", use_shared_memory=False)

    def ask(self, requests):
        return [self._route(request) for request in requests]

    def _route(self, request):
        bearings = [None if h is None else (round(h) % 360, BEARING_TOLERANCE_DEGREES) for h in request.headings]
        parameters = osrm.RouteParameters(
            coordinates=[(place[1], place[0]) for place in (request.start, request.end)], overview="false",
            annotations=["nodes"], generate_hints=False,
            bearings=bearings if any(bearings) else [])
        try:
            answer = self.engine.Route(parameters)
        except RuntimeError:
            return None
        route = answer["routes"][0]
        ends = [(point["location"][1], point["location"][0]) for point in answer["waypoints"]]
        nodes = [int(node) for node in route["legs"][0]["annotation"]["nodes"]]
        shape = [ends[0]] + [self.coordinate[node] for node in nodes[1:-1]] + [ends[1]]
        return Answer(
            route["duration"], route["distance"], ends[0], ends[1], shape, nodes, weight=route["weight"])


def build_tocsin(program, pbf, folder):
    """Makes Tocsin's map file; keeps what is there."""
    city = folder / "city.tocsin"
    if not city.exists():
        folder.mkdir(parents=True, exist_ok=True)
        run([program, "import", pbf, "--output", city], folder / "import.log")
    return city


class Tocsin:
    name = "Tocsin"

    def __init__(self, program, city, profile="car", profiles=None):
        self.command = [str(program), "route", "--map", str(city), "--batch", "--shape", "--profile", profile]
        if profiles:
            self.command += ["--profiles", str(profiles)]

    def ask(self, requests):
        if not requests:
            return []
        lines = "".join(json.dumps(self._line(request)) + "\n" for request in requests)
        done = subprocess.run(self.command, input=lines, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        return [self._answer(request, json.loads(line)) for request, line in zip(requests, done.stdout.splitlines())]

    @staticmethod
    def _line(request):
        places = []
        for place, heading in zip((request.start, request.end), request.headings):
            places.append({"lat": place[0], "lon": place[1]})
            if heading is not None:
                places[-1]["heading"] = heading
        return {"from": places[0], "to": places[1]}

    @staticmethod
    def _answer(request, line):
        if not line["ok"]:
            return None
        # A way of no length has no shape.
        shape = [(point["lat"], point["lon"]) for point in line["shape"]] or [request.start, request.end]
        ways = [way["id"] for way in line["ways"]]
        return Answer(line["travelSeconds"], line["lengthMeters"], shape[0], shape[-1], shape, ways=ways)
