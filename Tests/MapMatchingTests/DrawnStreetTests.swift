import Foundation
import MapMatching
import RoadGraph
import Testing

/// Roads that lie alone: what is covered, in which direction, and how well.
@Suite struct DrawnStreetTests {
  /// A main street of 400 m that side streets cross every 100 m.
  private static let main: StreetPlan = {
    var plan = StreetPlan()
    for (index, letter) in "ABCDE".enumerated() { plan.node(letter, Double(index) * 100, 0) }
    for (index, letter) in "FGHIJ".enumerated() { plan.node(letter, Double(index) * 100, 90) }
    for (index, letter) in "KLMNO".enumerated() { plan.node(letter, Double(index) * 100, -90) }
    plan.street("ABCDE")
    for side in ["FAK", "GBL", "HCM", "IDN", "JEO"] { plan.street(side) }
    return plan
  }()

  @Test func followsAStreetAndNotThoseThatCrossIt() throws {
    let (text, match) = try Self.main.matched([(0, 4), (400, 4)])
    #expect(text == "ABCDE")
    let found = try #require(match)
    #expect(found.isConnected && found.pieces.count == 4 && found.pieces.allSatisfy(\.isWhole))
    #expect(abs(found.lengthMeters - 400) < 0.5)
    #expect(found.quality.followedShare == 1 && found.quality.nonCivilShare == 0)
    #expect(abs(found.quality.meanDistanceMeters - 4) < 0.1 && abs(found.quality.maxDistanceMeters - 4) < 0.1)
    #expect(abs(found.quality.lengthRatio - 1) < 0.01 && found.quality.overall > 0.95)
  }

  @Test func theLineGivesTheDirection() throws {
    let forth = try #require(try Self.main.matched([(0, -4), (400, -4)]).match)
    let (text, back) = try Self.main.matched([(400, -4), (0, -4)])
    #expect(text == "EDCBA")
    let pieces = try #require(back).pieces
    #expect(pieces.map(\.piece) == forth.pieces.map(\.piece).reversed())
    #expect(pieces.map(\.isBackward) == forth.pieces.map { !$0.isBackward }.reversed())
  }

  @Test func turnsWhereTheLineTurns() throws {
    #expect(try Self.main.follow([(0, 3), (203, 3), (203, 90)]) == "ABC CH")
    #expect(try Self.main.follow([(100, -90), (100, 0), (300, 0), (300, 88)]) == "LB BCD DI")
    // The corner is cut.
    #expect(try Self.main.follow([(0, 3), (185, 3), (203, 20), (203, 90)]) == "ABC CH")
  }

  @Test func crossingIsNotFollowing() throws {
    #expect(try Self.main.follow([(150, 60), (150, -60)]) == "-")
    // At an acute angle, too.
    #expect(try Self.main.follow([(110, 45), (190, -45)]) == "-")
  }

  /// A street is within the radius of a line's end, or the line runs a few metres beyond the corner.
  @Test(arguments: [-4.0, 0, 4])
  func endsAtTheCorner(_ beyondMeters: Double) throws {
    let (text, match) = try Self.main.matched([(100 - beyondMeters, 2), (300 + beyondMeters, 2)])
    #expect(text == "BCD")
    #expect(try #require(match).pieces.allSatisfy(\.isWhole))
    let corner = [(100.0, 90.0), (100, 0), (100 - beyondMeters, 0)]
    for (line, wanted) in [(corner, "GB"), (corner.reversed(), "BG")] {
      let (text, match) = try Self.main.matched(line)
      #expect(text == wanted)
      #expect(try #require(match).pieces.allSatisfy(\.isWhole) && abs(#require(match).lengthMeters - 90) < 0.5)
    }
  }

  @Test(arguments: [false, true])
  func endsInTheMiddleOfAPiece(_ isReversed: Bool) throws {
    let line = [(130.0, 2.0), (280.0, 2.0)]
    let match = try #require(try Self.main.matched(isReversed ? line.reversed() : line).match)
    #expect(match.pieces.count == 2 && match.pieces.allSatisfy { !$0.isWhole })
    // In the direction of travel: the first piece from 30 or 20 m on, the second one up to 80 or 70 m.
    let shares = match.pieces.map { piece in
      let ends = [piece.covered.lowerBound, piece.covered.upperBound].map {
        Double($0) / Double(RoadPosition.fractionMax)
      }
      return piece.isBackward ? [1 - ends[1], 1 - ends[0]] : ends
    }
    let wanted = isReversed ? [[0.2, 1], [0, 0.7]] : [[0.3, 1], [0, 0.8]]
    for (share, want) in zip(shares.joined(), wanted.joined()) { #expect(abs(share - want) < 0.01, "\(shares)") }
    #expect(abs(match.lengthMeters - 150) < 1)
  }

  @Test func linesWithoutLengthHaveNoRoads() throws {
    for line in [[], [(50.0, 0.0)], [(50, 0), (50, 0), (50, 0)]] { #expect(try Self.main.follow(line) == "-") }
  }

  @Test func pointsMayBeManyAndRepeated() throws {
    let points = (0...800).flatMap { index in
      let east = Double(index) / 2
      return [(east, 3 + sin(east / 7)), (east, 3 + sin(east / 7))]
    }
    #expect(try Self.main.follow(points) == "ABCDE")
  }

  @Test func shortLinesCount() throws {
    let match = try #require(try Self.main.matched([(40, 2), (52, 2)]).match)
    #expect(match.pieces.count == 1 && abs(match.lengthMeters - 12) < 0.5)
  }

  @Test func roadsBeyondTheRadiusAreNone() throws {
    #expect(try Self.main.follow([(120, 30), (180, 30)]) == "-")
    var terms = PolylineMatcher.Terms()
    terms.radiusMeters = 40
    #expect(try Self.main.follow([(100, 30), (200, 30)], terms: terms) == "BC")
  }

  /// Two points, 2 km apart.
  @Test func aLongStraightLineNeedsTwoPoints() throws {
    var plan = StreetPlan()
    for (index, letter) in "ABCDEFGHIJK".enumerated() { plan.node(letter, Double(index) * 200, 0) }
    for (index, letter) in "abcdefghijk".enumerated() { plan.node(letter, Double(index) * 200 + 20, 80) }
    plan.street("ABCDEF")
    plan.street("KJIHGF")
    for (from, to) in zip("ABCDEFGHIJK", "abcdefghijk") { plan.street("\(from)\(to)") }
    let (text, match) = try plan.matched([(0, 5), (2000, 5)])
    #expect(text == "ABCDEF FGHIJK")
    #expect(abs(try #require(match).lengthMeters - 2000) < 1)
  }

  @Test func outAndBackTurnsRoundAtTheEnd() throws {
    var plan = StreetPlan()
    plan.node("A", 0, 0)
    plan.node("B", 150, 0)
    plan.node("C", 0, 100)
    plan.street("AB")
    plan.street("AC")
    let (text, match) = try plan.matched([(0, 100), (0, 0), (150, 0), (0, 0)])
    #expect(text == "CA AB BA")
    #expect(try #require(match).isConnected)
  }

  /// 400 m of road, 300 m of nothing, 400 m of road.
  @Test func whatLiesOffTheMapIsAGap() throws {
    var plan = StreetPlan()
    for (letter, east) in [("A", 0.0), ("B", 400), ("C", 700), ("D", 1100)] as [(Character, Double)] {
      plan.node(letter, east, 0)
    }
    plan.street("AB")
    plan.street("CD")
    let (text, match) = try plan.matched([(0, 2), (1100, 2)])
    #expect(text == "AB | CD")
    let found = try #require(match)
    #expect(!found.isConnected && found.paths.count == 2)
    // Where the road ends, the line still has it within the radius.
    #expect(found.quality.followedShare > 0.72 && found.quality.followedShare < 0.78, "\(found.quality)")
    #expect(found.quality.overall < 0.78 && abs(found.lengthMeters - 800) < 1)
    // Only one end lies on the map.
    #expect(try plan.follow([(-900, 2), (400, 2)]) == "AB")
  }

  @Test func bannedTurnsAreDrawnAllTheSame() throws {
    var plan = StreetPlan()
    for (letter, east, north) in [("A", 0.0, 0.0), ("B", 100, 0), ("C", 200, 0), ("D", 100, 100)]
      as [(Character, Double, Double)]
    {
      plan.node(letter, east, north)
    }
    plan.street("AB")
    plan.street("BC")
    plan.street("BD")
    plan.restriction("no_left_turn", from: 1, via: "B", to: 3)
    #expect(try plan.follow([(0, 2), (100, 2), (100, 100)]) == "AB BD")
  }
}
