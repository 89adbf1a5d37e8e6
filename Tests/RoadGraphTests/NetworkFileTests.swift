import Foundation
import Geometry
import MapFile
import RoadGraph
import TestSupport
import Testing

@Suite struct NetworkFileTests {
  let folder = TemporaryFolder()

  private func write(_ network: RoadNetwork, to name: String) throws {
    var writer = MapFileWriter()
    network.addSections(to: &writer)
    try writer.write(to: folder.path(name))
  }

  @Test(arguments: 0..<5)
  func comesBackFromAFile(_ seed: Int) throws {
    let network = try Networks.random(seed: seed)
    try write(network, to: "a.tocsin")
    let reread = try RoadNetwork(from: MappedMapFile(path: folder.path("a.tocsin")))
    reread.checkInvariants()
    try write(reread, to: "b.tocsin")
    #expect(try folder.contents("a.tocsin") == folder.contents("b.tocsin"), "seed \(seed)")
    for way in network.ways.indices {
      #expect(reread.texts[reread.ways[way].name] == network.texts[network.ways[way].name])
    }
  }

  @Test func sameSourceGivesTheSameBytes() throws {
    try write(Networks.random(seed: 7), to: "a.tocsin")
    try write(Networks.random(seed: 7), to: "b.tocsin")
    try write(Networks.random(seed: 8), to: "c.tocsin")
    #expect(try folder.contents("a.tocsin") == folder.contents("b.tocsin"))
    #expect(try folder.contents("a.tocsin") != folder.contents("c.tocsin"))
  }

  @Test func everySectionIsNeeded() throws {
    let network = try Networks.random(seed: 3)
    try write(network, to: "a.tocsin")
    let bytes = [UInt8](try folder.contents("a.tocsin"))
    let sections = try MappedMapFile(path: folder.path("a.tocsin")).sections
    #expect(sections.count == 25)
    for (index, section) in sections.enumerated() {
      var crafted = CraftedMapFile(bytes)
      crafted.rename(section: index)
      try crafted.sealed.write(to: folder.url("b.tocsin"))
      let error = #expect(throws: MapFileError.self, "\(section.name)") {
        try RoadNetwork(from: MappedMapFile(path: folder.path("b.tocsin")))
      }
      #expect(error?.code == .missingSection, "\(section.name)")
    }
  }

  private static let smallFile = Result {
    let folder = TemporaryFolder()
    var writer = MapFileWriter()
    try Networks.random(seed: 5, junctionCount: 12).addSections(to: &writer)
    try writer.write(to: folder.path("a.tocsin"))
    return [UInt8](try folder.contents("a.tocsin"))
  }

  /// Ids and offsets of garbage behind checksums that are right: opening refuses them, or all lookups stay in bounds.
  @Test(arguments: 0..<300)
  func survivesCraftedFiles(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var crafted = CraftedMapFile(try Self.smallFile.get())
    for _ in 0..<Int.random(in: 1...3, using: &random) { crafted.spoilElement(&random) }
    try crafted.sealed.write(to: folder.url("b.tocsin"))
    guard let network = try? RoadNetwork(from: MappedMapFile(path: folder.path("b.tocsin"))) else { return }
    Self.lookUpEverything(in: network)
  }

  /// Fails by crashing.
  private static func lookUpEverything(in network: RoadNetwork) {
    for arc in network.arcHead.indices {
      _ = network.reverse(of: arc)
      for turn in network.turns(from: arc) { _ = network.turnAttributes[turn] }
    }
    for segment in network.segmentArcs.indices {
      for piece in network.pieceIDs(of: segment) {
        _ = network.segment(of: piece)
        if network.pieces[piece].lengthCentimeters > 0 {
          _ = network.coordinate(
            at: RoadPosition(segment: segment, piece: piece, fraction: RoadPosition.fractionMax / 3))
        }
      }
    }
    for way in network.ways.indices {
      _ = network.texts[network.ways[way].name]
      for kind in WayName.Kind.allCases { _ = network.names.text(of: way, kind).map { network.texts[$0] } }
    }
    for point in network.names.points.buffer { _ = (network.texts[point.name], network.texts[point.ref], point.kind) }
    for vertex in network.vertexCoordinate.indices {
      _ = network.names.name(of: vertex).map { network.texts[$0] }
      let query = Snapper.Query(network.vertexCoordinate[vertex], radiusMeters: 300, count: 3)
      _ = Snapper(network).candidates(query, isUsable: { _, _ in true })
    }
    _ = network.connectedParts(isDriven: { _ in true }, isOpen: { _, _ in true })
  }
}
