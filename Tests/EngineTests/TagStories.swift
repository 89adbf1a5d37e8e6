import Foundation
import Profiles
import TestSupport
import Testing

@testable import Engine

/// What the profiles that come with the engine make of tags: from OSM data through the importer to a route.
@Suite struct TagStories {
  /// How gladly a vehicle drives a road or passes a point.
  enum Use: String, Sendable {
    case open
    /// Only where nothing else leads there.
    case lastResort
    case never
  }

  /// Tags, and what `car`, `ambulance` and `ambulance_routine` make of them.
  struct Row: Sendable, CustomTestStringConvertible {
    let tags: [String: String]
    let uses: [String: Use]

    init(_ tags: [String: String], _ car: Use, _ ambulance: Use, _ routine: Use) {
      self.tags = tags
      uses = ["car": car, "ambulance": ambulance, "ambulance_routine": routine]
    }

    var testDescription: String { tags.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ") }
  }

  static let roads: [Row] = [
    Row([:], .open, .open, .open), Row(["access": "private"], .lastResort, .open, .open),
    Row(["access": "no"], .never, .open, .lastResort),
    Row(["motor_vehicle": "agricultural"], .never, .open, .lastResort),
    Row(["motor_vehicle": "forestry", "motorcar": "yes"], .open, .open, .open),
    Row(["vehicle:forward": "no"], .never, .open, .lastResort), Row(["vehicle:backward": "no"], .open, .open, .open),
    Row(["access": "destination"], .lastResort, .open, .lastResort),
    Row(["access": "customers"], .lastResort, .open, .lastResort),
    Row(["access": "no", "bus": "yes"], .never, .open, .lastResort),
    Row(["motor_vehicle": "psv"], .never, .open, .lastResort),
    Row(["highway": "busway"], .never, .open, .lastResort), Row(["hov": "designated"], .lastResort, .open, .open),
    Row(["access": "emergency"], .never, .open, .open), Row(["motor_vehicle": "emergency"], .never, .open, .open),
    Row(["highway": "service", "service": "emergency_access"], .never, .open, .open),
    Row(["access": "no", "emergency": "yes"], .never, .open, .open),
    Row(["access": "no", "emergency": "designated"], .never, .open, .open),
    Row(["emergency": "no"], .open, .never, .never), Row(["highway": "pedestrian"], .never, .open, .lastResort),
    Row(["highway": "track"], .never, .open, .lastResort),
    Row(["highway": "footway", "surface": "asphalt", "width": "3"], .never, .lastResort, .never),
    Row(["highway": "footway"], .never, .never, .never), Row(["construction": "yes"], .never, .never, .never),
    Row(["highway": "proposed"], .never, .never, .never), Row(["smoothness": "impassable"], .never, .never, .never),
    Row(["area": "yes"], .never, .never, .never), Row(["oneway": "-1"], .never, .lastResort, .never),
    Row(["oneway": "reverse"], .never, .lastResort, .never), Row(["oneway": "yes"], .open, .open, .open),
    Row(["oneway": "-1", "oneway:motor_vehicle": "no"], .open, .open, .open),
    Row(["oneway": "-1", "oneway:emergency": "no"], .never, .open, .never),
    Row(["oneway": "reversible"], .never, .open, .lastResort), Row(["oneway": "alternating"], .open, .open, .open),
    Row(["highway": "motorway", "oneway": "-1"], .never, .never, .never),
    Row(["maxheight": "2.5"], .open, .open, .never), Row(["maxheight": "8'2\""], .open, .open, .never),
    Row(["maxheight:physical": "2.5"], .open, .never, .never), Row(["maxweight": "3"], .open, .open, .never),
    Row(["maxwidth:physical": "2.1"], .open, .never, .never),
  ]

  /// Over ice and through water nobody drives who has another way.
  static let wetRoads: [Row] = [
    Row(["ice_road": "yes"], .lastResort, .lastResort, .lastResort),
    Row(["winter_road": "yes"], .lastResort, .lastResort, .lastResort),
    Row(["seasonal": "winter", "surface": "snow"], .lastResort, .lastResort, .lastResort),
    Row(["ford": "yes"], .lastResort, .lastResort, .lastResort), Row(["ford": "no"], .open, .open, .open),
    Row(["flood_prone": "yes"], .lastResort, .lastResort, .lastResort),
    Row(["tidal": "yes"], .lastResort, .lastResort, .lastResort),
  ]

  /// Who may drive by OSRM's car profile, in words of our own, and what units make of it.
  static let access: [Row] = [
    Row(["access": "yes"], .open, .open, .open), Row(["access": "permissive"], .open, .open, .open),
    Row(["access": "designated"], .open, .open, .open), Row(["access": "official"], .open, .open, .open),
    Row(["access": "whatever"], .open, .open, .open), Row(["access": "hov"], .open, .open, .open),
    Row(["access": "agricultural"], .never, .open, .lastResort),
    Row(["access": "forestry"], .never, .open, .lastResort),
    Row(["access": "delivery"], .lastResort, .open, .lastResort), Row(["access": "psv"], .never, .open, .lastResort),
    Row(["access": "bus"], .never, .open, .lastResort), Row(["access": "taxi"], .never, .open, .lastResort),
    Row(["motor_vehicle": "no", "taxi": "yes"], .never, .open, .lastResort),
    Row(["access": "no", "vehicle": "yes"], .open, .open, .open),
    Row(["vehicle": "no", "motorcar": "yes"], .open, .open, .open),
    Row(["motor_vehicle": "yes", "motorcar": "no"], .never, .open, .lastResort),
    Row(["access": "yes", "access:forward": "no"], .never, .open, .lastResort),
    Row(["access": "no", "access:forward": "yes"], .open, .open, .open),
    Row(["access": "no", "access:backward": "yes"], .never, .open, .lastResort),
    Row(["foot": "no", "bicycle": "no", "psv": "no", "motorhome": "no"], .open, .open, .open),
    Row(["toll": "yes"], .open, .open, .open), Row(["hov": "yes"], .open, .open, .open),
    Row(["hov:lanes": "designated|designated", "oneway": "yes"], .lastResort, .open, .open),
    Row(["hov:lanes:forward": "designated"], .lastResort, .open, .open),
    Row(["hov:lanes": "designated|", "oneway": "yes"], .open, .open, .open),
    Row(["hov:lanes": "designated|yes", "oneway": "yes"], .open, .open, .open),
    Row(["hov:lanes:backward": "designated"], .open, .open, .open),
    Row(["status": "impassable"], .never, .never, .never), Row(["impassable": "yes"], .never, .never, .never),
    Row(["proposed": "yes"], .open, .open, .open), Row(["construction": "minor"], .open, .open, .open),
    Row(["railway": "construction"], .never, .never, .never),
  ]

  /// What its class keeps closed, and a tag opens.
  static let opened: [Row] = [
    Row(["highway": "runway"], .never, .never, .never),
    Row(["highway": "runway", "access": "yes"], .open, .lastResort, .never),
    Row(["highway": "runway", "motor_vehicle": "yes"], .open, .open, .open),
    Row(["highway": "whatever", "motorcar": "permissive"], .open, .open, .open),
    Row(["highway": "runway", "psv": "yes"], .never, .never, .never),
    Row(["highway": "footway", "access": "permissive"], .open, .lastResort, .never),
    Row(["highway": "footway", "access": "private"], .never, .never, .never),
    Row(["highway": "footway", "motor_vehicle": "yes"], .open, .open, .open),
    Row(["highway": "cycleway", "motor_vehicle": "designated"], .open, .open, .open),
    Row(["highway": "pedestrian", "access": "yes"], .open, .open, .lastResort),
    Row(["highway": "pedestrian", "motorcar": "destination"], .lastResort, .open, .lastResort),
    Row(["highway": "track", "access": "yes"], .open, .open, .open),
    Row(["highway": "steps", "access": "yes"], .never, .never, .never),
    Row(["highway": "corridor", "motor_vehicle": "yes"], .never, .never, .never),
  ]

  /// Widths and weights; the car is 1.9 m wide and weighs 2 t, the ambulances 2.3 m and 4.5 t.
  static let sizes: [Row] = [
    Row(["width": "1.8"], .never, .open, .never), Row(["width": "1.9"], .never, .open, .never),
    Row(["width": "2"], .open, .open, .never), Row(["width": "6'2\""], .never, .open, .never),
    Row(["width": "6'3\""], .open, .open, .never), Row(["width": "8'"], .open, .open, .open),
    Row(["width": "narrow"], .open, .open, .open), Row(["narrow": "yes"], .open, .open, .open),
    Row(["est_width": "1 m"], .never, .open, .never), Row(["maxwidth": "1.5"], .never, .open, .never),
    Row(["maxwidth:physical": "1.9"], .never, .never, .never), Row(["maxheight": "1.9"], .never, .open, .never),
    Row(["maxheight": "2.0"], .open, .open, .never), Row(["maxheight": "default"], .open, .open, .open),
    Row(["maxlength": "4.7"], .never, .open, .never), Row(["maxlength": "unsigned"], .open, .open, .open),
    Row(["maxweight": "1"], .never, .open, .never), Row(["maxweight": "3.5"], .open, .open, .never),
    Row(["maxweight": "35000 kg"], .open, .open, .open), Row(["maxweight": "8.9t"], .open, .open, .open),
    Row(["maxweight": "0.1 lbs"], .never, .open, .never), Row(["maxweight": "4,000 lbs"], .never, .open, .never),
    Row(["maxweight": "5 st"], .open, .open, .open), Row(["maxweight": "none"], .open, .open, .open),
  ]

  static let points: [Row] = [
    Row(["barrier": "gate"], .open, .open, .open), Row(["barrier": "lift_gate"], .open, .open, .open),
    Row(["barrier": "gate", "locked": "yes"], .never, .lastResort, .lastResort),
    Row(["barrier": "bollard"], .never, .never, .never),
    Row(["barrier": "bollard", "bollard": "removable"], .never, .lastResort, .never),
    Row(["barrier": "bollard", "bollard": "rising"], .open, .lastResort, .lastResort),
    Row(["barrier": "block"], .never, .never, .never), Row(["barrier": "cattle_grid"], .open, .open, .open),
    Row(["barrier": "height_restrictor", "maxheight": "2.5"], .open, .never, .never),
    Row(["highway": "traffic_signals"], .open, .open, .open), Row(["highway": "stop"], .open, .open, .open),
    Row(["ford": "yes"], .lastResort, .lastResort, .lastResort),
    Row(["access": "yes"], .open, .open, .open), Row(["access": "private"], .open, .open, .open),
    Row(["access": "delivery"], .open, .open, .open), Row(["access": "whatever"], .open, .open, .open),
    Row(["access": "official"], .open, .open, .open), Row(["access": "agricultural"], .never, .never, .never),
    Row(["access": "no", "motorcar": "yes"], .open, .open, .open),
    Row(["access": "psv"], .never, .open, .lastResort), Row(["motor_vehicle": "taxi"], .never, .open, .lastResort),
    Row(["access": "no", "bus": "yes"], .never, .open, .lastResort),
    Row(["access": "emergency"], .never, .open, .open),
    Row(["access": "no", "emergency": "yes"], .never, .open, .open),
    Row(["barrier": "gate", "access": "psv"], .never, .open, .lastResort),
    Row(["barrier": "gate", "access": "emergency"], .never, .open, .open),
    Row(["barrier": "gate", "emergency": "yes"], .open, .open, .open),
    Row(["barrier": "gate", "emergency": "no"], .open, .never, .never),
    Row(["barrier": "gate", "access": "agricultural"], .never, .open, .lastResort),
    Row(["barrier": "gate", "access": "whatever"], .open, .open, .open),
    Row(["barrier": "wall"], .never, .never, .never), Row(["barrier": "wall", "access": "yes"], .open, .open, .open),
    Row(["barrier": "wall", "access": "permissive"], .open, .open, .open),
    Row(["barrier": "wall", "access": "no"], .never, .never, .never),
    Row(["barrier": "whatever"], .never, .never, .never),
    Row(["barrier": "bollard", "access": "psv"], .never, .lastResort, .never),
    Row(["barrier": "toll_booth"], .open, .open, .open), Row(["barrier": "sally_port"], .open, .open, .open),
    Row(["barrier": "toll_booth", "access": "no"], .never, .open, .lastResort),
    Row(["barrier": "border_control", "motor_vehicle": "no"], .never, .open, .lastResort),
    Row(["barrier": "entrance", "access": "no"], .never, .open, .lastResort),
    Row(["barrier": "kerb", "kerb": "lowered"], .open, .open, .open),
    Row(["barrier": "kerb", "kerb": "raised"], .never, .never, .never),
    Row(["barrier": "kerb", "kerb": "raised", "highway": "crossing"], .open, .open, .open),
    Row(["barrier": "kerb", "kerb": "flush", "access": "no"], .never, .open, .lastResort),
  ]

  @Test(arguments: wetRoads + access + opened + sizes) func aRoadByOSRMsWord(_ row: Row) throws {
    try check(row) { $0.road("BC", tags: row.tags) }
  }

  /// What the answer says of a way over ice or through water.
  @Test(arguments: [("ice_road", "winter_road"), ("ford", "ford"), ("flood_prone", "flood_prone")])
  func whoDrivesThroughWaterIsTold(key: String, kind: String) throws {
    var town = try Town("A---B---C")
    town.road("BC", tags: [key: "yes"])
    for profile in ["car", "ambulance", "fire_engine", "police_routine"] {
      #expect(try town.line("A", "C", profile: profile).exemptions.map(\.kind) == [kind])
    }
    var node = try Town("A---B---C")
    node.feature(["ford": "yes"], at: "B")
    #expect(try node.line("A", "C", profile: "ambulance").exemptions.map(\.kind) == ["ford"])
  }

  /// A boat for people carries nobody, not even where nothing else leads there.
  @Test(arguments: [["foot": "yes"], ["bicycle": "yes", "foot": "designated"], ["passengers": "yes"]])
  func aBoatForPeopleCarriesNoVehicle(tags: [String: String]) throws {
    let cases: [([String: String], Bool)] = [([:], false), (["motor_vehicle": "yes"], true)]
    for (more, isCarried) in cases {
      var town = try Town("A---B---C---D")
      town.road("BC", tags: ["route": "ferry"].merging(tags) { $1 }.merging(more) { $1 })
      for profile in ["car", "ambulance", "fire_engine_routine"] {
        #expect((town.route("A", "D", profile: profile) == "ABCD") == isCarried, "\(profile)")
      }
    }
  }

  @Test(arguments: roads) func aRoad(_ row: Row) throws {
    try check(row) { $0.road("BC", tags: row.tags) }
  }

  @Test(arguments: points) func aPointOnARoad(_ row: Row) throws {
    try check(row) { $0.feature(row.tags, at: "B") }
  }

  /// Asks for the way from A over B to C where another one leads there, and where none does.
  private func check(_ row: Row, _ change: (inout Town) -> Void) throws {
    var ring = try Town(
      """
      G---A---B---C---H
          |       1
          |       |
          |       |
          |       |
          |       |
          |       |
          |       |
          D-------F
      """)
    var deadEnd = try Town(
      """
      G---A---B---C
      |   |
      H---I
      """)
    change(&ring)
    change(&deadEnd)
    for (profile, use) in row.uses {
      // Behind C: a place at C itself lies on the road as well, so that a sign for residents would let one in.
      let around = ring.route("A", "1", profile: profile)
      #expect((around == "ABC") == (use == .open), "\(profile): \(around)")
      let only = deadEnd.route("A", "C", profile: profile)
      #expect((only == "ABC") == (use != .never), "\(profile): \(only)")
    }
  }
}
