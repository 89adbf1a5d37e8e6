#!/usr/bin/env python3
"""Compares Tocsin's car with OSRM's own car profile on one OSM extract.

    python=$(Bench/peers/environment)
    swift build -c release --product tocsin
    $python Bench/peers/routes.py milan.osm.pbf --work FOLDER [--pairs 1000] [--mismatches 20]

Both engines get the same seeded pairs of places near roads. What was built stays in the work folder for the next run.
"""
import argparse
import json
import math
import statistics
import sys
from collections import Counter
from pathlib import Path

from causes import Judge
from engines import OSRM, Request, Tocsin, build_osrm, build_tocsin
from extract import Extract, meters

PROGRAM = Path(__file__).resolve().parents[2] / ".build/release/tocsin"
SAME_SPOT_METERS = 10.0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pbf", type=Path, help="OSM extract")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is built")
    parser.add_argument("--tocsin", type=Path, default=PROGRAM, help="the program")
    parser.add_argument("--city", type=Path, help="a map file of the extract; made in the work folder if left out")
    parser.add_argument("--profile", default="car")
    parser.add_argument("--profiles", type=Path, help="folder of vehicle profiles")
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jitter", type=float, default=50.0, help="metres off the road, at most")
    parser.add_argument("--weight", default="routability", choices=["routability", "duration"],
                        help="what OSRM minimises: with its penalties for service and narrow roads, or time alone")
    parser.add_argument("--mismatches", type=int, default=0, help="explain the N worst pairs")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def quantile(values, q):
    values = sorted(values)
    return values[min(len(values) - 1, int(q * len(values)))] if values else math.nan


def length_gap(ours, theirs):
    """Relative difference of the lengths."""
    return abs(ours.meters - theirs.meters) / max(theirs.meters, 1.0)


def figures(ours, theirs):
    both = [(a, b) for a, b in zip(ours, theirs) if a and b]
    gaps = [length_gap(a, b) for a, b in both]
    ratios = [a.seconds / b.seconds for a, b in both if b.seconds >= 1]
    # The other carriageway of a divided road is another way for a good reason: the rules of the road are compared
    # where both engines stand on the same spot.
    same = [gap for gap, (a, b) in zip(gaps, both)
            if max(meters(a.start, b.start), meters(a.end, b.end)) <= SAME_SPOT_METERS]
    apart = [max(meters(a.start, b.start), meters(a.end, b.end)) for a, b in both]
    share = lambda limit: sum(gap <= limit for gap in gaps) / max(len(gaps), 1)
    return {
        "pairs": len(ours),
        "found_by_both": len(both),
        "found_by_tocsin_only": sum(a is not None and b is None for a, b in zip(ours, theirs)),
        "found_by_osrm_only": sum(a is None and b is not None for a, b in zip(ours, theirs)),
        "found_agrees": sum((a is None) == (b is None) for a, b in zip(ours, theirs)) / len(ours),
        "length_within_1_percent": share(0.01),
        "length_within_5_percent": share(0.05),
        "length_within_10_percent": share(0.10),
        "same_spot_pairs": len(same),
        "same_spot_length_within_5_percent": sum(gap <= 0.05 for gap in same) / max(len(same), 1),
        "length_ratio_median": statistics.median([a.meters / max(b.meters, 1) for a, b in both]),
        "time_ratio_median": statistics.median(ratios),
        "time_ratio_p10": quantile(ratios, 0.1),
        "time_ratio_p90": quantile(ratios, 0.9),
        "snapped_apart_over_10_m": sum(d > SAME_SPOT_METERS for d in apart) / max(len(apart), 1),
        "snapped_apart_meters_p90": quantile(apart, 0.9),
        "snapped_apart_meters_p99": quantile(apart, 0.99),
    }


ROWS = (
    ("found or not found agrees", "found_agrees", "%", ">= 99.5 %"),
    ("length within 1 %", "length_within_1_percent", "%", ""),
    ("length within 5 %", "length_within_5_percent", "%", ">= 95 %"),
    ("length within 10 %", "length_within_10_percent", "%", ""),
    ("length within 5 %, ends on one spot", "same_spot_length_within_5_percent", "%", ""),
    ("ratio of lengths, median", "length_ratio_median", "", ""),
    ("ratio of travel times, median", "time_ratio_median", "", "0.9 to 1.1"),
    ("ratio of travel times, p10", "time_ratio_p10", "", ""),
    ("ratio of travel times, p90", "time_ratio_p90", "", ""),
    ("an end snapped over 10 m apart", "snapped_apart_over_10_m", "%", ""),
    ("ends snapped apart, p90", "snapped_apart_meters_p90", "m", ""),
    ("ends snapped apart, p99", "snapped_apart_meters_p99", "m", ""),
)


def table(result):
    lines = [f"{'Tocsin / OSRM':38}{'measured':>10}  goal"]
    for title, key, unit, goal in ROWS:
        value = result[key]
        text = f"{100 * value:.1f} %" if unit == "%" else f"{value:.1f} m" if unit == "m" else f"{value:.3f}"
        lines.append(f"{title:38}{text:>10}  {goal}".rstrip())
    lines.append(
        f"{result['pairs']} pairs; found by both {result['found_by_both']}, by Tocsin only "
        f"{result['found_by_tocsin_only']}, by OSRM only {result['found_by_osrm_only']}; {result['same_spot_pairs']} with both ends on one spot")
    return "\n".join(lines)


def badness(ours, theirs):
    """The relative difference of the lengths; found by one engine only is worst."""
    if (ours is None) != (theirs is None):
        return math.inf
    return 0.0 if ours is None else length_gap(ours, theirs)


def explain(judge, pairs, ours, theirs, count):
    """The worst pairs with a first guess at the cause, and the guesses counted."""
    order = sorted(range(len(pairs)), key=lambda i: -badness(ours[i], theirs[i]))
    worst = [i for i in order if badness(ours[i], theirs[i]) > 0.05][:count]
    groups, cases = Counter(), []
    for i in worst:
        found = judge.judge(ours[i], theirs[i])
        groups[found[0].group] += 1
        cases.append({
            "pair": i, "from": pairs[i][0], "to": pairs[i][1],
            "tocsin": summary(ours[i]), "osrm": summary(theirs[i]), "causes": [f.text or f.group for f in found],
        })
    return groups, cases


def summary(answer):
    if answer is None:
        return None
    return {"seconds": round(answer.seconds, 1), "meters": round(answer.meters), "start": answer.start,
            "end": answer.end, "ways": answer.ways, "nodes": answer.nodes}


def case_text(case):
    lines = [f"\npair {case['pair']}: {case['from']} to {case['to']}"]
    for name in ("tocsin", "osrm"):
        answer = case[name]
        lines.append(f"  {name}: " + (f"{answer['meters']} m, {answer['seconds']} s" if answer else "not found"))
        for key in ("ways", "nodes"):
            if answer and answer[key]:
                lines.append(f"    {key} " + " ".join(map(str, answer[key])))
    return "\n".join(lines + [f"  {cause}" for cause in case["causes"]])


def main():
    asked = arguments()
    asked.work.mkdir(parents=True, exist_ok=True)
    extract = Extract(asked.pbf)
    pairs = extract.pairs(asked.pairs, asked.seed, asked.jitter)
    osrm = OSRM(build_osrm(asked.pbf, asked.work / asked.weight, asked.weight), extract.coordinate)
    city = asked.city or build_tocsin(asked.tocsin, asked.pbf, asked.work)
    tocsin = Tocsin(asked.tocsin, city, asked.profile, asked.profiles)
    requests = [Request(*pair) for pair in pairs]
    ours, theirs = tocsin.ask(requests), osrm.ask(requests)
    result = figures(ours, theirs)
    groups, cases = Counter(), []
    if asked.mismatches:
        groups, cases = explain(Judge(extract, tocsin, osrm), pairs, ours, theirs, asked.mismatches)
    if asked.json:
        json.dump(result | {"causes": dict(groups), "mismatches": cases}, sys.stdout)
        print()
        return
    print(table(result))
    for group, number in groups.most_common():
        print(f"{number:5}  {group}")
    for case in cases:
        print(case_text(case))


if __name__ == "__main__":
    main()
