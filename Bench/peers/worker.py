#!/usr/bin/env python3
"""One engine in a process of its own: reads jobs from standard input, a line of JSON each, and answers with a line.

    worker.py routingkit WORK | osrm WORK | osrm-mld WORK | valhalla WORK

A job is {"name": {arguments}}, as in Bench/PeerJob.swift; the answer has the nanoseconds of each call, the CPU time of
all of them, and what each call answered (None: no way).
"""
import json
import statistics
import sys
import time
from pathlib import Path

INFINITY = 2**31 - 1
# The setting that is faster for RoutingKit, by about 5 % with turns.
FILTER_INFINITE_ARCS = True


def series(call, inputs, digest=lambda answer: answer):
    """Times `call` with each input; `digest` makes an answer short, outside the time."""
    nanoseconds, answers, cpu = [], [], 0
    clock, cpu_clock = time.perf_counter_ns, time.process_time_ns
    for one in inputs:
        cpu_start = cpu_clock()
        start = clock()
        answer = call(one)
        nanoseconds.append(clock() - start)
        cpu += cpu_clock() - cpu_start
        answers.append(digest(answer))
    return {"nanoseconds": nanoseconds, "cpuNanoseconds": cpu, "answers": answers}


def lowest(times):
    """The smallest of some times, None among them for no way; None if all are."""
    return min((time for time in times if time is not None), default=None)


def first_column(rows):
    """The smallest in the first column of a table of seconds, in milliseconds."""
    found = lowest(row[0] for row in rows)
    return None if found is None else round(found * 1000)


def or_none(call):
    """`call`, with None where the engine finds no way."""
    def safe(one):
        try:
            return call(one)
        except RuntimeError:
            return None
    return safe


class RoutingKit:
    """RoutingKit's CCH on the graphs that `tocsin export` wrote, each with RoutingKit's own order.

    The graph with turns is there with Tocsin's order too: `order` is "routingkit" or "tocsin".
    Arcs of the road network are the vertices of the graph with turns; the graph without turns has junctions.
    """

    def __init__(self, work):
        import routingkit_cch
        from vectors import Graph
        self.library = routingkit_cch
        self.turns, self.roads = (Graph.read(work / "graphs" / name) for name in ("turns", "roads"))
        orders = {"routingkit": work / "routingkit/turns", "tocsin": work / "graphs/turns"}
        hierarchies = {order: self._hierarchy(self.turns, folder) for order, folder in orders.items()}
        self.metrics = {
            order: routingkit_cch.CCHMetric(hierarchy, self.turns.weight) for order, hierarchy in hierarchies.items()}
        self.updaters = {
            order: routingkit_cch.CCHMetricPartialUpdater(hierarchy) for order, hierarchy in hierarchies.items()}
        self.roads_metric = routingkit_cch.CCHMetric(
            self._hierarchy(self.roads, work / "routingkit/roads"), self.roads.weight)

    def _hierarchy(self, graph, folder):
        from vectors import read_order
        return self.library.CCH(read_order(folder), graph.tail, graph.head, FILTER_INFINITE_ARCS)

    def weights(self, pairs, order="routingkit"):
        """Travel times with turns, between road arcs."""
        return self._weights(self.metrics[order], pairs)

    def plain_weights(self, pairs):
        """Travel times without turns, between junctions."""
        return self._weights(self.roads_metric, pairs)

    def _weights(self, metric, pairs):
        query = self.library.CCHQuery(metric)
        return series(lambda pair: query.run(pair[0], pair[1]).distance, pairs)

    def many_to_one(self, sources, targets):
        """Times without turns from all sources to a target, sources pinned anew for each."""
        search = self.library.CCHManyToOne(self.roads_metric, sources)

        def call(target):
            search.repin_sources(sources)
            return search.distances_to(target)
        return series(call, targets, lowest)

    def many_to_one_pinned(self, sources, targets):
        """The same with sources that stay pinned, as only units that never move are."""
        search = self.library.CCHManyToOne(self.roads_metric, sources)
        return series(search.distances_to, targets, lowest)

    def matrix(self, sets):
        """Times with turns between all road arcs of two sets, the sources pinned anew for each; sums of the tables."""
        search = self.library.CCHManyToOne(self.metrics["routingkit"], sets[0][0])

        def call(arcs):
            search.repin_sources(arcs[0])
            return [search.distances_to(target) for target in arcs[1]]

        def total(columns):
            return sum(INFINITY if one is None else one for column in columns for one in column) % INFINITY
        return series(call, sets, total)

    def customize(self, calls, order="routingkit"):
        """Full customizations; the library reads the weights from a Python list first."""
        return series(lambda _: self.metrics[order].reset(self.turns.weight), range(calls))

    def read_weights(self, calls):
        """What reading the list takes: while a query lives, a customization is refused right after that."""
        metric = self.metrics["routingkit"]
        query = self.library.CCHQuery(metric)
        done = series(lambda _: self._refused(lambda: metric.reset(self.turns.weight)), range(calls))
        del query
        return done

    def update(self, changes, order="routingkit"):
        """Partial customizations, one for each change of the turns out of some arcs."""
        updater, metric = self.updaters[order], self.metrics[order]
        return series(lambda update: updater.apply(metric, update), self._updates(changes))

    def read_update(self, changes):
        """What reading the changes takes, beyond what refusing takes."""
        updater, metric = self.updaters["routingkit"], self.metrics["routingkit"]
        query = self.library.CCHQuery(metric)

        def refused(update):
            return self._refused(lambda: updater.apply(metric, update))
        refusal = statistics.median(series(refused, [{}] * 20)["nanoseconds"])
        done = series(refused, self._updates(changes))
        del query
        times = [max(0, time - refusal) for time in done["nanoseconds"]]
        return done | {"nanoseconds": times, "cpuNanoseconds": sum(times)}

    @staticmethod
    def _refused(call):
        try:
            call()
        except BaseException as error:  # The library's panics are no Exception.
            if "active" not in str(error):
                raise
            return None
        raise RuntimeError("the library was expected to refuse this while a query lives")

    def _updates(self, changes):
        weight = self.turns.weight
        return [
            {turn: INFINITY if change["factor"] is None else min(INFINITY, weight[turn] * change["factor"])
             for arc in change["arcs"] for turn in self.turns.arcs_of(arc)}
            for change in changes]

    def settle(self, closed):
        """A full customization with all turns out of `closed` arcs infinite."""
        weights = list(self.turns.weight)
        for arc in closed:
            for turn in self.turns.arcs_of(arc):
                weights[turn] = INFINITY
        return series(self.metrics["routingkit"].reset, [weights])


class OSRM:
    """OSRM with its own car profile, by contraction hierarchies (CH) or multi-level Dijkstra (MLD)."""

    def __init__(self, work, algorithm="CH"):
        import osrm
        self.osrm = osrm
        self.engine = osrm.OSRM(
            storage_config=str(work / f"osrm-{algorithm.lower()}/map.osrm"), algorithm=algorithm,
            use_shared_memory=False, max_locations_distance_table=20_000)

    def routes(self, pairs):
        """Routes with shape and steps."""
        return series(or_none(self.engine.Route), [
            self.osrm.RouteParameters(
                coordinates=[swapped(place) for place in pair], overview="full", steps=True, generate_hints=False)
            for pair in pairs], self._duration)

    @staticmethod
    def _duration(answer):
        return answer and round(answer["routes"][0]["duration"] * 1000)

    def fastest(self, fleet, places):
        """Times from all units to a place."""
        return series(or_none(self.engine.Table), [
            self.osrm.TableParameters(
                coordinates=[swapped(unit) for unit in fleet] + [swapped(place)], sources=list(range(len(fleet))),
                destinations=[len(fleet)], generate_hints=False)
            for place in places], lambda answer: answer and first_column(answer["durations"]))


class Valhalla:
    """Valhalla's `auto` costing, in the setting that is fastest for one to many."""

    def __init__(self, work):
        from valhalla import Actor
        from prepare import valhalla_config
        config = valhalla_config(work / "valhalla")
        self.router = Actor(config)
        config["thor"]["source_to_target_algorithm"] = "timedistancematrix"
        self.matrix = Actor(config)

    def routes(self, pairs):
        """Routes with shape and directions."""
        return series(or_none(self.router.route), [
            json.dumps({"costing": "auto", "locations": [located(place) for place in pair]})
            for pair in pairs], lambda answer: answer and json.loads(answer)["trip"]["summary"]["time"] * 1000)

    def reach(self, places, seconds):
        """Outlines of where one gets within some seconds."""
        return series(or_none(self.router.isochrone), [
            json.dumps({"costing": "auto", "locations": [located(place)], "polygons": True,
                        "contours": [{"time": seconds / 60}]})
            for place in places], lambda answer: answer and 1)

    def fastest(self, fleet, places):
        """Times from all units to a place."""
        return series(or_none(self.matrix.matrix), [
            json.dumps({"costing": "auto", "verbose": False, "sources": [located(unit) for unit in fleet],
                        "targets": [located(place)]})
            for place in places], self._matrix_lowest)

    @staticmethod
    def _matrix_lowest(answer):
        return answer and first_column(json.loads(answer)["sources_to_targets"]["durations"])


def swapped(place):
    return place[1], place[0]


def located(place):
    return {"lat": place[0], "lon": place[1]}


def main():
    name, work = sys.argv[1], Path(sys.argv[2])
    engines = {
        "routingkit": RoutingKit, "osrm": OSRM, "osrm-mld": lambda work: OSRM(work, "MLD"), "valhalla": Valhalla}
    engine = engines[name](work)
    for line in sys.stdin:
        (job, arguments), = json.loads(line).items()
        print(json.dumps(getattr(engine, job)(**arguments)), flush=True)


if __name__ == "__main__":
    main()
