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
