import AnswerJSON

/// How well the links of an external network were found on a map.
struct LinkTableSummary {
  private static let steps = [0.9, 0.8, 0.6]
  private static let leftOutMax = 20

  private let linkCount: Int
  private let matched: Int
  /// The quality is `nil` if no road follows the link.
  private let leftOut: [(id: String, quality: Double?)]
  /// How many links have at least the quality of each step.
  private let counts: [Int]

  /// - Parameter qualities: one for each id; `nil` if no road follows the link.
  init(_ ids: [String], qualities: [Double?], qualityMin: Double, matched: Int) {
    (linkCount, self.matched) = (ids.count, matched)
    leftOut = zip(ids, qualities).filter { $0.1.map { $0 < qualityMin } ?? true }.map { (id: $0, quality: $1) }
    counts = Self.steps.map { step in qualities.count { $0.map { $0 >= step } ?? false } }
  }

  var json: JSONObject {
    [
      "links": linkCount, "matched": matched,
      "leftOut": leftOut.map { link -> JSONObject in
        ["id": link.id, "quality": link.quality.map(Rounded.thousandths)]
      },
      "qualityAtLeast": Dictionary(uniqueKeysWithValues: zip(Self.steps.map { "\($0)" }, counts)),
    ]
  }

  /// For people.
  func text(_ output: String) -> String {
    var text = "\(Printable.text(output)): \(Figures.count(matched)) of \(Figures.count(linkCount, of: "link"))\n"
    for (step, count) in zip(Self.steps, counts) { text += "quality \(step) and better: \(Figures.count(count))\n" }
    if leftOut.isEmpty { return text }
    text += "Left out:\n"
    for link in leftOut.prefix(Self.leftOutMax) {
      let why = link.quality.map { "quality " + Figures.decimals($0, 2) } ?? "no road follows it"
      text += "  \(Printable.text(link.id))  \(why)\n"
    }
    let rest = leftOut.count - Self.leftOutMax
    return rest > 0 ? text + "  and \(Figures.count(rest)) more\n" : text
  }
}
