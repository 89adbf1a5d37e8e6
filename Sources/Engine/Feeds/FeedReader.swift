import Foundation

/// Turns a feed as a traffic centre publishes it into closures, speeds and turn penalties, or into hospitals.
///
/// The same bytes give the same content. What a feed leaves unknown stays unknown: such a record gives nothing.
/// Closures without an end stay without one; the caller that puts them into an engine gives them a time to live.
public struct FeedReader: Sendable {
  public let format: FeedFormat
  /// The name of the feed; ids of closures begin with it.
  public let source: String
  public let options: FeedOptions

  public init(format: FeedFormat, source: String, options: FeedOptions = FeedOptions()) {
    (self.format, self.source, self.options) = (format, source, options)
  }

  /// What a whole file says, without what is over at `moment`. A record with a fault is a problem and the others count.
  /// Throws a ``FeedError`` if it is no file of the format, or cut short. O(bytes).
  public func read(_ data: Data, at moment: Date = Date()) throws(FeedError) -> FeedContent {
    guard data.contains(where: { !$0.isWhiteSpace }) else { throw FeedError(.empty, "the feed is empty") }
    let clock = FeedClock(timeZone: options.timeZone ?? format.timeZone)
    let context = FeedContext(source: source, options: options, moment: moment, clock: clock)
    switch format {
    case .osrmSpeeds: return try OSRMFile.speeds(in: data)
    case .osrmTurns: return try OSRMFile.turnPenalties(in: data)
    case .wzdx: return try WZDxFeed(context: context).content(of: data)
    case .cifs: return try CIFSFeed(context: context).content(of: data)
    case .itsEvents: return try ITSEvents(context: context).content(of: data)
    case .itsSpeeds: return try ITSSpeeds(context: context).content(of: data)
    case .have: return try HAVEFeed(context: context).content(of: data)
    }
  }
}

/// What all records of one reading have in common.
struct FeedContext {
  let source: String
  let options: FeedOptions
  let moment: Date
  let clock: FeedClock
}
