/// What a partial customization has cost, in triangles of a full one: the unit in which ``CustomizationCosts`` compares
/// the two.
///
/// The loops count steps, this type alone knows prices. A triangle of a full customization is relaxed in a batch, one
/// after the other in memory; the other steps cost more. Their prices are round numbers set by hand, with no record of
/// measurements behind them: they only have to be right enough for giving up at about the right time.
struct TriangleCount<Weights: WeightVector> {
  /// Vertices taken out of the queue, whose marks are looked at and whose rows are gathered.
  var vertices = 0
  /// Lower triangles relaxed in a batch, as in a full customization; what the batch skips is counted, too.
  var batched = 0
  /// Lower triangles of arcs that are recomputed one by one, each found by merging two lists.
  var single = 0
  /// Upper and intermediate triangles whose top arc is looked for.
  var propagated = 0

  var total: Int { 16 * vertices + batched + 2 * single + Self.pricePerPropagated * propagated }

  /// To find an arc takes as long as a few triangles; fewer of them, the more metrics each triangle serves.
  private static var pricePerPropagated: Int { Weights.laneCount == 1 ? 4 : 2 }
}
