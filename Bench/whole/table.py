"""The figures, their exponents and what they say of larger maps, as Markdown tables."""
import math

from whole.laws import COLUMNS, TARGETS, law_of_demo_cities, law_of_real_maps


def report(maps, commits):
    """Everything there is to say about the maps, whole tables of Markdown."""
    ordered = sorted(maps, key=lambda one: one.arcs)
    return "\n\n".join([
        f"Commit {', '.join(commits)}.", figures(ordered),
        "Exponents between neighbouring sizes: the figure grows like the number of arcs to this power.",
        exponents(ordered),
        "Laws fitted to all sizes, and larger maps by the law of the real ones (real maps and mosaics, no demo city).",
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
        real, demo = law_of_real_maps(maps, column), law_of_demo_cities(maps, column)
        rows.append([f"{column.title}, {column.unit}", f"{demo.exponent:.2f}" if demo else ""] + (
            [f"{real.exponent:.2f}", f"{real.spread:.2f}", str(real.points)] if real else [""] * 3) + [
            cell(real.at(target.arcs)) if real else "" for target in TARGETS])
    titles = [f"{target.name}, {target.arcs / 1e6:.1f} million arcs" for target in TARGETS]
    law = ["exponent, demo cities", "exponent, real", "off the law by a factor of", "real maps"]
    return markdown(["figure"] + law + titles, rows)


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
