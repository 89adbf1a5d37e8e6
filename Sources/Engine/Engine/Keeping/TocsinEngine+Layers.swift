import API
import Foundation
import Ledger

/// Layers: put on the roads before the change has its turn, then kept or removed in a draft.
extension TocsinEngine {
  public func putLayer(_ layer: Layer, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> LayersAnswer
  {
    let start = ContinuousClock.now
    let put = try prepare(layer, within: limit)
    let committed = try change(by: origin, since: start, within: limit) { [self] draft, _ throws(EngineError) in
      try enter(put, into: &draft)
    }
    return LayersAnswer(version: committed.version, layers: committed.change.layers)
  }

  public func previewLayer(_ layer: Layer, within limit: WorkLimit) throws(EngineError) -> LayersAnswer {
    let put = try prepare(layer, within: limit)
    let state = currentState()
    var draft = StateDraft(state)
    return LayersAnswer(version: state.snapshot.version, layers: try enter(put, into: &draft).layers)
  }

  public func removeLayer(_ name: String, by origin: ChangeOrigin) throws(EngineError) -> LayersAnswer {
    let name = name.composed
    let committed = try change(by: origin) { draft, _ throws(EngineError) in
      let layer = try draft.layers.layer(name)
      if let number = draft.plans.choice(namingLayer: name) {
        throw EngineError(.inUse, "choice \(number + 1) of plans names the layer: put other choices first", value: name)
      }
      draft.layers.remove(name)
      return DraftedChange(changes: [.remove(.layer(name))], layers: [layer.info])
    }
    return LayersAnswer(version: committed.version, layers: committed.change.layers)
  }

  public func listLayers() -> LayersAnswer {
    let state = currentState()
    return LayersAnswer(version: state.snapshot.version, layers: state.layers.sorted.map(\.info))
  }

  public func exportLayer(_ name: String) throws(EngineError) -> LayerAnswer {
    let state = currentState()
    return LayerAnswer(version: state.snapshot.version, layer: try state.layers.layer(name.composed).layer)
  }

  /// A layer that waits for its turn.
  private struct PreparedLayer: Sendable {
    /// With the revision that its writer saw.
    let kept: KeptLayer
    let features: Data
    /// The one that it takes the place of, and whether that says the same.
    let known: KeptLayer?
    let isKnown: Bool
    /// On which the choices that are kept were checked with it.
    let ground: ChoiceCheck.Ground?
  }

  private func prepare(_ layer: Layer, within limit: WorkLimit) throws(EngineError) -> PreparedLayer {
    try Validation.layer(layer, limits)
    let kept = try KeptLayer(layer, on: map.network) { () throws(EngineError) in try limit.check() }
    let state = currentState()
    let known = state.layers[name: layer.name]
    let isKnown = known?.says(kept) ?? false
    var layers = state.layers
    layers.put(kept)
    let isNamed = !isKnown && state.plans.choice(namingLayer: layer.name) != nil
    var ground: ChoiceCheck.Ground?
    try Validation.named("what chooses plans") { () throws(EngineError) in
      ground = try checkChoices(isNamed ? state.plans.choices.choices : nil, on: layers, within: limit)
    }
    let features = isKnown ? Data() : try LayerRecord.features(of: kept.layer)
    return PreparedLayer(kept: kept, features: features, known: known, isKnown: isKnown, ground: ground)
  }

  /// Puts a layer into a draft.
  private func enter(_ put: PreparedLayer, into draft: inout StateDraft) throws(EngineError) -> DraftedChange {
    let name = put.kept.layer.name
    let known = draft.layers[name: name]
    try Validation.revision(put.kept.layer.revision, known: known?.layer.revision, of: "layer \(name)")
    let isTheSame = known === put.known ? put.isKnown : known?.says(put.kept) ?? false
    if isTheSame, let known { return DraftedChange(layers: [known.info]) }
    let next = put.kept.numbered((known?.layer.revision ?? 0) + 1)
    var layers = draft.layers
    // What the check before stood on was this layer with its old number.
    layers.put(put.kept)
    if draft.plans.choice(namingLayer: name) != nil {
      try Validation.named("what chooses plans") { () throws(EngineError) in
        try checkChoices(draft.plans.choices.choices, on: layers, unless: put.ground)
      }
    }
    layers.put(next)
    try Validation.atMost(limits.layersMax, "limits.layers", layers.layers.count, "too many layers")
    try Validation.atMost(
      limits.layerFeaturesMax, "limits.layer_features", layers.featureCount, "too many features in all layers")
    draft.layers = layers
    let features = put.features.isEmpty ? try LayerRecord.features(of: next.layer) : put.features
    let bytes = try LayerRecord(next.layer, features: features).bytes()
    let note = try LayerRecord.Summary(next.layer).ledgerData()
    return DraftedChange(changes: [.put(.layer(name), bytes, trail: .note(note))], layers: [next.info])
  }
}
