"""Why two engines answer differently: a first guess, from driving each one's way with the other one.

A way is cut in the middle of each stretch between two OSM nodes; the other engine is asked for the way from each middle
to the next, in the direction of travel. Where it answers with a detour or stands elsewhere, it forbids that node's turn
or that stretch.
"""
from dataclasses import dataclass

from engines import Request
from extract import bearing_degrees, meters, middle

STRAY_METERS = 4.0
DETOUR_METERS = 15.0
SNAP_METERS = 8.0


@dataclass
class Finding:
    """What differs at a pair: the group that it counts for, and a line for people."""
    group: str
    text: str


@dataclass
class Drive:
    """One engine's way, driven by the other: `blocks` are (kind, index of the stretch)."""
    seconds: float
    blocks: list
    places: list


class Judge:
    """Tells why the answers of two engines differ."""

    def __init__(self, extract, ours, theirs):
        self.extract, self.ours, self.theirs = extract, ours, theirs
        self.node_at = {(round(c[0], 6), round(c[1], 6)): node for node, c in extract.coordinate.items()}

    def judge(self, ours, theirs):
        """The findings of a pair, the most likely cause first."""
        found = []
        if ours and theirs:
            for end, a, b in (("start", ours.start, theirs.start), ("end", ours.end, theirs.end)):
                if meters(a, b) > SNAP_METERS:
                    found.append(self._snap(end, ours, theirs, end == "end"))
        driven_ours = self.drive(ours, self.theirs)
        driven_theirs = self.drive(theirs, self.ours)
        lost = self._blocks(driven_ours, self.theirs) + self._blocks(driven_theirs, self.ours)
        if found or lost:
            return found + lost
        return self._balance(ours, theirs, driven_ours, driven_theirs)

    def drive(self, answer, engine):
        """Drives an answer's way, stretch by stretch, with an engine; None without a way."""
        shape = answer.shape if answer else []
        places = [place for i, place in enumerate(shape) if i == 0 or meters(place, shape[i - 1]) > 0.05]
        if len(places) < 3:
            return None
        middles = [middle(a, b) for a, b in zip(places, places[1:])]
        headings = [bearing_degrees(a, b) for a, b in zip(places, places[1:])]
        requests = [
            Request(middles[i], middles[i + 1], (headings[i], headings[i + 1])) for i in range(len(middles) - 1)
        ]
        driven = Drive(0.0, [], places)
        for i, answer in enumerate(engine.ask(requests)):
            length = meters(middles[i], places[i + 1]) + meters(places[i + 1], middles[i + 1])
            block = self._block(i, answer, requests[i], places, length)
            if block:
                driven.blocks.append(block)
            else:
                driven.seconds += answer.seconds
        return driven

    def _block(self, i, answer, request, places, length):
        if answer is None:
            return "stretch", i
        for index, at, asked, way in ((i, answer.start, request.start, 0), (i + 1, answer.end, request.end, -1)):
            if meters(at, asked) > STRAY_METERS and not self._same_street(answer, way, places, index):
                return "stretch", index
        return ("turn", i + 1) if answer.meters > length + DETOUR_METERS else None

    def _same_street(self, answer, end, places, index):
        """True if an engine that names ways stands elsewhere on the same street."""
        expected = self._way(places[index], places[index + 1])
        if not answer.ways or expected is None:
            return False
        tags = [self.extract.way_tags.get(way, {}) for way in (answer.ways[end], expected)]
        return all(tags[0].get(key) == tags[1].get(key) for key in ("name", "highway"))

    def _snap(self, end, ours, theirs, is_last):
        roads = []
        for answer in (ours, theirs):
            shape = answer.shape[::-1] if is_last else answer.shape
            roads.append(self._road(shape[0], shape[1]) if len(shape) > 1 else "?")
        return Finding(
            "snap", f"{end}: {self.ours.name} on {roads[0]}; {self.theirs.name} on {roads[1]}")

    def _blocks(self, driven, engine):
        """Where an engine forbids the other one's way."""
        if driven is None:
            return []
        findings, seen = [], set()
        last = len(driven.places) - 2
        for kind, i in driven.blocks:
            # Both ends of a way lie within a stretch: nothing is said of them.
            if i in (0, last) and kind == "stretch":
                continue
            finding = self._stretch(driven, i, engine) if kind == "stretch" else self._turn(driven, i, engine)
            if finding.text not in seen:
                seen.add(finding.text)
                findings.append(finding)
        return findings

    def _stretch(self, driven, i, engine):
        way = self._way(driven.places[i], driven.places[i + 1])
        tags = self.extract.way_tags.get(way, {})
        facts = [f"{k}={tags[k]}" for k in ("highway", "service", "access", "motor_vehicle", "oneway") if k in tags]
        return Finding(
            f"{engine.name} forbids the road {' '.join(facts)}", f"{engine.name} forbids {self.extract.road_text(way)}")

    def _turn(self, driven, i, engine):
        before, at, after = driven.places[i - 1], driven.places[i], driven.places[i + 1]
        node = self.node_at.get((round(at[0], 6), round(at[1], 6)))
        ways = self._way(before, at), self._way(at, after)
        tags = self.extract.node_tags.get(node, {})
        kinds = [
            f"{relation[1].get('restriction', next((k for k in relation[1] if k.startswith('restriction')), '?'))}"
            for relation in self.extract.restrictions.get(node, [])
        ]
        turn = (bearing_degrees(at, after) - bearing_degrees(before, at) + 180) % 360 - 180
        if abs(turn) > 170:
            cause = "U-turn"
        elif "barrier" in tags:
            cause = f"barrier={tags['barrier']}"
        elif kinds:
            cause = "turn restriction " + ",".join(sorted(set(kinds)))
        else:
            cause = "turn without a restriction at its node"
        relations = [f"{r[0]} {r[1]}" for r in self.extract.restrictions.get(node, [])]
        return Finding(
            f"{engine.name} forbids: {cause}",
            f"{engine.name} forbids a turn of {turn:.0f} degrees at node {node} {tags} from "
            f"{self.extract.road_text(ways[0])} to {self.extract.road_text(ways[1])} {relations}")

    def _balance(self, ours, theirs, driven_ours, driven_theirs):
        """Both engines could drive both ways: how much faster each finds its own."""
        own = self.drive(ours, self.ours), self.drive(theirs, self.theirs)
        if None in (driven_ours, driven_theirs, *own):
            return [Finding("found by one engine only", "")]
        our_gap, their_gap = driven_theirs.seconds - own[0].seconds, driven_ours.seconds - own[1].seconds
        group = "weights" if their_gap >= 0 else f"{self.theirs.name} avoids a faster way (its weight is not time)"
        return [Finding(
            group,
            f"{self.ours.name} finds its own way faster by {our_gap:.0f} s, {self.theirs.name} its own by "
            f"{their_gap:.0f} s")]

    def _way(self, a, b):
        nodes = [self.node_at.get((round(p[0], 6), round(p[1], 6))) for p in (a, b)]
        return self.extract.way_between(*nodes) if None not in nodes else None

    def _road(self, a, b):
        for place in (b, a):
            node = self.node_at.get((round(place[0], 6), round(place[1], 6)))
            ways = [w for (x, y), found in self.extract.ways_of_pair.items() if node in (x, y) for w in found]
            if ways:
                return " or ".join(sorted({self.extract.road_text(way) for way in ways})[:3])
        return "?"
