import API
import Fleet
import Foundation
import InputFiles

extension UnitFile {
  private static let faultsShownMax = 20

  /// The units of a file, as of now.
  ///
  /// - Throws: ``CommandFailure`` with `FILE_UNREADABLE`, or `INVALID_UNIT_FILE` after the faults were shown.
  static func units(atPath path: String) throws(CommandFailure) -> [ResponseUnit] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw CommandFailure("FILE_UNREADABLE", "cannot read the file", value: path)
    }
    switch read(Array(bytes), now: Date()) {
    case .units(let units): return units
    case .faults(let faults):
      for fault in faults.prefix(faultsShownMax) { Console.complain("\(path): \(Printable.text("\(fault)"))\n") }
      throw CommandFailure(
        "INVALID_UNIT_FILE", "\(Figures.count(faults.count, of: "fault")), nothing was sent", value: path)
    }
  }
}
