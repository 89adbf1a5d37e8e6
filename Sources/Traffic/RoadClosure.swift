import Foundation
import Geometry

/// A direction of travel along an OSM way.
public enum WayDirection: String, CaseIterable, Codable, Sendable {
  case both, forward, backward
}

/// Which roads a closure means.
public enum RoadSelector: Hashable, Codable, Sendable {
  /// Every road of an OSM way, in one direction of the way or in both.
  case way(osmID: Int64, direction: WayDirection)
  /// Every stretch of road within a radius of a place, in both directions.
  case point(Coordinate, radiusMeters: Double)
}

/// A road that is impassable for everybody until it is lifted or expires.
public struct RoadClosure: Hashable, Codable, Sendable, Identifiable {
  /// The caller's name of the closure, unique.
  public var id: String
  /// Who says so: a traffic centre, a dispatcher.
  public var source: String
  public var selector: RoadSelector
  public var reason: String
  /// From when it holds; `nil` is at once.
  public var from: Date?
  /// Until when it holds; `nil` is until it is lifted.
  public var until: Date?
  /// A put with a revision below the known one is refused; the same or a higher one replaces it.
  public var revision: UInt64

  public init(
    id: String, source: String = "", selector: RoadSelector, reason: String = "", from: Date? = nil,
    until: Date? = nil, revision: UInt64 = 0
  ) {
    self.id = id
    self.source = source
    self.selector = selector
    self.reason = reason
    self.from = from
    self.until = until
    self.revision = revision
  }

  /// True if the closure holds at `moment`.
  public func isActive(at moment: Date) -> Bool {
    (from.map { $0 <= moment } ?? true) && (until.map { moment < $0 } ?? true)
  }
}

/// Closures are kept for long: what a value of an earlier Tocsin lacks has its default, what it has beyond is ignored.
extension RoadClosure {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try values.decode(String.self, forKey: .id),
      source: try values.decodeIfPresent(String.self, forKey: .source) ?? "",
      selector: try values.decode(RoadSelector.self, forKey: .selector),
      reason: try values.decodeIfPresent(String.self, forKey: .reason) ?? "",
      from: try values.decodeIfPresent(Date.self, forKey: .from),
      until: try values.decodeIfPresent(Date.self, forKey: .until),
      revision: try values.decodeIfPresent(UInt64.self, forKey: .revision) ?? 0)
  }
}
