import API
import Foundation
import Geometry
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Questions that are answered anew when the answer changes, and only then.
@Suite struct WatchStories {
  private static func town() throws -> Town {
    var town = try Town(
      """
      A---B---C---G
      |   |   |   |
      D---E---F---H
        u       v
      """)
    for road in ["ABC", "CG", "DEF", "FH", "AD", "BE", "CF", "GH"] { town.road(road) }
    return town
  }

  /// A stream that is asked as a transport asks: whenever it is told to.
  private final class Reader<Answer: Sendable>: Sendable {
    private let stream: any AnswerStream<Answer>
    private let engine: TocsinEngine
    private let isReady = Shared(0)
    private let askedCount = Shared(0)

    init(_ stream: any AnswerStream<Answer>, _ engine: TocsinEngine) {
      (self.stream, self.engine) = (stream, engine)
      stream.onReady { [isReady] in isReady.withLock { $0 += 1 } }
    }

    /// How often there was a call.
    var asked: Int { askedCount.withLock { $0 } }

    /// What has come.
    func take() throws -> [Answer] {
      engine.hub.flush()
      var answers: [Answer] = []
      while isReady.withLock({ count in
        defer { count = 0 }
        return count > 0
      }) {
        askedCount.withLock { $0 += 1 }
        if let answer = try stream.next() { answers.append(answer) }
      }
      return answers
    }

    func cancel() { stream.cancel() }
  }

  private static func route(_ town: Town, _ from: Character, _ to: Character) -> WatchQuestion {
    .route(RouteRequest(places: [Place(town.map.coordinate(from)), Place(town.map.coordinate(to))], profile: "plain"))
  }

  private static func seconds(_ answer: WatchAnswer?) -> Double? {
    guard case .route(let route) = answer?.content else { return nil }
    return route.route.travelSeconds.rounded()
  }

  @Test func aRouteIsToldWhenItChanges() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let reader = Reader(try engine.watch(Self.route(town, "A", "C")), engine)
    let first = try #require(try reader.take().first)
    #expect(Self.seconds(first) == 80 && first.changes.isEmpty)
    try town.close("ABC", id: "flood")
    let second = try #require(try reader.take().last)
    #expect(second.changes == [.way] && second.causes == [.traffic(.put(closureID: "flood"))])
    #expect(second.version > first.version)
    try town.lift("flood")
    let third = try #require(try reader.take().last)
    #expect(Self.seconds(third) == 80 && third.causes == [.traffic(.lifted(closureID: "flood"))])
    reader.cancel()
    #expect(engine.status().subscriptionCount == 0)
  }

  @Test func whatCannotMatterWakesNobody() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let reader = Reader(try engine.watch(Self.route(town, "A", "B")), engine)
    #expect(try reader.take().count == 1)
    let asked = reader.asked
    // Slower elsewhere: no better way can come of it. Faster far away: too far to help.
    try town.close("FH")
    #expect(try reader.take().isEmpty)
    try town.lift("FH")
    #expect(try reader.take().isEmpty)
    #expect(reader.asked == asked)
    try town.close("CF")
    #expect(try reader.take().isEmpty && reader.asked == asked)
  }

  @Test func aRouteThatIsLostAndFound() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let reader = Reader(try engine.watch(Self.route(town, "A", "C")), engine)
    #expect(try reader.take().count == 1)
    _ = try engine.putClosures([
      RoadClosure(id: "1", selector: town.selector("DEF")), RoadClosure(id: "2", selector: town.selector("ABC")),
    ])
    let lost = try #require(try reader.take().last)
    guard case .refusal(let error) = lost.content else { return #expect(Bool(false), "\(lost)") }
    #expect(error.code == .noRoute && lost.changes == [.refused])
    _ = try engine.liftClosures(["1"])
    #expect(town.route("A", "C") == "ADEFC")
    #expect(try reader.take().last?.changes == [.found])
  }

  /// The road as a whole is as closed as before, and yet the way is free.
  @Test func aClosureThatMovesAlongItsRoadIsTold() throws {
    let town = try Town("A---1---2---3---B")
    let engine = try town.testEngine().engine
    try town.put(town.circle("1", 30))
    let reader = Reader(try engine.watch(Self.route(town, "A", "2")), engine)
    guard case .refusal = try reader.take().last?.content else { return #expect(Bool(false), "a way") }
    try town.put(town.circle("3", 30))
    #expect(Self.seconds(try reader.take().last) == 80)
  }

  @Test func aSlowdownChangesTheTime() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let reader = Reader(try engine.watch(Self.route(town, "A", "B")), engine)
    #expect(try reader.take().count == 1)
    _ = try engine.putClosures([
      RoadClosure(id: "works", selector: town.selector("ABC"), effect: .delay(seconds: 20))
    ])
    #expect(try reader.take().last?.changes == [.travelSeconds(before: 40, after: 50)])
    _ = try engine.putClosures([
      RoadClosure(id: "nearly", selector: town.selector("ABC"), effect: .delay(seconds: 20.4))
    ])
    #expect(try reader.take().isEmpty, "a fifth of a second is nothing")
  }

  @Test func aRankingIsToldWhenItChanges() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let request = FastestUnitsRequest(incident: Place(town.map.coordinate("C")), count: 1)
    let reader = Reader(try engine.watch(.fastestUnits(request)), engine)
    #expect(try reader.take().count == 1)
    let before = try engine.fastestUnits(request).units.map(\.unit.id)
    let units = engine.listUnits().units.map(\.unit)
    var best = try #require(units.first { $0.id == before[0] })
    best.status = .onScene
    _ = try engine.putUnits([best])
    let answer = try #require(try reader.take().last)
    let ids = answer.changes.compactMap { if case .unit(let id, _, _, _, _) = $0 { id } else { nil } }
    #expect(ids == ["u", "v"])
    #expect(answer.causes == [.unit(id: before[0])])
  }

  @Test func aFarUnitWakesNobody() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let request = FastestUnitsRequest(incident: Place(town.map.coordinate("v")), count: 1)
    let reader = Reader(try engine.watch(.fastestUnits(request)), engine)
    #expect(try reader.take().count == 1)
    let asked = reader.asked
    var far = try #require(engine.listUnits().units.map(\.unit).first { $0.id == "u" })
    far.coordinate = town.map.coordinate("A")
    _ = try engine.putUnits([far])
    #expect(try reader.take().isEmpty && reader.asked == asked)
  }

  @Test func theTrafficIsTold() throws {
    let town = try Self.town()
    let engine = try town.testEngine().engine
    let reader = Reader(try engine.watchTraffic(), engine)
    let first = try #require(try reader.take().first)
    #expect(first.version == engine.status().version && first.causes.isEmpty)
    try town.close("ABC")
    let event = try #require(try reader.take().last)
    #expect(event.causes == [.traffic(.put(closureID: "ABC"))] && event.version == engine.status().version)
    // Units are no traffic.
    _ = try engine.putUnits(engine.listUnits().units.map(\.unit))
    #expect(try reader.take().isEmpty)
  }

  /// Random changes, and one who looks at each of them: the watcher knows the same in the end.
  @Test(arguments: 0..<6) func aWatcherKnowsWhatOneWhoAsksLearns(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let town = RandomTown(seed: UInt64(seed), junctionCount: 40)
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    let requests = (0..<8).map { _ in
      RouteRequest(places: (0..<2).map { _ in Place(town.junctions.randomElement(using: &random)!) }, profile: "plain")
    }
    let readers = try requests.map { Reader(try engine.watch(.route($0)), engine) }
    var known = try readers.map { try $0.take().last?.content }
    let closures = PropertyTests.closures(in: town, count: 6, &random)
    for _ in 0..<12 {
      let closure = closures.randomElement(using: &random)!
      if random.oneIn(2) { _ = try? engine.putClosures([closure]) } else { _ = try? engine.liftClosures([closure.id]) }
      for index in requests.indices {
        if let news = try readers[index].take().last { known[index] = news.content }
        var request = requests[index]
        request.detail = [.ways]
        switch (known[index], Result { () throws(EngineError) in try engine.route(request) }) {
        case (.route(let told), .success(let asked)):
          let differs = abs(told.route.travelSeconds - asked.route.travelSeconds) >= 1
          #expect(!differs, "seed \(seed): \(told.route.travelSeconds) and \(asked.route.travelSeconds)")
        case (.refusal(let told), .failure(let asked)): #expect(told.code == asked.code, "seed \(seed)")
        default: Issue.record("seed \(seed): the watcher knows something else")
        }
      }
    }
  }
}
