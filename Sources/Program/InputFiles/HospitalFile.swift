import API
import Foundation
import Geometry

/// A CSV file of hospitals.
///
/// The first line names the columns, in any order: `id`, `lat` and `lon` must be there, the others may be missing or
/// empty. Capabilities are joined by `;`. `states` are joined by `;` as well: `open` or `diversion` for the hospital as
/// a whole, `stroke=diversion` for one capability, `burns=open:2` with free beds.
public enum HospitalFile {
  /// The columns that a file may have.
  public enum Column: String, CaseIterable, Sendable, CSVColumn {
    case id, name, lat, lon, heading, capabilities
    case offloadSeconds = "offload_seconds"
    case states
    case reportedAt = "reported_at"
    case source

    static let ignoresOthers = false
    var isRequired: Bool { [.id, .lat, .lon].contains(self) }
  }

  /// The hospitals of a file.
  ///
  /// - Throws: `FILE_UNREADABLE`, or `INVALID_HOSPITAL_FILE` with all faults.
  public static func hospitals(path: String) throws(InputFileError) -> [Hospital] {
    let (hospitals, faults) = try InputFileError.reading(path, .invalidHospitalFile, read)
    guard faults.isEmpty else { throw InputFileError(code: .invalidHospitalFile, faults: faults, value: path) }
    return hospitals
  }

  /// Reads a file's bytes: its hospitals are good if there are no faults. O(bytes).
  ///
  /// - Throws: what makes the rest unreadable: no CSV, a wrong first line.
  public static func read(_ bytes: [UInt8]) throws(FileFault) -> (hospitals: [Hospital], faults: [FileFault]) {
    var (hospitals, faults): ([Hospital], [FileFault]) = ([], [])
    for row in try CSVTable<Column>(bytes).rows {
      switch row.fields {
      case .failure(let fault): faults.append(fault)
      case .success(let fields):
        var reader = FieldReader<Column>(line: row.line)
        if let hospital = hospital(fields.filter { !$0.value.isEmpty }, &reader) { hospitals.append(hospital) }
        faults += reader.faults
      }
    }
    return (hospitals, faults)
  }

  /// `nil` if a field has a fault.
  private static func hospital(_ given: [Column: String], _ reader: inout FieldReader<Column>) -> Hospital? {
    if given[.id] == nil { reader.fault(.id, "", "the field is empty") }
    let place = reader.place(given, .lat, .lon, heading: .heading)
    let offload = given[.offloadSeconds].flatMap {
      reader.number(.offloadSeconds, $0, in: 0...Limits.offloadSecondsMax)
    }
    let reportedAt = given[.reportedAt].flatMap { reader.moment(.reportedAt, $0) }
    var states: [HospitalState] = []
    for word in words(given[.states]) {
      if let state = state(word) { states.append(state) } else { reader.fault(.states, word, stateForm) }
    }
    guard reader.faults.isEmpty, let id = given[.id], let place else { return nil }
    var seen: Set<String> = []
    return Hospital(
      id: id, name: given[.name] ?? "", place: place,
      capabilities: words(given[.capabilities]).filter { seen.insert($0).inserted }, offloadSeconds: offload ?? 0,
      states: states, reportedAt: reportedAt, source: given[.source] ?? "")
  }

  private static func words(_ text: String?) -> [String] {
    (text ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// What ``state(_:)`` reads, for people.
  public static let stateForm =
    "not a state such as open, diversion, closed or unknown, stroke=diversion, or burns=open:2 with free beds"

  /// `diversion`, `stroke=diversion`, `burns=open:2`; `nil` for anything else.
  public static func state(_ text: String) -> HospitalState? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let words = (parts.last ?? "").split(separator: ":", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard let word = words.first, words.count <= 2, let status = HospitalStatus(rawValue: word.lowercased()) else {
      return nil
    }
    let capability = parts.count == 2 ? parts[0].trimmingCharacters(in: .whitespaces) : ""
    if parts.count == 2, capability.isEmpty { return nil }
    guard words.count == 2 else { return HospitalState(status, for: capability) }
    guard let beds = Int(words[1]), (0...Limits.hospitalBedsMax).contains(beds) else { return nil }
    return HospitalState(status, for: capability, freeBeds: beds)
  }
}
