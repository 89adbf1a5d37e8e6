import Foundation

/// What a feed leaves to its reader.
public struct FeedOptions: Hashable, Sendable {
  /// What says where something is, if a record has both.
  public enum PlaceSource: String, CaseIterable, Sendable {
    /// The id of a link, which needs a link table.
    case links
    /// The coordinate: the nearest road within ``FeedDefaults/nearestRadiusMeters``.
    case coordinates
  }

  /// The zone of times that come without one; `nil` is Asia/Seoul for the Korean feeds and UTC for the others.
  public var timeZone: TimeZone?
  public var preferredPlace: PlaceSource
  /// Headings in degrees of a feed's words for directions, for places without a link: `종점` on all roads, or with a
  /// road's number before it, `1 종점`, on that road. Without one of them every direction of the nearest road is meant.
  public var headingsByDirection: [String: Double]
  /// Speeds older than that are unknown; `nil` is no limit.
  public var speedAgeSecondsMax: Double?

  public init(
    timeZone: TimeZone? = nil, preferredPlace: PlaceSource = .links, headingsByDirection: [String: Double] = [:],
    speedAgeSecondsMax: Double? = nil
  ) {
    (self.timeZone, self.preferredPlace) = (timeZone, preferredPlace)
    (self.headingsByDirection, self.speedAgeSecondsMax) = (headingsByDirection, speedAgeSecondsMax)
  }
}
