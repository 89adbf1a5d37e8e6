import Foundation

/// Reads lines from a file descriptor, each bounded: a line that is too long is skipped, not stored.
struct LineReader {
  /// What comes next.
  enum Line: Equatable {
    case text([UInt8])
    case tooLong
  }

  private static let chunkBytes = 1 << 16

  private let descriptor: Int32
  private let lineBytesMax: Int
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  init(descriptor: Int32, lineBytesMax: Int) { (self.descriptor, self.lineBytesMax) = (descriptor, lineBytesMax) }

  /// The next line without its end; `nil` at the end of the input.
  mutating func next() -> Line? {
    var line: [UInt8] = []
    var isTooLong = false
    while true {
      if position == buffer.count && !fill() {
        if isTooLong { return .tooLong }
        return line.isEmpty ? nil : .text(line)
      }
      let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n"))
      let part = buffer[position..<(end ?? buffer.count)]
      isTooLong = isTooLong || line.count + part.count > lineBytesMax
      if isTooLong { line = [] } else { line += part }
      position = end.map { $0 + 1 } ?? buffer.count
      if end != nil { return isTooLong ? .tooLong : .text(line) }
    }
  }

  /// Reads what is there, waiting only if nothing is. False at the end.
  private mutating func fill() -> Bool {
    guard !isAtEnd else { return false }
    let descriptor = descriptor
    buffer = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { chunk, count in
      var got = read(descriptor, chunk.baseAddress, chunk.count)
      while got < 0 && errno == EINTR { got = read(descriptor, chunk.baseAddress, chunk.count) }
      count = max(0, got)
    }
    position = 0
    isAtEnd = buffer.isEmpty
    return !isAtEnd
  }
}
