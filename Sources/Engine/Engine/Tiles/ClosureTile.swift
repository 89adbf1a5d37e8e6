import API
import Foundation
import Geometry
import Profiles
import Traffic
import VectorTiles

/// The closures of a tile: of each one feature for the stretches that are meant in both directions, and one for those
/// that are meant in the direction of the line alone (`oneway`). However short, it is seen.
enum ClosureTile {
  static let layer = "closures"

  /// - Parameters:
  ///   - shapes: of all closures in force, in the order in which they are drawn.
  ///   - profile: for which they hold; `nil` for all.
  static func draw(
    _ tile: TileAddress, _ shapes: [ClosureShape], for profile: VehicleProfile?, within limit: WorkLimit
  ) throws(EngineError) -> VectorTile {
    var layer = VectorTile.writer(layer, bytesMax: Limits.tileBytesMax)
    for (number, shape) in shapes.enumerated() {
      if number % checkInterval == 0 { try limit.check() }
      if let profile, !shape.closure.scope.applies(to: profile) { continue }
      add(shape, to: &layer, of: tile)
    }
    return VectorTile(layer)
  }

  /// This many closures are looked at in about a millisecond.
  private static let checkInterval = 1_024

  private static func add(_ shape: ClosureShape, to layer: inout TileLayerWriter, of tile: TileAddress) {
    let margin = Double(TileAddress.marginUnits)
    let (least, most) = (tile.units(of: shape.corners.least), tile.units(of: shape.corners.most))
    guard least.max() <= Double(TileAddress.units) + margin, most.min() >= -margin else { return }
    let closure = shape.closure
    let (effect, scope) = (closure.effect.tags, closure.scope.tags)
    for (lines, isOneWay) in [(shape.lines.both, false), (shape.lines.oneWay, true)] where !lines.isEmpty {
      layer.add(
        kind: "\(effect.name)_\(shape.roadClass.tileName)", lines: lines.map { tile.drawn($0) }, isSeenAlways: true,
        [
          "id": .text(closure.id), "source": .text(ifAny: closure.source), "reason": .text(ifAny: closure.reason),
          "effect": .text(effect.name), "factor": effect.factor, "delay_seconds": effect.delaySeconds,
          "speed_kmh": effect.speedKmh, "scope": .text(scope.name), "profiles": scope.profiles,
          "from": closure.from.map { .text($0.ISO8601Format()) },
          "until": closure.until.map { .text($0.ISO8601Format()) }, "hours": .text(ifAny: closure.hours),
          "class": .text(shape.roadClass.tileName), "oneway": .truth(ifTrue: isOneWay),
        ])
    }
  }
}

extension RoadEffect {
  /// What it is, with the one number that it has.
  fileprivate var tags: (name: String, factor: TileValue?, delaySeconds: TileValue?, speedKmh: TileValue?) {
    switch self {
    case .closed: ("closed", nil, nil, nil)
    case .factor(let factor): ("factor", .number(factor), nil, nil)
    case .delay(let seconds): ("delay", nil, .number(seconds), nil)
    case .speed(let kmh): ("speed", nil, nil, .number(kmh))
    }
  }
}

extension ClosureScope {
  /// For whom it holds: everybody, civil traffic, larger vehicles, or some profiles.
  fileprivate var tags: (name: String, profiles: TileValue?) {
    switch self {
    case .everybody: ("everybody", nil)
    case .civil: ("civil", nil)
    case .largerThan: ("larger_vehicles", nil)
    case .profiles(let names): ("profiles", .text(names.sorted().joined(separator: ",")))
    }
  }
}

extension TileAddress {
  /// A line in units of the tile, without points that nobody sees. O(points).
  func drawn(_ line: [MercatorPosition]) -> [MercatorPosition] {
    Simplification.points(of: line.map { units(of: $0) }, tolerance: toleranceUnits)
  }
}
