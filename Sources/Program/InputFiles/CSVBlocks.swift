import Foundation

/// A file of CSV in blocks of whole records, each with the first line of the file in front: the file may be larger than
/// memory, and each block is a table by itself.
struct CSVBlocks {
  struct Block {
    var bytes: [UInt8]
    /// What is added to a line of the block for that of the file.
    var linesBefore: Int
  }

  /// A record takes no more. So much is read at once.
  static let recordBytesMax = 1 << 18
  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")

  private let file: FileHandle
  /// The first line with its end, and whatever empty lines are before it.
  private var header: [UInt8] = []
  /// What was read and belongs to no block yet; it begins with a record.
  private var rest: [UInt8] = []
  /// The lines before it.
  private var lineCount = 0
  private var isAtEnd = false

  init(_ file: FileHandle) { self.file = file }

  /// The next block; `nil` at the end of the file.
  ///
  /// - Throws: a record that is too long. O(bytes).
  mutating func next() throws(FileFault) -> Block? {
    let isFirst = header.isEmpty
    while !isAtEnd, rest.count < Self.recordBytesMax { try read() }
    let end = isAtEnd ? rest.count : Self.endOfRecords(in: rest)
    guard let end else {
      throw FileFault(
        line: lineCount + 1,
        message: "a record of more than \(Self.recordBytesMax) bytes: a quote is missing, or the ends of lines are")
    }
    if end == 0 { return nil }
    let records = rest[..<end]
    if isFirst { header = Array(records[..<Self.endOfHeader(in: records)]) }
    let headerLineCount = isFirst ? 0 : header.count { $0 == Self.newline }
    let block = Block(bytes: isFirst ? Array(records) : header + records, linesBefore: lineCount - headerLineCount)
    lineCount += records.count { $0 == Self.newline }
    rest.removeSubrange(..<end)
    return block
  }

  private mutating func read() throws(FileFault) {
    do {
      let chunk = try file.read(upToCount: Self.recordBytesMax) ?? Data()
      isAtEnd = chunk.isEmpty
      rest += chunk
    } catch {
      throw FileFault(message: "the file can't be read to its end: \(error.localizedDescription)")
    }
  }

  /// Behind the last record that is complete; `nil` if none is.
  private static func endOfRecords(in bytes: [UInt8]) -> Int? {
    var (end, isQuoted): (Int?, Bool) = (nil, false)
    for index in bytes.indices {
      if bytes[index] == quote { isQuoted.toggle() }
      if bytes[index] == newline, !isQuoted { end = index + 1 }
    }
    return end
  }

  /// Behind the first record that isn't empty.
  private static func endOfHeader(in bytes: ArraySlice<UInt8>) -> Int {
    let mark = CSVReader.byteOrderMark
    var (isEmpty, isQuoted) = (true, false)
    for index in bytes.indices.dropFirst(bytes.starts(with: mark) ? mark.count : 0) {
      if bytes[index] == quote { isQuoted.toggle() }
      if bytes[index] == newline, !isQuoted, !isEmpty { return index + 1 }
      if bytes[index] != newline, bytes[index] != UInt8(ascii: "\r") { isEmpty = false }
    }
    return bytes.endIndex
  }
}
