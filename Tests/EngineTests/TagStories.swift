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

  static let points: [Row] = [
    Row(["barrier": "gate"], .open, .open, .open), Row(["barrier": "lift_gate"], .open, .open, .open),
    Row(["barrier": "gate", "locked": "yes"], .never, .lastResort, .lastResort),
    Row(["barrier": "bollard"], .never, .never, .never),
    Row(["barrier": "bollard", "bollard": "removable"], .never, .lastResort, .never),
    Row(["barrier": "bollard", "bollard": "rising"], .open, .lastResort, .lastResort),
    Row(["barrier": "block"], .never, .never, .never), Row(["barrier": "cattle_grid"], .open, .open, .open),
    Row(["barrier": "height_restrictor", "maxheight": "2.5"], .open, .never, .never),
    Row(["highway": "traffic_signals"], .open, .open, .open), Row(["highway": "stop"], .open, .open, .open),
  ]

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
