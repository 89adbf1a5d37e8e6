import Errors

/// Why a city cannot be planned.
public struct CityPlanError: CodedError, Equatable {
  /// The stable names of the errors.
  public enum Code: String, Sendable {
    /// The number of junctions is below `CityPlan.minimumJunctions` or above `CityPlan.maximumJunctions`.
    case sizeOutOfRange = "CITY_SIZE_OUT_OF_RANGE"
  }

  /// The stable name of the error.
  public let code: Code
  /// The number of junctions that was asked for.
  public let junctions: Int
  public var value: String { "\(junctions)" }

  /// A sentence for people, with the offending value and the limits.
  public var message: String {
    "A city has \(CityPlan.minimumJunctions) to \(CityPlan.maximumJunctions) junctions, not \(junctions)."
  }
}
