import Foundation
import Geometry

/// When requests are due: a Poisson process, as calls for help and reports of many vehicles come, each by itself.
///
/// The times follow from seed and rate alone. They are summed from the planned times, never from the times at which
/// something was really sent, so a late sender doesn't shift those that follow.
struct ArrivalSchedule {
  /// When the next request is due, in seconds after the start; infinity if there is none.
  private(set) var nextSeconds: Double
  private let meanSeconds: Double
  private var random: SplitMix64

  init(perSecond rate: Double, seed: UInt64) {
    meanSeconds = rate > 0 ? 1 / rate : .infinity
    random = SplitMix64(seed: seed)
    nextSeconds = 0
    advance()
  }

  /// Goes on to the request after the next.
  mutating func advance() {
    guard meanSeconds.isFinite else {
      nextSeconds = .infinity
      return
    }
    nextSeconds -= log(1 - Double.random(in: 0..<1, using: &random)) * meanSeconds
  }
}
