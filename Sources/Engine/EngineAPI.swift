import Fleet
import Geometry
import Traffic

/// The use cases, without any transport: what a server calls and a test can call directly.
///
/// All methods may be called from any thread, at the same time. A query runs on one immutable snapshot and its answer
/// names the snapshot's version; a query that starts after a change was acknowledged sees the change.
public protocol EngineAPI: Sendable {
  /// Adds units or replaces them by id, all or none. O(units x log segments): each is snapped on arrival.
  func putUnits(_ units: [ResponseUnit]) throws(EngineError) -> UnitsAnswer
  /// Removes units, all or none.
  func removeUnits(_ ids: [String]) throws(EngineError) -> UnitsAnswer
  /// All units by id.
  func listUnits() -> (version: UInt64, units: [ListedUnit])
  func fastestUnits(_ request: FastestUnitsRequest) throws(EngineError) -> FastestUnitsAnswer
  func route(_ request: RouteRequest) throws(EngineError) -> RouteAnswer
  func snap(_ request: SnapRequest) throws(EngineError) -> SnapAnswer
  /// Adds closures or replaces them by id, all or none.
  func putClosures(_ closures: [RoadClosure]) throws(EngineError) -> ClosuresAnswer
  /// Lifts closures, all or none.
  func liftClosures(_ ids: [String]) throws(EngineError) -> ClosuresAnswer
  /// All closures by id, those to come and those in force.
  func listClosures() -> ClosuresAnswer
  /// Reads the department's file of overrides again; one with a fault leaves those in force that were.
  func reloadOverrides() throws(EngineError) -> OverridesAnswer
  func status() -> StatusAnswer
}
