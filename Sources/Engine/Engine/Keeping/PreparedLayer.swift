import API
import Foundation
import Ledger

/// A layer that waits for its turn.
struct PreparedLayer: Sendable {
  /// The layer with its next revision, as it is kept.
  struct Next: Sendable {
    let layer: KeptLayer
    let change: LedgerChange
    /// Of the check that the choices which name the layer have passed with it; `nil` if none does.
    let ground: ChoiceCheck.Ground?

    /// - Throws: `LEDGER_FAILED`.
    init(_ kept: KeptLayer, ground: ChoiceCheck.Ground?) throws(EngineError) {
      (layer, self.ground) = (kept, ground)
      let bytes = try LayerRecord(kept.layer, features: LayerRecord.features(of: kept.layer)).bytes()
      let note = try LayerRecord.Summary(kept.layer).ledgerData()
      change = .put(.layer(kept.layer.name), bytes, trail: .note(note))
    }
  }

  private let name: String
  /// The revision that its writer saw.
  private let seenRevision: UInt64
  /// The one that it takes the place of.
  private let known: KeptLayer?
  private let choices: KeptChoices
  /// `nil` if it says the same as the one that is known.
  private let next: Next?

  /// - Parameter choices: those that are kept.
  init(_ kept: KeptLayer, known: KeptLayer?, _ choices: KeptChoices, next: Next?) {
    (name, seenRevision) = (kept.layer.name, kept.layer.revision)
    (self.known, self.choices, self.next) = (known, choices, next)
  }

  /// Puts it into a draft. O(layers).
  ///
  /// - Throws: `STALE_REVISION`, `LIMIT_EXCEEDED`; `CHANGED_MEANWHILE` if what it was prepared on is no longer there.
  func enter(_ draft: inout StateDraft, _ limits: EngineLimits) throws(EngineError) -> DraftedChange {
    let now = draft.layers[name: name]
    try Validation.revision(seenRevision, known: now?.layer.revision, of: "layer \(name)")
    guard now === known else { throw .changedMeanwhile(name) }
    guard let next else { return DraftedChange(layers: known.map { [$0.info] } ?? []) }
    guard isChecked(next, in: draft) else { throw .changedMeanwhile("what chooses plans") }
    var layers = draft.layers
    layers.put(next.layer)
    try Validation.atMost(limits.layersMax, "limits.layers", layers.layers.count, "too many layers")
    try Validation.atMost(
      limits.layerFeaturesMax, "limits.layer_features", layers.featureCount, "too many features in all layers")
    try Validation.atMost(
      limits.layerBytesMax, "limits.layers_bytes", layers.byteCount, "the layers are too large together")
    draft.layers = layers
    return DraftedChange(changes: [next.change], layers: [next.layer.info])
  }

  /// True if the choices that name the layer, and the other layers that these name, are those that it was checked with.
  private func isChecked(_ next: Next, in draft: StateDraft) -> Bool {
    guard draft.plans.kept.layerNames.contains(name) else { return true }
    guard draft.plans.kept === choices, let ground = next.ground else { return false }
    return ground.isThere(in: draft.layers, exceptFor: name)
  }
}
