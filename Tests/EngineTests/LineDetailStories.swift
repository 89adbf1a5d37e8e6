import API
import Engine
import Foundation
import Geometry
import TestSupport
import Testing

/// What a route says of each stretch of its line, and of the junctions that it passes.
@Suite struct LineDetailStories {
  private func route(
    _ town: Town, _ places: String, _ detail: RouteDetail = [.shape, .steps, .stretches, .nodes, .junctions]
  ) throws -> Route {
    var request = RouteRequest(places: places.map { Place(town.map.coordinate($0)) }, profile: "plain")
    request.detail = detail
    return try town.testEngine().engine.route(request).route
  }

  @Test func stretchesTellTimesAndNodes() throws {
    var town = try Town("A-1-B---C---2-D")
    town.road("ABCD", kmh: 36)
    for places in ["12", "21"] {
      let line = try route(town, places)
      #expect(line.stretches.count == line.shape.count - 1)
      for (ends, stretch) in zip(zip(line.shape, line.shape.dropFirst()), line.stretches) {
        #expect(abs(stretch.travelSeconds - ends.0.distanceMeters(to: ends.1) / 10) < 0.02)
      }
      let nodes = line.stretches.compactMap(\.nodes).map { "\($0.from)-\($0.to)" }
      #expect(nodes == (places == "12" ? ["1-2", "2-3", "3-4"] : ["4-3", "3-2", "2-1"]))
    }
    let plain = try route(town, "12", [.shape])
    #expect(plain.stretches.isEmpty)
    #expect(try route(town, "12", [.shape, .stretches]).stretches.allSatisfy { $0.nodes == nil })
  }

  /// A slow stretch takes its own time, and a stop belongs to both legs.
  @Test func stretchesOfLegsAreOneAfterAnother() throws {
    var town = try Town("A-1-B---C-2-D---3-E")
    town.road("ABCDE", kmh: 36)
    try town.put(town.selector("BC"), effect: .factor(2))
    let line = try route(town, "123")
    let legs = line.legs.map(\.firstPoint) + [line.shape.count - 1]
    for (number, leg) in line.legs.enumerated() {
      let seconds = line.stretches[legs[number]..<legs[number + 1]].reduce(0) { $0 + $1.travelSeconds }
      #expect(abs(seconds - leg.travelSeconds) < 0.01, "leg \(number)")
    }
    #expect(line.stretches.map { $0.nodes?.to } == [2, 3, 4, 4, 5])
  }

  @Test func junctionsTellTheirRoads() throws {
    let town = try Town(
      """
          B
          |
      A---C---D---G
          |   |
          E   F
      """)
    let line = try route(town, "AG")
    let junctions = line.steps.flatMap(\.junctions)
    #expect(junctions.map { town.letters(of: [$0.coordinate]) } == ["C", "D"])
    #expect(junctions.map(\.bearings) == [[0, 90, 180, 270], [90, 180, 270]])
    #expect(junctions.map { $0.bearings[$0.arrivesBy] } == [270, 270])
    #expect(junctions.map { $0.bearings[$0.leavesBy] } == [90, 90])
    #expect(junctions.map(\.mayEnter) == [[true, true, true, false], [true, true, false]])
    let turning = try route(town, "AF")
    let turn = try #require(turning.steps.first { $0.maneuver.kind == .turn })
    #expect(turn.junctions.first?.coordinate == turn.maneuver.coordinate)
    #expect(try route(town, "AG", [.steps]).steps.allSatisfy(\.junctions.isEmpty))
  }

  /// A one-way may not be entered from its end, nor may a road that a restriction bans.
  @Test func junctionsTellWhatMayNotBeEntered() throws {
    var town = try Town(
      """
          B
          |
      A---C---D
          |
          E
      """)
    town.oneway("BC")
    town.restriction("ACE", "no_right_turn")
    let junction = try #require(try route(town, "AD").steps.flatMap(\.junctions).first)
    #expect(junction.bearings == [0, 90, 180, 270])
    #expect(junction.mayEnter == [false, true, false, false])
  }

  /// In random towns all stretches and turns together are the time of the route.
  @Test(arguments: 0..<8)
  func stretchesSumUp(_ seed: Int) throws {
    let town = RandomTown(seed: UInt64(seed))
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<20 {
      let places = [Place(town.place(&random)), Place(town.place(&random)), Place(town.place(&random))]
      var request = RouteRequest(places: places, profile: "plain")
      request.detail = [.shape, .steps, .stretches, .nodes, .junctions]
      guard let line = try? engine.route(request).route, line.shape.count > 1 else { continue }
      #expect(line.stretches.count == line.shape.count - 1, "seed \(seed)")
      let driven = line.stretches.reduce(0) { $0 + $1.travelSeconds }
      #expect(driven <= line.travelSeconds + 0.001 && driven >= 0, "seed \(seed)")
      for (stretch, ends) in zip(line.stretches, zip(line.shape, line.shape.dropFirst())) {
        guard let nodes = stretch.nodes, let one = town.text.nodes[nodes.from]?.coordinate,
          let other = town.text.nodes[nodes.to]?.coordinate
        else {
          Issue.record("seed \(seed): a stretch without OSM nodes")
          continue
        }
        let around =
          one.distanceMeters(to: ends.0) + ends.0.distanceMeters(to: ends.1) + ends.1.distanceMeters(to: other)
        #expect(around <= one.distanceMeters(to: other) + 0.1, "seed \(seed)")
      }
      for junction in line.steps.flatMap(\.junctions) {
        #expect(junction.bearings == junction.bearings.sorted() && junction.bearings.count >= 3)
        #expect(junction.mayEnter[junction.leavesBy])
      }
    }
  }
}
