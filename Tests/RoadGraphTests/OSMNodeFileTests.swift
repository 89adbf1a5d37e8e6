import Foundation
import MapFile
import RoadGraph
import TestSupport
import Testing

@Suite struct OSMNodeFileTests {
  private static let section = "road.shape-osm-nodes"
  let folder = TemporaryFolder()

  private func bytes(of network: RoadNetwork) throws -> [UInt8] {
    var writer = MapFileWriter()
    network.addSections(to: &writer)
    try writer.write(to: folder.path("a.tocsin"))
    return [UInt8](try folder.contents("a.tocsin"))
  }

  private func network(from crafted: CraftedMapFile) throws -> RoadNetwork {
    try crafted.sealed.write(to: folder.url("b.tocsin"))
    return try RoadNetwork(from: MappedMapFile(path: folder.path("b.tocsin")))
  }

  @Test(arguments: 0..<5)
  func comeBackFromAFile(_ seed: Int) throws {
    let network = try Networks.random(seed: seed)
    let reread = try self.network(from: CraftedMapFile(try bytes(of: network)))
    #expect(reread.pointOSMNodes().buffer.elementsEqual(network.pointOSMNodes().buffer), "seed \(seed)")
    #expect(reread.vertexOSMNode.buffer.elementsEqual(network.vertexOSMNode.buffer), "seed \(seed)")
    #expect(reread.pointOSMNodes().count == network.points.count)
  }

  /// Those of one segment, read alone and in any order, are those of the whole.
  @Test(arguments: 0..<5)
  func ofOneSegmentAreReadAlone(_ seed: Int) throws {
    let network = try Networks.random(seed: seed)
    let nodes = network.pointOSMNodes()
    for segment in network.firstPoint.indices.reversed() {
      let expected = network.firstPoint[segment].map { nodes[position: $0] }
      #expect(network.osmNodes(of: segment) == expected, "seed \(seed), segment \(segment)")
    }
  }

  /// A vertex is one OSM node, wherever a segment ends at it.
  @Test(arguments: 0..<5)
  func endsOfSegmentsAreThoseOfVertices(_ seed: Int) throws {
    let network = try Networks.random(seed: seed)
    let nodes = network.pointOSMNodes()
    for arc in network.arcHead.indices {
      let course = network.arcCourse[arc]
      let points = network.firstPoint[course.segment]
      let ends = [points.lowerBound, points.upperBound - 1].map { nodes[position: $0] }
      let vertices = [network.arcTail[arc], network.arcHead[arc]].map { network.vertexOSMNode[$0] }
      #expect(ends == (course.isBackward ? vertices.reversed() : vertices), "seed \(seed)")
    }
  }

  enum Damage: String, CaseIterable {
    case cutShort, empty, tooLong, noEnd, noEndAtTheEnd, tooManyBits, needlesslyLong

    func apply(to bytes: inout [UInt8]) {
      switch self {
      case .cutShort: bytes.removeLast()
      case .empty: bytes = []
      case .tooLong: bytes.append(0)
      case .noEnd: bytes = [UInt8](repeating: 0xFF, count: bytes.count)
      case .noEndAtTheEnd: bytes[bytes.count - 1] |= 0x80
      case .tooManyBits: bytes = [UInt8](repeating: 0xFF, count: 9) + [3] + bytes.dropFirst()
      case .needlesslyLong: bytes = [bytes[0] | 0x80, 0] + bytes.dropFirst()
      }
    }
  }

  @Test(arguments: Damage.allCases)
  func damagedBytesAreRefused(_ damage: Damage) throws {
    var crafted = CraftedMapFile(try bytes(of: Networks.random(seed: 5, junctionCount: 12)))
    crafted.change(section: Self.section) { _ in }
    _ = try network(from: crafted)
    crafted.change(section: Self.section) { damage.apply(to: &$0) }
    let error = #expect(throws: MapFileError.self) { try network(from: crafted) }
    #expect(error?.code == .corrupt)
    #expect(error?.message.contains(Self.section) == true, "\(error?.message ?? "")")
  }

  /// Whatever the ids turn into, lookups end and stay in bounds.
  @Test(arguments: 0..<100)
  func otherBytesAreRefusedOrHarmless(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var crafted = CraftedMapFile(try bytes(of: Networks.random(seed: 5, junctionCount: 12)))
    crafted.change(section: Self.section) { bytes in
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: bytes.indices, using: &random)
        bytes[position] = seed.isMultiple(of: 2) ? bytes[position] ^ 1 : .random(in: 0...255, using: &random)
      }
    }
    guard let network = try? network(from: crafted) else { return }
    let nodes = network.pointOSMNodes()
    let index = OSMNodeIndex(network)
    for point in nodes.indices.dropLast() {
      let (one, other) = (nodes[point], nodes[position: point.position + 1])
      _ = index.stretches(from: one, to: other)
      _ = index.stretches(from: other, to: nodes[position: point.position / 2])
    }
  }
}
