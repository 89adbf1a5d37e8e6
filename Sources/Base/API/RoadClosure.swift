import Foundation

/// A road that is impassable or slow, for whom, and when: what a traffic centre or a dispatcher says.
public struct RoadClosure: Hashable, Codable, Sendable, Identifiable {
  /// The caller's name of the closure, unique.
  @Composed public var id: String
  /// The source: a traffic centre, a feed, a dispatcher.
  @Composed public var source: String
  public var selector: RoadSelector
  /// Which of the roads there are meant.
  public var levels: LevelFilter
  public var effect: RoadEffect
  public var scope: ClosureScope
  public var reason: String
  /// From when it holds; `nil` is at once.
  public var from: Date?
  /// Until when it holds; `nil` is until it is lifted.
  public var until: Date?
  /// When it holds between `from` and `until`, as OSM writes hours: `Mo-Fr 22:00-05:00`, in the map's time zone; empty
  /// is always.
  public var hours: String
  /// A put with a revision below the known one is refused; the same or a higher one replaces it.
  public var revision: UInt64

  public init(
    id: String, source: String = "", selector: RoadSelector, levels: LevelFilter = .all,
    effect: RoadEffect = .closed, scope: ClosureScope = .everybody, reason: String = "", from: Date? = nil,
    until: Date? = nil, hours: String = "", revision: UInt64 = 0
  ) {
    (self.id, self.source, self.selector, self.levels) = (id, source, selector, levels)
    (self.effect, self.scope, self.reason, self.from) = (effect, scope, reason, from)
    (self.until, self.hours, self.revision) = (until, hours, revision)
  }

  /// The same closure, but ending after `seconds` at the latest.
  public func living(seconds: Double, from moment: Date) -> RoadClosure {
    var closure = self
    let end = moment.addingTimeInterval(seconds)
    closure.until = until.map { min($0, end) } ?? end
    return closure
  }

  /// The same closure, but one without an end ends `seconds` after `moment`, or after it begins if that is later.
  public func ending(afterSeconds seconds: Double, from moment: Date) -> RoadClosure {
    var closure = self
    closure.until = until ?? max(moment, from ?? moment).addingTimeInterval(seconds)
    return closure
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
      levels: try values.decodeIfPresent(LevelFilter.self, forKey: .levels) ?? .all,
      effect: try values.decodeIfPresent(RoadEffect.self, forKey: .effect) ?? .closed,
      scope: try values.decodeIfPresent(ClosureScope.self, forKey: .scope) ?? .everybody,
      reason: try values.decodeIfPresent(String.self, forKey: .reason) ?? "",
      from: try values.decodeIfPresent(Date.self, forKey: .from),
      until: try values.decodeIfPresent(Date.self, forKey: .until),
      hours: try values.decodeIfPresent(String.self, forKey: .hours) ?? "",
      revision: try values.decodeIfPresent(UInt64.self, forKey: .revision) ?? 0)
  }
}
