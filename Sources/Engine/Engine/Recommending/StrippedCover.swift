import API
import Dispatching

/// What goes uncovered if units leave: what each of them alone reaches in time, among those that could do its work.
extension TocsinEngine {
  /// One coverage for each line that somebody fills; lines of one name, of several levels, are one.
  func addStrips(
    _ strips: StripQuestion, to answer: inout RecommendAnswer, _ question: Question, in state: EngineState,
    within limit: WorkLimit
  ) throws(EngineError) {
    for (name, lines) in Dictionary(grouping: question.wish.lines, by: \.name) {
      let filled = answer.units.indices.filter { answer.units[$0].line == name && !answer.units[$0].isGone }
      if filled.isEmpty { continue }
      let wish = Wish([PlanLevel(lines)])
      let free = question.muster.mayGo.filter { !$0.isBound && wish.fits($0.unit) }
      let leaving = filled.compactMap { index in
        question.muster.mayGo.first { $0.unit.id == answer.units[index].unit.unit.id && $0.isBound }
      }
      let alone = try soleCover(of: free + leaving, strips, in: state, within: limit)
      for index in filled {
        answer.units[index].stripsWeight = alone[Self.holder(of: answer.units[index], among: free + leaving)] ?? 0
      }
    }
  }

  /// The unit that stands for the crew of another one.
  private static func holder(of unit: RecommendedUnit, among entries: [Muster.Entry]) -> String {
    let (id, crewID) = (unit.unit.unit.id, unit.unit.unit.crewID)
    if crewID.isEmpty { return id }
    return entries.lazy.filter { $0.unit.crewID == crewID }.map(\.unit.id).min() ?? id
  }
}

extension RecommendedUnit {
  /// It is at the incident or under way there, so that it covers nothing any more.
  fileprivate var isGone: Bool { why.contains("committed") }
}
