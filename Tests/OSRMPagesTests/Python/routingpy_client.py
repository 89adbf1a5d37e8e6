#!/usr/bin/env python3
"""routingpy in front of a server that speaks OSRM's HTTP: routes and tables with every option that it has.

    python3 routingpy_client.py http://127.0.0.1:7180 127.0,37.5 127.01,37.51 127.02,37.5

The places lie on roads with ways between all of them. Ends with 0 if every answer is as OSRM's documents say.
Needs routingpy 1.3.0.
"""
import sys

from routingpy import OSRM
from routingpy.exceptions import RouterApiError

NOWHERE = [0.0, 0.0]


def check(fact, message):
    if not fact:
        raise SystemExit(f"wrong: {message}")


def routes(client, places):
    plain = client.directions(places, profile="driving")
    check(plain.duration > 0 and plain.distance > 0, "no way")
    check(len(plain.geometry) >= 2, "no line")
    options = dict(
        steps=True, continue_straight=True, annotations="duration,distance", geometries="geojson",
        radiuses=[500] * len(places), bearings=[[0, 180]] * len(places))
    full, simplified = (
        client.directions(places, profile="driving", overview=overview, **options) for overview in ("full", "simplified"))
    check(len(full.geometry) >= len(simplified.geometry), "the full line has fewer points than the simplified one")
    for geometries in ("polyline", "polyline6"):
        line = client.directions(places, profile="driving", geometries=geometries, overview="full").geometry
        check(all(abs(a - b) < 1e-3 for a, b in zip(line[0], full.geometry[0])), f"{geometries}: {line[0]}")
    legs = full.raw["routes"][0]["legs"]
    check(len(legs) == len(places) - 1, f"{len(legs)} legs")
    for leg in legs:
        kinds = [step["maneuver"]["type"] for step in leg["steps"]]
        check(kinds[0] == "depart" and kinds[-1] == "arrive", f"steps {kinds}")
        check(sorted(leg["annotation"]) == ["distance", "duration"], f"annotation {list(leg['annotation'])}")
    several = client.directions(places[:2], profile="driving", alternatives=3)
    check(1 <= len(several) <= 4, f"{len(several)} routes")


def tables(client, places):
    table = client.matrix(places, profile="driving", annotations=["duration", "distance"])
    count = len(places)
    for cells in (table.durations, table.distances):
        check(len(cells) == count and all(len(row) == count for row in cells), "a table of another size")
        check(all(cells[i][i] == 0 for i in range(count)), "a way from a place to itself")
    part = client.matrix(places, profile="driving", sources=[1], destinations=[0, 2], annotations=["duration"])
    check(part.durations == [[table.durations[1][0], table.durations[1][2]]], f"part {part.durations}")
    route = client.directions(places[:2], profile="driving")
    check(abs(route.duration - table.durations[0][1]) < 1.5, f"{route.duration} s, {table.durations[0][1]} in the table")


def refusals(client, places):
    for ask in (client.directions, client.matrix):
        try:
            ask([places[0], NOWHERE], profile="driving", radiuses=[100, 100])
        except RouterApiError as error:
            check(error.status == 400, f"status {error.status}")
        else:
            raise SystemExit("wrong: a place in the sea has roads")


def main():
    url, places = sys.argv[1], [[float(degrees) for degrees in place.split(",")] for place in sys.argv[2:5]]
    client = OSRM(base_url=url, retry_over_query_limit=False)
    routes(client, places)
    tables(client, places)
    refusals(client, places)
    print("routingpy: as expected")


if __name__ == "__main__":
    main()
