"""Graphs as RoutingKit keeps them: one file of raw little-endian numbers a column (`tocsin export`)."""
from dataclasses import dataclass

import numpy


@dataclass
class Graph:
    """Arcs by tail, as lists of Python numbers: what RoutingKit's Python package takes."""
    first_out: list
    tail: list
    head: list
    weight: list
    latitude: list
    longitude: list

    @classmethod
    def read(cls, folder):
        first_out, head, weight = (numpy.fromfile(folder / name, "<u4") for name in ("first_out", "head", "weight"))
        latitude, longitude = (numpy.fromfile(folder / name, "<f4") for name in ("latitude", "longitude"))
        tail = numpy.repeat(numpy.arange(len(latitude)), numpy.diff(first_out.astype(numpy.int64)))
        return cls(*(column.tolist() for column in (first_out, tail, head, weight, latitude, longitude)))

    @property
    def vertex_count(self):
        return len(self.latitude)

    def arcs_of(self, vertex):
        """The arcs out of a vertex."""
        return range(self.first_out[vertex], self.first_out[vertex + 1])

    def place(self, vertex):
        return [self.latitude[vertex], self.longitude[vertex]]


def read_order(folder):
    """The vertex of each rank."""
    return numpy.fromfile(folder / "order", "<u4").tolist()


def write_order(folder, order):
    numpy.array(order, "<u4").tofile(folder / "order")


def chordal_completion(graph, order):
    """Undirected hierarchy arcs and lower triangles after contraction in this order.

    Each vertex hands its upper neighbours, but for the lowest, on to that lowest one (Dibbelt, Strasser, Wagner 2016).
    A triangle has the vertex as its lowest corner: any two of the upper neighbours are joined.
    """
    rank = [0] * graph.vertex_count
    for position, vertex in enumerate(order):
        rank[vertex] = position
    above = [set() for _ in order]
    for tail, head in zip(graph.tail, graph.head):
        if tail != head:
            lower, upper = sorted((rank[tail], rank[head]))
            above[lower].add(upper)
    arcs = triangles = 0
    for vertex, neighbors in enumerate(above):
        degree = len(neighbors)
        arcs += degree
        triangles += degree * (degree - 1) // 2
        if neighbors:
            parent = min(neighbors)
            neighbors.discard(parent)
            above[parent] |= neighbors
        above[vertex] = None
    return arcs, triangles
