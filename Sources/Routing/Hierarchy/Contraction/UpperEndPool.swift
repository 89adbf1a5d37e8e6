/// Stores the rows of a ``SearchGraph`` so that a row which is the end of an earlier one takes no room.
///
/// Rows come by ascending vertex, so that the longer row of a vertex further down comes before those of its upper ends.
/// For each upper end only the latest place where it was stored is tried: on road networks that finds all but a
/// thousandth of what a search of all places finds.
struct UpperEndPool {
  private(set) var rowStart: [UInt32] = []
  private(set) var upperEnds: [Rank] = []
  /// Where each upper end was stored last, and how many upper ends of the row follow from there.
  private var latest: [(start: UInt32, count: UInt32)]

  init(vertexCount: Int) {
    latest = [(start: UInt32, count: UInt32)](repeating: (0, 0), count: vertexCount)
    rowStart.reserveCapacity(vertexCount)
  }

  /// Adds the row of the next vertex. O(length of the row).
  mutating func append(_ row: ArraySlice<Rank>) {
    if let shared = stored(row) {
      rowStart.append(shared)
      return
    }
    rowStart.append(UInt32(upperEnds.count))
    var rest = row
    while let upper = rest.first, stored(rest) == nil {
      latest[upper.position] = (UInt32(upperEnds.count + row.count - rest.count), UInt32(rest.count))
      rest = rest.dropFirst()
    }
    upperEnds += row
  }

  /// Where `row` is the end of a stored row, as far as it's known.
  private func stored(_ row: ArraySlice<Rank>) -> UInt32? {
    guard let first = row.first else { return 0 }
    let (start, count) = latest[first.position]
    guard Int(count) == row.count, upperEnds[Int(start)..<Int(start) + row.count].elementsEqual(row) else { return nil }
    return start
  }
}
