#!/usr/bin/env python3
"""pyvroom in front of a server that speaks OSRM's HTTP: a tour over all places, with its line.

    python3 pyvroom_client.py 127.0.0.1:7180 127.0,37.5 127.01,37.51 127.02,37.5 [...]

The vehicle begins and ends at the first place. Ends with 0 if the tour is whole. Needs pyvroom 1.15.2 and Python 3.12.
"""
import sys

import vroom


def check(fact, message):
    if not fact:
        raise SystemExit(f"wrong: {message}")


def tour(server, places):
    problem = vroom.Input(servers={"car": server}, router=vroom._vroom.ROUTER.OSRM, geometry=True)
    problem.add_vehicle(vroom.Vehicle(1, start=places[0], end=places[0], profile="car"))
    problem.add_job([vroom.Job(number, location=place) for number, place in enumerate(places[1:], 1)])
    return problem.solve(exploration_level=5, nb_threads=1)


def main():
    server, places = sys.argv[1], [tuple(float(degrees) for degrees in place.split(",")) for place in sys.argv[2:]]
    found = tour(server, places)
    check(not found.unassigned, f"unassigned {found.unassigned}")
    check(found.summary.cost > 0 and found.summary.distance > 0, f"summary {found.summary}")
    check(len(found.routes) == len(places) + 1, f"{len(found.routes)} steps for {len(places)} places")
    lines = [route["geometry"] for route in found.to_dict()["routes"]]
    check(all(lines), "a tour without a line")
    try:
        tour(server, places + [(0.0, 0.0)])
    except Exception as error:
        check("0" in str(error), f"{error}")
    else:
        raise SystemExit("wrong: a place in the sea has roads")
    print("pyvroom: as expected")


if __name__ == "__main__":
    main()
