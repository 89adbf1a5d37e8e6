/// What of an engine's files is read again.
public enum ReloadPart: String, CaseIterable, Sendable {
  /// The map, and the links of external networks on it.
  case map
  case profiles
  case overrides
}

/// What became of a reload: what the new map or the new profiles no longer have.
public struct ReloadReport: Hashable, Sendable {
  /// The first version whose answers know the change.
  public var version: UInt64
  /// What was read, in a fixed order.
  public var parts: [ReloadPart] = []
  public var before: MapFacts
  public var after: MapFacts
  /// Profiles that are served now and were not, and the other way round.
  public var addedProfiles: [String] = []
  public var removedProfiles: [String] = []
  public var unitCount = 0
  /// Units that stood on a road and now stand on none.
  public var lostUnits = IDList()
  /// Points of layers that belonged to a road and now belong to none, as `layer/id`. They stay known.
  public var lostFeatures = IDList()
  public var closureCount = 0
  /// Closures that close nothing any more. They stay known: a later map may have their roads again.
  public var unmatchedClosures = IDList()
  /// Closures of which the map has much less than before.
  public var partlyMatchedClosures = IDList()
  /// What became of each source's speeds and turn penalties.
  public var speeds: [SpeedLoss] = []
  public var linkCount = 0
  /// Stretches of links that the map lacks, by their link's id.
  public var unmatchedLinks = IDList()
  /// Roads of the file of typical speeds that the map lacks.
  public var unmatchedTypicalCount = 0
  /// How many overrides are in force.
  public var overrideCount = 0
  public var unmatchedOverrides: [UnmatchedOverride] = []
  /// From the first byte read to the first answer that knows the change.
  public var seconds = 0.0
  /// How long changes had to wait.
  public var holdMilliseconds = 0.0

  public init(version: UInt64, before: MapFacts, after: MapFacts) {
    (self.version, self.before, self.after) = (version, before, after)
  }
}

/// Which map an engine stands on.
public struct MapFacts: Hashable, Sendable {
  public var path: String
  /// Of its file as it was opened.
  public var bytes: UInt64
  public var vertexCount: Int
  public var arcCount: Int
  public var wayCount: Int

  public init(path: String, bytes: UInt64, vertexCount: Int, arcCount: Int, wayCount: Int) {
    (self.path, self.bytes) = (path, bytes)
    (self.vertexCount, self.arcCount, self.wayCount) = (vertexCount, arcCount, wayCount)
  }
}

/// Some ids, and how many there are in all.
public struct IDList: Hashable, Sendable {
  public var count = 0
  /// The first ones, sorted: at most ``idsMax``.
  public var ids: [String] = []

  public static let idsMax = 1_000

  public init() {}

  public init(_ all: [String]) {
    count = all.count
    ids = Array(all.sorted().prefix(Self.idsMax))
  }
}

/// What a new map has of the speeds and turn penalties of a source.
public struct SpeedLoss: Hashable, Sendable {
  public var source: String
  public var matchedCount: Int
  /// How many the map or the link table lacks.
  public var unmatchedCount: Int

  public init(source: String, matchedCount: Int = 0, unmatchedCount: Int = 0) {
    (self.source, self.matchedCount, self.unmatchedCount) = (source, matchedCount, unmatchedCount)
  }
}

/// An override, or a part of one, that matches nothing: reported, never lost silently.
public struct UnmatchedOverride: Hashable, Sendable {
  /// Which kind of entry.
  public enum Kind: String, CaseIterable, Sendable { case way, node, turn, station }

  public let kind: Kind
  /// What the entry is keyed by: an OSM id, `from via to`, or a station's name.
  public let id: String
  /// Where it stands in its file.
  public let line: Int
  /// For people.
  public let why: String

  public init(kind: Kind, id: String, line: Int, why: String) {
    (self.kind, self.id, self.line, self.why) = (kind, id, line, why)
  }
}
