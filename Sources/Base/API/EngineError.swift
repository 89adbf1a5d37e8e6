import Errors

/// Why the engine refused a request: a stable code, a message for people and the offending value.
public struct EngineError: CodedError, Hashable {
  /// Stable names of what can be wrong. Callers may branch on them; they are never renamed.
  public enum Code: String, CaseIterable, Sendable {
    case invalidArgument = "INVALID_ARGUMENT"
    case invalidCoordinate = "INVALID_COORDINATE"
    case invalidHeading = "INVALID_HEADING"
    case invalidCount = "INVALID_COUNT"
    case invalidRadius = "INVALID_RADIUS"
    case invalidDepth = "INVALID_DEPTH"
    case invalidLimit = "INVALID_LIMIT"
    case invalidUnit = "INVALID_UNIT"
    case invalidClosure = "INVALID_CLOSURE"
    case invalidSpeeds = "INVALID_SPEEDS"
    case invalidFeed = "INVALID_FEED"
    case invalidOverrides = "INVALID_OVERRIDES"
    case invalidPlan = "INVALID_PLAN"
    case invalidLayer = "INVALID_LAYER"
    case invalidHospital = "INVALID_HOSPITAL"
    case invalidPost = "INVALID_POST"
    case invalidBusyShare = "INVALID_BUSY_SHARE"
    case invalidTile = "INVALID_TILE"
    case emptyLine = "EMPTY_LINE"
    case badHours = "BAD_HOURS"
    case duplicateFeature = "DUPLICATE_FEATURE"
    case ambiguousChoice = "AMBIGUOUS_CHOICE"
    case offMap = "OFF_MAP"
    case noRoute = "NO_ROUTE"
    case nothingMatched = "NOTHING_MATCHED"
    case unknownProfile = "UNKNOWN_PROFILE"
    case unknownWay = "UNKNOWN_WAY"
    case unknownNodes = "UNKNOWN_NODES"
    case unknownLink = "UNKNOWN_LINK"
    case unknownUnit = "UNKNOWN_UNIT"
    case unknownClosure = "UNKNOWN_CLOSURE"
    case unknownPlan = "UNKNOWN_PLAN"
    case unknownLevel = "UNKNOWN_LEVEL"
    case unknownLayer = "UNKNOWN_LAYER"
    case unknownHospital = "UNKNOWN_HOSPITAL"
    case unknownPost = "UNKNOWN_POST"
    case unknownMarker = "UNKNOWN_MARKER"
    case unknownLanguage = "UNKNOWN_LANGUAGE"
    case unreadablePlace = "UNREADABLE_PLACE"
    case noPlan = "NO_PLAN"
    case noHospitals = "NO_HOSPITALS"
    case noPosts = "NO_POSTS"
    case noStagingPlaces = "NO_STAGING_PLACES"
    case inUse = "IN_USE"
    case staleRevision = "STALE_REVISION"
    case changedMeanwhile = "CHANGED_MEANWHILE"
    case timeAhead = "TIME_AHEAD"
    case nothingInTime = "NOTHING_IN_TIME"
    case departInPast = "DEPART_IN_PAST"
    case departTooFar = "DEPART_TOO_FAR"
    case limitExceeded = "LIMIT_EXCEEDED"
    case ledgerFailed = "LEDGER_FAILED"
    case ledgerDamaged = "LEDGER_DAMAGED"
    case outcomeUnknown = "OUTCOME_UNKNOWN"
    case mapUnusable = "MAP_UNUSABLE"
    case wrongMap = "WRONG_MAP"
    case invalidProfiles = "INVALID_PROFILES"
    case invalidLinks = "INVALID_LINKS"
    case invalidTypicalSpeeds = "INVALID_TYPICAL_SPEEDS"
    case fitsNoLine = "FITS_NO_LINE"
    case duplicateIncident = "DUPLICATE_INCIDENT"
    case reloadRunning = "RELOAD_RUNNING"
    case engineReplaced = "ENGINE_REPLACED"
    case deadlineExceeded = "DEADLINE_EXCEEDED"
    case cancelled = "CANCELLED"
  }

  public let code: Code
  public let message: String
  /// The value that was refused, as the caller would write it; empty if there is none.
  public let value: String

  public init(_ code: Code, _ message: String, value: String = "") {
    (self.code, self.message, self.value) = (code, message, value)
  }
}
