import API
import Client
import Feeds
import Foundation

/// Reads a feed and pushes what it says.
struct FeedPusher {
  let reader: FeedReader
  /// 0 for a feed that is pushed once.
  let intervalSeconds: Double
  let timeToLiveSeconds: Double
  let isDryRun: Bool

  /// Throws a `FeedError` for what is no feed, a `ClientError` if the server can't take it.
  func push(_ data: Data, to client: TocsinClient) async throws -> FeedOutcome {
    let content = try reader.read(data)
    try content.checkUnderstood()
    var outcome = FeedOutcome(content, source: reader.source, isDryRun: isDryRun)
    let report = FeedReport(
      source: reader.source, intervalSeconds: intervalSeconds, recordCount: content.recordCount,
      skippedCount: content.skippedCount)
    if reader.format.bringsClosures {
      var request = ClosuresRequest(content.closures)
      request.endlessTimeToLiveSeconds = timeToLiveSeconds
      request.completeSource = reader.source
      request.strictness = .skipRefused
      request.feed = report
      if isDryRun { request.detail = .shapes }
      outcome.add(isDryRun ? try await client.previewClosures(request) : try await client.putClosures(request))
    } else {
      let update = SpeedUpdate(
        source: reader.source, speeds: content.speeds, turnPenalties: content.turnPenalties,
        timeToLiveSeconds: timeToLiveSeconds, isComplete: true)
      let speeds = SpeedsRequest(update, feed: report)
      outcome.add(isDryRun ? try await client.previewSpeeds(speeds) : try await client.putSpeeds(speeds))
    }
    return outcome
  }
}

extension FeedFormat {
  /// True for events; false for speeds and turn penalties.
  var bringsClosures: Bool {
    switch self {
    case .wzdx, .cifs, .itsEvents: true
    case .osrmSpeeds, .osrmTurns, .itsSpeeds: false
    }
  }
}
