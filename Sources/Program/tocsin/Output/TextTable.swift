/// A table for people: columns aligned by display width, whatever the script, and no wider than the terminal.
///
/// Where it would be wider, the widest columns of text are wrapped, at blanks and never inside a word; columns of
/// figures stay as they are. Where words and figures alone are too wide, the columns that don't fit beside the others
/// come below them, indented: a row then takes several lines, and so do the titles.
struct TextTable {
  private let titles: [String]
  private let isRight: [Bool]
  private var rows: [[String]] = []
  private var alarmingRows: Set<Int> = []
  private let widthMax: Int
  private var hasTitles = true

  private static let gap = 2
  /// Of columns below others.
  private static let indent = 4

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

  /// A table of names and what they stand for, without titles.
  init(ofPairs pairs: [(name: String, text: String)], widthMax: Int = Console.width) {
    (titles, isRight, self.widthMax) = (["", ""], [false, false], widthMax)
    hasTitles = false
    for pair in pairs { add(pair.name, pair.text) }
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
    let bands = bands
    let body = rows.indices.map { row in
      let text = lines(of: rows[row], bands)
      return alarmingRows.contains(row) ? Console.alarming(text) : text
    }
    return (hasTitles ? Console.emphasized(lines(of: titles, bands)) : "") + body.joined()
  }

  /// Columns that stand beside each other.
  private struct Band {
    var columns: [Int]
    var widths: [Int]
    var indent: Int

    func total(_ widths: [Int]) -> Int { indent + widths.reduce(0, +) + TextTable.gap * (widths.count - 1) }
  }

  /// The columns in their order, each band with as many as fit into the table's width.
  private var bands: [Band] {
    let all = [titles] + rows
    let least = titles.indices.map { column in
      all.map { isRight[column] ? DisplayWidth.of($0[column]) : Self.longestWord(of: $0[column]) }.max() ?? 0
    }
    var bands: [Band] = []
    for column in titles.indices {
      if var band = bands.last {
        band.columns.append(column)
        band.widths.append(least[column])
        if band.total(band.widths) <= widthMax {
          bands[bands.count - 1] = band
          continue
        }
      }
      bands.append(Band(columns: [column], widths: [least[column]], indent: bands.isEmpty ? 0 : Self.indent))
    }
    for index in bands.indices { widen(&bands[index], all) }
    return bands
  }

  /// Gives each column what its widest cell takes, or less where the band would be too wide.
  private func widen(_ band: inout Band, _ all: [[String]]) {
    let least = band.widths
    band.widths = band.columns.map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    while band.total(band.widths) > widthMax,
      let widest = band.widths.indices.filter({ band.widths[$0] > least[$0] }).max(by: {
        band.widths[$0] < band.widths[$1]
      })
    {
      band.widths[widest] -= 1
    }
  }

  private static func longestWord(of cell: String) -> Int {
    cell.split(separator: " ").map { DisplayWidth.of($0) }.max() ?? 0
  }

  private func lines(of cells: [String], _ bands: [Band]) -> String {
    bands.map { lines(of: cells, $0) }.joined()
  }

  /// The lines of a row in a band: as many as its highest cell has; none for cells below the others that are empty.
  private func lines(of cells: [String], _ band: Band) -> String {
    let wrapped = zip(band.columns, band.widths).map { Self.wrapped(cells[$0], to: $1) }
    if band.indent > 0, wrapped.allSatisfy({ $0.allSatisfy(\.isEmpty) }) { return "" }
    return (0..<(wrapped.map(\.count).max() ?? 0)).map { number in
      let parts = band.columns.indices.map { index in
        padded(
          number < wrapped[index].count ? wrapped[index][number] : "", in: band.columns[index], to: band.widths[index])
      }
      let line =
        String(repeating: " ", count: band.indent) + parts.joined(separator: String(repeating: " ", count: Self.gap))
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
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
