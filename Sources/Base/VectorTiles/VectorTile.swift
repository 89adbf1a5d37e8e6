/// A finished tile.
public struct VectorTile: Sendable {
  /// A message `Tile` of the Mapbox Vector Tile Specification 2.1; empty if nothing lies there.
  public let bytes: [UInt8]
  /// Features that didn't fit: the tile's layer ``leftOutLayer`` says so, too.
  public let leftOutCount: Int
  /// The same for the same bytes, another one for others.
  public let tag: String

  /// In it a point in the middle of the tile says under `count` how many features are left out, and under `kinds` of
  /// which kinds, the most important one first.
  public static let leftOutLayer = "left_out"

  /// What ``leftOutLayer`` takes at most.
  private static let noteBytesMax = 1_024

  /// A writer for the layer of a tile that has at most `bytesMax` bytes in all.
  public static func writer(_ layer: String, bytesMax: Int) -> TileLayerWriter {
    TileLayerWriter(layer, bytesMax: bytesMax - noteBytesMax)
  }

  /// O(bytes).
  public init(_ layer: TileLayerWriter) {
    var bytes = layer.isEmpty ? [] : layer.packed
    if layer.leftOutCount > 0 { bytes += Self.note(layer).packed }
    self.bytes = bytes
    leftOutCount = layer.leftOutCount
    tag = Self.tag(of: bytes)
  }

  private static func note(_ layer: TileLayerWriter) -> TileLayerWriter {
    var note = TileLayerWriter(leftOutLayer, bytesMax: noteBytesMax)
    let middle = MercatorPosition(repeating: Double(TileAddress.units) / 2)
    note.add(
      kind: layer.name, point: middle,
      ["count": .whole(layer.leftOutCount), "kinds": .text(layer.leftOutKinds.joined(separator: " "))])
    return note
  }

  /// FNV-1a of 64 bits: nobody gains by two tiles that have one tag.
  private static func tag(of bytes: [UInt8]) -> String {
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
