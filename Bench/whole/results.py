"""What was measured, as JSON lines in the work folder, so that a run that was broken off goes on where it was."""
import json
import subprocess

from whole.programs import ROOT


def commit():
    """The version that is measured; a change that is not committed is told apart."""
    done = subprocess.run(
        ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=7"], capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


class Results:
    """The lines of a file: of each map and step the last one counts."""

    def __init__(self, path):
        self.path = path
        self.lines = {}
        if path.exists():
            for text in path.read_text().splitlines():
                self._take(json.loads(text))

    def _take(self, line):
        self.lines[line["map"], line["step"]] = line

    def known(self, name, step, version):
        """Whether this version's measurement is there."""
        return self.lines.get((name, step), {}).get("commit") == version

    def add(self, one, step, version, figures):
        line = {"map": one.name, "family": one.family, "step": step, "commit": version, "figures": figures}
        with open(self.path, "a") as file:
            file.write(json.dumps(line) + "\n")
        self._take(line)

    def commits(self):
        return sorted({line["commit"] for line in self.lines.values()})

    def maps(self):
        """Of each imported map: name, family, and the figures of each step."""
        names = [name for name, step in self.lines if step == "import"]
        return [Measured(self.lines[name, "import"]["family"], name, {
            step: line["figures"] for (owner, step), line in self.lines.items() if owner == name}) for name in names]


class Measured:
    """A map and its figures."""

    def __init__(self, family, name, steps):
        self.family, self.name, self.steps = family, name, steps
        self.junctions, self.arcs = steps["import"]["junctions"], steps["import"]["arcs"]

    def value(self, column):
        """The figure of a column; None where its step was not measured."""
        figures = self.steps.get(column.step)
        for key in column.path:
            figures = None if figures is None else figures.get(key)
        return None if figures is None else figures * column.factor
