import API
import AnswerJSON
import Foundation

extension StatusAnswer {
  var json: JSONObject {
    [
      "version": version, "map": mapPath, "timeZone": timeZone, "startedAt": Figures.moment(startedAt),
      "snapshotPublishedAt": Figures.moment(snapshotPublishedAt), "lastUpdate": lastUpdate.json,
      "waitingChanges": waitingChangeCount, "profiles": profiles, "vertices": vertexCount, "arcs": arcCount,
      "units": unitCount, "closures": closureCount, "links": linkCount, "feeds": feeds.map(\.json),
      "speeds": speedSources.map { source -> JSONObject in
        ["source": source.source, "roads": source.speedCount, "turns": source.turnPenaltyCount]
      },
      "hospitals": hospitalCount, "posts": postCount, "plans": planCount, "planChoices": planChoiceCount,
      "layers": layerCount, "layerFeatures": layerFeatureCount, "typicalRoads": typicalRoadCount,
      "unmatchedTypicalRoads": unmatchedTypicalCount,
      "ledgerFault": ledgerFault, "ledgerRefused": ledgerRefusedCount,
    ]
  }
}

extension UpdateTimes {
  fileprivate var json: JSONObject {
    [
      "changes": changeCount, "resolveMilliseconds": Rounded.thousandths(resolveMilliseconds),
      "draftMilliseconds": Rounded.thousandths(draftMilliseconds),
      "recordMilliseconds": Rounded.thousandths(recordMilliseconds),
      "publishMilliseconds": Rounded.thousandths(publishMilliseconds),
    ]
  }
}

extension FeedStatus {
  fileprivate var json: JSONObject {
    [
      "source": report.source, "isStale": isStale, "lastPutAt": Figures.moment(lastPutAt),
      "intervalSeconds": report.intervalSeconds > 0 ? report.intervalSeconds : nil, "records": report.recordCount,
      "skipped": report.skippedCount, "known": knownCount, "inForce": inForceCount, "unmatched": unmatchedCount,
    ]
  }
}

/// What a server does and knows, for people.
enum StatusText {
  static func text(_ status: StatusAnswer, now: Date = Date()) -> String {
    var text = TextTable(ofPairs: facts(status, now: now)).text
    if !status.speedSources.isEmpty { text += "\n" + speeds(status.speedSources) }
    if !status.feeds.isEmpty { text += "\n" + feeds(status.feeds, now: now) }
    return text
  }

  private static func facts(_ status: StatusAnswer, now: Date) -> [(name: String, text: String)] {
    let clock = LocalClock(zoneName: status.timeZone)
    let age = Figures.time(seconds: max(0, now.timeIntervalSince(status.snapshotPublishedAt)))
    let size = "\(Figures.count(status.vertexCount)) junctions, \(Figures.count(status.arcCount)) arcs"
    var facts = [
      ("map", "\(status.mapPath): \(size)"), ("time zone", status.timeZone),
      ("profiles", status.profiles.joined(separator: ", ")), ("units", Figures.count(status.unitCount)),
      ("closures", Figures.count(status.closureCount)),
      ("version", "\(status.version), published \(clock.text(status.snapshotPublishedAt)), \(age) ago"),
      ("changed", times(status.lastUpdate)), ("waiting", Figures.count(status.waitingChangeCount, of: "change")),
      ("up since", clock.text(status.startedAt)),
    ]
    if !status.ledgerFault.isEmpty { facts.append(("ledger", "REFUSES CHANGES: \(status.ledgerFault)")) }
    if status.planCount > 0 {
      let choices = Figures.count(status.planChoiceCount, of: "choice")
      facts.append(("plans", "\(Figures.count(status.planCount)), \(choices)"))
    }
    if status.hospitalCount > 0 { facts.append(("hospitals", Figures.count(status.hospitalCount))) }
    if status.postCount > 0 { facts.append(("posts", Figures.count(status.postCount))) }
    if status.layerCount > 0 {
      let features = Figures.count(status.layerFeatureCount, of: "feature")
      facts.append(("layers", "\(Figures.count(status.layerCount)), \(features)"))
    }
    if status.linkCount > 0 { facts.append(("links", Figures.count(status.linkCount))) }
    if status.typicalRoadCount + status.unmatchedTypicalCount > 0 {
      let missing =
        status.unmatchedTypicalCount > 0 ? ", \(Figures.count(status.unmatchedTypicalCount)) not on the map" : ""
      facts.append(("typical speeds", Figures.count(status.typicalRoadCount, of: "road") + missing))
    }
    return facts
  }

  private static func times(_ times: UpdateTimes) -> String {
    func milliseconds(_ value: Double) -> String { Figures.decimals(value, 1) }
    return "\(Figures.count(times.changeCount, of: "call")): roads \(milliseconds(times.resolveMilliseconds)), "
      + "draft \(milliseconds(times.draftMilliseconds)), ledger \(milliseconds(times.recordMilliseconds)), "
      + "weights \(milliseconds(times.publishMilliseconds)) ms"
  }

  private static func speeds(_ sources: [SpeedSource]) -> String {
    TextTable("speeds of", ">roads", ">turns").text(of: sources) {
      [$0.source, Figures.count($0.speedCount), Figures.count($0.turnPenaltyCount)]
    }
  }

  private static func feeds(_ feeds: [FeedStatus], now: Date) -> String {
    TextTable("feed", "state", ">heard", ">every", ">records", ">in force", ">unmatched", ">skipped").text(
      of: feeds, isAlarming: \.isStale
    ) { feed in
      let interval = feed.report.intervalSeconds
      return [
        feed.report.source, interval > 0 ? (feed.isStale ? "STALE" : "fresh") : "once",
        Figures.time(seconds: max(0, now.timeIntervalSince(feed.lastPutAt))) + " ago",
        interval > 0 ? Figures.time(seconds: interval) : "", Figures.count(feed.report.recordCount),
        Figures.count(feed.inForceCount), Figures.count(feed.unmatchedCount), Figures.count(feed.report.skippedCount),
      ]
    }
  }
}
