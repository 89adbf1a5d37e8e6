import API
import Foundation
import RoadGraph

/// A closure and the roads of this map that it means.
public struct ResolvedClosure: Sendable {
  public let closure: RoadClosure
  /// Each once, in a fixed order; empty if the map has none of them any more.
  public let pieces: [DirectedPiece]
  let effects: [PieceEffect]
  let times: ClosureTimes

  /// - Parameters:
  ///   - runs: the pieces that are driven one after the other, or lie on one OSM way: a delay is shared out among
  ///     those of a run.
  /// - Throws: ``TrafficError/unknownHours(id:hours:)``.
  public init(_ closure: RoadClosure, runs: [[DirectedPiece]], on network: RoadNetwork) throws(TrafficError) {
    guard let times = ClosureTimes(closure, clock: network.clock) else {
      throw .unknownHours(id: closure.id, hours: closure.hours)
    }
    var effects: [DirectedPiece: PieceEffect] = [:]
    for run in runs {
      for (piece, effect) in zip(run, Self.effects(closure.effect, on: run, network)) where effects[piece] == nil {
        effects[piece] = effect
      }
    }
    self.closure = closure
    self.times = times
    pieces = effects.keys.sorted()
    self.effects = pieces.compactMap { effects[$0] }
  }

  private static func effects(_ effect: RoadEffect, on run: [DirectedPiece], _ network: RoadNetwork) -> [PieceEffect] {
    switch effect {
    case .closed: return run.map { _ in .closed }
    case .factor(let factor): return run.map { _ in .factor(factor) }
    case .speed(let kmh): return run.map { _ in .speed(kmh: kmh) }
    case .delay(let seconds):
      let lengths = run.map { Double(network.pieces[$0.piece].lengthCentimeters) }
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
