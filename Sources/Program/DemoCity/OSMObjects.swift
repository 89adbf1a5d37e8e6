import Geometry

/// What an OSM node, or a corner of the plan, stands for, beside being a point of a road.
struct OSMNodeUse: OptionSet, Sendable {
  let rawValue: UInt16

  static let signals = OSMNodeUse(rawValue: 1)
  static let turningCircle = OSMNodeUse(rawValue: 2)
  static let gate = OSMNodeUse(rawValue: 4)
  static let liftGate = OSMNodeUse(rawValue: 8)
  static let lockedGate = OSMNodeUse(rawValue: 16)
  static let bollard = OSMNodeUse(rawValue: 32)
  static let removableBollard = OSMNodeUse(rawValue: 64)
  static let motorwayJunction = OSMNodeUse(rawValue: 128)
  /// A turn restriction, not a tag: streets are cut into OSM ways here, so that relations can name them.
  static let restricted = OSMNodeUse(rawValue: 256)
  /// A corner that becomes a circle of OSM nodes.
  static let roundabout = OSMNodeUse(rawValue: 512)

  static let gates: OSMNodeUse = [.gate, .liftGate, .lockedGate]
  static let bollards: OSMNodeUse = [.bollard, .removableBollard]
}

/// Whose name an OSM way carries.
enum OSMWayName: Equatable, Sendable {
  case none
  case street(Int32)
  case bridge(Int)
  case motorway(Int)
  case river
}

/// OSM nodes and OSM ways in flat tables; an object's place in its table gives its id.
struct OSMObjects: Sendable {
  static let firstNodeID: Int64 = 1
  /// The three kinds of ids are kept apart, so that one taken for another is noticed.
  static let firstWayID: Int64 = 10_000_000
  static let firstRelationID: Int64 = 20_000_000

  private(set) var coordinates: [Coordinate] = []
  private(set) var use: [OSMNodeUse] = []

  /// Where each way's references start; one more entry than ways.
  private(set) var firstReference: [Int32] = [0]
  /// Places in the table of OSM nodes.
  private(set) var references: [Int32] = []
  private(set) var traits: [RoadTraits] = []
  private(set) var name: [OSMWayName] = []

  var nodeCount: Int { use.count }
  var wayCount: Int { traits.count }

  static func nodeID(_ place: Int32) -> Int64 { firstNodeID + Int64(place) }
  static func wayID(_ place: Int) -> Int64 { firstWayID + Int64(place) }

  func references(ofWay way: Int) -> ArraySlice<Int32> {
    references[Int(firstReference[way])..<Int(firstReference[way + 1])]
  }

  /// The ground between two OSM nodes in units of 10⁻⁷ degrees, for angles only.
  func step(from first: Int32, to second: Int32) -> PlanePoint {
    let (start, end) = (coordinates[Int(first)], coordinates[Int(second)])
    return PlanePoint(
      x: Double(end.longitudeE7 - start.longitudeE7) * 0.978, y: Double(end.latitudeE7 - start.latitudeE7))
  }

  mutating func addNode(_ ground: PlanePoint, _ nodeUse: OSMNodeUse = []) -> Int32 {
    coordinates.append(CityFrame.coordinate(ground))
    use.append(nodeUse)
    return Int32(use.count - 1)
  }

  mutating func addWay(_ nodes: [Int32], _ wayTraits: RoadTraits, _ wayName: OSMWayName) {
    precondition(nodes.count >= 2, "a way has a start and an end")
    references += nodes
    firstReference.append(Int32(references.count))
    traits.append(wayTraits.withoutBarrier)
    name.append(wayName)
  }

  /// How many roads leave each OSM node: one for a way's end and two where a way passes. O(references).
  func roadDegrees() -> [UInt8] {
    var degree = [UInt8](repeating: 0, count: nodeCount)
    for way in 0..<wayCount where traits[way].isRoad {
      let nodes = references(ofWay: way)
      for place in nodes.indices {
        let isEnd = place == nodes.startIndex || place == nodes.endIndex - 1
        degree[Int(nodes[place])] += isEnd ? 1 : 2
      }
    }
    return degree
  }
}
