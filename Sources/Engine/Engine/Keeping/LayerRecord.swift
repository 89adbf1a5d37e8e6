import API
import Foundation

/// A layer as the ledger keeps it. Its features are bytes by themselves: many take long to write, and are written
/// before the layer's turn to be changed has come.
struct LayerRecord: Codable, Sendable {
  /// What the audit trail says of it.
  struct Summary: Codable {
    var layer: String
    var revision: UInt64
    var features: Int
    var roadMetersMax: Double
  }

  private let name: String
  private let rule: LayerRule
  private let revision: UInt64
  private let features: Data

  /// The features of a layer as they are kept. O(bytes).
  static func features(of layer: Layer) throws(EngineError) -> Data { try layer.features.ledgerData() }

  /// - Parameter features: what ``features(of:)`` gave.
  init(_ layer: Layer, features: Data) {
    (name, rule, revision, self.features) = (layer.name, layer.rule, layer.revision, features)
  }

  /// The bytes that a ledger keeps.
  ///
  /// - Throws: `LEDGER_FAILED`.
  func bytes() throws(EngineError) -> Data {
    do {
      let encoder = PropertyListEncoder()
      encoder.outputFormat = .binary
      return try encoder.encode(self)
    } catch {
      throw EngineError(.ledgerFailed, "a layer can't be written: \(error)", value: name)
    }
  }

  /// What ``bytes()`` wrote. Throws what a decoder throws.
  static func layer(_ data: Data) throws -> Layer {
    let record = try PropertyListDecoder().decode(LayerRecord.self, from: data)
    let features = try JSONDecoder().decode([LayerFeature].self, from: record.features)
    return Layer(record.name, features: features, rule: record.rule, revision: record.revision)
  }
}

extension LayerRecord.Summary {
  init(_ layer: Layer) {
    self.init(
      layer: layer.name, revision: layer.revision, features: layer.features.count,
      roadMetersMax: layer.rule.roadMetersMax)
  }
}
