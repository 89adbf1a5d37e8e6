import API
import Engine
import Foundation
import TestSupport
import Testing

/// What must hold of every answer, on random towns with signals, bans, gates and one-ways.
@Suite struct AnswerPropertyTests {
  @Test(arguments: 0..<8)
  func thePartsOfARouteFitTogether(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: 80)
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    var found = 0
    for profile in ["car", "ambulance", "siren", "plain"] {
      for _ in 0..<20 {
        var request = RouteRequest(
          places: (0..<Int.random(in: 2...4, using: &random)).map { _ in Place(town.place(&random)) },
          profile: profile)
        request.detail = [.shape, .steps, .ways, .signals]
        request.alternatives = request.places.count == 2 ? 3 : 0
        guard let answer = try? engine.route(request) else { continue }
        found += 1
        let question = "seed \(seed), \(profile): \(request.places)"
        for line in [answer.route] + answer.alternatives { Self.check(line, question) }
        Self.check(answer, question)
      }
    }
    #expect(found > 20, "seed \(seed)")
  }

  /// A short answer looks at whole arcs where nothing but time and length is told of them.
  @Test(arguments: 0..<8)
  func aShortAnswerSaysTheSame(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: 80)
    let test = try TestEngine(.text(opl: town.text.opl))
    try PropertyTests.put(PropertyTests.closures(in: town, count: 3, &random), on: test)
    var exemptionCount = 0
    for profile in ["car", "ambulance", "siren", "plain"] {
      for _ in 0..<40 {
        var request = RouteRequest(places: (0..<2).map { _ in Place(town.place(&random)) }, profile: profile)
        request.alternatives = 2
        guard let short = try? test.engine.route(request) else { continue }
        request.detail = [.shape, .steps, .ways, .signals]
        let long = try test.engine.route(request)
        let question = "seed \(seed), \(profile): \(request.places)"
        for (one, other) in zip([short.route] + short.alternatives, [long.route] + long.alternatives) {
          #expect(one.travelSeconds == other.travelSeconds, "\(question)")
          #expect(one.lengthMeters == other.lengthMeters, "\(question)")
          #expect(one.exemptions == other.exemptions, "\(question)")
          exemptionCount += one.exemptions.count
        }
      }
    }
    #expect(exemptionCount > 0, "seed \(seed)")
  }

  private static func check(_ line: Route, _ question: String) {
    guard !line.steps.isEmpty else {
      #expect(line.lengthMeters < 0.01, "\(question)")
      return
    }
    let steps = line.steps
    #expect(steps.first?.maneuver.kind == .depart && steps.last?.maneuver.kind == .arrive, "\(question)")
    // What passes before the first metre and behind the last one belongs to no step: a turn at the very end.
    #expect(abs(steps.reduce(0) { $0 + $1.lengthMeters } - line.lengthMeters) < 0.001, "\(question)")
    #expect(steps.reduce(0) { $0 + $1.travelSeconds } <= line.travelSeconds + 0.001, "\(question)")
    for step in steps {
      let maneuver = step.maneuver
      #expect((-180...180).contains(maneuver.angleDegrees), "\(question)")
      #expect((0...359).contains(maneuver.bearingBefore) && (0...359).contains(maneuver.bearingAfter), "\(question)")
      #expect((maneuver.modifier == nil) == [.depart, .arrive].contains(maneuver.kind), "\(question)")
      #expect(maneuver.roundaboutExit.map { $0 > 0 } ?? true, "\(question)")
    }
    for (signal, next) in zip(line.signals, line.signals.dropFirst()) {
      #expect(signal.travelSeconds <= next.travelSeconds && signal.lengthMeters <= next.lengthMeters, "\(question)")
    }
    #expect((line.signals.last?.travelSeconds ?? 0) <= line.travelSeconds, "\(question)")
    for exemption in line.exemptions {
      #expect(exemption.lengthMeters <= line.lengthMeters + 0.001, "\(question)")
      #expect(exemption.seconds >= 0 && exemption.seconds <= line.travelSeconds + 0.001, "\(question): \(exemption)")
    }
  }

  /// Every other way takes no more than 1.4 times as long, and goes along other roads.
  private static func check(_ answer: RouteAnswer, _ question: String) {
    #expect(answer.alternatives.count <= 3, "\(question)")
    for (index, other) in answer.alternatives.enumerated() {
      #expect(other.travelSeconds <= answer.route.travelSeconds * 1.4, "\(question)")
      for before in [answer.route] + answer.alternatives[..<index] {
        // Two roads may have the same geometry.
        #expect(other.shape != before.shape || other.ways != before.ways, "\(question)")
      }
    }
  }
}
