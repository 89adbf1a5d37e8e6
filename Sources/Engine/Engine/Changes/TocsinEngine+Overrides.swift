import API
import Ledger
import Profiles
import RoadGraph
import TOMLText
import Traffic

extension TocsinEngine {
  public func reload(_ parts: Set<ReloadPart>, by origin: ChangeOrigin, within limit: WorkLimit)
    throws(EngineError) -> ReloadReport
  {
    guard parts == [.overrides] else {
      throw EngineError(.invalidArgument, "this engine stands on its map and its profiles for good")
    }
    guard let overridesPath else {
      throw EngineError(.invalidOverrides, "the engine was started without a file of overrides")
    }
    let overrides = try Self.overrides(at: overridesPath)
    let (resolved, unmatched) = overrides.resolved(on: map.network, profileNames: Set(profileNames))
    var report = ReloadReport(self, self, parts)
    report.version = try writer.withLock { writer throws(EngineError) in
      if writer.isRetired { throw .replaced }
      writer.rules.overrides = resolved
      let (version, moment) = (writer.publisher.latest.version + 1, now())
      recordIfPossible([], version: version, at: moment)
      publish(StateDraft(currentState()), by: &writer, at: moment)
      return version
    }
    (report.overrideCount, report.unmatchedOverrides) = (overrides.entryCount, unmatched)
    return report
  }

  static func overrides(at path: String) throws(EngineError) -> RoadOverrides {
    do throws(FileError) {
      return try RoadOverrides.load(path)
    } catch {
      throw EngineError(.invalidOverrides, "\(error)", value: error.value)
    }
  }
}
