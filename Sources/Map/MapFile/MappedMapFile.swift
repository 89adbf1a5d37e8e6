import Foundation

/// A map file, mapped into memory and checked: every section that it gives out is in bounds and has its checksum.
///
/// Opening costs one pass over the file at the speed of CRC-32 (about 10 ms for a metropolis); nothing is copied.
public final class MappedMapFile: Sendable {
  public let path: String
  public let byteCount: Int
  /// The sections in the order of the file.
  public let sections: [MapSection]
  private nonisolated(unsafe) let base: UnsafeRawPointer

  /// Maps the file at `path` and checks magic, version, length, section table and the checksum of every section.
  ///
  /// - Throws: ``MapFileError``: not found, not a map file, wrong version, truncated or corrupt.
  public init(path: String) throws(MapFileError) {
    let mapping = try Self.map(path)
    do throws(MapFileError) {
      sections = try MapFileHeader(mapping, path: path).sections
      for section in sections { try Self.check(section, in: mapping, path: path) }
    } catch {
      munmap(UnsafeMutableRawPointer(mutating: mapping.baseAddress), mapping.count)
      throw error
    }
    self.path = path
    byteCount = mapping.count
    base = mapping.baseAddress!
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: base), byteCount) }

  /// The section `name` as a table of `Element`.
  ///
  /// - Throws: ``MapFileError`` if the file has no such section or its elements have another size.
  public func table<Index, Element>(
    _ name: String, as type: Table<Index, Element>.Type = Table<Index, Element>.self
  ) throws(MapFileError) -> Table<Index, Element> {
    guard let section = sections.first(where: { $0.name == name }) else {
      throw MapFileError(.missingSection, path: path, "the section '\(name)' is missing")
    }
    guard section.elementBytes == MemoryLayout<Element>.stride else {
      throw MapFileError(
        .corrupt, path: path,
        "the section '\(name)' has elements of \(section.elementBytes) bytes, not \(MemoryLayout<Element>.stride)")
    }
    let start = (base + section.offset).bindMemory(to: Element.self, capacity: max(section.count, 1))
    return Table(base: start, count: section.count, owner: self)
  }

  /// The section `name` as CSR offsets of `count` rows into a table of `total` rows.
  ///
  /// - Throws: ``MapFileError`` if it is missing or not ascending from 0 to `total`.
  public func offsets<Index>(_ name: String, count: Int, total: Int) throws(MapFileError) -> Offsets<Index> {
    let offsets = Offsets<Index>(try table(name))
    guard offsets.table.count == count + 1, offsets.isValid(total: total) else {
      throw MapFileError(.corrupt, path: path, "the section '\(name)' is not \(count + 1) offsets up to \(total)")
    }
    return offsets
  }

  private static func map(_ path: String) throws(MapFileError) -> UnsafeRawBufferPointer {
    // Without waiting: a named pipe in the map's place would hold a reload until somebody writes.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw MapFileError(.notFound, path: path, "cannot open the file: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw MapFileError(.notAMapFile, path: path, "not a regular file")
    }
    guard status.st_size >= MapFileFormat.headerBytes else {
      throw MapFileError(.notAMapFile, path: path, "\(status.st_size) bytes are too few for a map file")
    }
    let byteCount = Int(status.st_size)
    guard let base = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
      throw MapFileError(.notFound, path: path, "cannot map the file: \(String(cString: strerror(errno)))")
    }
    return UnsafeRawBufferPointer(start: base, count: byteCount)
  }

  private static func check(_ section: MapSection, in mapping: UnsafeRawBufferPointer, path: String)
    throws(MapFileError)
  {
    let bytes = UnsafeRawBufferPointer(rebasing: mapping[section.offset..<section.offset + section.byteCount])
    guard MapFileFormat.checksum(bytes) == section.checksum else {
      throw MapFileError(.corrupt, path: path, "the section '\(section.name)' does not match its checksum")
    }
  }
}
