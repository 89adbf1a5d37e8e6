import RoadGraph
import Testing

@testable import MapImport

@Suite struct SizeTests {
  @Test(
    arguments: [
      ("3.5", SizeText.Quantity.height, SizeText.Meaning.limit(350)), ("3,5 m", .height, .limit(350)),
      ("4", .height, .limit(400)), ("350 cm", .height, .limit(350)), ("2 mt", .height, .limit(200)),
      ("12'6\"", .height, .limit(381)), ("12'", .height, .limit(366)), ("12 ft 6 in", .height, .limit(381)),
      ("12ft", .width, .limit(366)), ("80\"", .width, .limit(203)), ("default", .height, .noNumber),
      ("none", .weight, .noNumber), ("below_default", .height, .noNumber), ("no_sign", .height, .noNumber),
      ("3.5", .weight, .limit(350)), ("7.5 t", .weight, .limit(750)), ("3500 kg", .weight, .limit(350)),
      ("3500kg", .weight, .limit(350)), ("10 st", .weight, .limit(907)), ("8000 lbs", .weight, .limit(363)),
      ("3.5;7.5", .weight, .limit(350)), ("none;3", .height, .limit(300)), ("3;tall", .height, .notUnderstood),
      ("190", .height, .notUnderstood), ("0", .height, .notUnderstood), ("-3", .height, .notUnderstood),
      ("3.5 furlongs", .height, .notUnderstood), ("2 - 2.5 m", .width, .notUnderstood), ("", .height, .notUnderstood),
      ("1,000 kg", .weight, .limit(100)), ("1e9", .weight, .notUnderstood), ("nan", .height, .notUnderstood),
      ("12'14\"", .height, .notUnderstood), ("3.5 t", .height, .notUnderstood), ("7 m", .weight, .notUnderstood),
      ("9999999999999999999999", .height, .notUnderstood), ("1.2.3", .height, .notUnderstood),
      ("3,500", .height, .limit(350)), ("10,000 lbs", .weight, .limit(454)), ("8'-2\"", .height, .limit(249)),
      ("8’2”", .height, .limit(249)), ("8′ 2″", .height, .limit(249)), ("8'2''", .height, .limit(249)),
      ("2.50M", .height, .limit(250)), ("~2.5", .height, .limit(250)), ("2500 mm", .height, .limit(250)),
      ("8'2\" (2.5m)", .height, .limit(249)), ("8 ft. 2 in.", .height, .limit(249)), ("2.5 m.", .height, .limit(250)),
      ("6'3\"", .width, .limit(191)), ("narrow", .width, .noNumber), ("3.5 T", .weight, .limit(350)),
      ("20 short tons", .weight, .limit(1814)), ("5 long tons", .weight, .limit(508)), ("40 cwt", .weight, .limit(203)),
      ("0.1 lbs", .weight, .limit(1)), ("3.5 tonnes", .weight, .limit(350)), ("(3.5)", .weight, .notUnderstood),
    ] as [(String, SizeText.Quantity, SizeText.Meaning)])
  func readsMeasures(value: String, quantity: SizeText.Quantity, meaning: SizeText.Meaning) {
    #expect(SizeText.meaning(of: value, quantity) == meaning)
  }

  private func attributes(_ tags: [String: String]) throws -> (RoadAttributes, ImportReport) {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], ["highway": "residential"].merging(tags) { $1 })
    let map = try drawn.imported()
    return (try #require(map.attributes(1)), map.report)
  }

  @Test func lawAndNatureAreKeptApart() throws {
    let (road, report) = try attributes([
      "maxheight": "3.5", "maxwidth": "2.2", "maxlength": "10", "maxweight": "7.5", "maxaxleload": "6",
      "maxheight:physical": "3.8", "maxwidth:physical": "2.5", "maxlength:physical": "12",
    ])
    #expect(road.legalLimits.heightCentimeters == 350)
    #expect(road.legalLimits.widthCentimeters == 220)
    #expect(road.legalLimits.lengthCentimeters == 1000)
    #expect(road.legalLimits.weightTensOfKilograms == 750)
    #expect(road.legalLimits.axleLoadTensOfKilograms == 600)
    #expect(road.physicalLimits.heightCentimeters == 380)
    #expect(road.physicalLimits.widthCentimeters == 250)
    #expect(road.physicalLimits.lengthCentimeters == 1200)
    #expect(road.physicalLimits.weightTensOfKilograms == 0)
    #expect(report.dropped.isEmpty)
  }

  @Test func theLowestOfSeveralCounts() throws {
    let (road, _) = try attributes([
      "maxheight": "4", "maxheight:forward": "3.5", "maxheight:backward": "3", "maxweight": "7.5",
      "maxweightrating": "3.5", "width": "2",
    ])
    #expect(try attributes(["est_width": "1.8"]).0.legalLimits.widthCentimeters == 180)
    #expect(try attributes(["est_width": "1.8", "width": "4"]).0.legalLimits.widthCentimeters == 400)
    #expect(road.legalLimits.heightCentimeters == 300)
    #expect(road.legalLimits.weightTensOfKilograms == 350)
    #expect(road.legalLimits.widthCentimeters == 200)
    #expect(road.physicalLimits == SizeLimits())
  }

  @Test func whatIsNotUnderstoodIsListed() throws {
    let (road, report) = try attributes(["maxheight": "tall", "maxweight": "heavy", "maxwidth": "default"])
    #expect(road.legalLimits == SizeLimits())
    #expect(report.dropped.map(\.reason) == [.unparsableSize])
    #expect(report.dropped.first?.examples.map(\.value) == ["tall", "heavy"])
  }

  @Test func thingsHaveLimitsToo() throws {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 100, 0, ["barrier": "height_restrictor", "maxheight": "2.5", "maxheight:physical": "2.3"])
    drawn.node(3, 200, 0, ["barrier": "bollard", "maxwidth:physical": "2.1", "maxwidth": "2"])
    drawn.node(4, 300, 0, ["highway": "crossing", "maxheight": "high"])
    drawn.node(5, 400, 0)
    drawn.way(1, [1, 2, 3, 4, 5])
    let map = try drawn.imported()
    let features = map.network.features.buffer
    #expect(features.map(\.maxHeightCentimeters) == [230, 0, 0])
    #expect(features.map(\.maxWidthCentimeters) == [0, 200, 0])
    #expect(map.report.dropped.map(\.reason) == [.unparsableSize])
    #expect(map.report.dropped.first?.examples == [ImportReport.Example(osmID: 4, value: "high")])
  }

  @Test(
    arguments: [
      (["width": "2.5"], true), (["width": "3"], false), (["est_width": "2"], true),
      (["width": "6", "est_width": "2"], false),
      (["lanes": "1"], true), (["lanes": "1", "oneway": "yes"], false), (["lanes": "2"], false),
      (["narrow": "yes"], true), (["width": "narrow"], true),
      (["width": "9'"], true), ([:], false),
    ] as [([String: String], Bool)])
  func narrowRoads(tags: [String: String], isNarrow: Bool) throws {
    #expect(try attributes(tags).0.flags.contains(.narrow) == isNarrow)
  }
}
