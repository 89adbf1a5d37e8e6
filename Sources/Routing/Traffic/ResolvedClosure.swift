import API
import Foundation
import RoadGraph

/// A closure and the roads of this map that it means.
public struct ResolvedClosure: Sendable {
  public let closure: RoadClosure
  /// In a fixed order; empty if the map has none of them any more.
  public let stretches: [DirectedStretch]
  /// Of each stretch.
  let effects: [StretchEffect]
  let times: ClosureTimes

  /// - Parameters:
  ///   - runs: the stretches that are driven one after the other, or lie on one OSM way: a delay is shared out among
  ///     those of a run. Those of the first run count where another one has the same.
  /// - Throws: ``TrafficError/unknownHours(id:hours:)``, ``TrafficError/ended(_:)``.
  public init(
    _ closure: RoadClosure, runs: [[DirectedStretch]], on network: RoadNetwork, within budget: RoadBudget = .unlimited
  ) throws(TrafficError) {
    guard let times = ClosureTimes(closure, clock: network.clock) else {
      throw .unknownHours(id: closure.id, hours: closure.hours)
    }
    var effects: [DirectedStretch: StretchEffect] = [:]
    for run in runs {
      for (stretch, effect) in zip(run, Self.effects(closure.effect, on: run, network)) where effects[stretch] == nil {
        try budget.pause()
        effects[stretch] = effect
      }
    }
    self.closure = closure
    self.times = times
    stretches = effects.keys.sorted { ($0.piece, $0.extent.lowerBound) < ($1.piece, $1.extent.lowerBound) }
    self.effects = stretches.compactMap { effects[$0] }
  }

  /// The pieces that it is about, in both directions apart, each once.
  public var pieces: [DirectedPiece] { stretches.map(\.piece).reduce(into: []) { if $0.last != $1 { $0.append($1) } } }

  private static func effects(
    _ effect: RoadEffect, on run: [DirectedStretch], _ network: RoadNetwork
  ) -> [StretchEffect] {
    switch effect {
    case .closed: return run.map { _ in .closed }
    case .factor(let factor): return run.map { _ in .factor(factor) }
    case .speed(let kmh): return run.map { _ in .speed(kmh: kmh) }
    case .delay(let seconds):
      let lengths = run.map { Double(network.lengthCentimeters(of: $0.piece.piece, $0.extent)) }
      let whole = max(lengths.reduce(0, +), 1)
      var along = 0.0
      // Rounded as from the start, so that the shares add up to the whole.
      return lengths.map { length in
        let before = Weight(saturating: seconds * 1000 * along / whole)
        along += length
        return .delay(milliseconds: Weight(saturating: seconds * 1000 * along / whole) - before)
      }
    }
  }

  /// True while it changes roads by what its times say.
  public func isActive(at moment: Date) -> Bool { times.isActive(at: moment) }
}
