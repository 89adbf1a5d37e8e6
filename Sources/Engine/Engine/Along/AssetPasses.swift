import API
import RoadGraph

/// A moment or a while in which a vehicle passes a point of a layer: on its road, or in its sight.
struct AssetPassing {
  /// Where the way is nearest to it.
  struct Point {
    var at: TravelAmount
    var side: StreetSide
    var distanceMeters: Double
  }

  /// Position of the layer in the question, and of the feature in the layer.
  var layer: Int
  var feature: Int
  var from: TravelAmount
  var until: TravelAmount
  var nearest: Point
  /// Where on its road; `nil` for what a camera sees.
  var position: RoadPosition?

  static func isEarlier(_ one: AssetPassing, _ other: AssetPassing) -> Bool {
    (one.from.centimeters, one.from.milliseconds) < (other.from.centimeters, other.from.milliseconds)
  }
}

/// Puts together what belongs to one pass: a corner that two roads lead by, the parts of a view.
struct AssetPasses {
  /// In the order of the way.
  let assets: [RouteAsset]

  private struct Key: Hashable {
    var layer: Int
    var feature: Int
  }

  /// A vehicle that goes past once.
  private struct Pass {
    var passings: [AssetPassing]
    var until: Int

    init(_ first: AssetPassing) { (passings, until) = ([first], first.until.centimeters) }

    mutating func add(_ passing: AssetPassing) {
      passings.append(passing)
      until = max(until, passing.until.centimeters)
    }

    /// True if a vehicle was just there and comes back: it turned round, or went round a block.
    func comesBack(to passing: AssetPassing) -> Bool {
      passings.contains {
        $0.position == passing.position && $0.position != nil && $0.from.centimeters < passing.from.centimeters
      }
    }
  }

  /// O(passings x log passings).
  init(_ passings: [AssetPassing], _ layers: [KeptLayer]) {
    var (passes, places): ([Key: [Pass]], [(key: Key, pass: Pass)]) = ([:], [])
    for passing in passings.sorted(by: AssetPassing.isEarlier) {
      let key = Key(layer: passing.layer, feature: passing.feature)
      var own = passes[key] ?? []
      let isSight = layers[key.layer].placement.sights.contains(feature: key.feature)
      if let last = own.last, Self.isOnePass(last, passing, layers[key.layer].layer.rule),
        isSight || !last.comesBack(to: passing)
      {
        own[own.count - 1].add(passing)
      } else {
        own.append(Pass(passing))
      }
      passes[key] = own
    }
    for (key, own) in passes { places += own.map { (key, $0) } }
    let found = places.compactMap { place in
      Self.asset(place.pass, of: layers[place.key.layer], feature: place.key.feature).map { (place.key, $0) }
    }
    assets = found.sorted {
      ($0.1.lengthMeters, $0.1.travelSeconds, $0.0.layer, $0.0.feature)
        < ($1.1.lengthMeters, $1.1.travelSeconds, $1.0.layer, $1.0.feature)
    }.map(\.1)
  }

  /// What is within reach of a point lies no farther along a way round it than twice the reach.
  private static func isOnePass(_ pass: Pass, _ next: AssetPassing, _ rule: LayerRule) -> Bool {
    Double(next.from.centimeters - pass.until) <= 200 * rule.roadMetersMax
  }

  /// `nil` for a camera that doesn't see the way, however near it is.
  private static func asset(_ pass: Pass, of layer: KeptLayer, feature: Int) -> RouteAsset? {
    let seen = pass.passings.filter { $0.position == nil }
    let isSight = layer.placement.sights.contains(feature: feature)
    if isSight, seen.isEmpty { return nil }
    let own = pass.passings.first { $0.position != nil }?.nearest
    guard let point = own ?? seen.map(\.nearest).min(by: { $0.distanceMeters < $1.distanceMeters }) else { return nil }
    var asset = RouteAsset(
      layer.layer.name, layer.layer.features[feature], travelSeconds: Double(point.at.milliseconds) / 1000,
      lengthMeters: Double(point.at.centimeters) / 100, side: point.side, distanceMeters: point.distanceMeters)
    if let from = seen.map(\.from.milliseconds).min(), let until = seen.map(\.until.milliseconds).max() {
      asset.inViewSeconds = Double(from) / 1000...Double(until) / 1000
    }
    return asset
  }
}
