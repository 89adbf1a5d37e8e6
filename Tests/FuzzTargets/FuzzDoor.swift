/// A way by which bytes come in from outside.
///
/// What all doors promise: any bytes give a value or a typed error, soon and in bounded memory; never a trap. What is
/// read keeps further promises, which ``run`` checks.
public struct FuzzDoor: Sendable, CustomStringConvertible {
  public let name: String
  /// Longer inputs are cut before they are tried.
  public let bytesMax: Int
  /// Words that mean something to the reader.
  public let dictionary: [[UInt8]]
  /// Good inputs to start from, made by code. There are more in the folder `Corpus`.
  public let samples: @Sendable () throws -> [[UInt8]]
  /// Tries some bytes. Throws a ``BrokenPromise``.
  public let run: @Sendable ([UInt8]) throws -> Void

  init(
    _ name: String, bytesMax: Int = 1 << 14, dictionary: [String] = [],
    samples: @escaping @Sendable () throws -> [[UInt8]], run: @escaping @Sendable ([UInt8]) throws -> Void
  ) {
    (self.name, self.bytesMax, self.samples, self.run) = (name, bytesMax, samples, run)
    self.dictionary = dictionary.map { Array($0.utf8) }
  }

  public var description: String { name }

  /// All of them.
  public static let all: [FuzzDoor] =
    messages + gRPC + json + web + feeds + inputFiles + texts + settings + maps + imports + ledgers
}

/// What a door promised and did not keep.
public struct BrokenPromise: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Throws unless a promise is kept.
func promise(_ isKept: Bool, _ promise: @autoclosure () -> String) throws {
  if !isKept { throw BrokenPromise(promise()) }
}

extension FuzzDoor {
  /// Good inputs that are texts.
  static func texts(_ texts: String...) -> @Sendable () -> [[UInt8]] { { texts.map { Array($0.utf8) } } }
}
