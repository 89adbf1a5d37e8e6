/// A table for people: columns aligned by display width, whatever the script, and no wider than the terminal.
///
/// Where it would be wider, the widest columns of text are wrapped, at blanks and never inside a word; columns of
/// figures stay as they are.
struct TextTable {
  private let titles: [String]
  private let isRight: [Bool]
  private var rows: [[String]] = []
  private var alarmingRows: Set<Int> = []
  private let widthMax: Int

  private static let gap = 2

  /// - Parameters:
  ///   - columns: titles; one that starts with `>` aligns its column to the right.
  ///   - widthMax: in columns of a terminal.
  init(_ columns: String..., widthMax: Int = Console.width) { self.init(columns: columns, widthMax: widthMax) }

  /// The same with titles that aren't known before.
  init(columns: [String], widthMax: Int = Console.width) {
    titles = columns.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }
    isRight = columns.map { $0.hasPrefix(">") }
    self.widthMax = widthMax
  }

  /// Adds a row with one cell per column.
  mutating func add(_ cells: String...) { add(row: cells) }

  private mutating func add(row cells: [String]) {
    precondition(cells.count == titles.count, "a cell per column")
    rows.append(cells.map(Printable.text))
  }

  /// The table's lines with a row for each of `things`.
  ///
  /// - Parameter isAlarming: whose rows are red, on a terminal.
  func text<Thing>(
    of things: some Sequence<Thing>, isAlarming: (Thing) -> Bool = { _ in false }, _ cells: (Thing) -> [String]
  ) -> String {
    things.reduce(into: self) { table, thing in
      if isAlarming(thing) { table.alarmingRows.insert(table.rows.count) }
      table.add(row: cells(thing))
    }.text
  }

  /// The table's lines, each with a newline; columns stand two spaces apart.
  var text: String {
    let widths = widths
    let body = rows.indices.map { row in
      let text = lines(of: rows[row], widths).joined()
      return alarmingRows.contains(row) ? Console.alarming(text) : text
    }
    return Console.emphasized(lines(of: titles, widths).joined()) + body.joined()
  }

  /// As wide as their widest cell, or less where the table would be too wide.
  private var widths: [Int] {
    let all = [titles] + rows
    var widths = titles.indices.map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    let least = titles.indices.map { column in
      isRight[column] ? widths[column] : all.map { Self.longestWord(of: $0[column]) }.max() ?? 0
    }
    while widths.reduce(0, +) + Self.gap * (widths.count - 1) > widthMax,
      let widest = widths.indices.filter({ widths[$0] > least[$0] }).max(by: { widths[$0] < widths[$1] })
    {
      widths[widest] -= 1
    }
    return widths
  }

  private static func longestWord(of cell: String) -> Int {
    cell.split(separator: " ").map { DisplayWidth.of($0) }.max() ?? 0
  }

  /// The lines of a row: as many as its highest cell has.
  private func lines(of cells: [String], _ widths: [Int]) -> [String] {
    let wrapped = cells.indices.map { Self.wrapped(cells[$0], to: widths[$0]) }
    return (0..<(wrapped.map(\.count).max() ?? 0)).map { number in
      let parts = wrapped.indices.map { column in
        padded(number < wrapped[column].count ? wrapped[column][number] : "", in: column, to: widths[column])
      }
      let line = parts.joined(separator: String(repeating: " ", count: Self.gap))
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }
  }

  /// A cell in lines that are no wider than `width`, but for words that are.
  private static func wrapped(_ cell: String, to width: Int) -> [String] {
    if DisplayWidth.of(cell) <= width { return [cell] }
    return cell.split(separator: " ").reduce(into: []) { lines, word in
      if let last = lines.last, DisplayWidth.of(last) + 1 + DisplayWidth.of(word) <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
  }

  private func padded(_ cell: String, in column: Int, to width: Int) -> String {
    let space = String(repeating: " ", count: max(0, width - DisplayWidth.of(cell)))
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
