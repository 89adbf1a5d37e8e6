import Profiles
import RoadGraph
import Testing

/// One road AB of 100 m, under a profile.
private func road(_ attributes: RoadAttributes, meters: UInt32 = 100, _ profile: VehicleProfile) -> Costs {
  var sketch = RoadSketch("AB")
  sketch.road("AB", attributes, meters: meters)
  return Costs(sketch, profile)
}

/// The plain street with some of it changed.
private func street(
  class roadClass: RoadClass = .residential, _ change: (inout RoadAttributes) -> Void
) -> RoadAttributes {
  var attributes = RoadAttributes.both(.civil, roadClass)
  change(&attributes)
  return attributes
}

@Suite struct RoadConditionTests {
  @Test func capsBySurfaceSmoothnessAndTrackGrade() {
    let profile = VehicleProfile.plain {
      $0.roads.bySurface[.gravel] = .kmh(18)
      $0.roads.bySmoothness[.bad] = .kmh(12)
      $0.roads.byTrackGrade[3] = .kmh(9)
    }
    func kmh(_ change: (inout RoadAttributes) -> Void) -> Double? {
      road(street { change(&$0) }, profile).model.speedKmh(PieceID(0), .forward)
    }
    #expect(kmh { _ in } == 36)
    #expect(kmh { $0.surface = .gravel } == 18)
    #expect(kmh { $0.surface = .asphalt } == 36)
    #expect(kmh { $0.smoothness = .bad } == 12)
    #expect(kmh { $0.trackGrade = 4 } == 9)
    #expect(kmh { $0.trackGrade = 5 } == 36)
    #expect(kmh { ($0.surface, $0.smoothness, $0.trackGrade) = (.gravel, .bad, 4) } == 9)
    #expect(kmh { ($0.surface, $0.forward.maxspeedKmh) = (.gravel, 90) } == 18)
  }

  @Test func neverMeansNeverWhateverElseIsSaid() {
    let profile = VehicleProfile.plain {
      $0.roads.bySmoothness[.impassable] = .never
      $0.roads.bySurface[.sand] = .never
      $0.roads.byTrackGrade[4] = .never
    }
    #expect(road(street { $0.smoothness = .impassable }, profile).arc("AB") == .impassable)
    #expect(road(street { $0.surface = .sand }, profile).arc("AB") == .impassable)
    #expect(road(street { $0.trackGrade = 5 }, profile).arc("AB") == .impassable)
    #expect(road(street { $0.smoothness = .veryHorrible }, profile).arc("AB").isPassable)
  }

  @Test func advisedSpeedsCountMoreThanLimits() {
    let profile = VehicleProfile.plain { $0.speeds.maxspeedFactor = 0.5 }
    let attributes = street { ($0.forward.maxspeedKmh, $0.forward.advisoryKmh) = (90, 40) }
    let model = road(attributes, profile).model
    #expect(model.speedKmh(PieceID(0), .forward) == 20)
    #expect(model.speedKmh(PieceID(0), .backward) == 36)
  }

  @Test func narrowRoadsAndMovableBridgesAreSlow() {
    let profile = VehicleProfile.plain {
      $0.speeds.narrowMaxKmh = 20
      $0.speeds.movableBridgeMaxKmh = 5
    }
    func kmh(_ change: (inout RoadAttributes) -> Void) -> Double? {
      road(street { change(&$0) }, profile).model.speedKmh(PieceID(0), .forward)
    }
    #expect(kmh { $0.flags = .narrow } == 20)
    #expect(kmh { ($0.flags, $0.forward.maxspeedKmh) = (.narrow, 50) } == 20)
    #expect(kmh { $0.flags = .movableBridge } == 5)
    #expect(kmh { ($0.flags, $0.forward.maxspeedKmh) = (.movableBridge, 50) } == 50)
  }

  /// 1,000 m in 600 s, whatever the vehicle could do.
  @Test func aFerryTakesItsTime() {
    let profile = VehicleProfile.plain { $0.exemptions.ferries = .allowed }
    let timed = street(class: .ferry) { $0.durationSeconds = 600 }
    #expect((600_000...600_001).contains(road(timed, meters: 1_000, profile).arc("AB").timeMilliseconds))
    #expect((600_000...600_001).contains(road(timed, meters: 1_000, profile).arc("BA").timeMilliseconds))
    #expect(road(street(class: .ferry) { _ in }, meters: 1_000, profile).arc("AB").timeMilliseconds == 100_000)
    #expect(road(timed, meters: 1_000, .plain).arc("AB") == .impassable)
    #expect(road(timed, meters: 1_000, .plain { $0.speeds.byClass[.ferry] = nil }).arc("AB") == .impassable)
  }

  @Test func reluctanceSteersAndTakesNoTime() {
    let profile = VehicleProfile.plain {
      $0.reluctance.byService[.driveway] = 3
      $0.reluctance.narrow = 2
      $0.reluctance.alternating = 2.5
    }
    func cost(_ change: (inout RoadAttributes) -> Void) -> TravelCost {
      road(street { change(&$0) }, profile).arc("AB")
    }
    #expect(cost { _ in } == TravelCost(timeMilliseconds: 10_000))
    #expect(cost { $0.service = .alley } == TravelCost(timeMilliseconds: 10_000))
    #expect(cost { $0.service = .driveway } == TravelCost(timeMilliseconds: 10_000, reluctanceMilliseconds: 20_000))
    #expect(cost { $0.flags = .narrow } == TravelCost(timeMilliseconds: 10_000, reluctanceMilliseconds: 10_000))
    #expect(cost { $0.flags = .alternating } == TravelCost(timeMilliseconds: 10_000, reluctanceMilliseconds: 15_000))
    // The greatest counts, they don't add up.
    #expect(cost { ($0.service, $0.flags) = (.driveway, .narrow) }.reluctanceMilliseconds == 20_000)
  }

  @Test func designatedWaysArePreferred() {
    let profile = VehicleProfile.plain {
      $0.siren = .on
      $0.exemptions.emergencyWays = .allowed
      $0.reluctance.emergencyWays = 1.5
    }
    #expect(road(.both(.emergency), profile).arc("AB").reluctanceMilliseconds == 5_000)
    #expect(road(.both([.emergency, .emergencyDesignated]), profile).arc("AB").reluctanceMilliseconds == 0)
    #expect(road(.both([.emergency, .civil]), profile).arc("AB").reluctanceMilliseconds == 0)
  }

  @Test func civilTrafficHurtsLessBesideABusLane() {
    var sketch = RoadSketch("AB")
    var attributes = RoadAttributes.both(.civil, .primary)
    attributes.forward.access.insert(.besideBusLane)
    sketch.road("AB", attributes)
    let profile = VehicleProfile.plain {
      $0.civilTraffic.shareByClass[.primary] = 0.6
      $0.civilTraffic.besideBusLane = 0.1
    }
    let model = Costs(sketch, profile).model
    #expect(model.civilTrafficShare(PieceID(0), .forward) == 0.1)
    #expect(model.civilTrafficShare(PieceID(0), .backward) == 0.6)
  }
}

@Suite struct VehicleSizeTests {
  /// 3.3 m high, 2.5 m wide, 10 m long, 16 t, 10 t on an axle.
  static let truck = VehicleProfile.plain {
    ($0.size.heightMeters, $0.size.widthMeters, $0.size.lengthMeters) = (3.3, 2.5, 10)
    ($0.size.weightTonnes, $0.size.axleLoadTonnes) = (16, 10)
  }

  static let limits: [(WritableKeyPath<SizeLimits, UInt16> & Sendable, UInt16)] = [
    // A gap that is just as wide lets nobody through.
    (\.heightCentimeters, 330), (\.widthCentimeters, 251), (\.lengthCentimeters, 1_000),
    (\.weightTensOfKilograms, 1_600), (\.axleLoadTensOfKilograms, 1_000),
  ]

  @Test(arguments: limits)
  func whatDoesNotFitNeverDrives(_ limit: WritableKeyPath<SizeLimits, UInt16> & Sendable, _ size: UInt16) {
    func cost(_ value: UInt16, _ profile: VehicleProfile) -> TravelCost {
      road(street { $0.physicalLimits[keyPath: limit] = value }, profile).arc("AB")
    }
    var open = Self.truck
    open.exemptions.legalLimits = .allowed
    #expect(cost(size - 1, open) == .impassable)
    #expect(cost(size, open).isPassable)
    #expect(cost(0, open).isPassable)
    #expect(cost(1, .plain).isPassable)
  }

  @Test(arguments: limits)
  func signsAreAMatterOfTheProfile(_ limit: WritableKeyPath<SizeLimits, UInt16> & Sendable, _ size: UInt16) {
    func costs(_ value: UInt16, _ rule: PassageRule) -> Costs {
      var profile = Self.truck
      profile.exemptions.legalLimits = rule
      return road(street { $0.legalLimits[keyPath: limit] = value }, profile)
    }
    #expect(costs(size - 1, .never).arc("AB") == .impassable)
    #expect(costs(size - 1, .allowed).arc("AB") == TravelCost(timeMilliseconds: 10_000))
    #expect(costs(size - 1, .allowed).exemptions(arc: "AB") == [.legalLimit])
    #expect(costs(size - 1, PassageRule(.allowed, delaySeconds: 5)).arc("AB").timeMilliseconds == 15_000)
    #expect(costs(size - 1, .lastResort).arc("AB").reluctanceMilliseconds > 0)
    #expect(costs(size, .never).exemptions(arc: "AB") == [])
    #expect(costs(size, .never).arc("AB").isPassable)
  }

  @Test func pointsLetThroughWhatFits() {
    func cost(_ kind: FeatureKind, height: UInt16 = 0, width: UInt16 = 0, _ change: (inout VehicleProfile) -> Void)
      -> TravelCost
    {
      var feature = PointFeature(osmID: 1, kind: kind)
      (feature.maxHeightCentimeters, feature.maxWidthCentimeters) = (height, width)
      var sketch = RoadSketch("AB")
      sketch.road("AB", .stretch(.street, centimeters: 10_000), .point(feature), .stretch(.street, centimeters: 0))
      var profile = Self.truck
      profile.barriers.bollard = .allowed
      profile.barriers.heightRestrictor = .lastResort
      change(&profile)
      return Costs(sketch, profile).arc("AB")
    }
    let legal: (inout VehicleProfile) -> Void = { $0.exemptions.legalLimits = .allowed }
    #expect(cost(.heightRestrictor, height: 329, legal) == .impassable)
    #expect(cost(.heightRestrictor, height: 330, legal) == TravelCost(timeMilliseconds: 10_000))
    // The map doesn't tell how high.
    #expect(cost(.heightRestrictor, legal).reluctanceMilliseconds > 0)
    #expect(cost(.bollard, width: 250, legal) == .impassable)
    #expect(cost(.bollard, width: 251, legal).isPassable)
    #expect(cost(.crossing, height: 329, legal) == TravelCost(timeMilliseconds: 10_000))
    #expect(cost(.crossing, height: 329) { _ in } == .impassable)
  }
}
