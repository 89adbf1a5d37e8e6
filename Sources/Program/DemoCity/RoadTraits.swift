/// The classes of roads, most important first.
enum StreetClass: UInt8, Sendable, Comparable {
  case motorway, motorwayLink, primary, secondary, tertiary, residential, livingStreet, service
  /// A line of the plan that no road follows.
  case none

  static func < (left: StreetClass, right: StreetClass) -> Bool { left.rawValue < right.rawValue }

  var isArterial: Bool { self <= .secondary }
}

/// What is the same along one piece of road, and what an OSM way's tags are made of.
struct RoadTraits: Equatable, Sendable {
  enum Structure: UInt8, Sendable { case ground, bridge, tunnel }
  enum Flow: UInt8, Sendable { case both, oneWay, oneWayExceptEmergency, roundabout, divided }
  enum Speed: UInt8, Sendable { case untagged, walk, kmh20, kmh30, kmh50, kmh60, kmh80, kmh100, mph30 }
  enum Access: UInt8, Sendable {
    case everybody, privateRoad
    /// Cut-throughs for responders, in the two ways in which mappers tag them.
    case emergencyService, emergencyAccess
  }
  enum Barrier: UInt8, Sendable { case open, gate, liftGate, lockedGate, bollard, removableBollard }
  enum Use: UInt8, Sendable { case plain, alley, driveway, parkingAisle }

  var roadClass: StreetClass
  var structure = Structure.ground
  var flow = Flow.both
  var speed = Speed.untagged
  var access = Access.everybody
  var use = Use.plain
  /// Stands at the middle of the piece.
  var barrier = Barrier.open

  init(_ roadClass: StreetClass) { self.roadClass = roadClass }

  var isRoad: Bool { roadClass != .none }
  var isCutThrough: Bool { access == .emergencyService || access == .emergencyAccess }

  /// The barrier belongs to one OSM node, not to the way: it does not cut a way in two.
  var withoutBarrier: RoadTraits {
    var copy = self
    copy.barrier = .open
    return copy
  }
}
