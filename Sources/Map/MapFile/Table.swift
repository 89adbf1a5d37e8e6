/// An integer that names one row of a ``Table``, so that a row of one table can't be looked up in another.
public protocol TableIndex: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible {
  var rawValue: UInt32 { get }
  init(_ rawValue: UInt32)
}

extension TableIndex {
  @inlinable public init(_ position: Int) { self.init(UInt32(position)) }
  @inlinable public var position: Int { Int(rawValue) }
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  public var description: String { String(rawValue) }
}

/// An immutable column of plain values, addressed by a typed index: in memory, or a section of a mapped map file.
///
/// A table keeps its memory alive for as long as it lives itself. Copying it is O(1).
@frozen public struct Table<Index: TableIndex, Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Unchecked: the memory is never written after `init`.
  public let base: UnsafePointer<Element>
  public let count: Int
  @usableFromInline let owner: AnyObject

  /// A table of `elements`, copied once. O(n).
  public init(_ elements: some Collection<Element>) {
    let column = HeapColumn(elements)
    self.init(base: UnsafePointer(column.memory.baseAddress!), count: elements.count, owner: column)
  }

  /// A table over memory that `owner` keeps alive and nobody writes.
  @usableFromInline init(base: UnsafePointer<Element>, count: Int, owner: AnyObject) {
    (self.base, self.count, self.owner) = (base, count, owner)
  }

  /// The row of `index`. O(1); an index beyond the end is a broken invariant.
  @inlinable public subscript(index: Index) -> Element {
    precondition(index.position < count, "index beyond the end of its table")
    return base[index.position]
  }

  /// The row at a plain position. O(1).
  @inlinable public subscript(position position: Int) -> Element {
    precondition(position >= 0 && position < count, "position beyond the end of its table")
    return base[position]
  }

  @inlinable public var indices: TableIndices<Index> { TableIndices(start: 0, end: UInt32(count)) }
  @inlinable public var isEmpty: Bool { count == 0 }

  /// The rows as a buffer, valid while this table lives.
  @inlinable public var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

  /// The rows of a range of plain positions, as a buffer that is valid while this table lives.
  @inlinable public func rows(_ range: Range<Int>) -> UnsafeBufferPointer<Element> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range beyond the end of its table")
    return UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }
}

/// A position among the rows of a table that nothing else names.
@frozen public struct RowNumber<Row>: TableIndex {
  public let rawValue: UInt32
  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A table whose rows are known by their positions alone.
public typealias Rows<Row: BitwiseCopyable & Sendable> = Table<RowNumber<Row>, Row>

/// The indices of a table, in order.
@frozen public struct TableIndices<Index: TableIndex>: RandomAccessCollection, Sendable {
  @usableFromInline let start: UInt32
  @usableFromInline let end: UInt32

  @inlinable public init(start: UInt32, end: UInt32) { (self.start, self.end) = (start, end) }

  /// The indices of a range of positions.
  @inlinable public init(_ positions: Range<Int>) {
    self.init(start: UInt32(positions.lowerBound), end: UInt32(positions.upperBound))
  }

  @inlinable public var startIndex: Int { Int(start) }
  @inlinable public var endIndex: Int { Int(end) }
  @inlinable public subscript(position: Int) -> Index { Index(UInt32(position)) }
}

/// A CSR offset column: row `i` owns the positions `offsets[i]..<offsets[i + 1]` of another table.
@frozen public struct Offsets<Index: TableIndex>: Sendable {
  public let table: Table<Index, UInt32>

  /// - Parameter table: n + 1 ascending offsets for n rows.
  @inlinable public init(_ table: Table<Index, UInt32>) { self.table = table }

  /// Counts of rows per index, turned into offsets. O(n).
  public init(counts: some Collection<Int>) {
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(counts.count + 1)
    for count in counts { offsets.append(offsets[offsets.count - 1] + UInt32(count)) }
    self.table = Table(offsets)
  }

  /// The offsets of items that are sorted by their rows. O(items + rows).
  ///
  /// - Parameter rows: the row of each item, in any order.
  @inlinable public init(rows: some Sequence<Index>, count: Int) {
    var counts = [Int](repeating: 0, count: count)
    for row in rows { counts[row.position] += 1 }
    self.init(counts: counts)
  }

  /// Sorts items by their rows: a counting sort, which keeps the order of a row's items. O(items + rows).
  ///
  /// - Parameter rows: the row of each item; an item with `nil` is left out.
  /// - Returns: the offsets, and the positions of the items in their new order.
  @inlinable public static func sorting(
    _ rows: some Collection<Index?>, count: Int
  ) -> (offsets: Self, items: [UInt32]) {
    let offsets = Self(rows: rows.lazy.compactMap(\.self), count: count)
    var next = offsets.table.buffer.map(Int.init)
    var items = [UInt32](repeating: 0, count: next[count])
    for case (let item, let row?) in rows.enumerated() {
      items[next[row.position]] = UInt32(item)
      next[row.position] += 1
    }
    return (offsets, items)
  }

  /// The number of rows that own a range.
  @inlinable public var count: Int { Swift.max(table.count - 1, 0) }
  @inlinable public var indices: TableIndices<Index> { TableIndices(start: 0, end: UInt32(count)) }

  /// The positions that `index` owns. O(1).
  @inlinable public subscript(index: Index) -> Range<Int> {
    precondition(index.position + 1 < table.count, "index beyond the end of its offsets")
    return Int(table.base[index.position])..<Int(table.base[index.position + 1])
  }

  /// True if the offsets ascend from zero to `total`. O(n).
  public func isValid(total: Int) -> Bool {
    guard table.count > 0, table.base[0] == 0, table.base[table.count - 1] == total else { return false }
    return zip(table.buffer, table.buffer.dropFirst()).allSatisfy { $0 <= $1 }
  }
}

/// Heap memory of a table that no file holds.
private final class HeapColumn<Element: BitwiseCopyable> {
  let memory: UnsafeMutableBufferPointer<Element>

  init(_ elements: some Collection<Element>) {
    memory = .allocate(capacity: Swift.max(elements.count, 1))
    _ = memory.initialize(from: elements)
  }

  deinit { memory.deallocate() }
}
