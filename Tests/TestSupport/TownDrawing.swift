import Geometry

/// A map drawn in text, read into places and lines.
///
/// `A`-`Z` are junctions, `a`-`z` units, `0`-`9` free places. Lines of `-`, `|`, `/` and `\` join two junctions; a
/// unit or a free place may lie on a line, and `+` is where a line passes over another one without meeting it.
public struct TownDrawing: Sendable {
  /// A column and a row of the text.
  public struct Cell: Hashable, Sendable {
    public var column: Int
    public var row: Int
  }

  /// Two junctions with a line between them, the alphabetically first one first.
  public struct Line: Hashable, Sendable {
    public let first: Character
    public let second: Character

    public init(_ one: Character, _ other: Character) {
      first = min(one, other)
      second = max(one, other)
    }
  }

  /// Why a text is no map.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  public let places: [Character: Cell]
  public let lines: [Line]

  /// Reads a drawing.
  ///
  /// - Throws: ``Failure`` for a character that means nothing, a place drawn twice or a line that leads nowhere.
  public init(_ text: String) throws {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    var places: [Character: Cell] = [:]
    for (row, characters) in rows.enumerated() {
      for (column, character) in characters.enumerated() where !" -|/\\+".contains(character) {
        guard character.isASCII, character.isLetter || character.isNumber else {
          throw Failure(description: "'\(character)' means nothing in a town:\n\(text)")
        }
        guard places.updateValue(Cell(column: column, row: row), forKey: character) == nil else {
          throw Failure(description: "'\(character)' is drawn twice:\n\(text)")
        }
      }
    }
    self.places = places
    var reader = LineReader(rows: rows)
    lines = try reader.lines(between: places)
  }

  public var junctions: [Character] { places.keys.filter(\.isUppercase).sorted() }
  public var units: [Character] { places.keys.filter(\.isLowercase).sorted() }
}

/// Follows the lines of a drawing.
private struct LineReader {
  let rows: [[Character]]
  var seen: Set<TownDrawing.Cell> = []

  /// Each line is followed from its left or upper end.
  private static let directions: [(stroke: Character, columns: Int, rows: Int)] = [
    ("-", 1, 0), ("|", 0, 1), ("\\", 1, 1), ("/", -1, 1),
  ]

  init(rows: [[Character]]) { self.rows = rows }

  mutating func lines(between places: [Character: TownDrawing.Cell]) throws -> [TownDrawing.Line] {
    var lines: [TownDrawing.Line] = []
    for (letter, cell) in places.sorted(by: { $0.key < $1.key }) where letter.isUppercase {
      for direction in Self.directions {
        if let end = line(from: cell, stroke: direction.stroke, columns: direction.columns, rows: direction.rows) {
          lines.append(TownDrawing.Line(letter, end))
        }
      }
    }
    for (row, characters) in rows.enumerated() {
      for (column, character) in characters.enumerated() where "-|/\\+".contains(character) {
        guard seen.contains(TownDrawing.Cell(column: column, row: row)) else {
          throw TownDrawing.Failure(description: "'\(character)' in column \(column) of row \(row) leads nowhere")
        }
      }
    }
    return lines
  }

  /// The junction at the other end of a line that leaves `start`, if there is one.
  private mutating func line(from start: TownDrawing.Cell, stroke: Character, columns: Int, rows: Int) -> Character? {
    var passed: [TownDrawing.Cell] = []
    var cell = start
    var hasStroke = false
    while true {
      cell = TownDrawing.Cell(column: cell.column + columns, row: cell.row + rows)
      guard let character = character(at: cell) else { return nil }
      if character.isUppercase {
        guard hasStroke else { return nil }
        seen.formUnion(passed)
        return character
      }
      guard character == stroke || character == "+" || character.isLowercase || character.isNumber else { return nil }
      hasStroke = hasStroke || character == stroke
      passed.append(cell)
    }
  }

  private func character(at cell: TownDrawing.Cell) -> Character? {
    guard rows.indices.contains(cell.row), rows[cell.row].indices.contains(cell.column) else { return nil }
    return rows[cell.row][cell.column]
  }
}
