/// Header and section table of a mapped file, checked field by field before any offset is trusted.
struct MapFileHeader {
  let sections: [MapSection]

  init(_ file: UnsafeRawBufferPointer, path: String) throws(MapFileError) {
    guard file.count >= MapFileFormat.headerBytes, file.starts(with: MapFileFormat.magic) else {
      throw MapFileError(.notAMapFile, path: path, "the file does not start with Tocsin's magic")
    }
    let version: UInt32 = file.littleEndian(at: 8)
    guard version == MapFileFormat.version else {
      throw MapFileError(
        .wrongVersion, path: path,
        "format version \(version), this program reads version \(MapFileFormat.version): make it again from its OSM file "
          + "with `tocsin import`")
    }
    guard MapFileFormat.checksum(UnsafeRawBufferPointer(rebasing: file[0..<28])) == file.littleEndian(at: 28) else {
      throw MapFileError(.corrupt, path: path, "the header does not match its checksum")
    }
    let fileBytes: UInt64 = file.littleEndian(at: 16)
    guard fileBytes == UInt64(file.count) else {
      throw MapFileError(.truncated, path: path, "\(file.count) bytes, the header says \(fileBytes)")
    }
    let count: UInt32 = file.littleEndian(at: 12)
    let tableEnd = MapFileFormat.headerBytes + Int(count) * MapFileFormat.entryBytes
    guard count <= MapFileFormat.sectionsMax, tableEnd <= file.count else {
      throw MapFileError(.corrupt, path: path, "a table of \(count) sections does not fit")
    }
    let table = UnsafeRawBufferPointer(rebasing: file[MapFileFormat.headerBytes..<tableEnd])
    guard MapFileFormat.checksum(table) == file.littleEndian(at: 24) else {
      throw MapFileError(.corrupt, path: path, "the section table does not match its checksum")
    }
    var sections: [MapSection] = []
    for index in 0..<Int(count) {
      let start = index * MapFileFormat.entryBytes
      let entry = UnsafeRawBufferPointer(rebasing: table[start..<start + MapFileFormat.entryBytes])
      sections.append(try Self.section(entry, fileBytes: file.count, path: path))
    }
    self.sections = sections
  }

  private static func section(_ entry: UnsafeRawBufferPointer, fileBytes: Int, path: String) throws(MapFileError)
    -> MapSection
  {
    let name = String(decoding: entry[0..<MapFileFormat.nameBytes].prefix { $0 != 0 }, as: UTF8.self)
    let elementBytes: UInt32 = entry.littleEndian(at: 32)
    let count: UInt64 = entry.littleEndian(at: 40)
    let offset: UInt64 = entry.littleEndian(at: 48)
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: UInt64(elementBytes))
    guard !overflow, elementBytes > 0, offset % UInt64(MapFileFormat.pageBytes) == 0, offset <= fileBytes,
      byteCount <= UInt64(fileBytes) - offset
    else {
      throw MapFileError(.corrupt, path: path, "the section '\(name)' lies outside the file")
    }
    return MapSection(
      name: name, elementBytes: Int(elementBytes), count: Int(count), offset: Int(offset),
      checksum: entry.littleEndian(at: 36))
  }
}

extension UnsafeRawBufferPointer {
  func littleEndian<Value: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> Value {
    Value(littleEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
  }
}
