"""The figures, their exponents and what they say of larger maps, as Markdown tables."""
import math

from whole.laws import COLUMNS, TARGETS, foretold, law
from whole.maps import DEMO, MOSAIC, REAL


def report(maps, commits):
    """Everything there is to say about the maps, whole tables of Markdown."""
    ordered = sorted(maps, key=lambda one: one.arcs)
    return "\n\n".join([
        f"Commit {', '.join(commits)}.", figures(ordered),
        "Exponents between neighbouring sizes: the figure grows like the number of arcs to this power.",
        exponents(ordered),
        "Laws fitted to all sizes of a family (how many maps; by what factor they typically lie off the law), and "
        "larger maps by the laws of real maps and of mosaics.",
        laws(ordered), *sources()]) + "\n"


def figures(maps):
    rows = [[one.name, f"{one.junctions:,}", f"{one.arcs:,}"] + [cell(one.value(column)) for column in COLUMNS]
            for one in maps]
    return markdown(["map", "junctions", "arcs"] + [f"{column.title}, {column.unit}" for column in COLUMNS], rows)


def exponents(maps):
    """Only maps of one family are neighbours: a demo city says nothing of a real one that is a little larger."""
    rows = []
    for family in sorted({one.family for one in maps}):
        members = [one for one in maps if one.family == family]
        for small, large in zip(members, members[1:]):
            rows.append([f"{small.name} to {large.name}"] + [exponent(small, large, column) for column in COLUMNS])
    return markdown(["from, to"] + [column.title for column in COLUMNS], rows)


def exponent(small, large, column):
    first, last = small.value(column), large.value(column)
    if not first or not last or small.arcs == large.arcs:
        return ""
    return f"{math.log(last / first) / math.log(large.arcs / small.arcs):.2f}"


def laws(maps):
    rows = []
    for column in COLUMNS:
        fits = [law(maps, column, family) for family in (DEMO, MOSAIC, REAL)]
        rows.append([f"{column.title}, {column.unit}"] + [
            f"{one.exponent:.2f} ({one.points}, {one.spread:.2f})" if one else "" for one in fits] + [
            " to ".join(map(cell, foretold(maps, column, target))) for target in TARGETS])
    families = [f"exponent, {family}" for family in (DEMO, MOSAIC, REAL)]
    return markdown(
        ["figure"] + families + [f"{target.name}, {target.arcs / 1e6:.1f} million arcs" for target in TARGETS], rows)


def sources():
    return [f"{target.name}: {target.source}." for target in TARGETS]


def cell(figure):
    """Three digits; empty where nothing was measured."""
    if figure is None:
        return ""
    digits = 2 - math.floor(math.log10(abs(figure))) if figure else 0
    return f"{round(figure, digits):,.{max(0, digits)}f}"


def markdown(titles, rows):
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
