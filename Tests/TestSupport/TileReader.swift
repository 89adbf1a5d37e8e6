/// Reads Mapbox Vector Tiles, by their specification alone and strictly: what it doesn't know is a fault.
public enum TileReader {
  public struct Fault: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
  }

  public enum Value: Hashable, Sendable {
    case text(String)
    case whole(Int)
    case number(Double)
    case truth(Bool)

    public var text: String? { if case .text(let text) = self { text } else { nil } }
    public var whole: Int? { if case .whole(let whole) = self { whole } else { nil } }
    public var number: Double? { if case .number(let number) = self { number } else { nil } }
  }

  public struct Feature: Sendable {
    public var id: UInt64?
    /// 1 for points, 2 for lines.
    public var type = 0
    public var tags: [String: Value] = [:]
    public var lines: [[SIMD2<Int>]] = []

    public subscript(key: String) -> Value? { tags[key] }
  }

  /// The features of each layer, by its name.
  public static func layers(of tile: [UInt8]) throws -> [String: [Feature]] {
    var layers: [String: [Feature]] = [:]
    var fields = Fields(tile[...])
    while let (number, content) = try fields.next() {
      guard number == 3 else { throw Fault("field \(number) in a tile") }
      let (name, features) = try layer(content.bytes())
      guard layers.updateValue(features, forKey: name) == nil else { throw Fault("two layers '\(name)'") }
    }
    return layers
  }

  private static func layer(_ bytes: ArraySlice<UInt8>) throws -> (String, [Feature]) {
    var (name, version, extent) = ("", UInt64(1), UInt64(0))
    var (keys, values, features): ([String], [Value], [ArraySlice<UInt8>]) = ([], [], [])
    var fields = Fields(bytes)
    while let (number, content) = try fields.next() {
      switch number {
      case 1: name = try content.text()
      case 2: features.append(try content.bytes())
      case 3: keys.append(try content.text())
      case 4: values.append(try value(content.bytes()))
      case 5: extent = try content.varint()
      case 15: version = try content.varint()
      default: throw Fault("field \(number) in a layer")
      }
    }
    guard version == 2, extent == 4_096, !features.isEmpty else { throw Fault("layer '\(name)' is none") }
    guard Set(keys).count == keys.count, Set(values).count == values.count else { throw Fault("told twice") }
    return (name, try features.map { try feature($0, keys, values) })
  }

  private static func value(_ bytes: ArraySlice<UInt8>) throws -> Value {
    var fields = Fields(bytes)
    guard let (number, content) = try fields.next(), try fields.next() == nil else { throw Fault("a value is one") }
    switch number {
    case 1: return .text(try content.text())
    case 3: return .number(Double(bitPattern: try content.varint()))
    case 5: return .whole(Int(try content.varint()))
    case 6: return .whole(zigzag(try content.varint()))
    case 7: return .truth(try content.varint() == 1)
    default: throw Fault("a value of kind \(number)")
    }
  }

  private static func feature(_ bytes: ArraySlice<UInt8>, _ keys: [String], _ values: [Value]) throws -> Feature {
    var feature = Feature()
    var fields = Fields(bytes)
    while let (number, content) = try fields.next() {
      switch number {
      case 1: feature.id = try content.varint()
      case 2:
        let numbers = try Fields.varints(content.bytes())
        guard numbers.count % 2 == 0 else { throw Fault("a key without a value") }
        for index in stride(from: 0, to: numbers.count, by: 2) {
          feature.tags[keys[Int(numbers[index])]] = values[Int(numbers[index + 1])]
        }
      case 3: feature.type = Int(try content.varint())
      case 4: feature.lines = try lines(Fields.varints(content.bytes()))
      default: throw Fault("field \(number) in a feature")
      }
    }
    guard !feature.lines.isEmpty else { throw Fault("a feature without geometry") }
    guard feature.lines.allSatisfy({ $0.count > 1 }) == (feature.type == 2) else { throw Fault("no lines") }
    return feature
  }

  private static func lines(_ numbers: [UInt64]) throws -> [[SIMD2<Int>]] {
    var (lines, pen): ([[SIMD2<Int>]], SIMD2<Int>) = ([], SIMD2(0, 0))
    var next = numbers.startIndex
    while next < numbers.endIndex {
      let (command, count) = (numbers[next] & 7, Int(numbers[next] >> 3))
      next += 1
      for _ in 0..<count {
        guard next + 1 < numbers.endIndex else { throw Fault("a command that is cut") }
        let step = SIMD2(zigzag(numbers[next]), zigzag(numbers[next + 1]))
        next += 2
        pen = pen &+ step
        switch command {
        case 1: lines.append([pen])
        case 2 where !lines.isEmpty && step != SIMD2(0, 0): lines[lines.count - 1].append(pen)
        default: throw Fault("command \(command)")
        }
      }
    }
    return lines
  }

  private static func zigzag(_ number: UInt64) -> Int { Int(number >> 1) ^ -Int(number & 1) }

  /// What one field has.
  private enum Content {
    case number(UInt64)
    case delimited(ArraySlice<UInt8>)

    func varint() throws -> UInt64 {
      guard case .number(let number) = self else { throw Fault("bytes where a number is meant") }
      return number
    }

    func bytes() throws -> ArraySlice<UInt8> {
      guard case .delimited(let bytes) = self else { throw Fault("a number where bytes are meant") }
      return bytes
    }

    func text() throws -> String {
      guard let text = String(validating: try bytes(), as: UTF8.self) else { throw Fault("no UTF-8") }
      return text
    }
  }

  private struct Fields {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func next() throws -> (Int, Content)? {
      if rest.isEmpty { return nil }
      let key = try varint()
      switch key & 7 {
      case 0: return (Int(key >> 3), .number(try varint()))
      case 1: return (Int(key >> 3), .number(try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }))
      case 2: return (Int(key >> 3), .delimited(try take(Int(try varint()))))
      default: throw Fault("wire type \(key & 7)")
      }
    }

    static func varints(_ bytes: ArraySlice<UInt8>) throws -> [UInt64] {
      var (fields, numbers) = (Fields(bytes), [UInt64]())
      while !fields.rest.isEmpty { numbers.append(try fields.varint()) }
      return numbers
    }

    private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
      guard rest.count >= count else { throw Fault("it ends too early") }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }

    private mutating func varint() throws -> UInt64 {
      var (value, shift): (UInt64, UInt64) = (0, 0)
      while let byte = rest.popFirst() {
        value |= UInt64(byte & 0x7f) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      throw Fault("it ends within a number")
    }
  }
}
