"""The maps over which growth is measured: made-up cities, mosaics of one city, real maps."""
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from whole.programs import ROOT, TOCSIN, finished

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
DEMO, MOSAIC, REAL = "demo city", "mosaic", "real map"


class Skipped(Exception):
    """A map that can't be had here, and why."""


@dataclass(frozen=True)
class Map:
    """A map by its name; `source(work)` is its OSM file, made in the work folder if need be."""
    name: str
    family: str
    source: object


def known_maps():
    """By name: what is measured if nobody says otherwise, small ones first."""
    maps = [
        real_map("andorra"), demo_city("demo 10k", 10_000), mosaic(1), real_map("milan"), real_map("hanoi"),
        real_map("seoul"), demo_city("demo 100k", 100_000), mosaic(2), mosaic(3), real_map("indochina"),
        demo_city("demo 1M", 1_000_000)]
    return {one.name: one for one in maps}


def demo_city(name, junctions):
    def source(work):
        return kept(work / f"{name.replace(' ', '-')}.osm.pbf", lambda path: finished(
            [TOCSIN, "make-city", "--seed", 1, "--junctions", junctions, "-o", path]))
    return Map(name, DEMO, source)


def real_map(name):
    return Map(name, REAL, lambda work: shared("TOCSIN_MAPS", "maps", f"{name}.osm.pbf"))


def osm_file(path):
    if not path.is_file():
        sys.exit(f"{path}: neither a file nor one of the maps {', '.join(known_maps())}")
    return Map(path.name.removesuffix(".osm.pbf"), REAL, lambda work: path)


def mosaic(side):
    """Milan, `side` times `side` mirrored copies side by side."""
    def source(work):
        quilt, milan = shared("TOCSIN_PEERS", "peers", "quilt.py"), shared("TOCSIN_MAPS", "maps", "milan.osm.pbf")
        return kept(work / f"milan-{side}x{side}.osm.pbf", lambda path: finished(
            [osmium_python(work), quilt, "--pbf", milan, "--out", path, "--cols", side, "--rows", side]))
    return Map(f"milan {side}x{side}", MOSAIC, source)


def kept(path, make):
    """A file of an earlier run, or one made now: written aside first, so that half a file never passes for a whole."""
    if not path.exists():
        aside = path.with_name("aside-" + path.name)
        aside.unlink(missing_ok=True)
        make(aside)
        aside.rename(path)
    return path


def shared(variable, folder, name):
    """A file beside the package, or in the folder that an environment variable names."""
    path = Path(os.environ.get(variable) or ROOT.parent / "shared" / folder) / name
    if not path.exists():
        raise Skipped(f"no {path}: set {variable} to the folder with {name}")
    return path


def osmium_python(work):
    """A Python that has osmium: this one, or that of a virtual environment made in the work folder."""
    python = work / "venv/bin/python"
    for candidate in (sys.executable, str(python)):
        if Path(candidate).exists() and not subprocess.run(
                [candidate, "-c", "import osmium, numpy"], stderr=subprocess.DEVNULL).returncode:
            return candidate
    install = [python, "-m", "pip", "-q", "install", "-r", REQUIREMENTS]
    for command in ([sys.executable, "-m", "venv", work / "venv"], install):
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        if done.returncode:
            raise Skipped(f"no Python with {REQUIREMENTS}: {(done.stderr or done.stdout).strip()[-300:]}")
    return str(python)
