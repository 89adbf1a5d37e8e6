/// The classes of roads, most important first.
enum StreetClass: Sendable, Comparable {
  case motorway, motorwayLink, primary, secondary, tertiary, residential, livingStreet, service
  /// A line of the plan that no road follows.
  case none

  var isArterial: Bool { self <= .secondary }
}

/// What is the same along one piece of road, and what an OSM way's tags are made of.
struct RoadTraits: Equatable, Sendable {
  enum Structure: UInt8, Sendable { case ground, bridge, tunnel }
  enum Flow: UInt8, Sendable { case both, oneWay, oneWayExceptEmergency, roundabout, divided }
  /// With the value of OSM's `maxspeed`.
  enum Speed: String, Sendable {
    case untagged = ""
    case walk
    case kmh20 = "20"
    case kmh30 = "30"
    case kmh50 = "50"
    case kmh60 = "60"
    case kmh80 = "80"
    case kmh100 = "100"
    case mph30 = "30 mph"
  }
  enum Access: UInt8, Sendable {
    case everybody, privateRoad
    /// Cut-throughs for responders, in the two ways in which mappers tag them.
    case emergencyService, emergencyAccess
  }
  /// With the value of OSM's `service`.
  enum Use: String, Sendable {
    case plain = ""
    case alley, driveway
    case parkingAisle = "parking_aisle"
  }

  var roadClass: StreetClass
  var structure: Structure
  var flow: Flow
  var speed: Speed
  var access = Access.everybody
  var use = Use.plain
  /// Stands at the middle of the piece; nothing there if it is empty.
  var barrier: OSMNodeUse = []

  init(_ roadClass: StreetClass, structure: Structure = .ground, flow: Flow = .both, speed: Speed = .untagged) {
    (self.roadClass, self.structure, self.flow, self.speed) = (roadClass, structure, flow, speed)
  }

  /// A way for responders alone, tagged in one of the two ways.
  static func cutThrough(_ random: inout CityRandom) -> RoadTraits {
    var traits = RoadTraits(.service)
    traits.access = random.chance(0.6) ? .emergencyService : .emergencyAccess
    return traits
  }

  var isRoad: Bool { roadClass != .none }
  var isCutThrough: Bool { access == .emergencyService || access == .emergencyAccess }

  /// The barrier belongs to one OSM node, not to the way: it does not cut a way in two.
  var withoutBarrier: RoadTraits {
    var copy = self
    copy.barrier = []
    return copy
  }
}
