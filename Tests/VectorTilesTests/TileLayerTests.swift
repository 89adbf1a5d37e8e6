import Testing
import VectorTiles

@Suite struct TileLayerTests {
  /// Byte by byte as the specification says: the geometry is its own example of a line.
  @Test func writesAFeatureAsTheSpecificationSays() {
    var layer = TileLayerWriter("r", bytesMax: 1_000)
    layer.add(
      kind: "a", id: 7, lines: [[[2, 2], [2, 10], [10, 10]]],
      ["k": .text("v"), "n": .whole(3), "m": .whole(-1), "t": .truth(true), "no": nil])
    let geometry: [UInt8] = [9, 4, 4, 18, 0, 16, 16, 0]
    let feature: [UInt8] =
      [0x08, 7, 0x12, 8, 0, 0, 1, 1, 2, 2, 3, 3, 0x18, 2, 0x22, UInt8(geometry.count)] + geometry
    var message: [UInt8] = [0x78, 2, 0x0a, 1, 0x72, 0x12, UInt8(feature.count)]
    message += feature
    for key in "knmt".utf8 { message += [0x1a, 1, key] }
    message += [0x22, 3, 0x0a, 1, 0x76, 0x22, 2, 0x28, 3, 0x22, 2, 0x30, 1, 0x22, 2, 0x38, 1]
    message += [0x28, 0x80, 0x20]
    #expect(layer.packed == [0x1a, UInt8(message.count)] + message)
  }

  @Test func writesSeveralLinesWithOnePen() {
    var layer = TileLayerWriter("r", bytesMax: 1_000)
    layer.add(kind: "a", lines: [[[2, 2], [2, 10], [10, 10]], [[1, 1], [3, 5]]], [:])
    let bytes = layer.packed
    let geometry: [UInt8] = [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]
    #expect(bytes.indices.contains { bytes[$0...].starts(with: [0x22, UInt8(geometry.count)] + geometry) })
  }

  @Test func leavesOutWhatFallsOntoOnePoint() {
    var layer = TileLayerWriter("r", bytesMax: 1_000)
    layer.add(kind: "a", lines: [[[2, 2], [2.2, 2.1]]], [:])
    #expect(layer.isEmpty)
    layer.add(kind: "a", lines: [[[2, 2], [2.2, 2.1]]], isSeenAlways: true, [:])
    #expect(!layer.isEmpty)
    layer.add(kind: "a", lines: [[[9_000, 2], [9_000, 9_000]]], isSeenAlways: true, [:])
    #expect(layer.leftOutCount == 0)
  }

  @Test func leavesOutTheLeastKindsAndSaysSo() {
    var layer = VectorTile.writer("roads", bytesMax: 6_000)
    func add(_ kind: String, _ count: Int) {
      for number in 0..<count {
        layer.add(
          kind: kind, id: UInt64(number), lines: [[[0, 0], [Double(number), 100]]],
          ["class": .text(kind), "name": .text("\(kind) \(number)")])
      }
    }
    add("motorway", 50)
    add("primary", 500)
    let whole = layer
    add("residential", 20)
    add("residential", 30)
    add("service", 7)
    let tile = VectorTile(layer)
    #expect(tile.bytes.count <= 6_000)
    #expect(layer.leftOutCount == 557 && tile.leftOutCount == 557)
    #expect(layer.leftOutKinds == ["primary", "residential", "service"])
    // Nothing of a kind that is left out stays in the table of values.
    let motorways = String(decoding: layer.packed, as: UTF8.self)
    #expect(motorways.contains("motorway 49") && !motorways.contains("primary"))
    #expect(layer.packed == whole.packed)
    let text = String(decoding: tile.bytes, as: UTF8.self)
    #expect(text.contains("left_out") && text.contains("primary residential service"))
  }

  @Test func showsOfTheFirstKindWhatFits() {
    var layer = VectorTile.writer("roads", bytesMax: 3_000)
    for number in 0..<1_000 {
      layer.add(kind: "motorway", lines: [[[0, 0], [Double(number), 100]]], ["name": .text("road \(number)")])
    }
    let tile = VectorTile(layer)
    #expect(tile.bytes.count <= 3_000 && tile.bytes.count > 1_400)
    #expect(!layer.isEmpty && layer.leftOutCount > 0)
  }

  @Test func hasATagOfItsBytes() {
    func tile(_ x: Double) -> VectorTile {
      var layer = VectorTile.writer("roads", bytesMax: 3_000)
      layer.add(kind: "a", lines: [[[0, 0], [x, 100]]], [:])
      return VectorTile(layer)
    }
    #expect(tile(5).tag == tile(5).tag)
    #expect(tile(5).tag != tile(6).tag)
    #expect(tile(5).tag.count == 16)
    #expect(VectorTile(VectorTile.writer("roads", bytesMax: 3_000)).bytes.isEmpty)
  }
}
