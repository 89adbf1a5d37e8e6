import Geometry
import Testing

@testable import DemoCity

@Suite struct OPLWriterTests {
  private func written(_ write: (inout OPLWriter) -> Void) -> String {
    var writer = OPLWriter()
    write(&writer)
    return writer.text
  }

  @Test func writesNodes() {
    let node = OPLNode(
      id: 7, coordinate: Coordinate(latitudeE7: 120_000_001, longitudeE7: -1_000_000_050), tags: [("highway", "stop")])
    #expect(written { $0.append(node) } == "n7 v1 Thighway=stop x-100.0000050 y12.0000001\n")
    let south = OPLNode(id: -3, coordinate: Coordinate(latitudeE7: -5, longitudeE7: 0))
    #expect(written { $0.append(south) } == "n-3 v1 x0.0000000 y-0.0000005\n")
  }

  @Test func writesWays() {
    let way = OPLWay(id: 12, nodes: [1, 2, 30], tags: [("highway", "primary"), ("name", "Mill Road")])
    #expect(written { $0.append(way) } == "w12 v1 Thighway=primary,name=Mill%20%Road Nn1,n2,n30\n")
  }

  @Test func writesRelations() {
    let relation = OPLRelation(
      id: 5, members: [(.way, 1, "from"), (.node, 2, "via"), (.way, 3, "to"), (.relation, 4, "")],
      tags: [("type", "restriction")])
    #expect(written { $0.append(relation) } == "r5 v1 Ttype=restriction Mw1@from,n2@via,w3@to,r4@\n")
  }

  @Test(arguments: [
    ("a b", "a%20%b"), ("a,b", "a%2c%b"), ("50%", "50%25%"), ("a=b", "a%3d%b"), ("a@b", "a%40%b"), ("", ""),
    ("line\nbreak\t", "line%a%break%9%"), ("São Jorge", "São%20%Jorge"), ("한강", "한강"), ("a\u{A0}b", "a%a0%b"),
  ])
  func escapesWhatSeparates(_ plain: String, _ escaped: String) {
    #expect(written { $0.append(escaping: plain) } == escaped)
    #expect(OPLText.unescaped(escaped[...]) == plain)
  }

  @Test func writesObjectsOneAfterAnother() {
    var writer = OPLWriter()
    writer.append(OPLNode(id: 1, coordinate: Coordinate(latitudeE7: 0, longitudeE7: 0)))
    writer.append(OPLWay(id: 1, nodes: [1, 1]))
    #expect(writer.text == "n1 v1 x0.0000000 y0.0000000\nw1 v1 Nn1,n1\n")
  }
}
