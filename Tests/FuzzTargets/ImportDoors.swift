import CZlib
import Foundation
import Hierarchy
import MapImport
import TestSupport

extension FuzzDoor {
  /// OSM data, in each of its formats.
  static let imports: [FuzzDoor] = [
    FuzzDoor(
      "osm-opl", dictionary: osmWords, samples: { [Array(town.opl.utf8), Array(tagged.utf8)] },
      run: { bytes in try build(.text(opl: String(decoding: bytes, as: UTF8.self))) }),
    FuzzDoor(
      "osm-xml", dictionary: osmWords + ["<tag k=\"", "\" v=\"", "\"/>", "<nd ref=\"", "&#0;", "<!DOCTYPE"],
      samples: { [Array(xml.utf8)] }, run: { bytes in try build(bytes, as: "f.osm") }),
    FuzzDoor("osm-pbf", samples: { [try PBFFile.town()] }, run: { bytes in try build(bytes, as: "f.osm.pbf") }),
    // What stands in a block, without the compression and the lengths around it.
    FuzzDoor(
      "osm-pbf-block", dictionary: osmWords, samples: { try PBFFile.blocks(of: PBFFile.town()) },
      run: { bytes in try build(PBFFile.file(withBlock: bytes), as: "f.osm.pbf") }),
  ]

  static let town = RandomTown(seed: 9, junctionCount: 10).text

  /// Roads with tags that are read in many ways.
  private static let tagged = """
    n1 v1 x127.00 y37.50 Tbarrier=gate
    n2 v1 x127.01 y37.50 Thighway=traffic_signals,maxheight=3.5
    n3 v1 x127.02 y37.51 Tbarrier=bollard,bollard=removable
    n4 v1 x127.03 y37.51
    w1 v1 Thighway=primary,maxspeed=30%20%mph,lanes=3,maxweight=7.5 Nn1,n2,n3
    w2 v1 Thighway=residential,access:conditional=no%20%@%20%(Mo-Fr%20%07:00-09:00) Nn3,n4
    w3 v1 Thighway=service,maxheight=12'6",oneway=-1,surface=gravel Nn4,n1,n4
    r1 v1 Ttype=restriction,restriction:conditional=no_left_turn%20%@%20%(24/7) Mw1@from,n3@via,w2@to

    """

  private static let xml = """
    <?xml version="1.0"?><osm version="0.6">
    <node id="1" lat="37.5" lon="127.0" version="1"/><node id="2" lat="37.51" lon="127.0" version="1"/>
    <node id="3" lat="37.52" lon="127.01" version="1"><tag k="barrier" v="gate"/></node>
    <way id="1" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/></way>
    <relation id="1" version="1"><member type="way" ref="1" role="from"/><tag k="type" v="restriction"/></relation>
    </osm>
    """

  private static let osmWords = [
    "highway", "primary", "maxspeed", "maxheight", "restriction", "9223372036854775807", "-9223372036854775808", "nan",
    "1e999", "access:conditional", "no @ (Mo-Fr 07:00-09:00)", "oneway", "-1", "lanes", "30 mph", "12'6\"", "180",
    "-90",
    "\n", ",", "=", "%20%", "n1", "w1", "from", "via", "to",
  ]

  private static func build(_ bytes: [UInt8], as name: String) throws {
    let folder = TemporaryFolder()
    try Data(bytes).write(to: folder.url(name))
    try build(.file(folder.path(name)))
  }

  /// What is imported keeps what a network promises, and can be searched.
  private static func build(_ source: OSMSource) throws {
    guard let network = try? MapImporter(source: source).run().network else { return }
    network.checkInvariants()
    ContractionHierarchy.build(network.turnExpanded).checkInvariants()
  }
}

/// Blocks of a PBF file. Source: OSM wiki, "PBF Format".
enum PBFFile {
  /// A small town.
  static func town() throws -> [UInt8] {
    let folder = TemporaryFolder()
    try OSMSource.text(opl: FuzzDoor.town.opl).writePBF(to: folder.path("t.osm.pbf"))
    return [UInt8](try folder.contents("t.osm.pbf"))
  }

  /// A file of one block, stored as it is.
  static func file(withBlock block: [UInt8]) -> [UInt8] {
    let header = ["OsmSchema-V0.6", "DenseNodes"].flatMap { Wire.field(4, Array($0.utf8)) }
    return blob("OSMHeader", header) + blob("OSMData", block)
  }

  private static func blob(_ type: String, _ contents: [UInt8]) -> [UInt8] {
    let blob = Wire.field(1, contents) + Wire.field(2, varint: UInt64(contents.count))
    let head = Wire.field(1, Array(type.utf8)) + Wire.field(3, varint: UInt64(blob.count))
    return withUnsafeBytes(of: UInt32(head.count).bigEndian, Array.init) + head + blob
  }

  /// The contents of the blocks of a file that libosmium wrote, but for its first, the header.
  static func blocks(of file: [UInt8]) throws -> [[UInt8]] {
    var (rest, blocks) = (file[...], [[UInt8]]())
    while rest.count > 4 {
      let headBytes = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      let head = fields(Array(rest.dropFirst(4).prefix(headBytes)))
      guard case .number(let blobBytes)? = head[3] else { break }
      let blob = fields(Array(rest.dropFirst(4 + headBytes).prefix(Int(blobBytes))))
      guard case .number(let rawBytes)? = blob[2], case .bytes(let packed)? = blob[3] else { break }
      blocks.append(inflated(packed, to: Int(rawBytes)))
      rest = rest.dropFirst(4 + headBytes + Int(blobBytes))
    }
    return Array(blocks.dropFirst())
  }

  private enum Field {
    case number(UInt64)
    case bytes([UInt8])
  }

  private static func fields(_ bytes: [UInt8]) -> [Int: Field] {
    var (rest, fields) = (bytes[...], [Int: Field]())
    func varint() -> UInt64 {
      var (value, shift): (UInt64, UInt64) = (0, 0)
      while let byte = rest.popFirst() {
        value |= UInt64(byte & 127) << shift
        if byte < 128 { break }
        shift += 7
      }
      return value
    }
    while !rest.isEmpty {
      let key = varint()
      let value = varint()
      if key & 7 == 2 {
        fields[Int(key >> 3)] = .bytes(Array(rest.prefix(Int(value))))
        rest = rest.dropFirst(Int(value))
      } else {
        fields[Int(key >> 3)] = .number(value)
      }
    }
    return fields
  }

  private static func inflated(_ packed: [UInt8], to count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      var length = UInt(count)
      _ = uncompress(buffer.baseAddress, &length, packed, UInt(packed.count))
      initializedCount = Int(length)
    }
  }
}
