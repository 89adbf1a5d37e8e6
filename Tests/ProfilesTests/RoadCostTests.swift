import Profiles
import RoadGraph
import Testing

/// One road AB with these attributes, under a profile. 100 m at 36 km/h take 10 s.
private func road(_ attributes: RoadAttributes, _ profile: VehicleProfile) -> Costs {
  var sketch = RoadSketch("AB")
  sketch.road("AB", attributes)
  return Costs(sketch, profile)
}

@Suite struct SpeedTests {
  @Test func takesTheSpeedOfTheClass() {
    let profile = VehicleProfile.plain { $0.speeds.byClass[.primary] = 72 }
    #expect(road(.both(.civil, .primary), profile).arc("AB") == TravelCost(timeMilliseconds: 5_000))
    #expect(road(.both(.civil, .secondary), profile).arc("AB") == TravelCost(timeMilliseconds: 10_000))
  }

  @Test func aClassWithoutSpeedIsImpassable() {
    let profile = VehicleProfile.plain { $0.speeds.byClass[.primary] = nil }
    let costs = road(.both(.civil, .primary), profile)
    #expect(costs.arc("AB") == .impassable)
    #expect(costs.model.speedKmh(PieceID(0), .forward) == nil)
    #expect(costs.model.arcWeights() == [.infinity, .infinity])
  }

  @Test func aSignedLimitCountsInItsDirectionOnly() {
    var attributes = RoadAttributes.street
    attributes.forward.maxspeedKmh = 60
    let profile = VehicleProfile.plain { $0.speeds.maxspeedFactor = 1.2 }
    let costs = road(attributes, profile)
    #expect(costs.model.speedKmh(PieceID(0), .forward) == 72)
    #expect(costs.model.speedKmh(PieceID(0), .backward) == 36)
    #expect(costs.arc("AB").timeMilliseconds == 5_000)
    #expect(costs.arc("BA").timeMilliseconds == 10_000)
  }

  @Test func noFasterThanTheVehicleGoes() {
    var attributes = RoadAttributes.street
    attributes.forward.maxspeedKmh = 120
    let profile = VehicleProfile.plain { $0.speeds.maxKmh = 90 }
    #expect(road(attributes, profile).model.speedKmh(PieceID(0), .forward) == 90)
  }

  /// The segment runs against its OSM way: forward along the segment is backward along the way.
  @Test func directionsAreThoseOfTheWayWhereASegmentRunsAgainstIt() {
    var attributes = RoadAttributes.oneway()
    attributes.forward.maxspeedKmh = 72
    var sketch = RoadSketch("AB")
    sketch.road("AB", .stretch(attributes, centimeters: 10_000, isReversed: true))
    let costs = Costs(sketch, .plain)
    #expect(costs.arc("AB") == .impassable)
    #expect(costs.arc("BA").timeMilliseconds == 5_000)
  }

  @Test func anArcIsTheSumOfItsPieces() {
    var fast = RoadAttributes.street
    fast.forward.maxspeedKmh = 72
    var sketch = RoadSketch("AB")
    sketch.road(
      "AB", .stretch(fast, centimeters: 10_000), .point(PointFeature(osmID: 9, kind: .trafficSignals)),
      .stretch(.street, centimeters: 5_000))
    let costs = Costs(sketch, .plain { $0.delays.trafficSignals = 3 })
    #expect(costs.arc("AB").timeMilliseconds == 5_000 + 3_000 + 5_000)
    #expect(costs.arc("BA").timeMilliseconds == 5_000 + 3_000 + 10_000)
    #expect(costs.model.speedKmh(PieceID(1), .forward) == nil)
  }
}

@Suite struct ExemptionTests {
  typealias Rules = VehicleProfile.ExemptionRules

  /// One case: what the tags say, the rule that decides, what it is called.
  struct Case: Sendable {
    let attributes: RoadAttributes
    let rule: WritableKeyPath<Rules, PassageRule> & Sendable
    let exemption: Exemption

    init(_ attributes: RoadAttributes, _ rule: WritableKeyPath<Rules, PassageRule> & Sendable, _ exemption: Exemption) {
      self.attributes = attributes
      self.rule = rule
      self.exemption = exemption
    }
  }

  static let cases = [
    Case(.both(.contraflow), \.contraflow, .contraflow),
    Case(.both([.contraflow, .civil]), \.contraflow, .contraflow),
    Case(.both(.restricted), \.restrictedAccess, .restrictedAccess),
    Case(.both([]), \.restrictedAccess, .restrictedAccess),
    Case(.both([.civil, .destinationOnly]), \.destinationOnly, .destinationOnly),
    Case(.both(.destinationOnly), \.destinationOnly, .destinationOnly),
    Case(.both(.ownersOnly), \.privateRoads, .privateRoad),
    Case(.both([.bus, .restricted]), \.busLanes, .busLane),
    Case(.both(.bus, .busway), \.busLanes, .busLane),
    Case(.both([.civil, .highOccupancy]), \.highOccupancy, .highOccupancy),
    Case(.both(.footOnly, .pedestrian), \.pedestrianZones, .pedestrianZone),
    Case(.both(.footOnly, .path), \.parkPaths, .parkPath),
    Case(.both([.emergency, .restricted]), \.emergencyWays, .emergencyWay),
    Case(.both([.emergencyDesignated, .footOnly], .path), \.emergencyWays, .emergencyWay),
    Case(.both(.civil, .track), \.tracks, .track),
    Case(.street(.winterRoad), \.winterRoads, .winterRoad), Case(.street(.ford), \.fords, .ford),
    Case(.street(.floodProne), \.floodProne, .floodProne),
    Case(.both(.civil, .ferry), \.ferries, .ferry),
    Case(.both(.civil, .shuttleTrain), \.ferries, .ferry),
  ]

  @Test(arguments: cases)
  func theRuleDecides(_ test: Case) {
    func costs(_ rule: PassageRule) -> Costs {
      road(test.attributes, .plain { $0.exemptions[keyPath: test.rule] = rule })
    }
    #expect(costs(.never).arc("AB") == .impassable)
    #expect(costs(.never).exemptions(arc: "AB") == [])
    #expect(costs(.allowed).arc("AB") == TravelCost(timeMilliseconds: 10_000))
    #expect(costs(.allowed).exemptions(arc: "AB") == [test.exemption])
    #expect(costs(PassageRule(.allowed, delaySeconds: 15)).arc("AB").timeMilliseconds == 25_000)
    #expect(costs(PassageRule(.allowed, maxKmh: 18)).arc("AB").timeMilliseconds == 20_000)
    let lastResort = costs(.lastResort).arc("AB")
    #expect(lastResort.timeMilliseconds == 10_000)
    // Those that one may go to are charged where they are entered: see ZoneTests.
    let isZone = [Exemption.destinationOnly, .privateRoad, .highOccupancy].contains(test.exemption)
    #expect(lastResort.reluctanceMilliseconds == (isZone ? 0 : 3_600_000 + 40_000))
    #expect(lastResort.weight == (isZone ? 10_000 : 3_650_000))
  }

  /// Only the rule that the case names opens it.
  @Test(arguments: cases)
  func noOtherRuleDecides(_ test: Case) {
    let all: [WritableKeyPath<Rules, PassageRule>] = [
      \.turnBans, \.emergencyTurnBans, \.contraflow, \.privateRoads, \.restrictedAccess, \.destinationOnly, \.busLanes,
      \.highOccupancy, \.pedestrianZones, \.parkPaths, \.emergencyWays, \.tracks, \.ferries, \.legalLimits,
      \.winterRoads, \.fords, \.floodProne,
    ]
    let profile = VehicleProfile.plain { profile in
      for rule in all where rule != test.rule { profile.exemptions[keyPath: rule] = .allowed }
    }
    #expect(road(test.attributes, profile).arc("AB") == .impassable)
  }

  @Test func anOpenStreetNeedsNothing() {
    let costs = road(.street, .plain)
    #expect(costs.arc("AB") == TravelCost(timeMilliseconds: 10_000))
    #expect(costs.exemptions(arc: "AB") == [])
  }

  @Test func aOnewayIsOpenAlongAndContraflowAgainst() {
    let costs = road(.oneway(), .plain { $0.exemptions.contraflow = .lastResort })
    #expect(costs.arc("AB") == TravelCost(timeMilliseconds: 10_000))
    #expect(costs.exemptions(arc: "AB") == [])
    #expect(costs.arc("BA").reluctanceMilliseconds > 0)
    #expect(costs.exemptions(arc: "BA") == [.contraflow])
  }

  @Test func reasonsAddUp() {
    let profile = VehicleProfile.plain {
      $0.exemptions.contraflow = PassageRule(.lastResort, delaySeconds: 5, maxKmh: 18)
      $0.exemptions.restrictedAccess = PassageRule(.allowed, delaySeconds: 2, maxKmh: 30)
    }
    let costs = road(.both([.contraflow, .restricted]), profile)
    #expect(costs.arc("AB").timeMilliseconds == 27_000)
    #expect(costs.arc("AB").reluctanceMilliseconds == 3_600_000 + 4 * 27_000)
    #expect(costs.exemptions(arc: "AB") == [.contraflow, .restrictedAccess])
    let never = VehicleProfile.plain { $0.exemptions.restrictedAccess = .allowed }
    #expect(road(.both([.contraflow, .restricted]), never).arc("AB") == .impassable)
  }

  @Test func aClosedPedestrianZoneNeedsBoth() {
    let attributes = RoadAttributes.both([.footOnly, .restricted], .pedestrian)
    var profile = VehicleProfile.plain { $0.exemptions.pedestrianZones = .allowed }
    #expect(road(attributes, profile).arc("AB") == .impassable)
    profile.exemptions.restrictedAccess = .allowed
    #expect(road(attributes, profile).exemptions(arc: "AB") == [.restrictedAccess, .pedestrianZone])
  }

  /// Buses come from that side, so it is as good as the bus lane is; still slow, and still named.
  @Test func aBusLaneAgainstAOnewayIsNoLastResort() {
    var profile = VehicleProfile.plain {
      $0.exemptions.contraflow = PassageRule(.lastResort, maxKmh: 18)
      $0.exemptions.busLanes = .allowed
    }
    let costs = road(.oneway([.contraflow, .bus]), profile)
    #expect(costs.arc("BA") == TravelCost(timeMilliseconds: 20_000))
    #expect(costs.exemptions(arc: "BA") == [.contraflow, .busLane])
    profile.exemptions.busLanes = .lastResort
    #expect(road(.oneway([.contraflow, .bus]), profile).arc("BA").reluctanceMilliseconds > 0)
    profile.exemptions.busLanes = .never
    #expect(road(.oneway([.contraflow, .bus]), profile).arc("BA") == .impassable)
    profile.exemptions.busLanes = .allowed
    profile.exemptions.contraflow = .never
    #expect(road(.oneway([.contraflow, .bus]), profile).arc("BA") == .impassable)
  }

  /// What doesn't carry a fire engine with its siren on doesn't carry it with the siren off.
  @Test func emergencyNoStopsOnlyResponders() {
    #expect(road(.both([.civil, .noEmergency]), .plain { $0.siren = .on }).arc("AB") == .impassable)
    #expect(road(.both([.civil, .noEmergency]), .plain { $0.siren = .off }).arc("AB") == .impassable)
    #expect(road(.both([.civil, .noEmergency]), .plain).arc("AB").isPassable)
  }

  @Test func onewayEmergencyNoMakesContraflowLawful() {
    let profile = VehicleProfile.plain {
      $0.siren = .on
      $0.exemptions.contraflow = PassageRule(.lastResort, maxKmh: 18)
    }
    let costs = road(.oneway([.contraflow, .emergency]), profile)
    #expect(costs.arc("BA") == TravelCost(timeMilliseconds: 20_000))
    #expect(costs.exemptions(arc: "BA") == [.contraflow])
    let never = VehicleProfile.plain { $0.siren = .on }
    #expect(road(.oneway([.contraflow, .emergency]), never).arc("BA") == .impassable)
  }

  @Test func wayOfTheServicesIsKnownByItsFlagToo() {
    var attributes = RoadAttributes.both(.restricted, .service)
    attributes.flags = .emergencyAccess
    let costs = road(attributes, .plain { $0.exemptions.emergencyWays = .allowed })
    #expect(costs.exemptions(arc: "AB") == [.emergencyWay])
  }

  @Test func aTrackThatIsOpenedToCarsNeedsNothing() {
    var attributes = RoadAttributes.both(.civil, .track)
    #expect(road(attributes, .plain).arc("AB") == .impassable)
    attributes.flags = .openedToCars
    #expect(road(attributes, .plain).arc("AB") == TravelCost(timeMilliseconds: 10_000))
    #expect(road(attributes, .plain).exemptions(arc: "AB") == [])
  }

  /// `access=yes` lets cars onto a path; a unit drives there as it does among people.
  @Test(arguments: [(RoadClass.path, Exemption.parkPath), (.pedestrian, .pedestrianZone)])
  func whatAccessAloneOpensIsForFeetToUnits(_ roadClass: RoadClass, _ exemption: Exemption) {
    let attributes = RoadAttributes.both([.civil, .footOnly], roadClass)
    #expect(road(attributes, .plain).arc("AB") == TravelCost(timeMilliseconds: 10_000))
    #expect(road(attributes, .plain).exemptions(arc: "AB") == [])
    for siren in [VehicleProfile.Siren.on, .off] {
      let closed = VehicleProfile.plain { $0.siren = siren }
      #expect(road(attributes, closed).arc("AB") == .impassable)
      let open = VehicleProfile.plain {
        $0.siren = siren
        ($0.exemptions.parkPaths, $0.exemptions.pedestrianZones) = (.allowed, .allowed)
      }
      #expect(road(attributes, open).exemptions(arc: "AB") == [exemption])
    }
  }

  /// A car drives through a yard as a last resort, and neither starts nor ends there; to a unit it is a closed way.
  @Test func aYardIsNoPlaceToStop() {
    let yard = RoadAttributes.both([.ownersOnly, .yard], .service)
    func isForStops(_ attributes: RoadAttributes, _ profile: VehicleProfile) -> Bool {
      road(attributes, profile).model.isForStops(piece: PieceID(0), .forward)
    }
    let car = VehicleProfile.plain { $0.exemptions.privateRoads = .lastResort }
    #expect(road(yard, car).exemptions(arc: "AB") == [.privateRoad])
    #expect(!isForStops(yard, car))
    #expect(isForStops(.both(.ownersOnly), car))
    #expect(isForStops(yard, .plain { $0.exemptions.privateRoads = .allowed }))
    let unit = VehicleProfile.plain {
      $0.siren = .off
      $0.exemptions.restrictedAccess = .lastResort
    }
    #expect(road(yard, unit).exemptions(arc: "AB") == [.restrictedAccess])
    #expect(isForStops(yard, unit))
  }

  @Test func aPrivateBusinessOnAClosedWayNeedsBoth() {
    let profile = VehicleProfile.plain { $0.exemptions.privateRoads = .allowed }
    #expect(road(.both([.ownersOnly, .restricted]), profile).arc("AB") == .impassable)
  }

  @Test func namesAreStable() {
    #expect(
      Exemption.allCases.map(\.name) == [
        "turn_ban", "emergency_turn_ban", "contraflow", "private_road", "restricted_access", "destination_only",
        "bus_lane", "high_occupancy", "pedestrian_zone", "park_path", "emergency_way", "track", "ferry", "legal_limit",
        "winter_road", "ford", "flood_prone", "gate", "locked_gate", "bollard", "barrier",
      ])
    for exemption in Exemption.allCases { #expect(Exemptions(exemption).list == [exemption]) }
  }
}
