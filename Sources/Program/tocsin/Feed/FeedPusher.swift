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
    if reader.format == .have {
      try await push(content.hospitals, to: client, &outcome)
    } else if reader.format.bringsClosures {
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

extension FeedPusher {
  /// How far clocks differ: a server refuses what is said later.
  private static let clockAheadSecondsMax = 60.0

  /// Puts hospitals. Of those that say something of the future the states known stay: one of them would keep all from
  /// being taken.
  private func push(
    _ hospitals: [Hospital], to client: TocsinClient, _ outcome: inout FeedOutcome
  ) async throws {
    let latest = Date() + Self.clockAheadSecondsMax
    let ahead = hospitals.filter { $0.reportedAt.map { $0 > latest } ?? false }
    let told = hospitals.map { hospital in
      var hospital = hospital
      if ahead.contains(hospital) { (hospital.states, hospital.reportedAt) = ([], nil) }
      return hospital
    }
    let put = HospitalsPut(told, completeSource: reader.source)
    outcome.add(isDryRun ? nil : try await client.putHospitals(put), count: hospitals.count - ahead.count, ahead: ahead)
  }
}

extension FeedFormat {
  /// True for events; false for speeds, turn penalties and hospitals.
  var bringsClosures: Bool {
    switch self {
    case .wzdx, .cifs, .itsEvents: true
    case .osrmSpeeds, .osrmTurns, .itsSpeeds, .have: false
    }
  }
}
