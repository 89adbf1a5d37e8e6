import API
import ArgumentParser

/// On which levels the meant roads lie.
struct LevelOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Only roads on these OSM layers, e.g. 0 or -5..0.", valueName: "layers"),
    transform: Parse.layers)
  var layers: ClosedRange<Int8>?

  @Option(help: "Bridges among these roads.")
  var bridges: LevelFilter.Presence = .included

  @Option(help: "Tunnels and underpasses among these roads.")
  var tunnels: LevelFilter.Presence = .included

  var value: LevelFilter { LevelFilter(layers: layers, bridges: bridges, tunnels: tunnels) }
}

extension LevelFilter.Presence: ExpressibleByArgument {}
