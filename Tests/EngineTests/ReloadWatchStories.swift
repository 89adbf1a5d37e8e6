import API
import Geometry
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Who watches goes on watching when another map takes over.
@Suite struct ReloadWatchStories {
  @Test func questionsAreAnsweredFromTheNewMap() throws {
    var (slow, fast) = (try Town("A---B---C---D"), try Town("A---B---C---D"))
    slow.road("BC")
    fast.road("BC", kmh: 72)
    let setup = try ReloadSetup(slow)
    let places = [Place(slow.map.coordinate("A")), Place(slow.map.coordinate("D"))]
    let watch = try setup.handle.watch(.route(RouteRequest(places: places, profile: "plain")))
    let traffic = try setup.handle.watchTraffic()
    let readyCount = Shared(0)
    #expect(try watch.next() != nil)
    #expect(try traffic.next() != nil)
    watch.onReady { readyCount.withLock { $0 += 1 } }
    try setup.replace(by: fast)
    let version = try setup.reload().version
    setup.handle.current.hub.flush()
    #expect(readyCount.withLock { $0 } == 1)
    let answer = try #require(try watch.next())
    #expect(answer.version == version && answer.causes == [.map])
    guard case .travelSeconds(let before, let after)? = answer.changes.first else {
      return #expect(Bool(false), "\(answer.changes)")
    }
    #expect(Town.tenths(before) == 120 && Town.tenths(after) == 100)
    let event = try #require(try traffic.next())
    #expect(event.version == version && event.causes == [.map])
    // From here on as ever.
    _ = try setup.handle.putClosures([RoadClosure(id: "x", selector: slow.selector("BC"))])
    setup.handle.current.hub.flush()
    #expect(readyCount.withLock { $0 } == 2)
    #expect(try watch.next()?.changes == [.refused])
    _ = try setup.handle.liftClosures(["x"])
    setup.handle.current.hub.flush()
    #expect(try watch.next()?.changes == [.found])
    #expect(setup.handle.status().subscriptionCount == 2)
  }

  /// News of the old map that was not told yet, and an answer that was being worked out on it.
  @Test func newsOfTheOldMapMeansNothingOnTheNewOne() throws {
    let town = RandomTown(seed: 3, junctionCount: 60)
    let small = RandomTown(seed: 3, junctionCount: 12)
    let setup = try ReloadSetup(try TestEngine(.text(opl: town.text.opl)).engine.map)
    let watches = try (1..<30).map { number in
      let places = [Place(town.junctions[0]), Place(town.junctions[number])]
      return try setup.handle.watch(.route(RouteRequest(places: places, profile: "siren")))
    }
    for watch in watches { _ = try watch.next() }
    _ = try setup.handle.putUnits([setup.unit("a", at: town.junctions[0])])
    for way in town.text.ways.keys.sorted().prefix(40) {
      _ = try? setup.handle.putClosures([RoadClosure(id: "\(way)", selector: .way(osmID: way, direction: .both))])
    }
    for closure in setup.handle.listClosures().closures { _ = try setup.handle.liftClosures([closure.closure.id]) }
    try setup.replace(by: try TestEngine(.text(opl: small.text.opl)).engine.map)
    try setup.reload()
    setup.handle.current.hub.flush()
    for watch in watches {
      let answer = try watch.next()
      #expect(answer?.version ?? .max >= setup.handle.status().version)
    }
  }
}
