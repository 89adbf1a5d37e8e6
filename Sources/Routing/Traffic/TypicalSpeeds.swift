import API
import Foundation
import RoadGraph
import TimeRules

/// How fast traffic usually is on one road, for each slot of the week.
public struct TypicalRoad: Sendable {
  public var road: RoadSpeed.Road
  /// Of each slot, from Monday at midnight.
  fileprivate let speeds: [TenthsOfKmh?]

  public var slotCount: Int { speeds.count }

  /// - Parameter kmh: of each slot of the week, above 0; `nil` where it is not known.
  public init(_ road: RoadSpeed.Road, kmh: [Double?]) {
    self.road = road
    speeds = kmh.map { $0.map(TenthsOfKmh.init(kmh:)) }
  }
}

/// How fast traffic usually is, by road and by slot of the week: an hour or a quarter of one.
///
/// Slots stay as they were given: what is averaged over hours hides the short rush that matters.
public struct TypicalSpeeds: Sendable {
  /// How many slots a week may have: hours, or quarters of an hour.
  public static let slotCounts = [7 * 24, 7 * 24 * 4]

  /// 168 or 672.
  public let slotCount: Int
  /// How many roads have speeds.
  public let roadCount: Int
  /// By road, slot by slot.
  private let speeds: [TenthsOfKmh?]
  /// In the order of pieces.
  private let stretches: [(stretch: DirectedStretch, road: Int)]

  fileprivate init(slotCount: Int, speeds: [TenthsOfKmh?], _ stretches: [(stretch: DirectedStretch, road: Int)]) {
    (self.slotCount, self.speeds, self.stretches) = (slotCount, speeds, stretches)
    roadCount = speeds.count / slotCount
  }

  /// The slot that a moment lies in, by the clock of the place. O(1).
  func slot(at moment: Date, in clock: LocalClock) -> Int {
    clock.minuteOfWeek(at: moment) * slotCount / LocalClock.minutesOfWeek
  }

  /// The speeds of a slot; of two on one stretch the slower counts. O(stretches).
  func speeds(in slot: Int, pieceCount: Int) -> ChunkedTable<DirectedPiece, AlongPiece<TenthsOfKmh>> {
    var table = ChunkedTable<DirectedPiece, AlongPiece<TenthsOfKmh>>(repeating: .nothing, count: 2 * pieceCount)
    for (stretch, road) in stretches {
      guard let speed = speeds[road * slotCount + slot] else { continue }
      if stretch.extent == .wholePiece, table[stretch.piece].isNothing {
        table[stretch.piece] = .whole(speed)
      } else {
        table[stretch.piece] = table[stretch.piece].combined(
          with: [.init(extent: stretch.extent, value: speed)], AlongPiece.slower)
      }
    }
    return table
  }
}

extension RoadResolver {
  /// The speeds of roads on this map.
  ///
  /// - Parameter roads: all with as many slots; those that the map or the link table lacks are counted.
  /// - Returns: `nil` for the speeds if there are no roads, or none of them is on the map.
  /// - Complexity: O(log ways + stretches) for each road.
  public func typicalSpeeds(_ roads: [TypicalRoad]) -> (speeds: TypicalSpeeds?, matches: SpeedMatches) {
    var matches = SpeedMatches()
    guard let slotCount = roads.first?.slotCount else { return (nil, matches) }
    var speeds: [TenthsOfKmh?] = []
    speeds.reserveCapacity(roads.count * slotCount)
    var named: [(stretch: DirectedStretch, road: Int)] = []
    for road in roads where road.slotCount == slotCount {
      matches.count { () throws(TrafficError) in
        let number = speeds.count / slotCount
        named += try stretches(of: road.road).map { ($0, number) }
        speeds += road.speeds
      }
    }
    named.sort { ($0.stretch.piece, $0.road) < ($1.stretch.piece, $1.road) }
    return (named.isEmpty ? nil : TypicalSpeeds(slotCount: slotCount, speeds: speeds, named), matches)
  }
}
