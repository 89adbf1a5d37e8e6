import API

/// Things that are kept as they are, by id: hospitals, posts.
struct Roster<Thing: Identifiable & Sendable>: Sendable where Thing.ID == String {
  private var things: [String: Thing] = [:]

  var count: Int { things.count }

  /// By id. O(n log n).
  var sorted: [Thing] { things.values.sorted { $0.id < $1.id } }

  subscript(id: String) -> Thing? { things[id] }

  mutating func put(_ thing: Thing) { things[thing.id] = thing }

  mutating func remove(_ id: String) { things[id] = nil }

  /// The first of some ids that none has.
  func unknown(among ids: [String]) -> String? { ids.first { things[$0] == nil } }
}
