import Foundation

/// Collects the sections of a map file and writes them in one step: aside, synced, renamed.
///
/// The same sections give the same bytes. A write that fails leaves an earlier file as it was.
public struct MapFileWriter {
  private struct Pending {
    let name: String
    let elementBytes: Int
    let count: Int
    let bytes: UnsafeRawBufferPointer
    let owner: AnyObject
  }

  private var sections: [Pending] = []

  public init() {}

  /// Adds a table as the section `name` (at most 31 bytes, once per file). The table's memory is not copied.
  public mutating func add<Index, Element>(_ name: String, _ table: Table<Index, Element>) {
    precondition(name.utf8.count < MapFileFormat.nameBytes, "section name too long")
    precondition(!sections.contains { $0.name == name }, "section written twice")
    precondition(sections.count < MapFileFormat.sectionsMax, "too many sections")
    sections.append(
      Pending(
        name: name, elementBytes: MemoryLayout<Element>.stride, count: table.count,
        bytes: UnsafeRawBufferPointer(table.buffer), owner: table.owner))
  }

  /// Adds CSR offsets as the section `name`.
  public mutating func add<Index>(_ name: String, _ offsets: Offsets<Index>) { add(name, offsets.table) }

  /// Writes the file at `path`: into a neighbour file first, synced, then renamed over `path`.
  ///
  /// - Throws: ``MapFileError`` with `MAP_WRITE_FAILED`; `path` is then as it was before.
  public func write(to path: String) throws(MapFileError) {
    let aside = path + ".partial-\(getpid())"
    let descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure("cannot create", aside) }
    do throws(MapFileError) {
      defer { close(descriptor) }
      try writeContents(to: descriptor, path: aside)
      guard fsync(descriptor) == 0 else { throw Self.failure("cannot sync", aside) }
    } catch {
      unlink(aside)
      throw error
    }
    guard rename(aside, path) == 0 else {
      let failure = Self.failure("cannot rename to", path)
      unlink(aside)
      throw failure
    }
    syncFolder(of: path)
  }

  private func writeContents(to descriptor: Int32, path: String) throws(MapFileError) {
    let layout = self.layout()
    let table = sectionTable(layout.offsets)
    try append(header(fileBytes: layout.fileBytes, table: table) + table, to: descriptor, path: path)
    var written = MapFileFormat.headerBytes + table.count
    for (section, offset) in zip(sections, layout.offsets) {
      try append([UInt8](repeating: 0, count: offset - written), to: descriptor, path: path)
      try append(section.bytes, to: descriptor, path: path)
      written = offset + section.bytes.count
    }
  }

  private func layout() -> (offsets: [Int], fileBytes: Int) {
    var end = MapFileFormat.headerBytes + sections.count * MapFileFormat.entryBytes
    var offsets: [Int] = []
    for section in sections {
      let offset = MapFileFormat.roundedToPage(end)
      offsets.append(offset)
      end = offset + section.bytes.count
    }
    return (offsets, end)
  }

  private func header(fileBytes: Int, table: [UInt8]) -> [UInt8] {
    var bytes = MapFileFormat.magic
    bytes.appendLittleEndian(MapFileFormat.version)
    bytes.appendLittleEndian(UInt32(sections.count))
    bytes.appendLittleEndian(UInt64(fileBytes))
    bytes.appendLittleEndian(table.withUnsafeBytes(MapFileFormat.checksum))
    bytes.appendLittleEndian(bytes.withUnsafeBytes(MapFileFormat.checksum))
    return bytes
  }

  private func sectionTable(_ offsets: [Int]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (section, offset) in zip(sections, offsets) {
      let name = Array(section.name.utf8)
      bytes += name + [UInt8](repeating: 0, count: MapFileFormat.nameBytes - name.count)
      bytes.appendLittleEndian(UInt32(section.elementBytes))
      bytes.appendLittleEndian(MapFileFormat.checksum(section.bytes))
      bytes.appendLittleEndian(UInt64(section.count))
      bytes.appendLittleEndian(UInt64(offset))
      bytes.appendLittleEndian(UInt64(0))
    }
    return bytes
  }

  private func append(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(MapFileError) {
    let isWritten = bytes.withUnsafeBytes { Self.writeAll($0, to: descriptor) }
    guard isWritten else { throw Self.failure("cannot write", path) }
  }

  private func append(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws(MapFileError) {
    guard Self.writeAll(bytes, to: descriptor) else { throw Self.failure("cannot write", path) }
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func failure(_ what: String, _ path: String) -> MapFileError {
    MapFileError(.writeFailed, path: path, "\(what) the file: \(String(cString: strerror(errno)))")
  }

  /// Makes the rename itself durable; a file system that can't sync a folder has nothing more to offer.
  private func syncFolder(of path: String) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

extension [UInt8] {
  mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
