import Geometry
import MapImport
import RoadGraph
import TestSupport
import Testing

@testable import MapMatching

/// Drives through real maps, drawn a few metres off: the line leads back to its roads.
@Suite struct RoundTripTests {
  private static let drives = 300

  @Test(arguments: ["monaco", "seoul-centre"]) func shiftedDrivesAreFoundAgain(_ name: String) throws {
    guard let path = RealMaps.path(name) else { return }
    let network = try MapImporter(source: .file(path)).run().network
    let matcher = PolylineMatcher(network)
    var random = SeededGenerator(seed: 11)
    var good = 0
    for _ in 0..<Self.drives {
      let drive = Self.drive(on: network, &random)
      let match = matcher.match(Self.shifted(drive.flatMap { network.line(of: $0) }, &random))
      if Self.share(of: drive, in: match, network) >= 0.9 { good += 1 }
    }
    #expect(good >= Self.drives * 94 / 100, "\(good) of \(Self.drives)")
  }

  /// A drive over five to twelve arcs that civil traffic may use, without turning round.
  private static func drive(on network: RoadNetwork, _ random: inout SeededGenerator) -> [ArcID] {
    while true {
      var arcs = [ArcID(Int.random(in: 0..<network.arcCount, using: &random))]
      let count = Int.random(in: 5...12, using: &random)
      while arcs.count < count {
        let next = network.turns(from: arcs[arcs.count - 1]).filter { turn in
          !network.turnAttributes[turn].flags.contains(.uTurn) && network.isCivil(network.turnHead[turn])
            && !arcs.contains { network.arcCourse[$0].segment == network.arcCourse[network.turnHead[turn]].segment }
        }
        guard let turn = next.randomElement(using: &random) else { break }
        arcs.append(network.turnHead[turn])
      }
      if arcs.count == count, network.isCivil(arcs[0]) { return arcs }
    }
  }

  private static func shifted(_ line: [Coordinate], _ random: inout SeededGenerator) -> [Coordinate] {
    let offset = { (random: inout SeededGenerator) in Int32.random(in: -400...400, using: &random) }
    let (north, east) = (offset(&random), offset(&random))
    return line.map { Coordinate(latitudeE7: $0.latitudeE7 + north, longitudeE7: $0.longitudeE7 + east) }
  }

  /// How much of a drive's length a match has, in the right direction.
  private static func share(of drive: [ArcID], in match: RoadMatch?, _ network: RoadNetwork) -> Double {
    let matched = Set((match?.parts ?? []).map { [Int($0.piece.rawValue), $0.isBackward ? 1 : 0] })
    var (found, whole) = (0.0, 0.0)
    for arc in drive {
      let course = network.arcCourse[arc]
      for piece in network.pieceIDs(of: course.segment) {
        let length = Double(network.pieces[piece].lengthCentimeters)
        whole += length
        if matched.contains([Int(piece.rawValue), course.isBackward ? 1 : 0]) { found += length }
      }
    }
    return found / max(whole, 1)
  }
}

extension RoadNetwork {
  fileprivate func line(of arc: ArcID) -> [Coordinate] {
    let course = arcCourse[arc]
    return course.isBackward ? shape(of: course.segment).reversed() : Array(shape(of: course.segment))
  }

  fileprivate func isCivil(_ arc: ArcID) -> Bool {
    let course = arcCourse[arc]
    return pieceIDs(of: course.segment).allSatisfy { piece in
      guard let way = way(of: piece) else { return true }
      let access = attributes[ways[way].attributes][againstWay: course.isBackward != pieces[piece].isReversed].access
      return access.contains(.civil) && !access.contains(.contraflow)
    }
  }
}
