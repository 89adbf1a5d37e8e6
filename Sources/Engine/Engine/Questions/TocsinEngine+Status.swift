import API

extension TocsinEngine {
  public func status() -> StatusAnswer {
    let state = currentState()
    return StatusAnswer(
      version: state.snapshot.version, mapPath: map.path, startedAt: context.startedAt,
      snapshotPublishedAt: state.snapshot.publishedAt, lastUpdate: state.lastUpdate,
      waitingChangeCount: changes.waitingCount, profiles: profileNames, vertexCount: map.network.vertexCount,
      arcCount: map.network.arcCount, unitCount: state.fleet.count, closureCount: state.traffic.closureCount,
      feeds: state.feeds.statuses(at: now()),
      speedSources: state.traffic.speedSources.map {
        SpeedSource(source: $0.source, speedCount: $0.speeds, turnPenaltyCount: $0.turnPenalties)
      },
      linkCount: resolver.links.count, subscriptionCount: hub.count)
  }
}
