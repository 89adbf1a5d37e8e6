import API
import Client
import Fleet
import Foundation
import Geometry
import Testing
import Traffic

/// What one client did to its own closures and units, always two at once, and what it knows to be kept.
struct CrashStory: Sendable {
  /// What the server holds of a story.
  private struct Kept: Hashable {
    /// The revision of both closures; `nil` if they are lifted.
    var revision: UInt64?
    /// The status of both units; `nil` before the first one.
    var status: UnitStatus?
  }

  private let number: Int
  private let place: Coordinate
  private var kept = Kept()
  /// What the disk may have, and the server does not: what was sent last, without an answer, and what nobody knows.
  private var possible: Set<Kept> = []
  private(set) var refusedCount = 0
  /// Revisions that no trail may show.
  private(set) var refusedRevisions: Set<UInt64> = []
  private var step: UInt64 = 0
  private(set) var acknowledgedVersion: UInt64 = 0
  /// Each is two entries of the trail.
  private(set) var acknowledgedCount = 0

  init(number: Int, place: Coordinate) { (self.number, self.place) = (number, place) }

  var ids: [String] { ["\(number)-a", "\(number)-b"] }

  /// Makes the next change; false if the connection is lost.
  mutating func takeStep(_ client: TocsinClient) async -> Bool {
    step += 1
    var next = kept
    switch step % 3 {
    case 0: next.revision = nil
    case 1: next.revision = step
    default: next.status = next.status == .available ? .dispatched : .available
    }
    if next == kept { return true }
    do {
      acknowledgedVersion = max(acknowledgedVersion, try await send(next, client))
    } catch {
      return note(error, of: next)
    }
    (kept, possible) = (next, [])
    acknowledgedCount += 1
    return true
  }

  /// What a refusal says of a change; false if the connection is lost.
  private mutating func note(_ error: any Error, of next: Kept) -> Bool {
    switch (error as? ClientError)?.code {
    case "LEDGER_FAILED":
      refusedCount += 1
      if let revision = next.revision, revision == step { refusedRevisions.insert(revision) }
      return true
    case "OUTCOME_UNKNOWN":
      possible.insert(next)
      return true
    case "CONNECTION_LOST", "CONNECTION_FAILED":
      possible.insert(next)
      return false
    default:
      Issue.record(error)
      return false
    }
  }

  private func send(_ next: Kept, _ client: TocsinClient) async throws -> UInt64 {
    if next.status != kept.status, let status = next.status {
      let units = ids.map {
        ResponseUnit(id: $0, profile: "car", status: status, coordinate: place, reportedAt: Date())
      }
      return try await client.putUnits(units).version
    }
    guard let revision = next.revision else { return try await client.liftClosures(ids).version }
    let closures = ids.map {
      RoadClosure(id: $0, selector: .point(place, radiusMeters: 100), revision: revision)
    }
    return try await client.putClosures(closures).version
  }

  /// Compares with what a restarted server holds: what was acknowledged, or whole what was on its way.
  mutating func settle(closures: [RoadClosure], units: [ResponseUnit], round: Int) {
    let revisions = ids.map { id in closures.first { $0.id == id }?.revision }
    let statuses = ids.map { id in units.first { $0.id == id }?.status }
    #expect(Set(revisions).count == 1, "round \(round), \(number): half of the closures: \(revisions)")
    #expect(Set(statuses).count == 1, "round \(round), \(number): half of the units: \(statuses)")
    let found = Kept(revision: revisions[0], status: statuses[0])
    #expect(
      found == kept || possible.contains(found),
      "round \(round), \(number): \(found) is neither \(kept) nor one of \(possible)")
    (kept, possible) = (found, [])
  }
}
