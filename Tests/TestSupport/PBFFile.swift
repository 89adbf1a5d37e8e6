/// PBF files by hand. Source: OSM wiki, "PBF Format".
public enum PBFFile {
  /// A file of some blocks, stored as they are.
  ///
  /// - Parameter features: what its reader must know.
  public static func file(
    withBlock blocks: [UInt8]..., features: [String] = ["OsmSchema-V0.6", "DenseNodes"]
  ) -> [UInt8] {
    let header = features.flatMap { Wire.field(4, Array($0.utf8)) }
    return blob("OSMHeader", header) + blocks.flatMap { blob("OSMData", $0) }
  }

  private static func blob(_ type: String, _ contents: [UInt8]) -> [UInt8] {
    let blob = Wire.field(1, contents) + Wire.field(2, varint: UInt64(contents.count))
    let head = Wire.field(1, Array(type.utf8)) + Wire.field(3, varint: UInt64(blob.count))
    return withUnsafeBytes(of: UInt32(head.count).bigEndian, Array.init) + head + blob
  }

  /// A block with one way, whose tag is in it as its two first texts.
  public static func block(wayWithTag key: [UInt8], _ value: [UInt8]) -> [UInt8] {
    let texts = [[], key, value].flatMap { Wire.field(1, $0) }
    let way = Wire.field(1, varint: 1) + Wire.field(2, [1]) + Wire.field(3, [2]) + Wire.field(8, [2, 2])
    return Wire.field(1, texts) + Wire.field(2, Wire.field(3, way))
  }
}
