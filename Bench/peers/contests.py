"""What is compared: the same inputs for several engines, round by round, in an order that turns round each time.

The peers' times contain a call from Python each (0.7 µs for RoutingKit), and for OSRM and Valhalla the answer as Python
objects or JSON text, as their users get it. Times of RoutingKit's customizations are without the reading of their
Python lists, and a query that must be made anew after a change of weights is not counted.
"""
import random
import statistics
from dataclasses import dataclass, field

INFINITY = 2**31 - 1
UNITS = 1_000
WANTED_UNITS = 5
CHANGED_SPEEDS = 1_000
MATRIX_SIDE = 100
REACH_SECONDS = 600


@dataclass
class Series:
    """Timed calls of one engine in one contest."""
    nanoseconds: list = field(default_factory=list)
    cpu: int = 0
    answers: list = field(default_factory=list)

    def add(self, answer):
        self.nanoseconds += answer["nanoseconds"]
        self.cpu += answer["cpuNanoseconds"]
        self.answers += [INFINITY if one is None else one for one in answer["answers"]]

    def at(self, share):
        times = sorted(self.nanoseconds)
        return times[min(len(times) - 1, int(share * len(times)))]

    @property
    def median(self):
        return statistics.median(self.nanoseconds)

    @property
    def mean(self):
        return statistics.fmean(self.nanoseconds)

    @property
    def cpu_mean(self):
        return self.cpu / len(self.nanoseconds)


@dataclass
class Entry:
    """One engine's part: `job(round)` gives what it is asked in that round.

    `reading` measures what the library needs to take its arguments over from Python, which is taken off. `goal` is how
    many times as long as Tocsin it must take in the median, `goal_p99` at the 99th percentile; None where it is there for
    information.
    """
    title: str
    engine: str
    job: callable
    goal: float = None
    goal_p99: float = None
    reading: callable = None
    same_answers: bool = False


@dataclass
class Contest:
    """Tocsin is the first entry."""
    title: str
    entries: list
    cores: int = 1


def run(contest, workers, rounds):
    """The series of each entry and, where there is one, that of its reading."""
    entries = [entry for entry in contest.entries if entry.engine in workers]
    series = {entry.title: (Series(), Series()) for entry in entries}
    for entry in entries:  # Caches are warm, as in a server.
        workers[entry.engine].ask(entry.job(0))
    for number in range(rounds):
        for entry in entries if number % 2 == 0 else reversed(entries):
            done, reading = series[entry.title]
            done.add(workers[entry.engine].ask(entry.job(number)))
            if entry.reading:
                reading.add(workers[entry.engine].ask(entry.reading(number)))
    return series


class Inputs:
    """Seeded inputs on the main road network, of their own for each round."""

    def __init__(self, arcs, turns, roads, seed):
        self.arcs, self.turns, self.roads, self.seed = arcs, turns, roads, seed
        draw = self.draw("units", 0)
        self.units = [draw.choice(arcs) for _ in range(UNITS)]

    def draw(self, what, number):
        return random.Random(f"{self.seed} {what} {number}")

    def pairs(self, count, number, of=None):
        """Pairs of road arcs; of the main road network unless others are given."""
        draw = self.draw("pairs", number)
        return [[draw.choice(of or self.arcs), draw.choice(of or self.arcs)] for _ in range(count)]

    def incidents(self, count, number):
        """Road arcs, each for the place in its middle and for the junction at its end."""
        draw = self.draw("incidents", number)
        return [draw.choice(self.arcs) for _ in range(count)]

    def place_pairs(self, count, number):
        return [[self.turns.place(arc) for arc in pair] for pair in self.pairs(count, number)]

    def places(self, arcs):
        return [self.turns.place(arc) for arc in arcs]

    def junctions(self, arcs):
        return [self.roads.head[arc] for arc in arcs]

    def closures(self, count, number):
        """Roads closed in both directions, one at a time, each opened again."""
        draw = self.draw("closures", number)
        roads = [self._road(draw.choice(self.arcs)) for _ in range(count)]
        return [{"arcs": road, "factor": factor} for road in roads for factor in (None, 1)]

    def _road(self, arc):
        tail, head = self.roads.tail[arc], self.roads.head[arc]
        back = [other for other in self.roads.arcs_of(head) if self.roads.head[other] == tail]
        return [arc] + back[:1]

    def speeds(self, count, number):
        """Many roads at a third of their speed at once, and as they were again."""
        draw = self.draw("speeds", number)
        batches = [draw.sample(self.arcs, min(CHANGED_SPEEDS, len(self.arcs))) for _ in range(count)]
        return [{"arcs": arcs, "factor": factor} for arcs in batches for factor in (3, 1)]


def contests(inputs, pairs_by_round):
    """All contests. Where an engine takes long, it does a part of each round's inputs."""
    return [
        _travel_times(inputs, pairs_by_round), _matrix(inputs), _fastest_units(inputs), _reach(inputs),
        Contest("full customization of a profile, one core", [
            Entry("Tocsin", "tocsin", lambda n: {"customize": {"calls": 5, "isParallel": False}}),
            _routingkit_customization(2),
            Entry("RoutingKit, same graph, by Tocsin's order", "routingkit",
                  lambda n: {"customize": {"calls": 5, "order": "tocsin"}},
                  reading=lambda n: {"read_weights": {"calls": 5}})]),
        Contest("full customization of a profile, all cores", [
            Entry("Tocsin, two cores", "tocsin", lambda n: {"customize": {"calls": 5, "isParallel": True}}),
            _routingkit_customization(1)], cores=2),
        _updates("one road closed or opened", lambda n: {"changes": inputs.closures(40, n)}, 1, 1),
        _updates(f"{CHANGED_SPEEDS:,} changed speeds in one batch", lambda n: {"changes": inputs.speeds(1, n)}, 2),
        _routes(inputs),
    ]


def _travel_times(inputs, count):
    def junction_pairs(n):
        return [inputs.junctions(pair) for pair in inputs.pairs(count, n)]
    return Contest("travel time between two arcs", [
        Entry("Tocsin", "tocsin", lambda n: {"weights": {"pairs": inputs.pairs(count, n)}}),
        Entry("RoutingKit, same graph with turns", "routingkit",
              lambda n: {"weights": {"pairs": inputs.pairs(count, n)}}, goal=2, same_answers=True),
        Entry("RoutingKit, same graph, by Tocsin's order", "routingkit",
              lambda n: {"weights": {"pairs": inputs.pairs(count, n), "order": "tocsin"}}, same_answers=True),
        Entry("RoutingKit, junctions without turns", "routingkit",
              lambda n: {"plain_weights": {"pairs": junction_pairs(n)}}, goal=1),
    ])


def _matrix(inputs):
    def sets(count, n):
        draw = inputs.draw("matrix", n)
        return {"sets": [[draw.choices(inputs.arcs, k=MATRIX_SIDE) for _ in range(2)] for _ in range(count)]}
    return Contest(f"travel times between {MATRIX_SIDE} x {MATRIX_SIDE} arcs", [
        Entry("Tocsin", "tocsin", lambda n: {"matrix": sets(10, n)}),
        Entry("RoutingKit, same graph with turns", "routingkit", lambda n: {"matrix": sets(10, n)}, goal=8,
              same_answers=True),
    ])


def _reach(inputs):
    def places(count, n):
        return {"reach": {"places": inputs.places(inputs.incidents(count, n)), "seconds": REACH_SECONDS}}
    return Contest(f"outlines of what is reached in {REACH_SECONDS // 60} minutes", [
        Entry("Tocsin, by a grid of 50 m", "tocsin", lambda n: places(20, n)),
        Entry("Valhalla, isochrone", "valhalla", lambda n: places(20, n), goal=4),
    ])


def _fastest_units(inputs):
    sources = inputs.junctions(inputs.units)
    fleet = inputs.places(inputs.units)

    def on_junctions(n):
        return {"sources": sources, "targets": inputs.junctions(inputs.incidents(100, n))}

    def on_map(count, n):
        return {"fleet": fleet, "places": inputs.places(inputs.incidents(count, n))}
    return Contest(f"fastest {WANTED_UNITS} of {UNITS:,} units to a place", [
        Entry("Tocsin, from coordinate to routes' times and lengths", "tocsin",
              lambda n: {"fastest": {"places": inputs.places(inputs.incidents(100, n)), "count": WANTED_UNITS}}),
        Entry("RoutingKit without turns, 1,000 x 1, pin and run", "routingkit",
              lambda n: {"many_to_one": on_junctions(n)}, goal=3),
        Entry("RoutingKit without turns, 1,000 x 1, pinned before", "routingkit",
              lambda n: {"many_to_one_pinned": on_junctions(n)}, goal=3),
        Entry("OSRM CH, table 1,000 x 1", "osrm", lambda n: {"fastest": on_map(5, n)}, goal=300),
        Entry("OSRM MLD, table 1,000 x 1", "osrm-mld", lambda n: {"fastest": on_map(1, n)}),
        Entry("Valhalla, matrix 1,000 x 1", "valhalla", lambda n: {"fastest": on_map(1, n)}),
    ])


def _routingkit_customization(calls):
    return Entry(
        "RoutingKit, same graph, one core", "routingkit", lambda n: {"customize": {"calls": calls}}, goal=1.5,
        reading=lambda n: {"read_weights": {"calls": calls}})


def _updates(title, changes, goal, goal_p99=None):
    return Contest(title + ", until queries see it", [
        Entry("Tocsin", "tocsin", lambda n: {"update": changes(n)}),
        Entry("RoutingKit, same graph", "routingkit", lambda n: {"update": changes(n)}, goal=goal, goal_p99=goal_p99,
              reading=lambda n: {"read_update": changes(n)}),
        Entry("RoutingKit, same graph, by Tocsin's order", "routingkit",
              lambda n: {"update": changes(n) | {"order": "tocsin"}}, reading=lambda n: {"read_update": changes(n)}),
    ])


def _routes(inputs):
    return Contest("route with shape and steps, place to place", [
        Entry("Tocsin", "tocsin", lambda n: {"routes": {"pairs": inputs.place_pairs(200, n)}}),
        Entry("OSRM CH", "osrm", lambda n: {"routes": {"pairs": inputs.place_pairs(200, n)}}, goal=5),
        Entry("OSRM MLD", "osrm-mld", lambda n: {"routes": {"pairs": inputs.place_pairs(100, n)}}),
        Entry("Valhalla", "valhalla", lambda n: {"routes": {"pairs": inputs.place_pairs(40, n)}}),
    ])
