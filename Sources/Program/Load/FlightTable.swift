/// What a request is about.
enum RequestKind: Int, CaseIterable { case ask, position, closure }

/// A request that was sent.
struct Flight {
  var kind: RequestKind
  /// When it was due, in nanoseconds of uptime.
  var dueNanoseconds: UInt64
  /// Index of the connection.
  var line: Int
}

/// The requests that wait for their answers, in the order in which they were sent.
///
/// Ids are consecutive numbers, so a request's entry is found by a mask; the table is as large as the span between the
/// oldest request that waits and the newest. Every operation is O(1) on average.
struct FlightTable {
  private var entries: [Flight?] = Array(repeating: nil, count: 1_024)
  /// The id that no older request waits with.
  private var oldestID: UInt64 = 1
  private var nextID: UInt64 = 1
  /// How many wait.
  private(set) var count = 0

  private func index(_ id: UInt64) -> Int { Int(id & UInt64(entries.count - 1)) }

  /// Adds a request and gives it an id, never 0.
  mutating func begin(_ flight: Flight) -> UInt64 {
    if nextID - oldestID == UInt64(entries.count) { grow() }
    defer { nextID += 1 }
    entries[index(nextID)] = flight
    count += 1
    return nextID
  }

  /// Takes a request out; `nil` if nobody waits for it any more.
  mutating func end(_ id: UInt64) -> Flight? {
    guard id >= oldestID, id < nextID, let flight = entries[index(id)] else { return nil }
    entries[index(id)] = nil
    count -= 1
    while oldestID < nextID, entries[index(oldestID)] == nil { oldestID += 1 }
    return flight
  }

  /// Takes out the oldest request if it was due before a moment.
  mutating func endOldest(dueBefore moment: UInt64) -> (id: UInt64, flight: Flight)? {
    guard count > 0, let flight = entries[index(oldestID)], flight.dueNanoseconds < moment else { return nil }
    let id = oldestID
    return end(id).map { (id, $0) }
  }

  /// Takes out all requests of a connection. O(table).
  mutating func endAll(line: Int) -> [(id: UInt64, flight: Flight)] {
    let ids = (oldestID..<nextID).filter { entries[index($0)]?.line == line }
    return ids.compactMap { id in end(id).map { (id, $0) } }
  }

  private mutating func grow() {
    let old = self
    entries = Array(repeating: nil, count: entries.count * 2)
    for id in oldestID..<nextID { entries[index(id)] = old.entries[old.index(id)] }
  }
}
