/// Labels of one series, in the order of their names, each name once.
struct MetricLabels: Hashable, Sendable {
  /// Names as Prometheus takes them.
  private(set) var pairs: [Pair]

  struct Pair: Hashable, Sendable {
    var name: String
    var value: String
  }

  init(_ dimensions: [(String, String)]) {
    pairs = []
    for (name, value) in dimensions {
      let name = MetricName.label(name)
      if pairs.contains(where: { $0.name == name }) { continue }
      pairs.append(Pair(name: name, value: Self.cut(value)))
    }
    pairs.sort { $0.name < $1.name }
  }

  /// The same names, each with the value that stands for all that is not kept apart.
  var other: MetricLabels { MetricLabels(pairs.map { ($0.name, "other") }) }

  private static func cut(_ value: String) -> String {
    var cut = value
    while cut.utf8.count > MetricLimits.labelBytesMax { cut.unicodeScalars.removeLast() }
    return cut
  }
}

/// Makes names that Prometheus takes of any text.
enum MetricName {
  /// `[a-zA-Z_:][a-zA-Z0-9_:]*`; other bytes become `_`.
  static func metric(_ name: String) -> String { cleaned(name) { $0 == UInt8(ascii: ":") } }

  /// `[a-zA-Z_][a-zA-Z0-9_]*`; `le` belongs to the buckets of histograms, so it becomes `le_`.
  static func label(_ name: String) -> String {
    let name = cleaned(name) { _ in false }
    return name == "le" ? "le_" : name
  }

  private static func cleaned(_ name: String, _ isAlsoTaken: (UInt8) -> Bool) -> String {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let bytes = name.utf8.map { byte in
      digits.contains(byte) || letters.contains(byte | 0x20) || isAlsoTaken(byte) ? byte : UInt8(ascii: "_")
    }
    return (bytes.first.map(digits.contains) ?? true ? "_" : "") + String(decoding: bytes, as: UTF8.self)
  }
}
