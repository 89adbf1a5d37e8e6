import API
import Foundation
import Profiles
import RoadGraph
import Traffic

/// What traffic does along each piece of road for one profile, worked out anew from the list of closures and speeds.
///
/// Only which stretches a closure means is taken from the engine.
struct OracleTraffic {
  typealias Extent = ClosedRange<UInt32>

  private enum Effect {
    case closed
    case factor(Double)
    case speed(kmh: Double)
    case delay(milliseconds: Double)
    case measured(tenthsOfKmh: Double)
  }

  private var effects: [DirectedPiece: [(extent: Extent, effect: Effect)]] = [:]
  private var speeds: [DirectedPiece: [(extent: Extent, tenthsOfKmh: Double)]] = [:]
  private let costs: CostModel
  private static let whole: Extent = 0...RoadPosition.fractionMax

  /// - Parameters:
  ///   - closures: those in force count.
  ///   - speeds: of OSM ways and between OSM nodes, by one put of one source.
  init(_ closures: [ListedClosure], speeds: [RoadSpeed], for costs: CostModel) {
    self.costs = costs
    let resolver = RoadResolver(costs.network)
    for listed in closures where listed.isActive && Self.applies(listed.closure.scope, to: costs.profile) {
      if let resolved = try? resolver.resolve(listed.closure) { add(listed.closure, on: resolved.stretches) }
    }
    for speed in speeds {
      let selector: RoadSelector? =
        switch speed.road {
        case .way(let osmID, let direction): .way(osmID: osmID, direction: direction)
        case .nodes(let pair): .nodes(pair, direction: .forward)
        case .link: nil
        }
      guard let selector, let resolved = try? resolver.resolve(RoadClosure(id: "speed", selector: selector)) else {
        continue
      }
      let tenths = speed.kmh == 0 ? 0 : max(1, (speed.kmh * 10).rounded())
      for stretch in resolved.stretches { self.speeds[stretch.piece, default: []].append((stretch.extent, tenths)) }
    }
    for (piece, known) in self.speeds { addSlowest(known, to: piece) }
  }

  private static func applies(_ scope: ClosureScope, to profile: VehicleProfile) -> Bool {
    switch scope {
    case .everybody: return true
    case .civil: return profile.siren == .none
    case .profiles(let names): return names.contains(profile.name)
    case .largerThan(let limits):
      return (limits.heightMeters > 0 && profile.size.heightMeters > limits.heightMeters)
        || (limits.weightTonnes > 0 && profile.size.weightTonnes > limits.weightTonnes)
    }
  }

  private mutating func add(_ closure: RoadClosure, on stretches: [DirectedStretch]) {
    for stretch in stretches {
      let effect: Effect =
        switch closure.effect {
        case .closed: .closed
        case .factor(let factor): .factor(factor)
        case .speed(let kmh): .speed(kmh: kmh)
        case .delay(let seconds): .delay(milliseconds: share(of: seconds, for: stretch, closure, stretches))
        }
      effects[stretch.piece, default: []].append((stretch.extent, effect))
    }
  }

  /// Of two words on one place the slower counts; neighbours that are equally fast are one.
  private mutating func addSlowest(_ known: [(extent: Extent, tenthsOfKmh: Double)], to piece: DirectedPiece) {
    var joined: [(extent: Extent, tenthsOfKmh: Double)] = []
    for extent in Self.pieces(between: known.map(\.extent)) {
      let here = known.filter { $0.extent.lowerBound <= extent.lowerBound && $0.extent.upperBound >= extent.upperBound }
      guard let slowest = here.map(\.tenthsOfKmh).min() else { continue }
      if let last = joined.last, last.tenthsOfKmh == slowest, last.extent.upperBound == extent.lowerBound {
        joined[joined.count - 1].extent = last.extent.lowerBound...extent.upperBound
      } else {
        joined.append((extent, slowest))
      }
    }
    for (extent, tenths) in joined {
      effects[piece, default: []].append((extent, tenths == 0 ? .closed : .measured(tenthsOfKmh: tenths)))
    }
  }

  /// Between each two neighbouring bounds.
  private static func pieces(between extents: [Extent]) -> [Extent] {
    let bounds = Set(extents.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
    return zip(bounds, bounds.dropFirst()).map { $0...$1 }
  }
}

// MARK: Delays

extension OracleTraffic {
  /// The share of a delay that lies on a stretch: by length among those of its OSM way and direction, rounded from the
  /// first one; the first one is that where the vehicle comes first or, in an area, the one with the least number.
  private func share(
    of seconds: Double, for stretch: DirectedStretch, _ closure: RoadClosure, _ stretches: [DirectedStretch]
  ) -> Double {
    let network = costs.network
    let mates = stretches.filter {
      network.way(of: $0.piece.piece) == network.way(of: stretch.piece.piece) && isAlong($0) == isAlong(stretch)
    }
    let ordered =
      switch closure.selector {
      case .point, .nearest, .polygon, .areas:
        mates.sorted { ($0.piece, $0.extent.lowerBound) < ($1.piece, $1.extent.lowerBound) }
      case .way, .nodes, .polyline, .polylines, .link: mates.sorted { comesBefore($0, $1) }
      }
    guard let index = ordered.firstIndex(of: stretch) else { return 0 }
    let lengths = ordered.map { Double(centimeters($0.piece.piece, $0.extent)) }
    let all = max(lengths.reduce(0, +), 1)
    let before = (seconds * 1000 * lengths[..<index].reduce(0, +) / all).rounded()
    return (seconds * 1000 * lengths[...index].reduce(0, +) / all).rounded() - before
  }

  private func isAlong(_ stretch: DirectedStretch) -> Bool {
    stretch.piece.isBackward == costs.network.pieces[stretch.piece.piece].isReversed
  }

  /// In the direction of travel, of two stretches of one OSM way and direction.
  private func comesBefore(_ one: DirectedStretch, _ other: DirectedStretch) -> Bool {
    let pieces = costs.network.pieces
    if one.piece == other.piece {
      return one.piece.isBackward
        ? one.extent.lowerBound > other.extent.lowerBound
        : one.extent.lowerBound < other.extent.lowerBound
    }
    let (first, second) = (pieces[one.piece.piece].firstNode, pieces[other.piece.piece].firstNode)
    return isAlong(one) ? first < second : first > second
  }
}

// MARK: Along a piece

extension OracleTraffic {
  func centimeters(_ piece: PieceID, _ extent: Extent) -> UInt32 {
    Self.part(of: costs.network.pieces[piece].lengthCentimeters, extent)
  }

  func closed(_ piece: DirectedPiece) -> [Extent] {
    (effects[piece] ?? []).compactMap { if case .closed = $0.effect { $0.extent } else { nil } }
  }

  func free(_ piece: DirectedPiece) -> TravelCost {
    costs.pieceCost(piece.piece, piece.isBackward ? .backward : .forward)
  }

  /// The time on a part of a piece, closed or not: effects cut the piece into parts on which all is the same, and there
  /// time passes evenly.
  func milliseconds(_ piece: DirectedPiece, _ part: Extent) -> Weight {
    let free = free(piece).timeMilliseconds
    let known = effects[piece] ?? []
    return Self.pieces(between: known.map(\.extent) + [Self.whole]).reduce(0) { sum, extent in
      let (from, to) = (max(extent.lowerBound, part.lowerBound), min(extent.upperBound, part.upperBound))
      guard from < to else { return sum }
      let here = known.filter { $0.extent.lowerBound <= extent.lowerBound && $0.extent.upperBound >= extent.upperBound }
      let time = milliseconds(on: extent, of: piece, free: Self.part(of: free, extent), here)
      return sum.adding(Self.share(of: time, from...to, in: extent))
    }
  }

  private func milliseconds(
    on extent: Extent, of piece: DirectedPiece, free: Weight, _ here: [(extent: Extent, effect: Effect)]
  ) -> Weight {
    var (slowest, factor, delay) = (Double.infinity, 1.0, Weight(0))
    var milliseconds = Double(free)
    let centimeters = Double(centimeters(piece.piece, extent))
    for (own, effect) in here {
      switch effect {
      case .closed: break
      case .factor(let value): factor = max(factor, value)
      case .speed(let kmh): slowest = min(slowest, kmh)
      case .delay(let whole): delay = max(delay, Self.share(of: Weight(whole), extent, in: own))
      case .measured(let tenths):
        let lost = max(0, centimeters * 36 / (tenths / 10) - Double(free))
        milliseconds += lost * costs.civilTrafficShare(piece.piece, piece.isBackward ? .backward : .forward)
      }
    }
    milliseconds = max(milliseconds, slowest < .infinity ? centimeters * 36 / slowest : 0)
    return Weight(saturating: (milliseconds * factor).rounded(.up)).adding(delay)
  }

  private static func part(of amount: UInt32, _ extent: Extent) -> UInt32 { share(of: amount, extent, in: whole) }

  /// What of an amount on an extent lies on a part of it, rounded down from the extent's start.
  private static func share(of amount: UInt32, _ part: Extent, in extent: Extent) -> UInt32 {
    let length = UInt64(extent.upperBound - extent.lowerBound)
    let ends = [part.lowerBound, part.upperBound].map { UInt64(amount) * UInt64($0 - extent.lowerBound) / length }
    return UInt32(ends[1] - ends[0])
  }
}
