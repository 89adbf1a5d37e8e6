import MapFile
import RoadGraph
import Testing

/// What the map file keeps of each thing: sizes are part of the format.
@Suite struct RecordTests {
  @Test func recordsHaveTheirSizes() {
    #expect(MemoryLayout<Way>.stride == 24)
    #expect(MemoryLayout<PointFeature>.stride == 16)
    #expect(MemoryLayout<RoadAttributes>.stride == 44)
    #expect(MemoryLayout<ConditionalRule>.stride == 24)
    #expect(MemoryLayout<Piece>.stride == 20)
    #expect(MemoryLayout<SegmentArcs>.stride == 8)
    #expect(MemoryLayout<ArcCourse>.stride == 4)
    #expect(MemoryLayout<TurnAttributes>.stride == 2)
  }

  @Test func piecesKnowWhatTheyAre() {
    let stretch = Piece(
      stretchOf: WayID(UInt32(7)), firstNode: 3, lengthCentimeters: 1_234, firstPoint: 5, isReversed: true)
    #expect(stretch.kind == .stretch(WayID(UInt32(7))))
    #expect(stretch.isReversed)
    #expect((stretch.firstNode, stretch.lengthCentimeters, stretch.firstPoint) == (3, 1_234, 5))
    let point = Piece(point: FeatureID(UInt32(9)), firstPoint: 2, isReversed: false)
    #expect(point.kind == .point(FeatureID(UInt32(9))))
    #expect(!point.isReversed)
    #expect(point.lengthCentimeters == 0)
  }

  @Test func segmentsMayLackAnArc() {
    let oneway = SegmentArcs(forward: ArcID(UInt32(4)), backward: nil)
    #expect(oneway.forward == ArcID(UInt32(4)))
    #expect(oneway.backward == nil)
    let course = ArcCourse(segment: SegmentID(UInt32(6)), isBackward: true)
    #expect(course.segment == SegmentID(UInt32(6)))
    #expect(course.isBackward)
  }

  @Test(arguments: [0, 90, -90, 180, -180, 46, -46])
  func turnsKeepTheirAngle(_ degrees: Int) {
    #expect(TurnAttributes(angleDegrees: degrees, flags: .banned).angleDegrees == degrees)
    #expect(TurnAttributes(angleDegrees: degrees, flags: .banned).flags == .banned)
  }

  @Test func featuresAndClassesHaveNames() {
    for kind in FeatureKind.allCases { #expect(PointFeature(osmID: 1, kind: kind).kind == kind) }
    #expect(FeatureKind.allCases.filter(\.isBarrier).count == 8)
    for roadClass in RoadClass.allCases {
      let direction = DirectionAttributes(access: .civil)
      #expect(RoadAttributes(roadClass: roadClass, forward: direction, backward: direction).roadClass == roadClass)
    }
  }

  /// Profiles and reports are written with these names.
  @Test func namesAreThoseOfOSM() {
    #expect(
      RoadClass.allCases.map(\.osmName) == [
        "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link",
        "tertiary", "tertiary_link", "unclassified", "residential", "living_street", "service", "track", "busway",
        "pedestrian", "path", "ferry", "shuttle_train",
      ])
    #expect(
      FeatureKind.allCases.map(\.osmName) == [
        "traffic_signals", "stop", "give_way", "crossing", "traffic_calming", "gate", "lift_gate", "swing_gate",
        "bollard", "removable_bollard", "rising_bollard", "block", "other_barrier", "toll_booth", "border_control",
        "height_restrictor", "ford", "access_sign",
      ])
    #expect(
      Surface.allCases.map(\.osmName).filter { $0.contains("_") } == ["paving_stones", "fine_gravel", "grass_paver"])
    #expect(Smoothness.allCases.map(\.osmName).suffix(4) == ["very_bad", "horrible", "very_horrible", "impassable"])
    #expect(
      ServiceKind.allCases.map(\.osmName) == [
        "none", "alley", "driveway", "parking_aisle", "drive-through", "emergency_access",
      ])
  }

  @Test func weightsNeverWrap() {
    #expect(Weight.infinity.adding(.infinity) == .infinity)
    #expect(Weight.infinity.adding(1) == .infinity)
    #expect((Weight.infinity - 1).adding(1) == .infinity)
    #expect(Weight(3).adding(4) == 7)
  }

  @Test func textsAreStoredOnce() {
    var builder = TextPoolBuilder()
    let street = builder.id(of: "세종대로")
    #expect(builder.id(of: "") == .empty)
    #expect(builder.id(of: "Phố Huế") != street)
    #expect(builder.id(of: "세종대로") == street)
    let texts = builder.build()
    #expect(texts[street] == "세종대로")
    #expect(texts[.empty] == "")
    #expect(texts[TextID(UInt32(99))] == "")
  }

  @Test func positionsTakeTheirPart() {
    func part(_ fraction: UInt32, of amount: UInt32) -> UInt32 {
      RoadPosition(segment: SegmentID(UInt32(0)), piece: PieceID(UInt32(0)), fraction: fraction).part(of: amount)
    }
    #expect(part(0, of: 1_000) == 0)
    #expect(part(RoadPosition.fractionMax, of: 1_000) == 1_000)
    #expect(part(RoadPosition.fractionMax / 4, of: 1_000) == 250)
    #expect(part(RoadPosition.fractionMax, of: .infinity) == .infinity)
  }
}
