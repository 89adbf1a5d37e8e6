import Engine
import Foundation
import Traffic

/// Closures as JSON.
struct ClosureListShape: Encodable {
  struct Way: Encodable {
    var id: Int64
    var name: String
    var lengthMeters: Double
  }

  struct Closure: Encodable {
    var id: String
    var source: String
    var reason: String
    var isActive: Bool
    var from: String?
    var until: String?
    var revision: UInt64
    var ways: [Way]

    init(_ listed: ListedClosure) {
      let closure = listed.closure
      (id, source, reason, revision) = (closure.id, closure.source, closure.reason, closure.revision)
      isActive = listed.isActive
      from = closure.from.map(Figures.moment)
      until = closure.until.map(Figures.moment)
      ways = listed.ways.map {
        Way(id: $0.osmID, name: $0.name, lengthMeters: Rounded.meters($0.lengthMeters))
      }
    }
  }

  var version: UInt64
  var closures: [Closure]

  init(_ answer: ClosuresAnswer) {
    version = answer.version
    closures = answer.closures.map(Closure.init)
  }
}

/// Closures for people.
enum ClosureListText {
  static func text(_ closures: [ListedClosure]) -> String {
    guard !closures.isEmpty else { return "No closures.\n" }
    var table = TextTable("closure", "now", "reason", "source", "until", ">length", "roads")
    for listed in closures {
      let closure = listed.closure
      table.add(
        closure.id, listed.isActive ? "closed" : "open", closure.reason, closure.source,
        closure.until.map(Figures.moment) ?? "lifted",
        Figures.length(meters: listed.ways.reduce(0) { $0 + $1.lengthMeters }), roads(listed.ways))
    }
    return table.text
  }

  private static let roadsMax = 3

  private static func roads(_ ways: [MatchedWay]) -> String {
    var names: [String] = []
    for way in ways {
      let name = way.name.isEmpty ? "way \(way.osmID)" : way.name
      if !names.contains(name) { names.append(name) }
    }
    let rest = names.count - roadsMax
    return names.prefix(roadsMax).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
