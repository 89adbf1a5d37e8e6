/// A function, initialiser or subscript of a source file, from its declaration to its closing brace.
struct Function: Equatable {
  let firstLine: Int
  let lineCount: Int
}

/// Finds the functions of a Swift file by keywords and braces.
struct SwiftFunctions {
  private struct Pending {
    let line: Int
    let depth: Int
  }

  private(set) var found: [Function] = []
  private var braces = 0
  private var parentheses = 0
  private var line = 1
  /// Declared, body not yet seen.
  private var pending: Pending?
  private var open: [Pending] = []

  static func of(_ text: String) -> [Function] {
    var functions = SwiftFunctions()
    var word = ""
    for character in CodeOnly.of(text) {
      if character.isLetter || character.isNumber || ".`_".contains(character) {
        word.append(character)
        continue
      }
      functions.see(word: word, before: character)
      functions.see(character)
      word = ""
    }
    return functions.found
  }

  private mutating func see(word: String, before next: Character) {
    guard parentheses == 0 else { return }
    switch word {
    case "func", "deinit": pending = Pending(line: line, depth: braces)
    case "init", "subscript":
      if "(<?!".contains(next) { pending = Pending(line: line, depth: braces) }
    case "var", "let", "case", "struct", "enum", "class", "extension", "associatedtype":
      // A protocol's requirement has no body.
      pending = nil
    default: break
    }
  }

  private mutating func see(_ character: Character) {
    switch character {
    case "\n": line += 1
    case "(": parentheses += 1
    case ")": parentheses -= 1
    case "{":
      if parentheses == 0, let declared = pending, declared.depth == braces {
        open.append(declared)
        pending = nil
      }
      braces += 1
    case "}":
      braces -= 1
      if let last = open.last, last.depth == braces {
        found.append(Function(firstLine: last.line, lineCount: line - last.line + 1))
        open.removeLast()
      }
      if parentheses == 0 { pending = nil }
    default: break
    }
  }
}

/// Finds the functions of a C or C++ file: every block that follows a closing parenthesis and is no control statement.
enum CFunctions {
  private static let controls: Set<Substring> = ["if", "for", "while", "switch", "catch", "else", "do", "try"]

  static func of(_ text: String) -> [Function] {
    var found: [Function] = []
    var open: [Int?] = []
    var header = ""
    var headerLine = 1
    var line = 1
    for character in CodeOnly.of(text) {
      if character == "\n" { line += 1 }
      switch character {
      case "{":
        open.append(isFunction(header) ? headerLine : nil)
        header = ""
      case "}":
        if let first = open.popLast() ?? nil { found.append(Function(firstLine: first, lineCount: line - first + 1)) }
        header = ""
      case ";": header = ""
      default:
        if header.isEmpty && character.isWhitespace { continue }
        if header.isEmpty { headerLine = line }
        header.append(character)
      }
    }
    return found
  }

  private static func isFunction(_ header: String) -> Bool {
    guard let first = header.split(whereSeparator: { !$0.isLetter }).first else { return false }
    return header.contains("(") && !controls.contains(first) && !header.hasPrefix("#") && !header.hasPrefix("extern")
  }
}
