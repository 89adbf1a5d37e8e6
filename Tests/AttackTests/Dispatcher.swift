import API
import Client
import Foundation
import Synchronization

/// A well-behaved caller: questions at a steady rate, and a unit's status now and then.
struct Dispatcher: Sendable {
  /// Times from the moment at which a call was due, in milliseconds, and what was refused.
  struct Figures: Sendable {
    var questions: [Double] = []
    var changes: [Double] = []
    var failures: [String: Int] = [:]

    static func percentile(_ share: Double, of milliseconds: [Double]) -> Double {
      let sorted = milliseconds.sorted()
      return sorted.isEmpty ? .infinity : sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)]
    }
  }

  let server: AttackedServer
  let questionsPerSecond: Double
  let changesPerSecond: Double

  /// Calls for some seconds.
  func work(seconds: Double) async throws -> Figures {
    let client = try await server.client("dispatch")
    let book = FigureBook()
    let start = ContinuousClock.now
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [server, questionsPerSecond] in
        await Self.repeatedly(perSecond: questionsPerSecond, from: start, seconds: seconds) { number, due in
          let place = server.units[number % server.units.count].coordinate
          var request = FastestUnitsRequest(incident: Place(place), count: 3)
          request.detail = []
          await book.measure(\.questions, due) { _ = try await client.fastestUnits(request) }
        }
      }
      group.addTask { [server, changesPerSecond] in
        await Self.repeatedly(perSecond: changesPerSecond, from: start, seconds: seconds) { number, due in
          var unit = server.units[number % server.units.count]
          unit.status = number % 2 == 0 ? .dispatched : .available
          unit.reportedAt = Date()
          let changed = unit
          await book.measure(\.changes, due) { _ = try await client.putUnits([changed]) }
        }
      }
    }
    await client.close()
    return book.figures
  }

  private static func repeatedly(
    perSecond: Double, from start: ContinuousClock.Instant, seconds: Double,
    _ call: @escaping @Sendable (Int, ContinuousClock.Instant) async -> Void
  ) async {
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<Int(seconds * perSecond) {
        let due = start + .seconds(Double(number) / perSecond)
        try? await Task.sleep(until: due)
        group.addTask { await call(number, due) }
      }
    }
  }
}

/// Gathers figures of calls that run at the same time.
private final class FigureBook: Sendable {
  private let book = Mutex(Dispatcher.Figures())

  var figures: Dispatcher.Figures { book.withLock { $0 } }

  func measure(
    _ kind: WritableKeyPath<Dispatcher.Figures, [Double]> & Sendable, _ due: ContinuousClock.Instant,
    _ call: () async throws -> Void
  ) async {
    var code: String?
    do { try await call() } catch { code = (error as? ClientError)?.code ?? "\(error)" }
    let milliseconds = (ContinuousClock.now - due) / .milliseconds(1)
    book.withLock { figures in
      figures[keyPath: kind].append(milliseconds)
      if let code { figures.failures[code, default: 0] += 1 }
    }
  }
}
