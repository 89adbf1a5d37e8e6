"""How figures grow with the number of arcs: power laws fitted to logarithms, and what they say of larger maps."""
import math
from dataclasses import dataclass

from whole.maps import MOSAIC, REAL


@dataclass(frozen=True)
class Column:
    """A figure: its title and unit, and where it lies among the figures of a step."""
    title: str
    unit: str
    step: str
    path: tuple
    factor: float = 1.0


def bench(title, unit, step, scenario, mean="cpuMean"):
    return Column(title, unit, step, (scenario, mean), {"s": 1e-6, "ms": 1e-3, "µs": 1.0}[unit])


COLUMNS = [
    Column("map file", "MB", "import", ("fileMegabytes",)),
    Column("import, peak memory", "MB", "import", ("peakMegabytes",)),
    Column("import, CPU", "s", "import", ("cpuSeconds",)),
    Column("order, contraction, CPU", "s", "import", ("hierarchyCPUSeconds",)),
    Column("hierarchy arcs", "million", "import", ("hierarchyArcs",), 1e-6),
    Column("triangles", "million", "import", ("triangles",), 1e-6),
    Column("server, resident", "MB", "serve", ("residentMegabytes",)),
    bench("customization, 1 core", "ms", "customization", "customization, one core"),
    bench("customization, all cores", "ms", "customization", "customization, all cores", "p50"),
    bench("road closed and lifted", "ms", "customization", "customization, road closed and lifted"),
    bench("travel time", "µs", "query", "query, travel time"),
    bench("path", "µs", "query", "query, path"),
    bench("fastest 5 of 1,000", "µs", "fastest", "fastest 5 of 1000"),
]


@dataclass(frozen=True)
class Target:
    """A map that is not at hand, and where its number of arcs comes from."""
    name: str
    arcs: float
    source: str


SEOUL_ARCS, SEOUL_KILOMETERS, SEOUL_MILLIONS = 219_316, 9_378, 9.4
KOREA_KILOMETERS, KOREA_MILLIONS = 110_714, 51.7

TARGETS = [
    Target("South Korea, at least", SEOUL_ARCS / SEOUL_MILLIONS * KOREA_MILLIONS,
           f"estimate: Seoul's map has {SEOUL_ARCS:,} arcs for {SEOUL_MILLIONS} of {KOREA_MILLIONS} million "
           "inhabitants; outside of a metropolis there is more road for each"),
    Target("South Korea, at most", SEOUL_ARCS / SEOUL_KILOMETERS * KOREA_KILOMETERS,
           f"estimate: Seoul's map has {SEOUL_KILOMETERS:,} km of roads, the country {KOREA_KILOMETERS:,} km "
           "(Wikipedia, Road transport in South Korea); outside of a metropolis junctions are farther apart"),
    Target("Europe", 42.5e6,
           "Western Europe of the 9th DIMACS challenge: 18.0 million vertices, 42.5 million arcs; OpenStreetMap's is "
           "larger"),
]


@dataclass(frozen=True)
class Law:
    """y = factor * arcs ** exponent; `spread` is the factor by which figures typically lie off it."""
    factor: float
    exponent: float
    spread: float
    points: int

    def at(self, arcs):
        return self.factor * arcs ** self.exponent


def fitted(points):
    """The law through (arcs, figure) by least squares of logarithms; None for fewer than two sizes."""
    if len({arcs for arcs, _ in points}) < 2:
        return None
    xs, ys = [math.log(arcs) for arcs, _ in points], [math.log(figure) for _, figure in points]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    exponent = (sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys)) / sum((x - x_mean) ** 2 for x in xs))
    errors = [y - y_mean - exponent * (x - x_mean) for x, y in zip(xs, ys)]
    spread = math.exp(math.sqrt(sum(error ** 2 for error in errors) / len(errors)))
    return Law(math.exp(y_mean - exponent * x_mean), exponent, spread, len(points))


def points(maps, column):
    """(arcs, figure) of the maps that have the figure."""
    pairs = [(one.arcs, one.value(column)) for one in maps]
    return [(arcs, figure) for arcs, figure in pairs if figure]


def law(maps, column, family):
    """The law of one family: maps of one kind differ in size; those of two kinds differ in much else."""
    return fitted(points([one for one in maps if one.family == family], column))


def foretold(maps, column, target):
    """What the laws of real maps and of mosaics say of a larger map, ascending.

    A mosaic is one dense city without end, so its cuts grow faster than a country's; real maps at hand are few and
    unlike each other. Demo cities are left out.
    """
    laws = [law(maps, column, family) for family in (REAL, MOSAIC)]
    return sorted(one.at(target.arcs) for one in laws if one)
