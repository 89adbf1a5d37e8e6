import Foundation

/// All closures that are known: those in force, those to come, each with the pieces of road that it closes.
public struct ClosureRegistry: Sendable {
  /// A closure and what it closes.
  public struct Entry: Sendable {
    public let closure: RoadClosure
    public let pieces: [DirectedPiece]

    public init(closure: RoadClosure, pieces: [DirectedPiece]) {
      self.closure = closure
      self.pieces = pieces
    }
  }

  private var entriesByID: [String: Entry] = [:]

  public init() {}

  public var count: Int { entriesByID.count }

  /// All entries by id. O(n log n).
  public var entries: [Entry] { entriesByID.values.sorted { $0.closure.id < $1.closure.id } }

  /// Adds a closure, or replaces the one with its id.
  ///
  /// - Throws: ``TrafficError/staleRevision(id:known:given:)`` if a higher revision is known.
  public mutating func put(_ closure: RoadClosure, pieces: [DirectedPiece]) throws(TrafficError) {
    if let known = entriesByID[closure.id], known.closure.revision > closure.revision {
      throw .staleRevision(id: closure.id, known: known.closure.revision, given: closure.revision)
    }
    entriesByID[closure.id] = Entry(closure: closure, pieces: pieces)
  }

  /// Puts back a closure that was accepted before, whatever its revision.
  public mutating func restore(_ closure: RoadClosure, pieces: [DirectedPiece]) {
    entriesByID[closure.id] = Entry(closure: closure, pieces: pieces)
  }

  /// Removes a closure and returns it.
  ///
  /// - Throws: ``TrafficError/unknownClosure(id:)``.
  public mutating func lift(_ id: String) throws(TrafficError) -> Entry {
    guard let entry = entriesByID.removeValue(forKey: id) else { throw .unknownClosure(id: id) }
    return entry
  }

  /// What is closed at a moment: closures overlap freely, a piece is closed while any of them holds. O(pieces).
  public func closedPieces(at moment: Date) -> Set<DirectedPiece> {
    var closed: Set<DirectedPiece> = []
    for entry in entriesByID.values where entry.closure.isActive(at: moment) { closed.formUnion(entry.pieces) }
    return closed
  }

  /// The ids of the closures whose time is over. O(n).
  public func expired(at moment: Date) -> [String] {
    entriesByID.values.compactMap { $0.closure.until.map { $0 <= moment } == true ? $0.closure.id : nil }.sorted()
  }

  /// The next moment after `moment` at which a closure begins or ends by itself. O(n).
  public func nextChange(after moment: Date) -> Date? {
    entriesByID.values.flatMap { [$0.closure.from, $0.closure.until] }.compactMap { $0 }.filter { $0 > moment }.min()
  }
}
