extension TocsinEngine {
  public func status() -> StatusAnswer {
    let state = currentState()
    return StatusAnswer(
      version: state.snapshot.version, mapPath: map.path, startedAt: startedAt,
      snapshotPublishedAt: state.snapshot.publishedAt, lastUpdateMilliseconds: state.lastUpdateMilliseconds,
      profiles: profileNames, vertexCount: map.network.vertexCount, arcCount: map.network.arcCount,
      unitCount: state.fleet.count, closureCount: state.closures.count)
  }
}
