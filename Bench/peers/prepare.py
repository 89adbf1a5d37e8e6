"""What each engine needs before it can answer, made once in a work folder; what was made is kept, with its CPU time.

Each folder's `times.json` has wall and CPU seconds by step and is written last, so that it says that the folder is
complete.
"""
import hashlib
import json
import shutil
import sys
import time
from pathlib import Path

from engines import run
from vectors import Graph, chordal_completion, write_order


def kept(folder, source, make):
    """The times of `folder`, which `make` fills with what it returns them for, unless that was done before.

    `source` are the files that it is made from: when they change, it is made anew.
    """
    times, key = folder / "times.json", checksum(source)
    known = json.loads(times.read_text()) if times.exists() else {}
    if known.get("source") != key:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        known = make(folder) | {"source": key}
        times.write_text(json.dumps(known, indent=1))
    return known


def checksum(files):
    """The first digits of the SHA-256 of some files."""
    total = hashlib.sha256()
    for file in files:
        with open(file, "rb") as data:
            total.update(data.read())
    return total.hexdigest()[:16]


# What makes OSRM's data for each of its algorithms.
OSRM_STEPS = {"CH": ["contract"], "MLD": ["partition", "customize"]}


def prepare_osrm(pbf, folder, algorithm):
    """OSRM's data for one of its algorithms, by its own car profile, on one thread."""
    from engines import PACKAGE
    data = folder / "map.osrm"
    extract = [PACKAGE / "bin/osrm-extract", "-p", PACKAGE / "share/profiles/car.lua", "-t", 1, "-o", data, pbf]
    return {"extract": run(extract, folder / "extract.log")} | {
        step: run([PACKAGE / f"bin/osrm-{step}", data, "-t", 1], folder / f"{step}.log")
        for step in OSRM_STEPS[algorithm]}


def valhalla_config(folder):
    import valhalla
    config = valhalla.get_config(tile_extract="", tile_dir=str(folder / "tiles"))
    tiles = config["mjolnir"]
    tiles["tile_extract"] = str(folder / "tiles.tar")
    for key in ("admin", "timezone", "landmarks", "transit_dir", "transit_feeds_dir", "traffic_extract"):
        tiles.pop(key, None)
    tiles["concurrency"] = 1
    config["service_limits"]["auto"].update(max_locations=5_000, max_matrix_location_pairs=2_000_000)
    config["logging"] = {"type": ""}
    return config


def prepare_valhalla(pbf, folder):
    """Valhalla's tiles, on one thread."""
    import valhalla
    package = Path(valhalla.__file__).parent
    (folder / "tiles").mkdir()
    config = folder / "config.json"
    config.write_text(json.dumps(valhalla_config(folder)))
    return {
        "tiles": run([package / "bin/valhalla_build_tiles", "-c", config, pbf], folder / "tiles.log", cwd=folder),
        "extract": run(
            [sys.executable, package / "valhalla_build_extract.py", "-c", config, "-O"], folder / "extract.log"),
    }


def prepare_routingkit(graph_folder, folder):
    """RoutingKit's own order of a graph by inertial flow, and the size of the hierarchy that it gives."""
    import routingkit_cch
    graph = Graph.read(graph_folder)
    times, order = timed(lambda: routingkit_cch.compute_order_inertial(
        graph.vertex_count, graph.tail, graph.head, graph.latitude, graph.longitude))
    write_order(folder, order)
    construct, _ = timed(lambda: routingkit_cch.CCH(order, graph.tail, graph.head, True))
    arcs, triangles = chordal_completion(graph, order)
    return {"order": times, "construct": construct, "arcs": arcs, "triangles": triangles}


def timed(call):
    """What `call` took, as `engines.run` tells it, and what it returned."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = call()
    return {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}, result


def prepare_tocsin(program, pbf, work, profile):
    """Tocsin's map file and the graphs of a profile. Made anew each time: it takes seconds, and the program changes."""
    work.mkdir(parents=True, exist_ok=True)
    city = work / "city.tocsin"
    times = {"import": run([program, "import", pbf, "--output", city], work / "import.log")}
    run([program, "export", "--routingkit", work / "graphs", "--map", city, "--profile", profile], work / "export.log")
    return city, times


def prepare(peers, pbf, work):
    """All that the peers need; the times of each, by its folder."""
    times = {}
    if "osrm" in peers:
        times["osrm"] = kept(work / "osrm-ch", [pbf], lambda folder: prepare_osrm(pbf, folder, "CH"))
        times["osrm mld"] = kept(work / "osrm-mld", [pbf], lambda folder: prepare_osrm(pbf, folder, "MLD"))
    if "valhalla" in peers:
        times["valhalla"] = kept(work / "valhalla", [pbf], lambda folder: prepare_valhalla(pbf, folder))
    for name in ("turns", "roads") if "routingkit" in peers else ():
        graph = work / "graphs" / name
        columns = [graph / column for column in ("first_out", "head", "latitude", "longitude")]
        times[f"routingkit {name}"] = kept(
            work / "routingkit" / name, columns, lambda folder, graph=graph: prepare_routingkit(graph, folder))
    return times
