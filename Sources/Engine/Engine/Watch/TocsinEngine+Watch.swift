import API
import Foundation

/// The streams of answers, and what each answer depends on.
extension TocsinEngine {
  public func watchTraffic() throws(EngineError) -> any AnswerStream<TrafficEvent> {
    let snapshot = currentState().snapshot
    let watch = TrafficWatch(
      first: PublishedChanges(version: snapshot.version, publishedAt: snapshot.publishedAt, isTrafficNew: true))
    try hub.add(watch)
    return watch
  }

  public func watchCoverage(
    _ request: WatchCoverageRequest
  ) throws(EngineError) -> any AnswerStream<CoverageAnswer> {
    try Validation.watchCoverage(request, limits)
    let watch = CoverageWatch(request, on: self)
    try hub.add(watch)
    return watch
  }

  public func follow(_ request: FollowRequest) throws(EngineError) -> any AnswerStream<FollowEvent> {
    try Validation.follow(request)
    let fleet = currentState().fleet
    for id in request.unitIDs where fleet[id] == nil {
      throw EngineError(.unknownUnit, "there is no such unit to follow", value: id)
    }
    let watch = FollowWatch(request, on: self)
    try hub.add(watch)
    return watch
  }

  public func watch(_ question: WatchQuestion) throws(EngineError) -> any AnswerStream<WatchAnswer> {
    var asked = question
    switch question {
    case .route(var request):
      try Validation.route(request)
      // By these it is seen whether the way is another one.
      request.detail.insert(.ways)
      asked = .route(request)
    case .fastestUnits(var request):
      try Validation.fastestUnits(request, limits)
      request.detail.insert(.ways)
      asked = .fastestUnits(request)
    case .recommend(let request): try Validation.recommend(request, limits)
    case .coverage(let request): try Validation.coverage(request, limits)
    case .reach(let request): try Validation.reach(request)
    }
    let watch = QuestionWatch(asked, on: self)
    try hub.add(watch)
    return watch
  }

  /// The answer of the moment, and what may change it.
  ///
  /// - Parameter limit: once it is over, the answer is none.
  func answer(
    to question: WatchQuestion, within limit: WorkLimit
  ) -> (version: UInt64, content: WatchAnswer.Content, reach: WatchReach) {
    do throws(EngineError) {
      switch question {
      case .route(let request):
        return try withTraffic(of: request.whatIf, at: request.departAt, for: request.profile, within: limit) {
          state throws(EngineError) in
          let found = try routed(request, in: state, within: limit)
          return (
            found.answer.version, .route(found.answer), reach(of: found, request).widened(by: request.departAt)
          )
        }
      case .fastestUnits(let request):
        return try withTraffic(of: request.whatIf, at: request.departAt, within: limit) { state throws(EngineError) in
          let found = try ranked(request, in: state, within: limit)
          return (
            found.answer.version, .fastestUnits(found.answer), reach(of: found, request).widened(by: request.departAt)
          )
        }
      case .recommend(let request):
        return try withTraffic(of: request.whatIf, at: request.departAt, within: limit) { state throws(EngineError) in
          let (answer, wish) = try recommended(request, in: state, within: limit)
          return (answer.version, .recommend(answer), WatchReach(of: answer, request, wish))
        }
      case .coverage(let request):
        let answer = try coverage(request, within: limit)
        return (answer.version, .coverage(answer), WatchReach(.anything))
      case .reach(let request):
        let answer = try self.reach(request, within: limit)
        return (answer.version, .reach(answer), WatchReach(WatchReach.Wide(asksForPlans: false)))
      }
    } catch {
      var reach = WatchReach()
      reach.wantsMore = true
      if question.isWide { reach.wide = .anything }
      if case .fastestUnits = question { reach.asksForUnits = true }
      reach.asksForLayers = question.asksForLayers
      return (currentState().snapshot.version, .refusal(error), reach)
    }
  }
}

extension WatchReach {
  /// Of a moment to come anything may change the answer: what is put now may hold then.
  fileprivate func widened(by departure: Date?) -> WatchReach {
    guard departure != nil else { return self }
    var reach = self
    reach.wide = .anything
    return reach
  }
}
