import Checks
import Fleet
import Foundation
import InputFiles

extension StationFile {
  /// The stations of a file.
  ///
  /// - Throws: ``CommandFailure`` with `FILE_UNREADABLE` or `INVALID_STATION_FILE`, with the line of the first fault.
  static func stations(atPath path: String) throws(CommandFailure) -> [Station] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw CommandFailure("FILE_UNREADABLE", "cannot read the file", value: path)
    }
    do throws(CSVError) {
      return try read(Array(bytes))
    } catch {
      throw CommandFailure(
        "INVALID_STATION_FILE", "line \(error.line): \(Printable.text(error.message))", value: path)
    }
  }
}
