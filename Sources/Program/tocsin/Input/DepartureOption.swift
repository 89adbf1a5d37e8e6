import API
import ArgumentParser
import Client
import Engine
import Foundation
import InputFiles

/// `--at-time`, for every question about roads.
struct DepartureOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Ask for another time, e.g. "Sat 14:00", "14:00", "2026-12-05 14:00" by the map's clock, or 2h from now. Closures, \
      conditional roads and typical speeds of then count. Default: now.
      """, valueName: "moment"),
    transform: Parse.departure)
  var atTime: DepartureText?

  /// When vehicles leave, by a server's map.
  func departure(_ client: TocsinClient) async throws -> Departure {
    guard let atTime else { return .now }
    return try Departure(atTime, by: LocalClock(zoneName: await client.status().timeZone))
  }

  /// The same by a map of its own.
  func departure(_ engine: TocsinEngine) throws -> Departure {
    guard let atTime else { return .now }
    return try Departure(atTime, by: LocalClock(zoneName: engine.map.network.timeZone))
  }
}

/// When the vehicles of a question leave.
struct Departure {
  /// `nil` is now.
  let date: Date?
  private let clock: LocalClock

  static let now = Departure(date: nil, clock: LocalClock(timeZone: .gmt))

  private init(date: Date?, clock: LocalClock) { (self.date, self.clock) = (date, clock) }

  fileprivate init(_ text: DepartureText, by clock: LocalClock) throws {
    guard let date = text.moment(in: clock.timeZone, after: clock.now) else {
      throw ValidationError("there is no such time on the map's clock (\(clock.timeZone.identifier))")
    }
    self.init(date: date, clock: clock)
  }

  /// A line in front of an answer that says of when it is, and what its times rest on; empty for now.
  func note(_ basis: SpeedBasis) -> String {
    guard let date else { return "" }
    return "leaving \(clock.text(date)), \(clock.timeZone.identifier): \(basis.words)\n"
  }
}

extension SpeedBasis {
  fileprivate var words: String {
    switch self {
    case .live: "live speeds, closures of then"
    case .typical: "typical speeds, closures of then"
    case .mixed: "live and typical speeds, closures of then"
    case .freeFlow: "free roads, closures of then"
    }
  }

  /// As in JSON.
  var word: String {
    switch self {
    case .live: "live"
    case .typical: "typical"
    case .mixed: "mixed"
    case .freeFlow: "free_flow"
    }
  }
}

extension Parse {
  static func departure(_ text: String) throws -> DepartureText {
    guard let departure = DepartureText(text) else {
      throw ValidationError(
        "'\(text)' is not a time such as \"Sat 14:00\", 14:00, \"2026-12-05 14:00\", 2026-12-05T14:00:00Z or 2h")
    }
    return departure
  }
}
