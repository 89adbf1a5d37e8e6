import RoadGraph
import Testing

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
      (["access:conditional": "yes @ (Mo-Fr)"], []),
      (["access:conditional": "no @ (Mo-Fr)", "motor_vehicle": "yes"], []),
      (
        ["access:conditional": "no @ (Mo)", "maxspeed:conditional": "30 @ (Tu)"],
        [Rule(condition: "Tu", kmh: 30), Rule(condition: "Mo", forward: .restricted, backward: .restricted)]
      ),
    ] as [([String: String], [Rule])])
  func becomeRules(tags: [String: String], expected: [Rule]) throws {
    let map = try imported(tags)
    #expect(rules(map) == expected)
    #expect(map.report.conditionalRules == expected.count)
    #expect(map.report.dropped.isEmpty)
    #expect(map.access(1, 2) == .civil, "the plain tags hold at other times")
  }

  @Test(arguments: [
    ("access:conditional", "no @ (PH)", "access:conditional=no @ (PH)"),
    ("access:conditional", "no @ wet", "access:conditional=no @ (wet)"),
    ("access:conditional", "gibberish @ (Mo)", "access:conditional=gibberish @ (Mo)"),
    ("motor_vehicle:conditional", "delivery", "motor_vehicle:conditional=delivery"),
    ("maxspeed:conditional", "slow @ (Mo)", "maxspeed:conditional=slow @ (Mo)"),
    ("oneway:conditional", "maybe @ (Mo)", "oneway:conditional=maybe @ (Mo)"),
    ("access:conditional", "no @ (22:00-06:00 AND weight>3.5)", "access:conditional=no @ (22:00-06:00 AND weight>3.5)"),
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

  @Test func aRoadThatOpensAtTimesHasItsArcs() throws {
    let closed = ["access": "no", "emergency": "no"]
    #expect(throws: ImportError.self) { try imported(closed) }
    let map = try imported(closed.merging(["access:conditional": "yes @ (Mo-Fr 07:00-09:00)"]) { $1 })
    #expect(map.arcs == ["1>2", "2>1"])
    #expect(map.access(1, 2) == [.restricted, .noEmergency])
    #expect(rules(map).map(\.forward) == [[.civil, .noEmergency]])
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
