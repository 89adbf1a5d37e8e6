import API
import Dispatching
import Foundation
import RoadGraph

/// Writes a decision as an answer.
struct RecommendationWriter {
  let engine: TocsinEngine
  let question: TocsinEngine.Question
  let decision: Decision
  let finder: ArrivalFinder
  /// Of all incidents that were decided together.
  var incidentIDs: [String] = []

  private var lines: [PlanLine] { question.wish.lines }

  func write(to answer: inout RecommendAnswer) {
    let force = decision.force
    answer.units = force.members.map(recommended)
    answer.open = force.open.map(open)
    answer.lines = reports()
    answer.firstSeconds = force.firstMilliseconds.map(seconds)
    answer.completeSeconds = force.completeMilliseconds.map(seconds)
    (answer.crewTotal, answer.isCrewUnknown) = (force.crewTotal, force.isCrewUnknown)
    answer.crewTotalMin = question.wish.crewTotalMin
    answer.considered = decision.choice.unchosen(
      for: decision.wish, count: question.terms.explainCount, absent: decision.absent
    ).map(considered)
    answer.leftOut = leftOut()
  }

  private func seconds(_ milliseconds: Int64) -> Double { Double(milliseconds) / 1000 }

  private func recommended(_ member: Force.Member) -> RecommendedUnit {
    RecommendedUnit(
      ranked(member.unit, member.arrival, question.terms),
      line: member.line.map { lines[$0].name } ?? "", place: member.place, needIndex: member.needIndex,
      why: member.why.map(\.rawValue), isOnRequest: member.isOnRequest)
  }

  private func considered(_ unchosen: UnchosenUnit) -> ConsideredUnit {
    var heldBy = ""
    switch unchosen.holder {
    case .unit(let id), .incident(let id): heldBy = id
    case .wish(let number): heldBy = number < incidentIDs.count ? incidentIDs[number] : ""
    case nil: break
    }
    return ConsideredUnit(
      ranked(unchosen.unit, unchosen.arrival), reason: unchosen.reason,
      line: unchosen.line.map { lines[$0].name } ?? "", shortBySeconds: unchosen.shortByMilliseconds.map(seconds),
      heldBy: heldBy)
  }

  private func ranked(_ unit: ResponseUnit, _ arrival: Arrival, _ terms: AnswerTerms = AnswerTerms()) -> RankedUnit {
    if let entry = decision.entries[unit.id],
      let ranked = engine.rankedUnit(entry, finder, terms, at: question.moment)
    {
      return ranked
    }
    return RankedUnit(
      unit: unit, etaSeconds: seconds(arrival.etaMilliseconds), turnoutSeconds: 0,
      positionAgeSeconds: max(0, question.moment.timeIntervalSince(unit.reportedAt)),
      route: Route(travelSeconds: 0, lengthMeters: 0))
  }

  private func open(_ open: Force.Open) -> OpenPlaces {
    let line = lines[open.line]
    let freeAt = decision.absent.filter { $0.reason == .status && couldFill(line, $0.unit) }
      .compactMap(\.unit.task?.freeAt).min()
    var reasons = decision.choice.reasons(for: open, of: decision.wish, absent: decision.absent)
    reasons[.notNeeded] = nil
    return OpenPlaces(line.name, count: open.count, leftOut: reasons, freeAt: freeAt)
  }

  private func couldFill(_ line: PlanLine, _ unit: ResponseUnit) -> Bool {
    Wish([PlanLevel([line])]).fits(unit)
  }

  /// Lines of one name, of several levels, are one.
  private func reports() -> [LineReport] {
    var reports: [LineReport] = []
    for (index, line) in lines.enumerated() {
      let times = decision.force.members(of: index).map(\.arrival.etaMilliseconds)
      let openCount = decision.force.open.first { $0.line == index }?.count ?? 0
      let asked = line.isOnlyIfFirst ? 0 : line.count
      var report = LineReport(
        line.name, askedCount: asked, filledCount: line.isOnlyIfFirst ? times.count : asked - openCount,
        completeSeconds: times.max().map(seconds), goalSeconds: line.goalSeconds)
      if let known = reports.firstIndex(where: { $0.line == line.name }) {
        report.askedCount += reports[known].askedCount
        report.filledCount += reports[known].filledCount
        report.completeSeconds = [report.completeSeconds, reports[known].completeSeconds].compactMap(\.self).max()
        report.goalSeconds = [report.goalSeconds, reports[known].goalSeconds].compactMap(\.self).max()
        reports[known] = report
      } else {
        reports.append(report)
      }
    }
    return reports.map(judged)
  }

  private func judged(_ report: LineReport) -> LineReport {
    var report = report
    if let goal = report.goalSeconds, let complete = report.completeSeconds {
      report.isLate = complete + (question.terms.handlingSeconds ?? 0) > goal
    }
    return report
  }

  /// All of the fleet that does not go.
  private func leftOut() -> [LeftOutReason: Int] {
    var counts: [LeftOutReason: Int] = [:]
    for unit in decision.absent { counts[unit.reason, default: 0] += 1 }
    let sent = Set(decision.force.members.map(\.unit.id))
    for (id, entry) in decision.entries where !sent.contains(id) && decision.isComer(id) {
      counts[decision.choice.reason(of: entry.unit, for: decision.wish), default: 0] += 1
    }
    counts[.outranked, default: 0] += decision.outrankedCount
    counts[.notNeeded, default: 0] += question.muster.notNeededCount
    return counts.filter { $0.value > 0 }
  }
}

extension TocsinEngine {
  /// A unit that counts, as an answer has it; `nil` if nobody knows a way for it.
  func rankedUnit(
    _ entry: Muster.Entry, _ finder: ArrivalFinder, _ terms: AnswerTerms = AnswerTerms(), at moment: Date
  ) -> RankedUnit? {
    guard let approach = finder.approach(of: entry.unit),
      let found = finder.trip(of: entry, detail: terms.detail, along: terms.layers)
    else { return nil }
    var ranked = rankedUnit(found, approach, at: moment)
    // As it was reported, not as it counts.
    (ranked.unit, ranked.isAssumed) = (entry.unit, entry.isAssumed)
    return ranked
  }
}
