import Geometry
import RoadGraph
import TestSupport
import Testing

@testable import MapImport

/// What people call places comes into the map.
@Suite struct NameTests {
  private func imported(_ text: OSMText) throws -> ImportedMap { try MapImporter(source: .text(opl: text.opl)).run() }

  private func place(_ east: Int32, _ north: Int32) -> Coordinate {
    Coordinate(latitudeE7: 100_000 + north * 10_000, longitudeE7: 100_000 + east * 10_000)
  }

  private var street: OSMText {
    var text = OSMText()
    for number in Int32(1)...3 { text.addNode(Int64(number), at: place(number, 0)) }
    text.addWay(5, nodes: [1, 2], tags: ["highway": "primary", "name": "세종대로", "name:en": "Sejong-daero"])
    text.addWay(
      4, nodes: [2, 3],
      tags: [
        "highway": "primary", "name": "반포대로", "bridge": "yes", "bridge:name": "반포대교", "destination": "Seocho;Bangbae",
        "destination:backward": "Yongsan",
      ])
    return text
  }

  @Test func waysKeepTheirOtherNames() throws {
    let network = try imported(street).network
    network.checkInvariants()
    let bridge = try #require(network.way(osmID: 4))
    func text(_ kind: WayName.Kind) -> String? { network.names.text(of: bridge, kind).map { network.texts[$0] } }
    #expect(text(.bridge) == "반포대교" && text(.tunnel) == nil)
    #expect(text(.destinationForward) == "Seocho;Bangbae" && text(.destinationBackward) == "Yongsan")
    let others = network.names.otherNames.buffer.map { (network.texts[$0.name], network.texts[$0.other]) }
    #expect(others.count == 1 && others[0] == ("세종대로", "Sejong-daero"))
    let other = try #require(network.way(osmID: 5))
    #expect(network.names.text(of: other, .bridge) == nil)
  }

  @Test func namedNodesAreKept() throws {
    var text = street
    text.addNode(1, at: place(1, 0), tags: ["highway": "motorway_junction", "ref": "24"])
    text.addNode(8, at: place(9, 9), tags: ["junction": "yes", "name": "광화문"])
    text.addNode(9, at: place(9, 8), tags: ["highway": "traffic_signals", "name": "시청앞"])
    text.addNode(
      10, at: place(2, 1), tags: ["highway": "milestone", "distance": "28.4", "ref": "25", "direction": "상행"])
    text.addNode(11, at: place(2, 2), tags: ["highway": "milestone", "distance": "soon"])
    text.addNode(12, at: place(2, 3), tags: ["highway": "traffic_signals"])
    let map = try imported(text)
    let points = map.network.names.points.buffer.map { point in
      "\(point.osmID) \(point.kind) \(map.network.texts[point.name]) \(map.network.texts[point.ref]) \(point.meters)"
    }
    #expect(
      points == [
        "1 motorwayJunction  24 0", "8 junction 광화문  0", "9 signals 시청앞  0", "10 milestone 상행 25 28400",
      ])
    #expect(map.report.namedPoints == 4 && map.report.count(of: .milestoneWithoutDistance) == 1)
    let names = map.network.names.vertexNames.buffer.map { map.network.texts[$0.name] }
    #expect(names == ["24"])
  }

  @Test func distancesAreRead() {
    let texts: [(String, UInt32?)] = [
      ("28.4", 28_400), ("28,4", 28_400), ("28+400", 28_400), ("28.4 km", 28_400), ("0", 0), ("-1", nil), ("x", nil),
      ("", nil), ("1e99", nil), ("nan", nil),
    ]
    for (text, meters) in texts { #expect(NameTags.meters(text) == meters, "\(text)") }
  }

  /// Ways that come in another order have the same names.
  @Test func orderDoesNotMatter() throws {
    let lines = street.opl.split(separator: "\n").reversed().joined(separator: "\n") + "\n"
    let network = try MapImporter(source: .text(opl: lines)).run().network
    let bridge = try #require(network.way(osmID: 4))
    #expect(network.names.text(of: bridge, .bridge).map { network.texts[$0] } == "반포대교")
  }
}
