import RoadGraph
import Testing
import TimeRules

@testable import MapImport

@Suite struct ConditionTests {
  private func imported(_ tags: [String: String]) throws -> TestMap {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(7, [1, 2], ["highway": "residential"].merging(tags) { $1 })
    return try drawn.imported()
  }

  /// The rules of way 7 as "condition: access along, access against, km/h along".
  private func rules(_ map: TestMap) -> [Rule] {
    map.network.conditionalRules.buffer.compactMap { rule in
      guard case .attributes(let way, let id) = rule.effect, rule.osmID == 7,
        map.network.ways[way].osmID == 7
      else { return nil }
      let attributes = map.network.attributes[id]
      return Rule(
        condition: map.network.texts[rule.condition], forward: attributes.forward.access,
        backward: attributes.backward.access, kmh: attributes.forward.maxspeedKmh)
    }
  }

  struct Rule: Equatable {
    var condition: String
    var forward: AccessFlags = .civil
    var backward: AccessFlags = .civil
    var kmh: UInt8 = 0
  }

  @Test(
    arguments: [
      (
        ["access:conditional": "no @ (22:00-06:00)"],
        [Rule(condition: "22:00-06:00", forward: .restricted, backward: .restricted)]
      ),
      (
        ["vehicle:conditional": "destination @ Su"],
        [Rule(condition: "Su", forward: [.civil, .destinationOnly], backward: [.civil, .destinationOnly])]
      ),
      (["motor_vehicle:forward:conditional": "no @ (Mo-Fr)"], [Rule(condition: "Mo-Fr", forward: .restricted)]),
      (["motorcar:backward:conditional": "private @ (Mo-Fr)"], [Rule(condition: "Mo-Fr", backward: .ownersOnly)]),
      (["oneway:conditional": "yes @ (07:20-20:00)"], [Rule(condition: "07:20-20:00", backward: .contraflow)]),
      (["maxspeed:conditional": "30 @ (22:00-06:00)", "maxspeed": "50"], [Rule(condition: "22:00-06:00", kmh: 30)]),
      (["maxspeed:forward:conditional": "30 mph @ (Sa,Su)"], [Rule(condition: "Sa,Su", kmh: 48)]),
      (
        ["access:conditional": "no @ (Mo-Fr); yes @ (Mo-Fr 12:00-13:00)"],
        [Rule(condition: "Mo-Fr", forward: .restricted, backward: .restricted), Rule(condition: "Mo-Fr 12:00-13:00")]
      ),
      (["access:conditional": "No@(mo-fr);"], [Rule(condition: "mo-fr", forward: .restricted, backward: .restricted)]),
      (
        ["access": "no", "access:conditional": "yes @ (Sa)"],
        [Rule(condition: "Sa")]
      ),
      (
        ["motor_vehicle:conditional": "no @ (weight>7.5 AND Mo-Fr)"],
        [Rule(condition: "weight>7.5 AND Mo-Fr", forward: .restricted, backward: .restricted)]
      ),
      (
        ["emergency:conditional": "no @ (Oct-Mar)"],
        [Rule(condition: "Oct-Mar", forward: [.civil, .noEmergency], backward: [.civil, .noEmergency])]
      ),
      (
        ["access:conditional": "no @ (Mo); yes @ emergency"],
        [
          Rule(condition: "Mo", forward: .restricted, backward: .restricted),
          Rule(condition: "24/7", forward: [.civil, .emergency], backward: [.civil, .emergency]),
        ]
      ),
      (
        ["oneway:motor_vehicle:conditional": "yes @ (07:20-20:00)"],
        [Rule(condition: "07:20-20:00", backward: .contraflow)]
      ),
      (
        ["oneway": "yes", "oneway:emergency:conditional": "no @ (22:00-06:00)"],
        [Rule(condition: "22:00-06:00", backward: [.contraflow, .emergency])]
      ),
      (
        ["hov:conditional": "designated @ (Mo-Fr 06:00-10:00)"],
        [
          Rule(
            condition: "Mo-Fr 06:00-10:00", forward: [.civil, .highOccupancy], backward: [.civil, .highOccupancy])
        ]
      ),
      (["access:conditional": "yes @ (Mo-Fr)"], []),
      (["access:conditional": "no @ (Mo-Fr)", "motor_vehicle": "yes"], []),
      (
        ["access:conditional": "no @ (Mo)", "maxspeed:conditional": "30 @ (Tu)"],
        [
          Rule(condition: "Tu", kmh: 30), Rule(condition: "Mo", forward: .restricted, backward: .restricted),
          Rule(condition: "Tu AND Mo", forward: .restricted, backward: .restricted, kmh: 30),
        ]
      ),
    ] as [([String: String], [Rule])])
  func becomeRules(tags: [String: String], expected: [Rule]) throws {
    let map = try imported(tags)
    #expect(rules(map) == expected)
    #expect(map.report.conditionalRules == expected.count)
    #expect(map.report.dropped.isEmpty)
    #expect(map.access(1, 2) == (tags["access"] == "no" ? .restricted : .civil), "the plain tags hold at other times")
  }

  @Test(
    arguments: [
      ("maxheight:conditional", "2.5 @ (22:00-06:00)", \.heightCentimeters, 250),
      ("maxweight:conditional", "2.5 @ (6:00-22:00)", \.weightTensOfKilograms, 250),
      ("maxweightrating:conditional", "3.5 t @ (Mo-Fr)", \.weightTensOfKilograms, 350),
      ("maxaxleload:conditional", "8 @ (Mar-Apr)", \.axleLoadTensOfKilograms, 800),
      ("maxwidth:conditional", "2 @ (Mo)", \.widthCentimeters, 200),
      ("maxlength:conditional", "10 @ (Mo-Fr 07:00-19:00)", \.lengthCentimeters, 1_000),
    ] as [(String, String, KeyPath<SizeLimits, UInt16> & Sendable, UInt16)])
  func sizesHoldAtTimes(key: String, value: String, limit: KeyPath<SizeLimits, UInt16> & Sendable, amount: UInt16)
    throws
  {
    let map = try imported([key: value])
    #expect(map.attributes(7)?.legalLimits[keyPath: limit] == 0)
    let rule = try #require(map.network.conditionalRules.buffer.first)
    guard case .attributes(_, let id) = rule.effect else { return #expect(Bool(false), "no rule of a way") }
    #expect(map.network.attributes[id].legalLimits[keyPath: limit] == amount)
    #expect(map.report.dropped.isEmpty)
  }

  /// Weight by day, closed in the rush hour: while both hold, both count.
  @Test func conditionsOfTwoKeysAddUp() throws {
    let map = try imported([
      "maxweight:conditional": "2.5 @ (06:00-22:00)", "access:conditional": "yes @ (12:00-13:00)", "access": "no",
    ])
    let texts = map.network.conditionalRules.buffer.map { map.network.texts[$0.condition] }
    #expect(texts == ["06:00-22:00", "12:00-13:00", "06:00-22:00 AND 12:00-13:00"])
    let ids = map.network.conditionalRules.buffer.compactMap { rule in
      if case .attributes(_, let id) = rule.effect { id } else { nil }
    }
    #expect(ids.map { map.network.attributes[$0].legalLimits.weightTensOfKilograms } == [250, 0, 250])
    #expect(ids.map { map.network.attributes[$0].forward.access } == [.restricted, .civil, .civil])
  }

  @Test func tooManyConditionsAreCounted() throws {
    let clauses = (1...20).map { "no @ (Jan \($0))" }.joined(separator: ";")
    let map = try imported(["access:conditional": clauses, "vehicle:conditional": clauses])
    #expect(map.report.conditionalRules == 20)
    #expect(map.report.count(of: .conditionsTooMany) == 20)
  }

  @Test(arguments: [
    ("access:conditional", "no @ (PH)", "access:conditional=no @ (PH)"),
    ("access:conditional", "no @ wet", "access:conditional=no @ (wet)"),
    ("access:conditional", "gibberish @ (Mo)", "access:conditional=gibberish @ (Mo)"),
    ("motor_vehicle:conditional", "delivery", "motor_vehicle:conditional=delivery"),
    ("maxspeed:conditional", "slow @ (Mo)", "maxspeed:conditional=slow @ (Mo)"),
    ("oneway:conditional", "maybe @ (Mo)", "oneway:conditional=maybe @ (Mo)"),
    ("access:conditional", "no @ (22:00-06:00 AND wet)", "access:conditional=no @ (22:00-06:00 AND wet)"),
    ("maxweight:conditional", "<2.5 @ (06:00-09:00)", "maxweight:conditional=<2.5 @ (06:00-09:00)"),
    ("maxspeed:conditional", "none @ emergency", "maxspeed:conditional=none @ (emergency)"),
    ("emergency:conditional", "perhaps @ (Mo)", "emergency:conditional=perhaps @ (Mo)"),
  ])
  func whatIsNotUnderstoodIsListed(key: String, value: String, listed: String) throws {
    let map = try imported([key: value])
    #expect(rules(map).isEmpty)
    #expect(map.report.dropped.map(\.reason) == [.conditionNotUnderstood])
    #expect(map.report.dropped.first?.examples == [ImportReport.Example(osmID: 7, value: listed)])
  }

  @Test func understoodClausesHoldBesideOthers() throws {
    let map = try imported(["access:conditional": "no @ (Mo-Fr); yes @ disabled"])
    #expect(rules(map).map(\.condition) == ["Mo-Fr"])
    #expect(map.report.count(of: .conditionNotUnderstood) == 1)
  }

  @Test(arguments: [
    ("no @ (Mo-Su,PH)", "access:conditional=no @ (Mo-Su,PH): PH"),
    ("no @ (Mo-Fr; PH off)", "access:conditional=no @ (Mo-Fr; PH off): PH"),
    ("no @ (Mo); yes (Tu)", "access:conditional=yes (Tu)"),
  ])
  func theRestOfAConditionHolds(value: String, listed: String) throws {
    let map = try imported(["access:conditional": value])
    #expect(rules(map).map(\.forward) == [.restricted])
    #expect(map.report.dropped.map(\.reason) == [.conditionPartNotUnderstood])
    #expect(map.report.dropped.first?.examples == [ImportReport.Example(osmID: 7, value: listed)])
  }

  @Test func holidaysMeanTheDaysThatAreTold() throws {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(7, [1, 2], ["highway": "residential", "access:conditional": "no @ (PH)"])
    let christmas = try #require(Holidays.Period(.publicHoliday, first: "2026-12-25", last: "2026-12-26"))
    let map = try drawn.imported(Holidays([christmas]))
    #expect(rules(map).map(\.condition) == ["PH"] && map.report.dropped.isEmpty)
    #expect(map.network.clock.holidays == Holidays([christmas]))
    #expect(map.report.holidaysUntil == ["PH": "2026-12-26"])
  }

  @Test func whatIsForOthersIsCounted() throws {
    let map = try imported([
      "access:conditional": "no @ (hgv AND Mo-Fr); yes @ bicycle", "hgv:conditional": "no @ (06:00-22:00)",
    ])
    #expect(rules(map).isEmpty)
    #expect(map.report.count(of: .conditionOtherVehicles) == 2)
    #expect(map.report.count(of: .conditionOfOtherKey) == 1)
  }

  /// Of what is not understood each kind is an example, once.
  @Test func eachKindIsListed() throws {
    var drawn = DrawnMap()
    drawn.line(12)
    for id in Int64(1)...11 {
      let value = "no @ (\(id % 8 == 0 ? "wet" : "seats>\(id % 8)"))"
      drawn.way(id, [id, id + 1], ["highway": "residential", "access:conditional": value])
    }
    let dropped = try #require(try drawn.imported().report.dropped.first { $0.reason == .conditionNotUnderstood })
    #expect(dropped.count == 11 && dropped.examples.map(\.osmID) == Array(1...8))
  }

  // MARK: OSM nodes

  /// What stands at an OSM node in a road, and at times in its place, as "access" and "locked".
  private func standing(_ tags: [String: String]) throws -> (plain: String, others: [String], report: ImportReport) {
    var drawn = DrawnMap()
    drawn.node(1, 0, 0)
    drawn.node(2, 100, 0, tags)
    drawn.node(3, 200, 0)
    drawn.way(7, [1, 2, 3])
    let map = try drawn.imported()
    func text(_ id: FeatureID) -> String {
      let feature = map.network.features[id]
      if feature.flags.contains(.unfelt) { return "nothing" }
      let access = feature.access.contains(.civil) ? "open" : feature.access.isEmpty ? "" : "shut"
      return "\(feature.kind) \(access)\(feature.isLocked ? " locked" : "")"
    }
    var others: [String] = []
    for rule in map.network.conditionalRules.buffer {
      guard case .feature(FeatureID(0), let other) = rule.effect else { continue }
      others.append("\(map.network.texts[rule.condition]): \(text(other))")
    }
    let plain = map.network.features.count == 0 ? "" : text(FeatureID(0))
    return (plain, others, map.report)
  }

  @Test(
    arguments: [
      (
        ["barrier": "gate", "access": "yes", "access:conditional": "no @ (22:00-06:00)"], "gate open",
        ["22:00-06:00: gate shut"]
      ),
      (
        ["barrier": "bollard", "motor_vehicle:conditional": "yes @ (06:00-10:00)"], "bollard ",
        ["06:00-10:00: bollard open"]
      ),
      (
        ["barrier": "gate", "opening_hours": "Mo-Fr 06:00-22:00"], "gate  locked", ["Mo-Fr 06:00-22:00: gate "]
      ),
      (["barrier": "gate", "opening_hours": "06:00-22:00", "locked": "no"], "gate ", []),
      (["barrier": "bollard", "opening_hours": "06:00-22:00"], "bollard ", []),
      (["access:conditional": "no @ (Su)"], "nothing", ["Su: otherBarrier shut"]),
      (["access": "no", "access:conditional": "yes @ (Su)"], "otherBarrier shut", ["Su: nothing"]),
      (["emergency:conditional": "no @ (Su)", "barrier": "gate"], "gate ", ["Su: gate shut"]),
      (["maxheight:conditional": "2 @ (Su)"], "nothing", ["Su: heightRestrictor "]),
      (["access:conditional": "yes @ (Su)"], "", []),
    ] as [([String: String], String, [String])])
  func barriersHaveTheirHours(tags: [String: String], plain: String, others: [String]) throws {
    let standing = try standing(tags)
    #expect(standing.plain == plain && standing.others == others, "\(tags): \(standing)")
    #expect(standing.report.dropped.isEmpty)
    #expect(standing.report.features.values.reduce(0, +) == (plain == "nothing" || plain.isEmpty ? 0 : 1))
  }

  @Test func hoursOfBarriersThatAreNotUnderstoodAreListed() throws {
    for tags in [["access:conditional": "no @ wet"], ["opening_hours": "by appointment"]] {
      let standing = try standing(tags.merging(["barrier": "gate"]) { $1 })
      #expect(standing.plain == "gate " && standing.others.isEmpty)
      #expect(standing.report.dropped.map(\.reason) == [.conditionNotUnderstood])
    }
  }

  @Test func aRoadThatOpensAtTimesHasItsArcs() throws {
    let closed = ["access": "no", "emergency": "no"]
    #expect(throws: ImportError.self) { try imported(closed) }
    let map = try imported(closed.merging(["access:conditional": "yes @ (Mo-Fr 07:00-09:00)"]) { $1 })
    #expect(map.arcs == ["1>2", "2>1"])
    #expect(map.access(1, 2) == [.restricted, .noEmergency])
    #expect(rules(map).map(\.forward) == [[.civil, .noEmergency]])
  }

  @Test func aFootwayThatOpensAtTimesIsARoad() throws {
    let map = try imported(["highway": "footway", "motor_vehicle:conditional": "delivery @ (06:00-10:00)"])
    #expect(map.access(1, 2) == .footOnly)
    #expect(rules(map).map(\.forward) == [[.civil, .destinationOnly]])
    #expect(throws: ImportError.self) { try imported(["highway": "footway", "access:conditional": "no @ (Sa)"]) }
  }

  @Test func aReversibleRoadRunsWhenItSaysSo() throws {
    let map = try imported([
      "oneway": "reversible", "oneway:conditional": "yes @ (06:00-12:00); -1 @ (12:00-22:00)",
    ])
    #expect(map.access(1, 2) == .restricted)
    #expect(map.access(2, 1) == .restricted)
    #expect(rules(map).map(\.forward) == [.civil, .contraflow])
    #expect(rules(map).map(\.backward) == [.contraflow, .civil])
  }

  /// A road over ice that is closed but at its times is an ordinary road while it is open.
  @Test func whoTellsWhenIceBearsIsBelieved() throws {
    let map = try imported(["ice_road": "yes", "access": "no", "access:conditional": "yes @ (Mo-Fr)"])
    #expect(map.attributes(7)?.flags == .winterRoad)
    let flags = map.network.conditionalRules.buffer.compactMap { rule -> RoadFlags? in
      guard case .attributes(_, let id) = rule.effect else { return nil }
      return map.network.attributes[id].flags
    }
    #expect(flags == [[]])
  }

  @Test func rulesFollowTheirWaysIntoOrder() throws {
    var drawn = DrawnMap()
    drawn.line(4)
    for id in [Int64(9), 7, 8] {
      let hours = "\(id):00-\(id + 1):00"
      drawn.way(id, [id - 6, id - 5], ["highway": "residential", "access:conditional": "no @ (0\(hours))"])
    }
    drawn.way(8, [2, 3], ["highway": "residential", "access:conditional": "no @ (Mo)"])
    let map = try drawn.imported()
    let rules = map.network.conditionalRules.buffer
    #expect(rules.map(\.osmID) == [7, 8, 9])
    #expect(rules.map { map.network.texts[$0.condition] } == ["07:00-8:00", "08:00-9:00", "09:00-10:00"])
    #expect(map.report.count(of: .wayTwice) == 1)
  }
}
