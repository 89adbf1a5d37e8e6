import API
import Foundation
import Ledger

/// Layers: put on the roads before the change has its turn, then kept or removed in a draft.
extension TocsinEngine {
  public func putLayer(_ layer: Layer, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> LayersAnswer
  {
    let kept = try kept(layer, within: limit)
    let committed = try changeAsPrepared(by: origin, within: limit) { [self] () throws(EngineError) in
      let put = try prepare(kept, on: currentState(), within: limit)
      return { [limits] draft throws(EngineError) in try put.enter(&draft, limits) }
    }
    return LayersAnswer(version: committed.version, layers: committed.change.layers)
  }

  public func previewLayer(_ layer: Layer, within limit: WorkLimit) throws(EngineError) -> LayersAnswer {
    let kept = try kept(layer, within: limit)
    let state = currentState()
    var draft = StateDraft(state)
    let drafted = try prepare(kept, on: state, within: limit).enter(&draft, limits)
    return LayersAnswer(version: state.snapshot.version, layers: drafted.layers)
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

  /// A layer on the roads, with the revision that its writer saw.
  private func kept(_ layer: Layer, within limit: WorkLimit) throws(EngineError) -> KeptLayer {
    try Validation.layer(layer, limits)
    return try KeptLayer(layer, on: map.network) { () throws(EngineError) in try limit.check() }
  }

  private func prepare(
    _ kept: KeptLayer, on state: EngineState, within limit: WorkLimit
  ) throws(EngineError) -> PreparedLayer {
    let name = kept.layer.name
    let known = state.layers[name: name]
    if let known, known.says(kept) { return PreparedLayer(kept, known: known, state.plans.kept, next: nil) }
    var layers = state.layers
    layers.put(kept)
    var ground: ChoiceCheck.Ground?
    if state.plans.kept.layerNames.contains(name) {
      try state.plans.checkAreas(of: name, in: layers)
      try Validation.named("what chooses plans") { () throws(EngineError) in
        ground = try checkChoices(state.plans.choices.choices, on: layers, within: limit)
      }
    }
    let next = kept.numbered((known?.layer.revision ?? 0) + 1)
    return PreparedLayer(kept, known: known, state.plans.kept, next: try .init(next, ground: ground))
  }
}
