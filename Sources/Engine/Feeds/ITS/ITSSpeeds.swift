import Foundation

/// Speeds of links as Korea's national traffic centre measures them. A speed that is empty, 0 or negative is unknown,
/// as is one that is too old. Source: https://its.go.kr/opendata, trafficInfo.
struct ITSSpeeds {
  let context: FeedContext

  func content(of data: Data) throws(FeedError) -> FeedContent {
    var builder = ContentBuilder(moment: context.moment)
    // Nearly all links were measured at the same moment.
    var last: (date: String, isTooOld: Bool)?
    for (index, item) in try ITSEnvelope.items(in: data).enumerated() {
      let item = JSONObject(item)
      builder.linkSpeed(at: RecordPlace(record: index + 1, id: item?.text("linkId") ?? "")) {
        () throws(RecordRefusal) in
        guard let item else { throw RecordRefusal(.badValue, "not an object of JSON") }
        let date = item.text("createdDate")
        guard let kmh = try kmh(item) else {
          return .unknown(RecordRefusal(.unknownValue, "the speed is unknown", value: item.text("speed")))
        }
        let known = last.flatMap { $0.date == date ? $0 : nil }
        let isOld: Bool
        if let known { isOld = known.isTooOld } else { isOld = try isTooOld(date) }
        last = (date, isOld)
        return isOld ? .unknown(RecordRefusal(.over, "it was measured too long ago", value: date)) : .known(kmh: kmh)
      }
    }
    return builder.content
  }

  /// `nil` if the speed is unknown.
  private func kmh(_ item: JSONObject) throws(RecordRefusal) -> Double? {
    _ = try item.text("linkId").asID("linkId")
    guard item.names("speed") else { throw RecordRefusal(.missingField, "it has no speed") }
    guard !item.text("speed").isEmpty else { return nil }
    guard let kmh = item.number("speed"), kmh <= FeedDefaults.kmhMax else {
      throw RecordRefusal(.badValue, "no speed in km/h", value: item.text("speed"))
    }
    return kmh > 0 ? kmh : nil
  }

  /// True also if the age is to be known and isn't.
  private func isTooOld(_ date: String) throws(RecordRefusal) -> Bool {
    guard let ageSecondsMax = context.options.speedAgeSecondsMax else { return false }
    guard let created = context.clock.moment(date, .first) else {
      throw RecordRefusal(.badValue, "the createdDate is not a time", value: date)
    }
    return context.moment.timeIntervalSince(created) > ageSecondsMax
  }
}
