import API
import Client
import Fleet
import Foundation
import Geometry
import Load
import Messages
import Testing
import Traffic

/// How a story reaches a server: each change is answered with the version that it became.
protocol CrashCaller: Sendable {
  func put(_ units: [ResponseUnit]) async throws -> UInt64
  func put(_ closures: [RoadClosure]) async throws -> UInt64
  func lift(_ ids: [String]) async throws -> UInt64
}

extension TocsinClient: CrashCaller {
  func put(_ units: [ResponseUnit]) async throws -> UInt64 { try await putUnits(units).version }
  func put(_ closures: [RoadClosure]) async throws -> UInt64 { try await putClosures(closures).version }
  func lift(_ ids: [String]) async throws -> UInt64 { try await liftClosures(ids).version }
}

extension GRPCCaller: CrashCaller {
  func put(_ units: [ResponseUnit]) async throws -> UInt64 {
    try await call(ServiceMethods.putUnits, PutUnitsRequest(units)).version
  }
  func put(_ closures: [RoadClosure]) async throws -> UInt64 {
    try await call(ServiceMethods.putClosures, PutClosuresRequest(ClosuresRequest(closures))).version
  }
  func lift(_ ids: [String]) async throws -> UInt64 {
    try await call(ServiceMethods.liftClosures, LiftClosuresRequest(ids)).version
  }
}

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
  /// Long ago, so that no clock that is put back finds it ahead of itself. Statuses are of the server's now.
  private let reportedAt = Date() - 5 * 86_400
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
  mutating func takeStep(_ caller: any CrashCaller) async -> Bool {
    step += 1
    var next = kept
    switch step % 3 {
    case 0: next.revision = nil
    case 1: next.revision = step
    default: next.status = next.status == .available ? .dispatched : .available
    }
    if next == kept { return true }
    do {
      acknowledgedVersion = max(acknowledgedVersion, try await send(next, caller))
    } catch {
      return note(error, of: next)
    }
    (kept, possible) = (next, [])
    acknowledgedCount += 1
    return true
  }

  /// What a refusal says of a change; false if the connection is lost.
  private mutating func note(_ error: any Error, of next: Kept) -> Bool {
    switch Self.code(of: error) {
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

  private static func code(of error: any Error) -> String? {
    guard let error = error as? LoadError else { return (error as? ClientError)?.code }
    return error.code == .checkFailed ? error.value : error.code.rawValue
  }

  private func send(_ next: Kept, _ caller: any CrashCaller) async throws -> UInt64 {
    if next.status != kept.status, let status = next.status {
      let units = ids.map {
        ResponseUnit(id: $0, profile: "car", status: status, coordinate: place, reportedAt: reportedAt)
      }
      return try await caller.put(units)
    }
    guard let revision = next.revision else { return try await caller.lift(ids) }
    let closures = ids.map {
      RoadClosure(id: $0, selector: .point(place, radiusMeters: 100), revision: revision)
    }
    return try await caller.put(closures)
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
