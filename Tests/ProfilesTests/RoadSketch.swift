import Geometry
import MapFile
import Profiles
import RoadGraph

/// A small road network put together by hand: vertices are letters, roads are named by their two ends (`"AB"`).
struct RoadSketch {
  enum Part {
    case stretch(RoadAttributes, centimeters: UInt32, isReversed: Bool = false)
    case point(PointFeature, isReversed: Bool = false)
  }

  private struct Road {
    let tail: Int
    let head: Int
    let parts: [Part]
  }

  private let names: [Character]
  private var roads: [Road] = []
  private var vertexFeatures: [Int: PointFeature] = [:]
  private var turns: [String: TurnAttributes] = [:]

  init(_ names: String) { self.names = Array(names) }

  private func vertex(_ name: Character) -> Int { names.firstIndex(of: name)! }

  /// A road from its first letter to its second, both of its arcs included.
  mutating func road(_ name: String, _ parts: Part...) {
    roads.append(Road(tail: vertex(name.first!), head: vertex(name.last!), parts: parts))
  }

  /// A road of one stretch.
  mutating func road(_ name: String, _ attributes: RoadAttributes, meters: UInt32 = 100) {
    road(name, .stretch(attributes, centimeters: meters * 100))
  }

  mutating func place(_ feature: PointFeature, at name: Character) { vertexFeatures[vertex(name)] = feature }

  /// Facts of the turn `ABC`: from the road AB onto the road BC.
  mutating func turn(_ name: String, angleDegrees: Int = 0, _ flags: TurnFlags = []) {
    turns[name] = TurnAttributes(angleDegrees: angleDegrees, flags: flags)
  }

  func build() -> RoadNetwork {
    var tables = RoadNetworkTables()
    tables.vertexCoordinate = names.indices.map { coordinate($0) }
    tables.vertexFeature = names.indices.map { vertex in
      guard let feature = vertexFeatures[vertex] else { return .none }
      return add(feature, to: &tables)
    }
    for road in roads { add(road, to: &tables) }
    addArcs(to: &tables)
    addTurns(to: &tables)
    let network = RoadNetwork(tables)
    network.checkInvariants()
    return network
  }

  private func coordinate(_ vertex: Int) -> Coordinate {
    Coordinate(latitudeE7: Int32(vertex * vertex) * 5_000, longitudeE7: Int32(vertex) * 10_000)
  }

  private func add(_ feature: PointFeature, to tables: inout RoadNetworkTables) -> FeatureID {
    tables.features.append(feature)
    return FeatureID(tables.features.count - 1)
  }

  private func add(_ road: Road, to tables: inout RoadNetworkTables) {
    var stretches: UInt32 = 0
    for part in road.parts {
      switch part {
      case .stretch(let attributes, let centimeters, let isReversed):
        tables.attributes.append(attributes)
        tables.ways.append(
          Way(
            osmID: Int64(tables.ways.count + 1), name: .empty, ref: .empty,
            attributes: AttributesID(tables.attributes.count - 1), nodeCount: 2))
        tables.pieces.append(
          Piece(
            stretchOf: WayID(tables.ways.count - 1), firstNode: 0, lengthCentimeters: centimeters,
            firstPoint: stretches, isReversed: isReversed))
        stretches += 1
      case .point(let feature, let isReversed):
        tables.pieces.append(Piece(point: add(feature, to: &tables), firstPoint: stretches, isReversed: isReversed))
      }
    }
    tables.firstPiece.append(UInt32(tables.pieces.count))
    let inner = (1..<max(stretches, 1)).map { _ in coordinate(road.tail) }
    let innerNodes = inner.indices.map { Int64(names.count + tables.points.count + $0 + 1) }
    tables.pointOSMNode += [Int64(road.tail + 1)] + innerNodes + [Int64(road.head + 1)]
    tables.points += [coordinate(road.tail)] + inner + [coordinate(road.head)]
    tables.firstPoint.append(UInt32(tables.points.count))
  }

  private func addArcs(to tables: inout RoadNetworkTables) {
    for vertex in names.indices {
      for (position, road) in roads.enumerated() where road.tail == vertex || road.head == vertex {
        let isBackward = road.head == vertex
        tables.arcTail.append(VertexID(vertex))
        tables.arcHead.append(VertexID(isBackward ? road.tail : road.head))
        tables.arcCourse.append(ArcCourse(segment: SegmentID(position), isBackward: isBackward))
      }
    }
  }

  private func addTurns(to tables: inout RoadNetworkTables) {
    for arc in tables.arcHead.indices {
      for next in tables.arcTail.indices where tables.arcTail[next] == tables.arcHead[arc] {
        let isUTurn = tables.arcCourse[arc].segment == tables.arcCourse[next].segment
        let name = [tables.arcTail[arc], tables.arcHead[arc], tables.arcHead[next]].map { names[$0.position] }
        let given = turns[String(name)] ?? TurnAttributes(angleDegrees: isUTurn ? 180 : 0, flags: [])
        tables.turnHead.append(ArcID(next))
        tables.turnAttributes.append(
          TurnAttributes(angleDegrees: given.angleDegrees, flags: isUTurn ? given.flags.union(.uTurn) : given.flags))
      }
      tables.firstTurn.append(UInt32(tables.turnHead.count))
    }
  }

  /// The arc from the first letter to the second.
  func arc(_ name: String, _ network: RoadNetwork) -> ArcID {
    network.arcHead.indices.first {
      network.arcTail[$0].position == vertex(name.first!) && network.arcHead[$0].position == vertex(name.last!)
    }!
  }
}

/// A network with the costs of one profile on it, asked by letters.
struct Costs {
  let sketch: RoadSketch
  let network: RoadNetwork
  let model: CostModel

  init(_ sketch: RoadSketch, _ profile: VehicleProfile) { self.init(sketch, profile) { _, _ in } }

  /// - Parameter adjust: what holds beyond the plain tags.
  init(_ sketch: RoadSketch, _ profile: VehicleProfile, adjust: (inout RoadAdjustments, RoadNetwork) -> Void) {
    self.sketch = sketch
    network = sketch.build()
    var adjustments = RoadAdjustments.none
    adjust(&adjustments, network)
    model = CostModel(profile: profile, network: network, adjustments: adjustments)
  }

  /// With a department's overrides, all of which match the map.
  init(_ sketch: RoadSketch, _ profile: VehicleProfile, _ overrides: RoadOverrides) {
    self.init(sketch, profile) { adjustments, network in
      let names: Set = [profile.name, "other"]
      adjustments.overrides = overrides.resolved(on: network, profileNames: names).overrides
    }
  }

  func arc(_ name: String) -> TravelCost { model.arcCost(sketch.arc(name, network)) }

  func turnID(_ name: String) -> (turn: TurnID, arc: ArcID) {
    let arc = sketch.arc(String(name.prefix(2)), network)
    let next = sketch.arc(String(name.suffix(2)), network)
    return (network.turns(from: arc).first { network.turnHead[$0] == next }!, arc)
  }

  func turn(_ name: String) -> TravelCost {
    let (turn, arc) = turnID(name)
    return model.turnCost(turn, from: arc)
  }

  func exemptions(turn name: String) -> [Exemption] {
    let (turn, arc) = turnID(name)
    return model.exemptions(turn: turn, from: arc).list
  }

  /// Of all pieces of an arc.
  func exemptions(arc name: String) -> [Exemption] {
    let course = network.arcCourse[sketch.arc(name, network)]
    return network.pieceIDs(of: course.segment).reduce(into: Exemptions()) {
      $0.formUnion(model.exemptions(piece: $1, SegmentDirection(course)))
    }.list
  }
}

extension VehicleProfile {
  /// 36 km/h (10 m/s) everywhere, no delays, allowed nothing that civil traffic isn't.
  static var plain: VehicleProfile {
    var profile = VehicleProfile(name: "plain")
    for roadClass in RoadClass.allCases { profile.speeds.byClass[roadClass] = 36 }
    profile.speeds.maxKmh = 300
    profile.speeds.narrowMaxKmh = 300
    profile.speeds.movableBridgeMaxKmh = 300
    profile.turns.uTurnConfined = .allowed
    profile.barriers.heightRestrictor = .allowed
    return profile
  }

  /// The plain profile with some of it changed.
  static func plain(_ change: (inout VehicleProfile) -> Void) -> VehicleProfile {
    var profile = plain
    change(&profile)
    return profile
  }
}

extension RoadAttributes {
  static let street = both(.civil)

  static func street(_ flags: RoadFlags) -> RoadAttributes {
    var street = street
    street.flags = flags
    return street
  }

  static func both(_ access: AccessFlags, _ roadClass: RoadClass = .residential) -> RoadAttributes {
    let direction = DirectionAttributes(access: access)
    return RoadAttributes(roadClass: roadClass, forward: direction, backward: direction)
  }

  static func oneway(_ backward: AccessFlags = .contraflow) -> RoadAttributes {
    RoadAttributes(
      roadClass: .residential, flags: .oneway, forward: DirectionAttributes(access: .civil),
      backward: DirectionAttributes(access: backward))
  }
}
