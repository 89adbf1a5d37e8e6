import Profiles
import RoadGraph
import Testing

/// A road AB of 2 x 50 m with a feature between. 10 s without it.
private func road(with feature: PointFeature, _ profile: VehicleProfile) -> Costs {
  var sketch = RoadSketch("AB")
  let half = RoadSketch.Part.stretch(.street, centimeters: 5_000)
  sketch.road("AB", half, .point(feature), half)
  return Costs(sketch, profile)
}

@Suite struct PointTests {
  typealias Delays = VehicleProfile.Delays
  typealias Barriers = VehicleProfile.Barriers

  @Test(arguments: [
    (FeatureKind.trafficSignals, \Delays.trafficSignals as WritableKeyPath<Delays, Double> & Sendable),
    (.stop, \.stop), (.giveWay, \.giveWay), (.crossing, \.crossing), (.trafficCalming, \.trafficCalming),
    (.tollBooth, \.tollBooth), (.borderControl, \.borderControl),
  ])
  func delays(_ kind: FeatureKind, _ delay: WritableKeyPath<Delays, Double> & Sendable) {
    let profile = VehicleProfile.plain { $0.delays[keyPath: delay] = 2.5 }
    let costs = road(with: PointFeature(osmID: 1, kind: kind), profile)
    #expect(costs.arc("AB") == TravelCost(timeMilliseconds: 12_500))
    #expect(costs.exemptions(arc: "AB") == [])
    #expect(road(with: PointFeature(osmID: 1, kind: kind), .plain).arc("AB").timeMilliseconds == 10_000)
  }

  @Test(arguments: [
    (FeatureKind.gate, \Barriers.gate as WritableKeyPath<Barriers, PassageRule> & Sendable, Exemption.gate),
    (.liftGate, \.liftGate, .gate), (.swingGate, \.swingGate, .gate),
    (.bollard, \.bollard, .bollard), (.removableBollard, \.removableBollard, .bollard),
    (.risingBollard, \.risingBollard, .bollard), (.block, \.block, .barrier), (.otherBarrier, \.other, .barrier),
  ])
  func barriers(
    _ kind: FeatureKind, _ rule: WritableKeyPath<Barriers, PassageRule> & Sendable, _ exemption: Exemption
  ) {
    func costs(_ passage: PassageRule) -> Costs {
      road(with: PointFeature(osmID: 1, kind: kind), .plain { $0.barriers[keyPath: rule] = passage })
    }
    #expect(costs(.never).arc("AB") == .impassable)
    #expect(costs(PassageRule(.allowed, delaySeconds: 20)).arc("AB") == TravelCost(timeMilliseconds: 30_000))
    #expect(costs(.allowed).exemptions(arc: "AB") == [exemption])
    let lastResort = costs(PassageRule(.lastResort, delaySeconds: 20)).arc("AB")
    #expect(lastResort.timeMilliseconds == 30_000)
    #expect(lastResort.reluctanceMilliseconds == 3_600_000 + 80_000)
  }

  @Test func aFordIsWhatTheProfileSaysOfFords() {
    func costs(_ rule: PassageRule) -> Costs {
      road(with: PointFeature(osmID: 1, kind: .ford), .plain { $0.exemptions.fords = rule })
    }
    #expect(costs(.never).arc("AB") == .impassable)
    #expect(costs(PassageRule(.allowed, delaySeconds: 20)).arc("AB") == TravelCost(timeMilliseconds: 30_000))
    #expect(costs(.lastResort).exemptions(arc: "AB") == [.ford])
    #expect(costs(.lastResort).arc("AB").reluctanceMilliseconds == 3_600_000)
  }

  /// Where nothing stands, the rules for the road count: no gate, no seconds.
  @Test(
    arguments: [
      (.bus, .busLane), ([.emergency, .restricted], .emergencyWay), (.restricted, .restrictedAccess),
    ] as [(AccessFlags, Exemption)])
  func aSignIsAWordOnWhoMayPass(_ access: AccessFlags, _ exemption: Exemption) {
    let sign = PointFeature(osmID: 1, kind: .accessSign, access: access)
    #expect(road(with: sign, .plain).arc("AB") == .impassable)
    let profile = VehicleProfile.plain {
      ($0.exemptions.busLanes, $0.exemptions.emergencyWays) = (.allowed, .allowed)
      $0.exemptions.restrictedAccess = .allowed
    }
    #expect(road(with: sign, profile).arc("AB") == TravelCost(timeMilliseconds: 10_000))
    #expect(road(with: sign, profile).exemptions(arc: "AB") == [exemption])
    let booth = PointFeature(osmID: 1, kind: .tollBooth, access: access)
    #expect(road(with: booth, .plain).arc("AB") == .impassable)
    #expect(road(with: booth, profile).exemptions(arc: "AB") == [exemption])
  }

  /// A bollard that buses pass can be lowered for a unit.
  @Test func aBollardForBusesIsNotFixed() {
    let bollard = PointFeature(osmID: 1, kind: .bollard, access: .bus)
    func profile(_ siren: VehicleProfile.Siren) -> VehicleProfile {
      .plain {
        $0.siren = siren
        $0.exemptions.busLanes = .allowed
        $0.barriers.removableBollard = PassageRule(.allowed, delaySeconds: 20)
      }
    }
    #expect(road(with: bollard, profile(.on)).arc("AB") == TravelCost(timeMilliseconds: 30_000))
    #expect(road(with: bollard, profile(.none)).arc("AB") == .impassable)
  }

  @Test(arguments: [FeatureKind.gate, .liftGate, .swingGate])
  func aLockedGateIsARuleOfItsOwn(_ kind: FeatureKind) {
    let profile = VehicleProfile.plain {
      $0.barriers.gate = .allowed
      $0.barriers.liftGate = .allowed
      $0.barriers.swingGate = .allowed
      $0.barriers.lockedGate = PassageRule(.allowed, delaySeconds: 90)
    }
    let costs = road(with: PointFeature(osmID: 1, kind: kind, flags: .locked), profile)
    #expect(costs.arc("AB").timeMilliseconds == 100_000)
    #expect(costs.exemptions(arc: "AB") == [.lockedGate])
  }

  @Test func tagsOnABarrierDecideWhoMayOpenIt() {
    let gate = PointFeature(osmID: 1, kind: .gate, access: .restricted)
    let open = VehicleProfile.plain { $0.barriers.gate = PassageRule(.allowed, delaySeconds: 20) }
    #expect(road(with: gate, open).arc("AB") == .impassable)
    var may = open
    may.exemptions.restrictedAccess = PassageRule(.allowed, delaySeconds: 5)
    #expect(road(with: gate, may).arc("AB").timeMilliseconds == 35_000)
    #expect(road(with: gate, may).exemptions(arc: "AB") == [.restrictedAccess, .gate])
  }

  @Test func aGateThatIsOpenToAllIsNoObstacle() {
    let profile = VehicleProfile.plain {
      $0.barriers.gate = PassageRule(.allowed, delaySeconds: 20)
      $0.barriers.lockedGate = PassageRule(.allowed, delaySeconds: 90)
    }
    let open = PointFeature(osmID: 1, kind: .gate, access: .civil)
    #expect(road(with: open, profile).arc("AB") == TravelCost(timeMilliseconds: 10_000))
    #expect(road(with: open, profile).exemptions(arc: "AB") == [])
    let locked = PointFeature(osmID: 1, kind: .gate, access: .civil, flags: .locked)
    #expect(road(with: locked, profile).arc("AB").timeMilliseconds == 100_000)
  }

  /// The road behind it is charged for being a zone, not its gate.
  @Test func aPrivateGateAddsNoReluctance() {
    let gate = PointFeature(osmID: 1, kind: .gate, access: .ownersOnly)
    let profile = VehicleProfile.plain {
      $0.barriers.gate = PassageRule(.allowed, delaySeconds: 20)
      $0.exemptions.privateRoads = .lastResort
    }
    #expect(road(with: gate, profile).arc("AB") == TravelCost(timeMilliseconds: 30_000))
    #expect(road(with: gate, profile).exemptions(arc: "AB") == [.privateRoad, .gate])
  }

  @Test(arguments: [FeatureKind.trafficSignals, .stop, .giveWay])
  func signsAreFeltInTheirDirectionOnly(_ kind: FeatureKind) {
    let profile = VehicleProfile.plain {
      $0.delays.trafficSignals = 3
      $0.delays.stop = 3
      $0.delays.giveWay = 3
    }
    func seconds(_ flags: PointFeature.Flags, isReversed: Bool = false) -> [Weight] {
      var sketch = RoadSketch("AB")
      let point = RoadSketch.Part.point(PointFeature(osmID: 1, kind: kind, flags: flags), isReversed: isReversed)
      sketch.road("AB", .stretch(.street, centimeters: 5_000), point, .stretch(.street, centimeters: 5_000))
      let costs = Costs(sketch, profile)
      return [costs.arc("AB").timeMilliseconds, costs.arc("BA").timeMilliseconds]
    }
    #expect(seconds([]) == [13_000, 13_000])
    #expect(seconds(.forwardOnly) == [13_000, 10_000])
    #expect(seconds(.backwardOnly) == [10_000, 13_000])
    #expect(seconds([.forwardOnly, .backwardOnly]) == [13_000, 13_000])
    #expect(seconds(.forwardOnly, isReversed: true) == [10_000, 13_000])
  }

  @Test func aSignAtAJunctionIsFeltFromEverySide() {
    var sketch = RoadSketch("ABC")
    sketch.road("AB", .street)
    sketch.road("BC", .street)
    sketch.place(PointFeature(osmID: 1, kind: .stop, flags: .forwardOnly), at: "B")
    let costs = Costs(sketch, .plain { $0.delays.stop = 3 })
    #expect(costs.turn("ABC").timeMilliseconds == 3_000)
    #expect(costs.turn("CBA").timeMilliseconds == 3_000)
  }

  @Test func emergencyNoOnABarrierStopsOnlyResponders() {
    let gate = PointFeature(osmID: 1, kind: .gate, access: .noEmergency)
    let profile = VehicleProfile.plain { $0.barriers.gate = .allowed }
    #expect(road(with: gate, profile).arc("AB").isPassable)
    var siren = profile
    siren.siren = .on
    #expect(road(with: gate, siren).arc("AB") == .impassable)
  }

  @Test func aBollardThatIsOpenToVehiclesIsNoObstacle() {
    let bollard = PointFeature(osmID: 1, kind: .bollard, access: .civil)
    #expect(road(with: bollard, .plain).arc("AB") == TravelCost(timeMilliseconds: 10_000))
    #expect(road(with: bollard, .plain).exemptions(arc: "AB") == [])
  }

  @Test func aBollardOfAnOwnerIsARemovableOne() {
    let bollard = PointFeature(osmID: 1, kind: .bollard, access: .ownersOnly)
    let profile = VehicleProfile.plain {
      $0.exemptions.privateRoads = .allowed
      $0.barriers.removableBollard = PassageRule(.allowed, delaySeconds: 40)
    }
    #expect(road(with: bollard, profile).arc("AB").timeMilliseconds == 50_000)
    #expect(road(with: bollard, .plain).arc("AB") == .impassable)
  }

  @Test func aBollardForRespondersIsARemovableOne() {
    let bollard = PointFeature(osmID: 1, kind: .bollard, access: .emergency)
    let siren = VehicleProfile.plain {
      $0.siren = .on
      $0.exemptions.emergencyWays = .allowed
      $0.barriers.removableBollard = PassageRule(.lastResort, delaySeconds: 40)
    }
    #expect(road(with: bollard, siren).arc("AB").timeMilliseconds == 50_000)
    #expect(road(with: bollard, siren).arc("AB").reluctanceMilliseconds > 0)
    var civil = siren
    civil.siren = .off
    #expect(road(with: bollard, civil).arc("AB") == .impassable)
  }
}
