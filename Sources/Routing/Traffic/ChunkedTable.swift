import MapFile

/// A table of which many versions live at the same time: a copy shares all chunks, a change copies one.
///
/// Copying it is O(n / ``chunkSize``), once it is changed; reading is O(1).
public struct ChunkedTable<Index: TableIndex, Element: Sendable>: Sendable {
  /// Small enough to copy for one change, large enough that there are few.
  @inlinable static var chunkSize: Int { 1 << chunkBits }
  @inlinable static var chunkBits: Int { 9 }

  public let count: Int
  @usableFromInline private(set) var chunks: [[Element]]

  /// The same element everywhere: one chunk, shared. O(n / ``chunkSize``).
  init(repeating element: Element, count: Int) {
    self.count = count
    let chunk = [Element](repeating: element, count: Self.chunkSize)
    chunks = Array(repeating: chunk, count: (count + Self.chunkSize - 1) >> Self.chunkBits)
  }

  /// O(n).
  init(_ elements: [Element]) {
    count = elements.count
    chunks = stride(from: 0, to: elements.count, by: Self.chunkSize).map { start in
      Array(elements[start..<min(start + Self.chunkSize, elements.count)])
    }
  }

  public internal(set) subscript(index: Index) -> Element {
    @inlinable get { chunks[index.position >> Self.chunkBits][index.position & (Self.chunkSize - 1)] }
    _modify { yield &chunks[index.position >> Self.chunkBits][index.position & (Self.chunkSize - 1)] }
  }
}
