"""The figures of a comparison as Markdown, and as an object for JSON."""
from dataclasses import dataclass


@dataclass
class Report:
    """`built`, `served`: by engine, what preparing took and what is kept; `same`: answers compared; `results`:
    contests, each with its series."""
    setting: dict
    description: dict
    built: dict
    served: dict
    same: dict
    results: list

    @property
    def has_different_answers(self):
        return any(row["different"] for row in self.rows())

    def rows(self):
        """One for each engine in each contest. Ratios are the peer's time over Tocsin's, of one run."""
        return [row for contest, series in self.results for row in contest_rows(contest, series)]

    def figures(self):
        return {
            "setting": self.setting, "graph": self.description, "built": self.built, "served": self.served,
            "same_answers": self.same, "rows": self.rows(), "facts": self.facts()}

    def markdown(self):
        parts = [self._heading(), self._checks(), self._times(), self._facts()]
        return "\n\n".join(part for part in parts if part)

    def _heading(self):
        setting, graph = self.setting, self.description
        versions = ", ".join(f"{name} {version}" for name, version in setting["versions"].items())
        return (
            f"`{setting['extract']}` (sha256 {setting['sha256']}), profile {setting['profile']}: {graph['vertices']:,} "
            f"junctions, {graph['arcs']:,} arcs, {graph['turns']:,} turns. Commit {setting['commit']}, {versions}. "
            f"{setting['machine']}; load {setting['load'][0]:.1f}; {setting['rounds']} rounds, seed {setting['seed']}.")

    def _checks(self):
        lines = [
            [title, f"{one['pairs']:,}", f"{one['unreachable']:,}", f"{one['different']:,}"]
            + [str(one["example"] or "")] for title, one in self.same.items()]
        return self.same and table(
            ["identical graph: Tocsin against RoutingKit", "pairs", "unreachable", "different", "example"], lines)

    def _times(self):
        header = ["what", "engine", "calls", "median", "mean", "p99", "CPU", "median / Tocsin's", "mean", "p99",
                  "CPU", "goal", "reached"]
        lines = [
            [row["what"], row["engine"], f"{row['calls']:,}", duration(row["median"]), duration(row["mean"]),
             duration(row["p99"]), duration(row["cpu"]), ratio(row["median_ratio"]), ratio(row["mean_ratio"]),
             ratio(row["p99_ratio"]), ratio(row["cpu_ratio"]), *row_goal(row)] for row in self.rows()]
        return lines and table(header, lines)

    def _facts(self):
        lines = [
            [what, f"{ours:.3g} {unit}", f"{theirs:.3g} {unit}", ratio(theirs / ours), *goal(theirs / ours, wanted)]
            for what, ours, theirs, unit, wanted in self.facts()]
        return lines and table(["what", "Tocsin", "peer", "peer / Tocsin", "goal", "reached"], lines)

    def facts(self):
        """What, Tocsin's figure, the peer's, unit, how many times as much the peer's must be."""
        ours, found = self.built["tocsin"]["import"]["cpu_s"], []
        if "osrm" in self.built:
            build, served = self.built["osrm"], self.served
            cpu = build["extract"]["cpu_s"] + build["contract"]["cpu_s"]
            found += [
                ("OSM data to a ready file, CPU: OSRM CH extract and contract", ours, cpu, "s", 20),
                ("files: all of OSRM CH", served["tocsin"]["file_mb"], served["osrm"]["all_files_mb"], "MB", 3),
                ("files: those that OSRM CH serves from", served["tocsin"]["file_mb"], served["osrm"]["file_mb"], "MB",
                 None)]
            for kind, name, wanted in (("VmRSS", "", 2), ("RssAnon", ", its own", None)):
                found.append((
                    f"server's memory after 1,000 routes{name}: OSRM CH", served["tocsin"]["memory"][kind],
                    served["osrm"]["memory"][kind], "MB", wanted))
        if "osrm mld" in self.built:
            cpu = sum(step["cpu_s"] for name, step in self.built["osrm mld"].items() if name != "source")
            found.append(("OSM data to a ready file, CPU: OSRM MLD extract, partition, customize", ours, cpu, "s", None))
        if "valhalla" in self.built:
            found.append((
                "OSM data to a ready file, CPU: Valhalla tiles", ours, self.built["valhalla"]["tiles"]["cpu_s"], "s",
                None))
        if "routingkit turns" in self.built:
            found += self._routingkit_facts(self.built["routingkit turns"])
        return found

    def _routingkit_facts(self, build):
        cpu = build["order"]["cpu_s"] + build["construct"]["cpu_s"]
        ours = self.built["tocsin"]["import"]["cpu_s"]
        # RoutingKit relaxes an undirected triangle in both directions.
        triangles = self.description["triangles"], 2 * build["triangles"]
        found = [
            ("whole import, CPU: RoutingKit's order and contraction of the graph alone", ours, cpu, "s", None),
            ("hierarchy arcs in millions, each direction: RoutingKit, same graph",
             self.description["hierarchyArcs"] / 1e6, 2 * build["arcs"] / 1e6, "", 1),
            ("lower triangles in millions, each direction: RoutingKit, same graph",
             triangles[0] / 1e6, triangles[1] / 1e6, "", 1)]
        cpu = {(row["what"], row["engine"]): row["cpu"] for row in self.rows()}
        for what, engine in cpu:
            if "one core" in what and "one core" in engine:
                found.append((
                    "full customization, CPU per triangle and direction: RoutingKit",
                    cpu[what, "Tocsin"] / triangles[0], cpu[what, engine] / triangles[1], "ns", 1.5))
        median = {row["engine"]: row["median"] for row in self.rows() if "customization" in row["what"]}
        found.append((
            "full customization: Tocsin on one core against Tocsin on two", median["Tocsin, two cores"] / 1e6,
            median["Tocsin"] / 1e6, "ms", 1.8))
        return found


def contest_rows(contest, series):
    first = contest.entries[0]
    ours = series[first.title][0]
    rows = []
    for entry in contest.entries:
        if entry.title not in series:
            continue
        times, reading = series[entry.title]
        off = reading.median if reading.nanoseconds else 0
        off_mean, off_cpu = (reading.mean, reading.cpu_mean) if off else (0, 0)
        rows.append({
            "what": contest.title, "engine": entry.title, "calls": len(times.nanoseconds),
            "median": times.median - off, "mean": times.mean - off_mean, "p99": times.at(0.99) - off,
            "cpu": times.cpu_mean - off_cpu, "reading_median": off,
            "median_ratio": None if entry is first else (times.median - off) / ours.median,
            "mean_ratio": None if entry is first else (times.mean - off_mean) / ours.mean,
            "p99_ratio": None if entry is first else (times.at(0.99) - off) / ours.at(0.99),
            "cpu_ratio": None if entry is first else (times.cpu_mean - off_cpu) / ours.cpu_mean, "goal": entry.goal,
            "goal_p99": entry.goal_p99,
            "different": sum(a != b for a, b in zip(ours.answers, times.answers)) if entry.same_answers else 0,
        })
    return rows


def duration(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.0f} ns"


def ratio(value):
    return "" if value is None else f"{value:.2f}"


def goal(value, wanted):
    """The goal and whether it is reached; both empty for what is there for information."""
    return ("", "") if value is None or wanted is None else (f">= {wanted}", "yes" if value >= wanted else "no")


def row_goal(row):
    """The goals for the median and the 99th percentile, and whether both are reached."""
    wanted, reached = goal(row["median_ratio"], row["goal"])
    if row["goal_p99"] is None:
        return wanted, reached
    wanted_p99, reached_p99 = goal(row["p99_ratio"], row["goal_p99"])
    return f"{wanted}, p99 {wanted_p99}", "yes" if reached == reached_p99 == "yes" else "no"


def table(header, lines):
    rows = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)
