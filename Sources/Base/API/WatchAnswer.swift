import Foundation

/// A question that is answered again whenever its answer changes.
public enum WatchQuestion: Sendable {
  case route(RouteRequest)
  case fastestUnits(FastestUnitsRequest)
  case recommend(RecommendRequest)
  case coverage(CoverageRequest)
  case reach(ReachRequest)
}

/// The answer to a question that is being watched, as it is now.
public struct WatchAnswer: Sendable {
  /// What there is to say.
  public enum Content: Sendable {
    case route(RouteAnswer)
    case fastestUnits(FastestUnitsAnswer)
    case recommend(RecommendAnswer)
    case coverage(CoverageAnswer)
    case reach(ReachAnswer)
    /// Why there is no answer at the moment, such as `NO_ROUTE`.
    case refusal(EngineError)
  }

  public var version: UInt64
  public var content: Content
  /// How it differs from the answer before; empty in the first one.
  public var changes: [AnswerChange]
  /// What happened since, and may be why.
  public var causes: [WatchCause]

  public init(version: UInt64, content: Content, changes: [AnswerChange], causes: [WatchCause]) {
    (self.version, self.content, self.changes, self.causes) = (version, content, changes, causes)
  }
}

/// How an answer differs from the one before.
public enum AnswerChange: Hashable, Sendable {
  /// The way leads over other roads.
  case way
  /// The same way takes another time.
  case travelSeconds(before: Double, after: Double)
  /// A unit comes to another place of the ranking or of its line (`nil` is none), another time, or another way.
  case unit(id: String, placeBefore: Int?, placeAfter: Int?, secondsBefore: Double?, secondsAfter: Double?)
  /// A unit goes for another line of a plan.
  case line(unitID: String)
  /// Other places of a plan stay open.
  case open
  /// Another plan, or another level of it, holds.
  case plan
  /// Other roads are covered or reached.
  case roads
  /// Other points of layers lie along a way, or are passed at another time.
  case assets
  /// There is an answer again.
  case found
  /// There is none any more, or another reason for it.
  case refused
}

/// What became of the traffic.
public struct TrafficEvent: Sendable {
  public var version: UInt64
  public var publishedAt: Date
  /// All since the event before; none in the first one.
  public var causes: [WatchCause]
  /// There were more causes than fit.
  public var isIncomplete: Bool

  public init(version: UInt64, publishedAt: Date, causes: [WatchCause], isIncomplete: Bool) {
    (self.version, self.publishedAt, self.causes, self.isIncomplete) = (version, publishedAt, causes, isIncomplete)
  }
}

/// What happened, as watchers see it.
public enum WatchCause: Hashable, Sendable {
  case traffic(TrafficCause)
  /// A conditional rule of the map began or ended, or the overrides were read again.
  case rules
  /// The map or the profiles were read again.
  case map
  /// A unit was put or removed.
  case unit(id: String)
  /// Plans, or what chooses them, were put or removed.
  case plans
  /// Layers were put or removed.
  case layers
  /// Other choices of plans hold from now on: their hours began or ended.
  case hours
}

/// Something that happened to the traffic.
public enum TrafficCause: Hashable, Sendable {
  case put(closureID: String)
  case lifted(closureID: String)
  /// Its time came: from, or the beginning of its hours.
  case began(closureID: String)
  /// Its hours are over for now.
  case paused(closureID: String)
  /// Its time is over.
  case expired(closureID: String)
  /// Speeds or turn penalties of a source are new.
  case measured(source: String)
  /// Speeds or turn penalties of a source are unknown again.
  case faded(source: String)
}
