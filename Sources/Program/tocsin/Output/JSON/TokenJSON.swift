import Access
import AnswerJSON

extension TokenRecord {
  var json: JSONObject {
    [
      "name": name, "roles": roleNames, "callsPerSecond": allowance.callsPerSecond,
      "callsPerDay": allowance.callsPerDay, "expires": expires.map(Figures.moment),
    ]
  }

  fileprivate var roleNames: [String] { roles.map(\.rawValue).sorted() }
}

/// Whose tokens a file has, for people.
enum TokenText {
  static func text(_ records: [TokenRecord]) -> String {
    TextTable("token", "roles", ">calls/s", ">calls/day", "until").text(of: records) { record in
      [
        record.name, record.roleNames.joined(separator: " "), record.allowance.callsPerSecond.map { "\($0)" } ?? "",
        record.allowance.callsPerDay.map { "\($0)" } ?? "", record.expires.map(Figures.moment) ?? "",
      ]
    }
  }
}
