import Errors
import Foundation
import TOMLText

/// A fault in a text that people wrote: where it is, and what is wrong.
public struct FileFault: Error, Equatable, CustomStringConvertible {
  /// From 1; `nil` in a format that is not read by lines.
  public var line: Int?
  /// The name of the column; empty if the fault is not one field's.
  public var column = ""
  public var message: String
  /// What was refused; empty if there is no such value.
  public var value = ""

  public var description: String {
    let place = [line.map { "line \($0)" }, column.isEmpty ? nil : column].compactMap(\.self).joined(separator: ", ")
    return (place.isEmpty ? "" : place + ": ") + message + (value.isEmpty ? "" : " (\(value))")
  }
}

/// Why a file that people wrote can't be used; ``value`` is its path.
public struct InputFileError: CodedError, Equatable {
  /// Stable codes.
  public enum Code: String, CaseIterable, Sendable {
    case fileUnreadable = "FILE_UNREADABLE"
    case geoJSONUnreadable = "GEOJSON_UNREADABLE"
    case invalidCallFile = "INVALID_CALL_FILE"
    case invalidHolidayFile = "INVALID_HOLIDAY_FILE"
    case invalidHospitalFile = "INVALID_HOSPITAL_FILE"
    case invalidPlaceFile = "INVALID_PLACE_FILE"
    case invalidPostFile = "INVALID_POST_FILE"
    case invalidLayerFile = "INVALID_LAYER_FILE"
    case invalidIncidentFile = "INVALID_INCIDENT_FILE"
    case invalidPositionFile = "INVALID_POSITION_FILE"
    case invalidStationFile = "INVALID_STATION_FILE"
    case invalidUnitFile = "INVALID_UNIT_FILE"
    case linksUnreadable = "LINKS_UNREADABLE"
    case typicalSpeedsUnreadable = "TYPICAL_SPEEDS_UNREADABLE"
  }

  public var code: Code
  /// What is wrong in the file, at least one; none if it can't be read.
  public var faults: [FileFault]
  public var value: String

  /// - Parameter value: the path.
  public init(code: Code, faults: [FileFault], value: String) {
    (self.code, self.faults, self.value) = (code, faults, value)
  }

  /// Nobody gives a command more; some files, such as devices, have no end.
  private static let bytesMax = 1 << 30

  public var message: String {
    switch faults.count {
    case 0: "the file can't be read"
    case 1: "\(faults[0])"
    default: "\(faults.count) faults"
    }
  }

  /// What `read` makes of the bytes of a file.
  ///
  /// - Throws: `code` for the first fault; `unreadable` if there are no bytes.
  static func reading<Content>(
    _ path: String, _ code: Code, unreadable: Code = .fileUnreadable, _ read: ([UInt8]) throws(FileFault) -> Content
  ) throws(InputFileError) -> Content {
    guard let data = PlainFile.bytes(of: path, upTo: bytesMax + 1) else {
      throw InputFileError(code: unreadable, faults: [], value: path)
    }
    guard data.count <= bytesMax else {
      let fault = FileFault(message: "the file has more than \(bytesMax) bytes")
      throw InputFileError(code: unreadable, faults: [fault], value: path)
    }
    do throws(FileFault) {
      return try read(Array(data))
    } catch {
      throw InputFileError(code: code, faults: [error], value: path)
    }
  }
}
