/// A CIFS schedule as OSM's opening hours: `<monday>09:00-18:00</monday>`, or `<everyday>`, several spans with commas.
enum CIFSSchedule {
  /// Names of the elements, in the order of the week, last what holds on all days.
  private static let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "everyday"]
  private static let osmDays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
  /// All fields that tell hours. What a schedule has inside is the value of `schedule`: names of days, unless it is
  /// something else.
  static let fields = Set(days + ["schedule"])

  /// Empty if there is no schedule. Throws if it isn't understood: hours that can't be read are no reason to close a
  /// road all day.
  static func hours(of incident: CIFSIncident, _ notes: inout RecordNotes) throws(RecordRefusal) -> String {
    let texts = try days.map { (day) throws(RecordRefusal) in
      guard let spans = spans(incident[day]) else {
        throw RecordRefusal(.badValue, "the schedule has no hours HH:MM-HH:MM", value: incident[day])
      }
      return spans
    }
    let unknown = incident["schedule"].split(separator: ",").filter { !days.contains(String($0)) }
    let rules = ([texts[7]] + perDay(texts)).filter { !$0.isEmpty }
    if rules.isEmpty, !incident["schedule"].isEmpty {
      throw RecordRefusal(.badValue, "the schedule has no days", value: incident["schedule"])
    }
    if !unknown.isEmpty {
      notes.add(.unknownWord, "the schedule has other days", value: unknown.joined(separator: ","))
    }
    return rules.joined(separator: "; ")
  }

  /// Days in a row with the same hours make one rule: `Mo-Fr 09:00-18:00`.
  private static func perDay(_ texts: [String]) -> [String] {
    var rules: [String] = []
    var first = 0
    for day in 0..<7 where day == 6 || texts[day + 1] != texts[first] {
      let names = first == day ? osmDays[day] : "\(osmDays[first])-\(osmDays[day])"
      if !texts[first].isEmpty { rules.append("\(names) \(texts[first])") }
      first = day + 1
    }
    return rules
  }

  /// `09:00-11:30,22:00-05:00`; `nil` if it is something else.
  private static func spans(_ text: String) -> String? {
    if text.isEmpty { return "" }
    var spans: [String] = []
    for span in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let match = span.wholeMatch(of: /\s*(\d{1,2}):(\d\d)(?::\d\d)?\s*-\s*(\d{1,2}):(\d\d)(?::\d\d)?\s*/),
        let start = minutes(match.1, match.2), let end = minutes(match.3, match.4), start < 24 * 60
      else { return nil }
      // 23:59 is meant as the end of the day.
      spans.append("\(clock(start))-\(clock(end == 24 * 60 - 1 ? 24 * 60 : end))")
    }
    return spans.joined(separator: ",")
  }

  private static func minutes(_ hour: Substring, _ minute: Substring) -> Int? {
    guard let hour = Int(hour), let minute = Int(minute), minute < 60, hour * 60 + minute <= 24 * 60 else { return nil }
    return hour * 60 + minute
  }

  private static func clock(_ minutes: Int) -> String {
    [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
