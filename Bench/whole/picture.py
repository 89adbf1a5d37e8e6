"""The figures over the number of arcs, as an SVG: a panel for each column, both axes logarithmic."""
import math
from html import escape

from whole.laws import COLUMNS, law, points
from whole.maps import DEMO, MOSAIC, REAL

PANEL_WIDTH, PANEL_HEIGHT, PANELS_IN_A_ROW = 290, 210, 3
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 30, 34
HEAD = 34
DEMO_COLOR, REAL_COLOR, INK, GRID = "#7a8699", "#c2410c", "#1f2937", "#e5e7eb"


class Axis:
    """Logarithms of an axis' range, widened to whole decades or to what is shown, mapped to pixels."""

    def __init__(self, values, start, end):
        low, high = math.log10(min(values)), math.log10(max(values))
        margin = max(0.08 * (high - low), 0.05)
        self.low, self.high, self.start, self.end = low - margin, high + margin, start, end

    def pixel(self, value):
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self):
        """1, 10, 100 ...; where too few of them lie on the axis, 2 and 5 as well."""
        for steps in ((1,), (1, 2, 5), (1, 1.5, 2, 3, 5, 7)):
            decades = range(math.floor(self.low), math.ceil(self.high) + 1)
            found = [step * 10.0 ** decade for decade in decades for step in steps
                     if self.low <= math.log10(step * 10.0 ** decade) <= self.high]
            if len(found) >= 3:
                break
        return found


def svg(maps):
    """The picture of all columns that have figures."""
    columns = [column for column in COLUMNS if points(maps, column)]
    rows = math.ceil(len(columns) / PANELS_IN_A_ROW)
    width, height = PANELS_IN_A_ROW * PANEL_WIDTH, HEAD + rows * PANEL_HEIGHT
    panels = [f'<g transform="translate({number % PANELS_IN_A_ROW * PANEL_WIDTH},'
              f'{HEAD + number // PANELS_IN_A_ROW * PANEL_HEIGHT})">\n{panel(maps, column)}\n</g>'
              for number, column in enumerate(columns)]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="10">',
        f'<rect width="{width}" height="{height}" fill="white"/>', legend(), *panels, "</svg>"]) + "\n"


def legend():
    return "\n".join([
        marker(LEFT, 16, True, False), text(LEFT + 10, 20, "demo cities"),
        marker(LEFT + 90, 16, False, False), text(LEFT + 100, 20, "real maps"),
        marker(LEFT + 180, 16, False, True), text(LEFT + 190, 20, "mosaics of Milan"),
        line([(LEFT + 300, 16), (LEFT + 330, 16)], REAL_COLOR, dashed=True),
        text(LEFT + 336, 20, "law of real maps")])


def panel(maps, column):
    """One column: demo cities and mosaics joined by lines, real maps around the line of their law."""
    shown = sorted((one for one in maps if one.value(column)), key=lambda one: one.arcs)
    x = Axis([one.arcs for one in maps], LEFT, PANEL_WIDTH - RIGHT)  # the same for every panel
    y = Axis([one.value(column) for one in shown], PANEL_HEIGHT - BOTTOM, TOP)
    parts = [text(LEFT, TOP - 10, f"{column.title}, {column.unit}", size=12), *grid(x, y)]
    for family in (DEMO, MOSAIC):
        members = [one for one in shown if one.family == family]
        places = [(x.pixel(one.arcs), y.pixel(one.value(column))) for one in members]
        parts.append(line(places, DEMO_COLOR if family == DEMO else REAL_COLOR))
    real, real_arcs = law(maps, column, REAL), [one.arcs for one in shown if one.family == REAL]
    if real:
        ends = [(x.pixel(arcs), y.pixel(real.at(arcs))) for arcs in (min(real_arcs), max(real_arcs))]
        parts.append(line(ends, REAL_COLOR, dashed=True))
    for one in shown:
        place = x.pixel(one.arcs), y.pixel(one.value(column))
        words = f"{one.name}: {one.value(column):.3g} {column.unit}"
        parts.append(marker(*place, one.family == DEMO, one.family == MOSAIC, words))
    return "\n".join(parts)


def grid(x, y):
    """Lines at the ticks, and what they stand for."""
    bottom, right = PANEL_HEIGHT - BOTTOM, PANEL_WIDTH - RIGHT
    for tick in x.ticks():
        yield line([(x.pixel(tick), TOP), (x.pixel(tick), bottom)], GRID)
        yield text(x.pixel(tick), bottom + 13, short(tick), anchor="middle")
    for tick in y.ticks():
        yield line([(LEFT, y.pixel(tick)), (right, y.pixel(tick))], GRID)
        yield text(LEFT - 5, y.pixel(tick) + 3.5, short(tick), anchor="end")
    yield text((LEFT + right) / 2, bottom + 26, "arcs", anchor="middle")


def short(value):
    """10k, 1.5M; small numbers as they are."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def text(x, y, words, color=INK, size=10, anchor="start"):
    style = f'font-size="{size}" text-anchor="{anchor}" fill="{color}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def line(places, color, dashed=False):
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dashes = ' stroke-dasharray="5 3"' if dashed else ""
    return f'<polyline points="{path}" fill="none" stroke="{color}"{dashes}/>'


def marker(x, y, made_up, mosaic, words=""):
    """A hollow circle for a demo city, a square for a mosaic, a disc for a real map; `words` on hovering."""
    title = f"<title>{escape(words)}</title>" if words else ""
    fill, stroke = ("white", DEMO_COLOR) if made_up else ("white" if mosaic else REAL_COLOR, REAL_COLOR)
    style = f'fill="{fill}" stroke="{stroke}" stroke-width="1.6"'
    if mosaic:
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" {style}>{title}</rect>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" {style}>{title}</circle>'
