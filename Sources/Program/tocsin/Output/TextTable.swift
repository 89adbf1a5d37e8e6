/// A table for people: columns aligned by display width, whatever the script.
struct TextTable {
  private let titles: [String]
  private let isRight: [Bool]
  private var rows: [[String]] = []

  /// - Parameter columns: titles; one that starts with `>` aligns its column to the right.
  init(_ columns: String...) {
    titles = columns.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }
    isRight = columns.map { $0.hasPrefix(">") }
  }

  /// Adds a row with one cell per column.
  mutating func add(_ cells: String...) { add(row: cells) }

  private mutating func add(row cells: [String]) {
    precondition(cells.count == titles.count, "a cell per column")
    rows.append(cells.map(Printable.text))
  }

  /// The table's lines with a row for each of `things`.
  func text<Thing>(of things: some Sequence<Thing>, _ cells: (Thing) -> [String]) -> String {
    things.reduce(into: self) { $0.add(row: cells($1)) }.text
  }

  /// The table's lines, each with a newline; columns stand two spaces apart.
  var text: String {
    let all = [titles] + rows
    let widths = titles.indices.map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    return all.map { cells in
      let line = cells.indices.map { padded(cells[$0], in: $0, to: widths[$0]) }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }

  private func padded(_ cell: String, in column: Int, to width: Int) -> String {
    let space = String(repeating: " ", count: width - DisplayWidth.of(cell))
    return isRight[column] ? space + cell : cell + space
  }
}

/// Texts from outside, made safe for a terminal.
enum Printable {
  /// The text with a visible mark instead of every control character: a name can't move the cursor.
  static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { safe.append(isControl(scalar) ? "\u{FFFD}" : scalar) }
    return String(safe)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    let category = scalar.properties.generalCategory
    return category == .control || category == .lineSeparator || category == .paragraphSeparator
  }
}
