"""What a comparison needs of an OSM extract: the roads, their tags and nodes (PyPI: osmium)."""
import math
import random
from collections import defaultdict

import osmium

# Classes that a car drives on.
ROAD_CLASSES = {
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street", "service",
    "motorway_link", "trunk_link", "primary_link", "secondary_link", "tertiary_link",
}
# Tags that decide on a road, shown with a finding.
ROAD_TAGS = (
    "highway", "route", "service", "access", "vehicle", "motor_vehicle", "motorcar", "oneway", "oneway:motor_vehicle",
    "junction", "maxspeed", "surface", "tracktype", "smoothness", "lanes", "width", "psv", "bus", "hov", "toll", "area",
    "construction", "maxheight", "maxwidth", "maxweight", "emergency", "lane_markings", "name",
)
METERS_PER_DEGREE = 111_195.0


class Extract:
    """Roads of an extract: node lists, tags, coordinates (latitude, longitude) and turn restrictions."""

    def __init__(self, path):
        self.way_tags, self.way_nodes, self.node_tags = {}, {}, {}
        self.coordinate = {}
        self.ways_of_pair = defaultdict(list)
        self.restrictions = defaultdict(list)
        for thing in osmium.FileProcessor(str(path)).with_locations():
            if thing.is_way():
                self._add_way(thing)
            elif thing.is_relation():
                self._add_relation(thing)
            elif len(thing.tags):
                self.node_tags[thing.id] = dict(thing.tags)

    def _add_way(self, way):
        tags = dict(way.tags)
        if "highway" not in tags and "route" not in tags:
            return
        nodes = [node.ref for node in way.nodes if node.location.valid()]
        for node in way.nodes:
            if node.location.valid():
                self.coordinate[node.ref] = (node.location.lat, node.location.lon)
        self.way_tags[way.id], self.way_nodes[way.id] = tags, nodes
        for a, b in zip(nodes, nodes[1:]):
            self.ways_of_pair[min(a, b), max(a, b)].append(way.id)

    def _add_relation(self, relation):
        tags = dict(relation.tags)
        if tags.get("type", "").startswith("restriction"):
            members = [(member.role, member.type, member.ref) for member in relation.members]
            for role, _, ref in members:
                if role == "via":
                    self.restrictions[ref].append((relation.id, tags, members))

    def way_between(self, a, b):
        """An OSM way with these neighbouring nodes, or None."""
        ways = self.ways_of_pair.get((min(a, b), max(a, b)))
        return ways[0] if ways else None

    def road_text(self, way):
        tags = self.way_tags.get(way, {})
        return f"way {way} " + " ".join(f"{key}={tags[key]}" for key in ROAD_TAGS if key in tags)

    def pairs(self, count, seed, jitter_meters):
        """Seeded pairs of places near roads: uniform over the roads' nodes, moved by up to `jitter_meters`."""
        nodes = [
            node for way in sorted(self.way_nodes) if self.way_tags[way].get("highway") in ROAD_CLASSES
            for node in self.way_nodes[way]
        ]
        draw = random.Random(seed)
        places = [self._jittered(self.coordinate[draw.choice(nodes)], jitter_meters, draw) for _ in range(2 * count)]
        return list(zip(places[::2], places[1::2]))

    @staticmethod
    def _jittered(place, meters, draw):
        radius, angle = meters * math.sqrt(draw.random()), draw.uniform(0, 2 * math.pi)
        latitude = place[0] + radius * math.cos(angle) / METERS_PER_DEGREE
        longitude = place[1] + radius * math.sin(angle) / METERS_PER_DEGREE / math.cos(math.radians(place[0]))
        return round(latitude, 6), round(longitude, 6)


def meters(a, b):
    """The distance of two places within a city."""
    north = (b[0] - a[0]) * METERS_PER_DEGREE
    east = (b[1] - a[1]) * METERS_PER_DEGREE * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)


def bearing_degrees(a, b):
    north, east = b[0] - a[0], (b[1] - a[1]) * math.cos(math.radians(a[0]))
    return math.degrees(math.atan2(east, north)) % 360


def middle(a, b):
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
