import API
import ArgumentParser

/// On which levels the meant roads lie.
struct LevelOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Only roads on these OSM layers, e.g. 0 or -5..0.", valueName: "layers"),
    transform: Parse.layers)
  var layers: ClosedRange<Int8>?

  @OptionGroup var structures: StructureOption

  var value: LevelFilter { structures.filter(layers: layers) }
}

/// Bridges and tunnels among the meant roads.
struct StructureOption: ParsableArguments {
  @Option(help: "Bridges among these roads.")
  var bridges: LevelFilter.Presence = .included

  @Option(help: "Tunnels and underpasses among these roads.")
  var tunnels: LevelFilter.Presence = .included

  func filter(layers: ClosedRange<Int8>?) -> LevelFilter {
    LevelFilter(layers: layers, bridges: bridges, tunnels: tunnels)
  }
}

/// What lies along a way, and on which levels the meant roads lie: both are called layers.
struct AlongOption: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      """
      List what of these layers lies along the way, e.g. camera,signal. A number or a range means OSM layers: only roads \
      on them, e.g. 0 or -5..0. May be repeated.
      """, valueName: "layers"),
    transform: Parse.layerWords)
  var layers: [LayerWords] = []

  @OptionGroup var structures: StructureOption

  func validate() throws {
    if levels.count > 1 { throw ValidationError("Give the OSM layers as one range, such as -1..0.") }
  }

  private var levels: [ClosedRange<Int8>] {
    layers.compactMap { if case .levels(let levels) = $0 { levels } else { nil } }
  }

  var value: LevelFilter { structures.filter(layers: levels.first) }

  /// Of the department's layers.
  var names: [String] { layers.flatMap { if case .names(let names) = $0 { names } else { [String]() } } }
}

/// A value of `--layers`.
enum LayerWords: Sendable {
  /// OSM's.
  case levels(ClosedRange<Int8>)
  /// Of the department.
  case names([String])
}

extension LevelFilter.Presence: ExpressibleByArgument {}
