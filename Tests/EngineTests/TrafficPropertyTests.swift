import API
import Foundation
import Hierarchy
import RoadGraph
import TestSupport
import Testing
import Traffic

@testable import Engine

/// What must hold for any traffic: weights come and go without a trace, whatever the order and the way.
@Suite struct TrafficPropertyTests {
  private static let junctionCount = 150

  /// Closures that each close something.
  private static func closures(in town: RandomTown, on engine: TocsinEngine, _ random: inout SeededGenerator) throws
    -> [RoadClosure]
  {
    let resolver = RoadResolver(engine.map.network)
    let closures = PropertyTests.closures(in: town, count: 8, &random)
    let matching = closures.filter { (try? resolver.resolve($0)) != nil }
    try #require(matching.count >= 3, "seed \(town.seed)")
    return matching
  }

  private static func areSame(_ left: [Metric], _ right: [Metric]) -> Bool {
    zip(left, right).allSatisfy { $0.hasSameWeights(as: $1) }
  }

  @Test(arguments: 0..<4)
  func liftingRestoresEveryWeight(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: Self.junctionCount)
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    let before = try engine.metrics()
    let closures = try Self.closures(in: town, on: engine, &random)
    for closure in closures { _ = try engine.putClosures([closure]) }
    #expect(!Self.areSame(try engine.metrics(), before), "seed \(seed): nothing was closed")
    for closure in closures.shuffled(using: &random) { _ = try engine.liftClosures([closure.id]) }
    #expect(Self.areSame(try engine.metrics(), before), "seed \(seed)")
  }

  /// Effects on stretches of roads end by themselves, one after the other, and leave nothing.
  @Test(arguments: 0..<4)
  func expiryRestoresEveryWeight(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 50)
    let town = RandomTown(seed: UInt64(seed) + 50, junctionCount: Self.junctionCount)
    let test = try TestEngine(.text(opl: town.text.opl))
    let before = try test.engine.metrics()
    var versions: [[Metric]] = [before]
    let closures = try Self.closures(in: town, on: test.engine, &random)
    for (index, closure) in closures.enumerated() {
      var ending = closure
      ending.until = test.clock.now + Double(60 * (closures.count - index))
      _ = try test.engine.putClosures([ending])
      versions.append(try test.engine.metrics())
    }
    #expect(!Self.areSame(versions[versions.count - 1], before), "seed \(seed): nothing was closed")
    // The last one ends first.
    for metrics in versions.dropLast().reversed() {
      test.clock.advance(seconds: 60)
      test.engine.writer.withLock { $0.advance() }
      #expect(Self.areSame(try test.engine.metrics(), metrics), "seed \(seed)")
    }
    #expect(test.engine.listClosures().closures.isEmpty)
  }

  /// One by one in any order, all at once, or from the start: the same weights, bit for bit.
  @Test(arguments: 0..<4)
  func orderDoesNotMatter(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: Self.junctionCount)
    let test = try TestEngine(.text(opl: town.text.opl))
    let closures = try Self.closures(in: town, on: test.engine, &random)
    for closure in closures { _ = try test.engine.putClosures([closure]) }
    let oneByOne = try test.engine.metrics()
    _ = try test.engine.liftClosures(closures.map(\.id))
    for closure in closures.reversed() { _ = try test.engine.putClosures([closure]) }
    #expect(Self.areSame(try test.engine.metrics(), oneByOne), "seed \(seed): another order")
    _ = try test.engine.liftClosures(closures.map(\.id))
    _ = try test.engine.putClosures(closures)
    #expect(Self.areSame(try test.engine.metrics(), oneByOne), "seed \(seed): all at once")
    try test.restart()
    #expect(Self.areSame(try test.engine.metrics(), oneByOne), "seed \(seed): after a restart")
  }

  /// A closure makes no way shorter, and lifting it makes none longer.
  @Test(arguments: 0..<4)
  func closingNeverShortens(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: Self.junctionCount)
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    let questions = (0..<25).map { _ in (0..<2).map { _ in Place(town.place(&random)) } }
    for profile in ["plain", "ambulance"] {
      var before = try Self.weights(questions, profile, engine)
      for closure in try Self.closures(in: town, on: engine, &random) {
        _ = try engine.putClosures([closure])
        let after = try Self.weights(questions, profile, engine)
        for (number, (old, new)) in zip(before, after).enumerated() {
          #expect(old <= new, "seed \(seed), \(profile), \(closure), \(questions[number])")
        }
        before = after
      }
      _ = try engine.liftClosures(engine.listClosures().closures.map(\.closure.id))
    }
  }

  private static func weights(_ questions: [[Place]], _ profile: String, _ engine: TocsinEngine) throws -> [Weight] {
    let snapshot = try engine.profileSnapshot(profile, of: engine.currentState().snapshot)
    return questions.map { places in
      guard let origin = engine.sites.site(places[0], role: .origin, on: snapshot.roads),
        let destination = engine.sites.site(places[1], role: .destination, on: snapshot.roads)
      else { return .infinity }
      let search = TripSearch(to: destination.places, in: snapshot)
      return engine.paths.withWorkspace {
        search.fastestTrip(from: origin.places.map { TripOrigin($0) }, with: $0)?.weight ?? .infinity
      }
    }
  }
}
