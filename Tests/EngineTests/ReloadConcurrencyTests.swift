import API
import Dispatch
import Foundation
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Two readers ask while maps and closures change: every answer is right for the map and the closures of its version.
@Suite struct ReloadConcurrencyTests {
  private static let profile = TestProfiles.plain

  private struct Observation: Hashable, Sendable {
    var question: Int
    var version: UInt64
    var milliseconds: Int
  }

  /// What a version stands on.
  private struct Moment: Sendable {
    var engine: TocsinEngine
    var closures: [ListedClosure]
  }

  @Test(arguments: 0..<2)
  func answersBelongToTheMapOfTheirVersion(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 40)
    let town = RandomTown(seed: UInt64(seed), junctionCount: 50)
    let maps = try Self.maps(of: town)
    let setup = try ReloadSetup(maps[0])
    let questions = (0..<10).map { _ in (0..<2).map { _ in Place(town.junctions.randomElement(using: &random)!) } }
    let closures = PropertyTests.closures(in: town, count: 6, &random)
    let seen = Shared<Set<Observation>>([])
    let isDone = Shared(false)
    var history = [setup.handle.status().version: Moment(engine: setup.handle.current, closures: [])]
    let readers = DispatchGroup()
    for reader in 0..<2 {
      Thread.run(in: readers) {
        var next = reader
        var last: UInt64 = 0
        while !isDone.withLock({ $0 }) {
          let request = RouteRequest(places: questions[next % questions.count], profile: Self.profile.name)
          if let answer = try? setup.handle.route(request) {
            precondition(answer.version >= last, "an answer older than the one before")
            last = answer.version
            let milliseconds = Int((answer.route.travelSeconds * 1000).rounded())
            let found = Observation(question: next % questions.count, version: last, milliseconds: milliseconds)
            seen.withLock { _ = $0.insert(found) }
          }
          next += 1
        }
      }
    }
    for step in 0..<24 {
      let version: UInt64
      if step % 6 == 5 {
        try setup.replace(by: maps[(step / 6 + 1) % 2])
        version = try setup.reload().version
      } else {
        let closure = closures.randomElement(using: &random)!
        let changed =
          (try? setup.handle.putClosures([closure]).version) ?? (try? setup.handle.liftClosures([closure.id]).version)
        guard let changed else { continue }
        version = changed
      }
      history[version] = Moment(engine: setup.handle.current, closures: setup.handle.listClosures().closures)
      Thread.sleep(forTimeInterval: 0.005)
    }
    isDone.withLock { $0 = true }
    readers.wait()
    try Self.check(seen.withLock { $0 }, history, questions, seed: seed)
  }

  /// The town, and the town some years later: other speeds, and every seventh way is gone.
  private static func maps(of town: RandomTown) throws -> [CityMap] {
    let later = town.text.opl.split(separator: "\n")
      .filter { line in !town.text.ways.keys.contains { $0 % 7 == 0 && line.hasPrefix("w\($0) ") } }
      .joined(separator: "\n").replacing("maxspeed=50", with: "maxspeed=20")
    return try [town.text.opl, later + "\n"].map { try TestEngine(.text(opl: $0)).engine.map }
  }

  private static func check(
    _ seen: Set<Observation>, _ history: [UInt64: Moment], _ questions: [[Place]], seed: Int
  ) throws {
    let byVersion = Dictionary(grouping: seen, by: \.version)
    #expect(Set(byVersion.keys.compactMap { history[$0]?.engine.generation }).count > 1, "no map was seen to change")
    for (version, observations) in byVersion {
      let moment = try #require(history[version], "version \(version) was never acknowledged")
      let engine = moment.engine
      let oracle = EngineOracle(engine, profile: profile, closures: moment.closures)
      let roads = try #require(engine.roadsByProfile[profile.name])
      for one in observations {
        let places = questions[one.question]
        let origin = try #require(engine.sites.site(places[0], role: .origin, on: roads))
        let destination = try #require(engine.sites.site(places[1], role: .destination, on: roads))
        let request = RouteRequest(places: places, profile: profile.name)
        let ends = PropertyTests.meant(request, engine, oracle, [origin, destination], roads)
        let weight = oracle.weight(from: ends[0].places, to: ends[1].places)
        #expect(EngineOracle.isTime(one.milliseconds, of: weight), "seed \(seed), version \(version), \(places)")
      }
    }
  }

  /// Units and closures put by several threads, one change each, while maps change: every acknowledged one is there,
  /// now and after a restart.
  @Test func noAcknowledgedChangeIsLost() throws {
    let town = RandomTown(seed: 5, junctionCount: 40)
    let maps = try Self.maps(of: town)
    let setup = try ReloadSetup(maps[0])
    let acknowledged = Shared<[UInt64]>([])
    let isDone = Shared(false)
    let writers = DispatchGroup()
    for writer in 0..<2 {
      Thread.run(in: writers) {
        var number = 0
        while !isDone.withLock({ $0 }) {
          let place = town.junctions[number % town.junctions.count]
          let change = try? setup.handle.putUnits([setup.unit("\(writer)/\(number)", at: place)])
          let closure = RoadClosure(id: "\(writer)/\(number)", selector: .point(place, radiusMeters: 500))
          let closed = try? setup.handle.putClosures([closure])
          guard change != nil, let closed else { preconditionFailure("a change was refused") }
          acknowledged.withLock { $0.append(closed.version) }
          number += 1
        }
      }
    }
    for round in 1...4 {
      try setup.replace(by: maps[round % 2])
      try setup.reload()
    }
    isDone.withLock { $0 = true }
    writers.wait()
    let versions = acknowledged.withLock { $0 }
    #expect(setup.handle.listUnits().units.count == versions.count)
    #expect(setup.handle.listClosures().closures.count == versions.count)
    #expect(setup.handle.listUnits().units.allSatisfy { $0.snapped != nil })
    let restarted = try setup.restarted()
    #expect(restarted.listUnits().units.map(\.unit) == setup.handle.listUnits().units.map(\.unit))
    #expect(restarted.listClosures().closures.map(\.ways) == setup.handle.listClosures().closures.map(\.ways))
    #expect(restarted.status().version > versions.max() ?? 0)
  }
}
