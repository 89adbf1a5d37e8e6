"""Reads tiles with another program: prints for each file the layers with the ids, tags and points of their features."""

import json
import sys

import mapbox_vector_tile


def points(geometry):
    lines = geometry["coordinates"]
    if geometry["type"] == "Point":
        return [[lines]]
    return [lines] if geometry["type"] == "LineString" else lines


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        tile = mapbox_vector_tile.decode(file.read(), default_options={"y_coord_down": True})
    found = {
        name: [
            {"id": feature.get("id", 0), "tags": feature["properties"], "points": sum(map(len, points(feature["geometry"])))}
            for feature in layer["features"]
        ]
        for name, layer in tile.items()
    }
    print(json.dumps(found, sort_keys=True, ensure_ascii=False))
