import Foundation

/// A phrase with slots: `{street}`, or `{street|으로/로/로}` where what follows depends on how the word before it ends.
struct PhraseTemplate: Sendable {
  private enum Part: Sendable {
    case text(String)
    case slot(Phrase.Slot, forms: [String])
  }

  private let parts: [Part]

  /// The slots in their order.
  var slots: [Phrase.Slot] {
    parts.compactMap { if case .slot(let slot, _) = $0 { slot } else { nil } }
  }

  /// Reads a text; `nil` for braces without their partner, an unknown slot, or forms that aren't two or three.
  init?(_ text: String) {
    var parts: [Part] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      parts.append(.text(String(rest[..<open])))
      guard let close = rest[open...].firstIndex(of: "}"),
        let slot = Self.slot(rest[rest.index(after: open)..<close])
      else { return nil }
      parts.append(slot)
      rest = rest[rest.index(after: close)...]
    }
    guard !rest.contains("}") else { return nil }
    self.parts = parts + [.text(String(rest))]
  }

  private static func slot(_ text: Substring) -> Part? {
    let halves = text.split(separator: "|", omittingEmptySubsequences: false)
    guard let name = halves.first, let slot = Phrase.Slot(rawValue: String(name)), halves.count <= 2 else { return nil }
    let forms = halves.count == 2 ? halves[1].split(separator: "/").map(String.init) : []
    return forms.isEmpty || forms.count == 2 || forms.count == 3 ? .slot(slot, forms: forms) : nil
  }

  /// The phrase with what its slots stand for; one without a value is empty.
  func filled(_ values: [Phrase.Slot: String]) -> String {
    parts.map { part in
      switch part {
      case .text(let text): return text
      case .slot(let slot, let forms):
        let value = values[slot] ?? ""
        return value + Self.form(of: forms, after: value)
      }
    }.joined()
  }

  private static func form(of forms: [String], after word: String) -> String {
    guard forms.count >= 2 else { return "" }
    switch WordEnding(of: word) {
    case .consonant: return forms[0]
    case .vowel: return forms[1]
    case .rieul: return forms.count == 3 ? forms[2] : forms[0]
    }
  }
}

/// How a word ends when a Korean says it, which decides about the particle behind it.
enum WordEnding: Sendable {
  case vowel, consonant
  /// ㄹ is a consonant before some particles only.
  case rieul

  private static let syllables = UInt32(0xAC00)...0xD7A3
  /// Final consonants of a syllable, none of them included; ㄹ is the eighth.
  private static let (finalCount, finalRieul) = (UInt32(28), UInt32(8))
  /// 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구.
  private static let digits: [WordEnding] = [
    .consonant, .rieul, .vowel, .consonant, .vowel, .vowel, .consonant, .rieul, .rieul, .vowel,
  ]
  /// 엘, 엠, 엔, 알; the names of all other letters end in a vowel.
  private static let letters: [Character: WordEnding] = [
    "l": .rieul, "m": .consonant, "n": .consonant, "r": .rieul,
  ]

  /// By the last letter or digit of the word.
  init(of word: String) {
    let last = word.precomposedStringWithCanonicalMapping.last { $0.isLetter || $0.isNumber }
    guard let last, let scalar = last.unicodeScalars.first else {
      self = .vowel
      return
    }
    if Self.syllables.contains(scalar.value) {
      let final = (scalar.value - Self.syllables.lowerBound) % Self.finalCount
      self = final == 0 ? .vowel : final == Self.finalRieul ? .rieul : .consonant
    } else if let digit = last.wholeNumberValue, last.isASCII {
      self = Self.digits[digit]
    } else {
      self = Self.letters[Character(last.lowercased())] ?? .vowel
    }
  }
}
