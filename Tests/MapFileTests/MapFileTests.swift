import Foundation
import TestSupport
import Testing

@testable import MapFile

struct RowID: TableIndex {
  let rawValue: UInt32
  init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

@Suite struct MapFileTests {
  let folder = TemporaryFolder()
  let numbers = Table<RowID, UInt32>([3, 1, 4, 1, 5])
  let bytes = Table<RowID, UInt8>(Array("map".utf8))

  private func writer() -> MapFileWriter {
    var writer = MapFileWriter()
    writer.add("numbers", numbers)
    writer.add("bytes", bytes)
    writer.add("nothing", Table<RowID, Int64>([]))
    writer.add("offsets", Offsets<RowID>(counts: [2, 0, 3]))
    return writer
  }

  @Test func givesBackWhatWasWritten() throws {
    let path = folder.path("a.tocsin")
    try writer().write(to: path)
    let file = try MappedMapFile(path: path)
    #expect(file.sections.map(\.name) == ["numbers", "bytes", "nothing", "offsets"])
    #expect(file.sections.allSatisfy { $0.offset % 4096 == 0 })
    let (numbers, bytes): (Table<RowID, UInt32>, Table<RowID, UInt8>) = try (file.table("numbers"), file.table("bytes"))
    #expect(numbers.indices.map { numbers[$0] } == [3, 1, 4, 1, 5])
    #expect(bytes.indices.map { bytes[$0] } == Array("map".utf8))
    #expect(try file.table("nothing", as: Table<RowID, Int64>.self).isEmpty)
    let offsets: Offsets<RowID> = try file.offsets("offsets", count: 3, total: 5)
    #expect(offsets.indices.map { offsets[$0] } == [0..<2, 2..<2, 2..<5])
  }

  @Test func tablesOutliveTheFileObject() throws {
    let path = folder.path("a.tocsin")
    try writer().write(to: path)
    let table = try MappedMapFile(path: path).table("numbers", as: Table<RowID, UInt32>.self)
    try FileManager.default.removeItem(atPath: path)
    #expect(table.indices.map { table[$0] } == [3, 1, 4, 1, 5])
  }

  @Test func sameSectionsGiveTheSameBytes() throws {
    try writer().write(to: folder.path("a.tocsin"))
    try writer().write(to: folder.path("b.tocsin"))
    #expect(try folder.contents("a.tocsin") == folder.contents("b.tocsin"))
  }

  /// Every byte of the header, the section table and the sections counts; padding between them does not.
  @Test func noticesEveryFlippedByte() throws {
    let path = folder.path("a.tocsin")
    try writer().write(to: path)
    let good = try folder.contents("a.tocsin")
    let sections = try MappedMapFile(path: path).sections
    let tableEnd = MapFileFormat.headerBytes + sections.count * MapFileFormat.entryBytes
    let counting = Array(0..<tableEnd) + sections.flatMap { Array($0.offset..<$0.offset + $0.byteCount) }
    for position in counting {
      for flip in [UInt8(0x01), 0x80, 0xFF] {
        var bad = good
        bad[position] ^= flip
        try bad.write(to: folder.url("b.tocsin"))
        #expect(throws: MapFileError.self, "byte \(position) flipped by \(flip)") {
          try MappedMapFile(path: folder.path("b.tocsin"))
        }
      }
    }
  }

  @Test func noticesEveryTruncation() throws {
    try writer().write(to: folder.path("a.tocsin"))
    let good = try folder.contents("a.tocsin")
    let lengths = Array(0..<300) + Array(stride(from: 300, to: good.count, by: 97)) + [good.count - 1, good.count + 1]
    for length in lengths {
      let bad = length <= good.count ? good.prefix(length) : good + Data([0])
      try bad.write(to: folder.url("b.tocsin"))
      let error = #expect(throws: MapFileError.self, "\(length) bytes") {
        try MappedMapFile(path: folder.path("b.tocsin"))
      }
      let expected: MapFileError.Code = length < MapFileFormat.headerBytes ? .notAMapFile : .truncated
      #expect(error?.code == expected, "\(length) bytes")
    }
  }

  @Test func refusesAnotherVersion() throws {
    let path = folder.path("a.tocsin")
    try writer().write(to: path)
    var bytes = try folder.contents("a.tocsin")
    bytes[8] += 1
    try bytes.write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: MapFileError.self) { try MappedMapFile(path: path) }
    #expect(error?.code == .wrongVersion)
    #expect(error?.message.contains("`tocsin import`") == true)
  }

  @Test func refusesWhatIsNoMapFile() throws {
    let cases: [(String, Data)] = [
      ("text", Data(repeating: 65, count: 5_000)), ("empty", Data()),
      ("png", Data([0x89, 0x50, 0x4E, 0x47] + [UInt8](repeating: 0, count: 99))),
      ("textmode", Data("TOCSIN\n".utf8) + Data(count: 99)),
    ]
    for (name, contents) in cases {
      try contents.write(to: folder.url(name))
      #expect(throws: MapFileError.self, "\(name)") { try MappedMapFile(path: folder.path(name)) }
    }
    let missing = #expect(throws: MapFileError.self) { try MappedMapFile(path: folder.path("missing")) }
    #expect(missing?.code == .notFound)
    #expect(missing?.path == folder.path("missing"))
    let directory = #expect(throws: MapFileError.self) { try MappedMapFile(path: folder.path("")) }
    #expect(directory?.code == .notAMapFile)
  }

  /// Nobody ever writes into the pipe.
  @Test(.timeLimit(.minutes(1))) func aPipeIsNotWaitedFor() {
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    let error = #expect(throws: MapFileError.self) { try MappedMapFile(path: folder.path("pipe")) }
    #expect(error?.code == .notAMapFile)
  }

  @Test func missesSectionsByName() throws {
    let path = folder.path("a.tocsin")
    try writer().write(to: path)
    let file = try MappedMapFile(path: path)
    let missing = #expect(throws: MapFileError.self) { try file.table("other", as: Table<RowID, UInt32>.self) }
    #expect(missing?.code == .missingSection)
    #expect(missing?.message.contains("other") == true)
    let mistyped = #expect(throws: MapFileError.self) { try file.table("numbers", as: Table<RowID, Int64>.self) }
    #expect(mistyped?.code == .corrupt)
  }

  @Test func refusesOffsetsThatDoNotFit() throws {
    var writer = MapFileWriter()
    writer.add("falling", Table<RowID, UInt32>([0, 3, 2, 5]))
    writer.add("late", Table<RowID, UInt32>([1, 2, 3, 5]))
    writer.add("short", Table<RowID, UInt32>([0, 2, 3, 4]))
    writer.add("empty", Table<RowID, UInt32>([]))
    let path = folder.path("a.tocsin")
    try writer.write(to: path)
    let file = try MappedMapFile(path: path)
    for name in ["falling", "late", "short", "empty"] {
      let error = #expect(throws: MapFileError.self, "\(name)") {
        let _: Offsets<RowID> = try file.offsets(name, count: 3, total: 5)
      }
      #expect(error?.code == .corrupt)
    }
  }

  @Test func failedWriteLeavesTheOldFile() throws {
    let path = folder.path("a.tocsin")
    try Data("old".utf8).write(to: URL(fileURLWithPath: path))
    let blocked = folder.path("blocked")
    try FileManager.default.createDirectory(atPath: blocked + "/full", withIntermediateDirectories: true)
    // Renaming a file over a folder that is not empty fails after everything was written.
    let error = #expect(throws: MapFileError.self) { try writer().write(to: blocked) }
    #expect(error?.code == .writeFailed)
    #expect(throws: MapFileError.self) { try writer().write(to: folder.path("no/such/folder.tocsin")) }
    #expect(try folder.names() == ["a.tocsin", "blocked"], "something was left behind")
    #expect(try folder.contents("a.tocsin") == Data("old".utf8))
  }

  @Test func replacesAnEarlierFile() throws {
    let path = folder.path("a.tocsin")
    try writer().write(to: path)
    let old = try MappedMapFile(path: path).table("numbers", as: Table<RowID, UInt32>.self)
    var next = MapFileWriter()
    next.add("numbers", Table<RowID, UInt32>([2, 7]))
    try next.write(to: path)
    let new = try MappedMapFile(path: path).table("numbers", as: Table<RowID, UInt32>.self)
    #expect(new.indices.map { new[$0] } == [2, 7])
    #expect(old.indices.map { old[$0] } == [3, 1, 4, 1, 5], "a reader of the old file lost it")
    #expect(try folder.names() == ["a.tocsin"])
  }

  /// Garbage of every kind behind a correct header: bounds are checked before anything is read.
  @Test(arguments: 0..<200)
  func survivesSectionTablesOfGarbage(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    try writer().write(to: folder.path("a.tocsin"))
    var bytes = [UInt8](try folder.contents("a.tocsin"))
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let position = MapFileFormat.headerBytes + Int.random(in: 32..<4 * MapFileFormat.entryBytes, using: &random)
      bytes[position] = .random(in: 0...255, using: &random)
    }
    let table = bytes[MapFileFormat.headerBytes..<MapFileFormat.headerBytes + 4 * MapFileFormat.entryBytes]
    bytes.replaceSubrange(24..<28, with: Self.littleEndian(table.withUnsafeBytes(MapFileFormat.checksum)))
    bytes.replaceSubrange(28..<32, with: Self.littleEndian(bytes[0..<28].withUnsafeBytes(MapFileFormat.checksum)))
    try Data(bytes).write(to: folder.url("b.tocsin"))
    guard let file = try? MappedMapFile(path: folder.path("b.tocsin")) else { return }
    for section in file.sections { #expect(section.offset + section.byteCount <= bytes.count, "seed \(seed)") }
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
}
