import API
import Foundation
import Geometry

/// What the text of a place says by its form, before any name is looked up.
public enum PlaceText {
  /// `37.5665,126.978`, also with a blank between two decimal fractions; `nil` for all else.
  public static func coordinate(_ text: String) -> Coordinate? {
    guard let found = text.wholeMatch(of: /\s*([+-]?\d+(?:\.\d+)?)(\s*[,;]\s*|\s+)([+-]?\d+(?:\.\d+)?)\s*/),
      let latitude = Double(found.1), let longitude = Double(found.3)
    else { return nil }
    let isSeparated = found.2.contains { !$0.isWhitespace }
    guard isSeparated || found.1.contains(".") && found.3.contains(".") else { return nil }
    return Coordinate(latitude: latitude, longitude: longitude)
  }

  /// The road and the metres of a kilometre: `호남고속도로 하행 28.5`, `QL1A Km 28+500`, `A8 28,4 km`; `nil` for all else.
  public static func kilometre(_ text: String) -> (road: String, meters: Double)? {
    let form = /\s*(.*?\S)[\s,]+(?:km\s*)?(\d{1,5})(?:[.,](\d{1,3})|\+(\d{1,3}))?\s*(?:km|k|㎞)?\s*/.ignoresCase()
    guard let found = text.wholeMatch(of: form), let whole = Double(found.2) else { return nil }
    let fraction = found.3.flatMap { Double("0.\($0)") } ?? 0
    let meters = found.4.flatMap { Double($0) } ?? 0
    return (String(found.1), (whole + fraction) * 1_000 + meters)
  }

  /// The two streets of a crossing: `세종대로 x 새문안로`, `Via Roma × Via Dante`; `nil` for all else.
  public static func crossing(_ text: String) -> (one: String, other: String)? {
    guard let found = text.wholeMatch(of: /\s*(\S.*?)(?:\s+[xX&]\s+|\s*×\s*)(.*\S)\s*/) else { return nil }
    return (String(found.1), String(found.2))
  }
}

/// A text as it is compared: without case, marks over letters, signs and blanks, and in Unicode's parts (NFD), so that
/// half a syllable of Hangul is the beginning of the whole one.
public enum SearchKey {
  /// The words of a text, folded. O(bytes).
  public static func words(of text: String) -> [[UInt8]] {
    var (words, word): ([[UInt8]], [UInt8]) = ([], [])
    for scalar in text.decomposed.unicodeScalars {
      let properties = scalar.properties
      switch properties.generalCategory {
      case .nonspacingMark: continue
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .otherNumber, .spacingMark:
        word += (alike[scalar] ?? properties.lowercaseMapping).utf8
      default:
        if !word.isEmpty { words.append(word) }
        word = []
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// All words as one. O(bytes).
  public static func whole(_ text: String) -> [UInt8] { Array(words(of: text).joined()) }

  /// Letters that Unicode has no parts of.
  private static let alike: [Unicode.Scalar: String] = [
    "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ß": "ss", "æ": "ae", "Æ": "ae", "ı": "i",
  ]
}
