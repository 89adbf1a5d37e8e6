import API
import Geometry
import TestSupport
import Testing

@testable import Engine

/// Where units gather out of danger: reached and left without crossing the hazard.
@Suite struct StagingStories {
  /// The scene is E; every junction is 100 m from the next one.
  private static let text = """
    A---B---C---J
    |   |   |   |
    |   |   |   |
    |   |   |   |
    D---E---F---K
    |   |   |   |
    |   |   |   |
    |   |   |   |
    G---H---I---L
    u       v
    """

  private static func town(_ change: (inout Town) -> Void = { _ in }) throws -> Town {
    var town = try Town(text, metersPerCell: 25)
    for unit in "uv" { town.unit(unit) { $0.turnoutSeconds = 60 } }
    change(&town)
    return town
  }

  private static func place(_ id: Character, _ town: Town, capacity: Int? = nil) -> StagingPlace {
    StagingPlace(id: String(id), town.map.coordinate(id), capacity: capacity)
  }

  private static func staging(
    _ town: Town, _ places: String, radius: Double = 60, _ change: (inout StagingRequest) -> Void = { _ in }
  ) throws -> StagingAnswer {
    var request = StagingRequest(
      scene: Place(town.map.coordinate("E")), hazard: .radius(meters: radius), force: .units(ids: ["u", "v"]),
      places: .listed(places.map { place($0, town) }))
    change(&request)
    return try town.testEngine().engine.staging(request)
  }

  /// By the time until the scene is reached: the last unit, and then the way on; the units in the order in which they
  /// come.
  @Test func placesAreRankedByWhenTheSceneIsReached() throws {
    let town = try Self.town()
    let answer = try Self.staging(town, "ABHJ")
    #expect(answer.spots.map(\.place.id) == ["H", "B", "A", "J"] && answer.refused.isEmpty)
    #expect(answer.unitIDs == ["u", "v"])
    let best = try #require(answer.spots.first)
    // Both stand 100 m from H, and H 100 m from the scene.
    #expect(best.arrivals.map(\.unitID) == ["u", "v"] && abs(best.assembleSeconds - 70) < 0.2)
    #expect(abs(best.onwardSeconds - 10) < 0.2 && best.wind == nil)
    // Round the hazard to B: 300 m for either, past A or C.
    #expect(abs(answer.spots[1].assembleSeconds - 90) < 0.3)
  }

  /// What lies within the hazard or its margin is none, wherever its road leads.
  @Test func placesInTheHazardAreRefused() throws {
    let town = try Self.town()
    let answer = try Self.staging(town, "BEH", radius: 60) { $0.marginMeters = 50 }
    #expect(answer.spots.isEmpty && answer.refused.map(\.place.id) == ["B", "E", "H"])
    #expect(answer.refused.allSatisfy { $0.obstacle == .inHazard })
    let h = town.map.coordinate("H")
    let around = [45.0, 135, 225, 315].map { h.moved(40, headingDegrees: $0) }
    let area = try Self.staging(town, "ABHI") { $0.hazard = .areas([Area(around)]) }
    #expect(area.spots.map(\.place.id).sorted() == ["A", "B", "I"])
    #expect(area.refused.map(\.place.id) == ["H"])
    // A hazard's area has its margin, too.
    let wide = try Self.staging(town, "ABHI") { ($0.hazard, $0.marginMeters) = (.areas([Area(around)]), 110) }
    #expect(wide.spots.map(\.place.id).sorted() == ["A", "B"])
    #expect(wide.refused.map(\.obstacle) == [.inHazard, .inHazard])
  }

  /// A place behind the hazard is not reached; one that nobody leaves but through it is a trap.
  @Test func theHazardIsNeverCrossed() throws {
    let behind = try Town(
      """
      A---B---E---F---G
      u   v
      """, metersPerCell: 25)
    let far = try Self.staging(behind, "FG")
    #expect(far.spots.isEmpty)
    #expect(far.refused.map(\.obstacle) == [.unreached, .unreached] && far.refused.allSatisfy { $0.about == "u" })
    var oneWay = try Town(
      """
      A---B---E
      u v |   |
          |   |
          |   |
          C---D
      """, metersPerCell: 25)
    oneWay.oneway("BCDE")
    let trapped = try Self.staging(oneWay, "AC")
    #expect(trapped.spots.map(\.place.id) == ["A"])
    #expect(trapped.refused.map(\.obstacle) == [.noWayOut] && trapped.refused.first?.about == "plain")
  }

  /// A unit that stands in the hazard drives out of it.
  @Test func unitsInTheHazardLeaveIt() throws {
    let town = try Town(
      """
      A---B---E---F---G
      u       v
      """, metersPerCell: 25)
    let answer = try Self.staging(town, "AG")
    #expect(answer.spots.map(\.place.id) == ["A"] && answer.refused.map(\.obstacle) == [.unreached])
  }

  /// A vehicle of another profile must get in and out, even if no unit is one.
  @Test func aProfileMustGetInAndOut() throws {
    var town = try Town(
      """
      A---B---E
      u   |   |
          |   |
          |   |
          C---D
      """, metersPerCell: 25)
    town.oneway("BCDE")
    town.unit("u") { $0.profile = "siren" }
    func answer(_ profile: String) throws -> StagingAnswer {
      try Self.staging(town, "C") { ($0.force, $0.profile) = (.units(ids: ["u"]), profile) }
    }
    // Against the one-way it gets out, which others don't.
    #expect(try answer("").spots.map(\.place.id) == ["C"])
    let refused = try #require(try answer("plain").refused.first)
    #expect(refused.obstacle == .noWayOut && refused.about == "plain")
    let error = #expect(throws: EngineError.self) { try answer("tank") }
    #expect(error?.code == .unknownProfile)
  }

  /// Capacity, wind, what is out of use and what lies off the roads.
  @Test func whatALayerSaysOfPlacesCounts() throws {
    let town = try Self.town()
    func feature(_ id: Character, _ tags: [LayerTag]) -> LayerFeature {
      LayerFeature(id: String(id), name: "at \(id)", .point(town.map.coordinate(id)), tags: tags)
    }
    let off = LayerFeature(id: "off", .point(town.map.coordinate("A").moved(3_000, headingDegrees: 0)))
    let layer = Layer(
      "staging",
      features: [
        feature("A", [LayerTag("capacity", "1")]), feature("B", [LayerTag("capacity", "2")]),
        feature("H", [LayerTag("usable", "no")]), feature("F", []), off,
      ])
    let engine = try town.testEngine().engine
    _ = try engine.putLayer(layer, by: .local, within: .none)
    let answer = try Self.staging(town, "") {
      ($0.places, $0.windFromDegrees) = (.layer("staging"), 0)
    }
    #expect(Set(answer.spots.map(\.place.id)) == ["B", "F"])
    #expect(answer.spots.first { $0.place.id == "B" }?.wind == .upwind)
    #expect(answer.spots.first { $0.place.id == "B" }?.place.capacity == 2)
    #expect(answer.spots.first { $0.place.id == "F" }?.wind == .crosswind)
    #expect(answer.refused.map(\.place.id) == ["A", "H", "off"])
    #expect(answer.refused.map(\.obstacle) == [.tooSmall, .unusable, .offRoad])
  }

  /// The units may be those that a plan sends.
  @Test func aPlanSaysWhoGathers() throws {
    let town = try Self.town()
    let plan = ResponsePlan(
      id: "gas", levels: [PlanLevel([PlanLine("any", count: 1, needs: [UnitNeed([])])])])
    let engine = try town.testEngine().engine
    _ = try engine.putPlans(PlansRequest([plan], choices: PlanChoices([PlanChoice("gas", incidentType: "gas")])))
    #expect(try Self.staging(town, "B") { $0.force = .plan(id: "gas") }.unitIDs.count == 1)
    #expect(try Self.staging(town, "B") { $0.force = .incidentType("gas") }.unitIDs.count == 1)
  }

  @Test func badQuestionsAreRefused() throws {
    let town = try Self.town()
    func refusal(_ change: (inout StagingRequest) -> Void) -> EngineError? {
      #expect(throws: EngineError.self) { try Self.staging(town, "A", change) }
    }
    #expect(refusal { $0.places = .listed([]) }?.code == .noStagingPlaces)
    #expect(refusal { $0.places = .layer("x") }?.code == .unknownLayer)
    #expect(refusal { $0.force = .units(ids: ["ghost"]) }?.code == .unknownUnit)
    #expect(refusal { $0.force = .units(ids: []) }?.code == .invalidCount)
    #expect(refusal { $0.hazard = .radius(meters: 0) }?.code == .invalidRadius)
    #expect(refusal { $0.hazard = .areas([]) }?.code == .invalidArgument)
    #expect(refusal { $0.marginMeters = -1 }?.code == .invalidRadius)
    #expect(refusal { $0.windFromDegrees = 400 }?.code == .invalidHeading)
    let many = (0...Limits.stagingPlacesMax).map { StagingPlace(id: "\($0)", town.map.coordinate("A")) }
    #expect(refusal { $0.places = .listed(many) }?.code == .limitExceeded)
    let engine = try? town.testEngine().engine
    _ = try engine?.putLayer(Layer("empty", features: []), by: .local, within: .none)
    #expect(refusal { $0.places = .layer("empty") }?.code == .noStagingPlaces)
  }

  private static func isNearIsland(_ coordinate: Coordinate, _ engine: TocsinEngine) -> Bool {
    guard let roads = engine.currentState().snapshot[profile: "plain"]?.roads else { return true }
    return [SiteRole.origin, .destination].contains { role in
      guard let site = engine.sites.site(Place(coordinate), role: role, on: roads) else { return true }
      return engine.sites.island(at: Place(coordinate), nearerThan: site, on: roads, within: SnapReach()) != nil
    }
  }

  /// Each unit's time is that of a route with the hazard closed, and so is the way on.
  @Test func timesAreThoseOfRoutes() throws {
    var spotCount = 0
    for seed in 0..<12 as Range<UInt64> { spotCount += try Self.comparedSpots(seed) }
    #expect(spotCount > 20)
  }

  /// How many places of a random town were compared.
  private static func comparedSpots(_ seed: UInt64) throws -> Int {
    var random = SeededGenerator(seed: seed)
    let town = RandomTown(seed: seed, junctionCount: 60)
    let test = try TestEngine(.text(opl: town.text.opl))
    let engine = test.engine
    let units = (0..<2).map { number in
      ResponseUnit(
        id: "u\(number)", profile: "plain", coordinate: town.place(&random), reportedAt: test.clock.now,
        turnoutSeconds: 30)
    }
    _ = try engine.putUnits(units)
    var spotCount = 0
    for _ in 0..<4 {
      let scene = town.place(&random)
      let places = (0..<10).map { StagingPlace(id: "\($0 + 10)", town.place(&random)) }
      var request = StagingRequest(
        scene: Place(scene), hazard: .radius(meters: .random(in: 30...150, using: &random)),
        force: .units(ids: units.map(\.id)), places: .listed(places))
      request.marginMeters = 20
      guard let answer = try? engine.staging(request) else { continue }
      #expect(Set(answer.spots.map(\.place.id) + answer.refused.map(\.place.id)) == Set(places.map(\.id)))
      let hazard = Hazard(request)
      func route(_ from: Coordinate, _ to: Coordinate) throws -> Route {
        var question = RouteRequest(places: [Place(from), Place(to)], profile: "plain")
        question.whatIf = [hazard.closure]
        return try engine.route(question).route
      }
      for spot in answer.spots {
        spotCount += 1
        let question = "seed \(seed): \(scene), \(request.hazard), \(spot.place)"
        #expect(scene.distanceMeters(to: spot.place.coordinate) > 20, "\(question)")
        for arrival in spot.arrivals {
          let unit = try #require(units.first { $0.id == arrival.unitID })
          // A route between two islands of the town is another matter.
          if Self.isNearIsland(unit.coordinate, engine) || Self.isNearIsland(spot.place.coordinate, engine) { continue }
          let way = try route(unit.coordinate, spot.place.coordinate)
          #expect(abs(way.travelSeconds + 30 - arrival.etaSeconds) < 0.002, "\(question) \(unit.id)")
          let road = engine.currentState().fleet[unit.id]?.snapped?.coordinate
          if !hazard.contains(unit.coordinate), !(road.map(hazard.contains) ?? false) {
            #expect(!way.exemptions.contains { $0.closureIDs == [Hazard.closureID] }, "\(question) \(unit.id)")
          }
        }
        if !Self.isNearIsland(spot.place.coordinate, engine), !Self.isNearIsland(scene, engine) {
          let onward = try route(spot.place.coordinate, scene)
          #expect(abs(onward.travelSeconds - spot.onwardSeconds) < 0.002, "\(question)")
        }
        #expect(spot.assembleSeconds == spot.arrivals.map(\.etaSeconds).max(), "\(question)")
      }
      let ranks = answer.spots.map { $0.assembleSeconds + $0.onwardSeconds }
      #expect(ranks == ranks.sorted())
    }
    return spotCount
  }
}
