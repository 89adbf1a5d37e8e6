import API
import Foundation
import TOMLText

/// A CSV file of calls, read piece by piece: it may have millions.
///
/// The first line names the columns, in any order: `lat` and `lon` must be there; `id`, `heading` and `time` may be
/// missing or empty. Other columns are the file's own. A time is a local one, such as 2026-05-01 12:00 or 2026-05-01
/// 12:00:00, or one as in files of units, with its time zone.
public struct CallFile {
  /// Where somebody called for help, and when.
  public struct Call: Sendable, Equatable {
    /// Its number in the file, from 1, where the file has none.
    public var id: String
    public var place: Place
    /// Of the day, 0 to 23; `nil` where the file doesn't say.
    public var hour: Int?
  }

  private enum Column: String, CSVColumn {
    case id, lat, lon, heading, time

    static let ignoresOthers = true
    var isRequired: Bool { self == .lat || self == .lon }
  }

  /// A line takes no more.
  public static let recordBytesMax = CSVBlocks.recordBytesMax

  private let path: String
  private let calendar: Calendar
  private var blocks: CSVBlocks
  private var callCount = 0

  /// - Parameter timeZone: in which moments with a time zone of their own are told.
  /// - Throws: `FILE_UNREADABLE`.
  public init(path: String, timeZone: TimeZone) throws(InputFileError) {
    guard let file = PlainFile.handle(of: path) else {
      throw InputFileError(code: .fileUnreadable, faults: [], value: path)
    }
    self.path = path
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    self.calendar = calendar
    blocks = CSVBlocks(file)
  }

  /// The next calls in their order, and what in the lines between them can't be read; `nil` at the end.
  ///
  /// - Throws: `INVALID_CALL_FILE` for what makes the rest unreadable: no CSV, a wrong first line, no call at all.
  public mutating func next() throws(InputFileError) -> (calls: [Call], faults: [FileFault])? {
    do throws(FileFault) {
      guard let block = try blocks.next() else {
        if callCount == 0 { throw FileFault(line: 1, message: "the file names no call") }
        return nil
      }
      return try read(block)
    } catch {
      throw InputFileError(code: .invalidCallFile, faults: [error], value: path)
    }
  }

  private mutating func read(_ block: CSVBlocks.Block) throws(FileFault) -> (calls: [Call], faults: [FileFault]) {
    func inFile(_ fault: FileFault) -> FileFault {
      var fault = fault
      fault.line = fault.line.map { $0 + block.linesBefore }
      return fault
    }
    let table: CSVTable<Column>
    do throws(FileFault) { table = try CSVTable<Column>(block.bytes) } catch { throw inFile(error) }
    var (calls, faults): ([Call], [FileFault]) = ([], [])
    for row in table.rows {
      callCount += 1
      switch row.fields {
      case .failure(let fault): faults.append(inFile(fault))
      case .success(let fields):
        var reader = FieldReader<Column>(line: row.line)
        if let call = call(fields, &reader) { calls.append(call) }
        faults += reader.faults.map(inFile)
      }
    }
    return (calls, faults)
  }

  /// `nil` if a field has a fault.
  private func call(_ fields: [Column: String], _ reader: inout FieldReader<Column>) -> Call? {
    let place = reader.place(fields, .lat, .lon, heading: .heading)
    let hour = fields[.time].flatMap { $0.isEmpty ? nil : self.hour($0, &reader) }
    guard reader.faults.isEmpty, let place else { return nil }
    let id = fields[.id] ?? ""
    return Call(id: id.isEmpty ? "\(callCount)" : id, place: place, hour: hour)
  }

  private func hour(_ text: String, _ reader: inout FieldReader<Column>) -> Int? {
    Self.localHour(text) ?? reader.moment(.time, text).map { calendar.component(.hour, from: $0) }
  }

  /// Of a moment without a time zone.
  private static func localHour(_ text: String) -> Int? {
    let lengths = ["2026-05-01 12:00".utf8.count, "2026-05-01 12:00:00".utf8.count]
    guard lengths.contains(text.utf8.count) else { return nil }
    let numbers = text.split { "-: T".contains($0) }.map { Int($0) }
    guard lengths.indices.contains(numbers.count - 5), !numbers.contains(nil) else { return nil }
    let ranges = [0...9_999, 1...12, 1...31, 0...23, 0...59, 0...60]
    guard zip(numbers, ranges).allSatisfy({ number, range in number.map(range.contains) ?? false }) else { return nil }
    return numbers[3]
  }
}
