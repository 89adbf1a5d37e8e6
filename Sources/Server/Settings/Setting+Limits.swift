extension Setting {
  /// Limits that can be changed. Each is a property of `CallLimits` or `EngineLimits`, which has its default.
  static let limits: [Setting] = connections + requests + times + engine

  private static let connections: [Setting] = [
    .whole("limits.connections", 1...1_000_000, "", \.callLimits.connectionsMax, "Open connections in all."),
    .whole(
      "limits.connections_reserved", 0...1_000_000, "", \.callLimits.connectionsReserved,
      "Of these, how many are kept for Unix sockets; a tenth at most."),
    .seconds(
      "limits.stranger_seconds", 0.1...86_400, \.callLimits.strangerSecondsMax,
      "How long a connection may be idle before it is known whose it is."),
    .whole(
      "limits.stranger_bytes", 1_024...1 << 24, "bytes", \.callLimits.strangerBytesMax,
      "What may come of a frame before a caller who must be known has shown a token."),
    .whole(
      "limits.streams_per_connection", 0...1_000_000, "", \.callLimits.streamsPerConnectionMax,
      "Open streams of answers (watches) of one connection."),
    .whole(
      "limits.streams_per_caller", 0...1_000_000, "", \.callLimits.streamsPerCallerMax,
      "Open streams of answers of one caller."),
    .whole("limits.streams", 0...10_000_000, "", \.callLimits.streamsMax, "Open streams of answers in all."),
    .whole(
      "limits.piece_streams", 1...1_000_000, "", \.callLimits.pieceStreamsMax,
      "Of these, streams of one large answer in pieces (matrices, reaches)."),
    .whole(
      "limits.piece_streams_per_caller", 1...1_000_000, "", \.callLimits.pieceStreamsPerCallerMax,
      "Streams of one large answer in pieces of one caller."),
  ]

  private static let requests: [Setting] = [
    .whole(
      "limits.requests_in_flight_per_connection", 1...1_000_000, "", \.callLimits.requestsInFlightPerConnectionMax,
      "Requests in flight of one connection."),
    .whole(
      "limits.requests_in_flight_per_caller", 1...1_000_000, "", \.callLimits.requestsInFlightPerCallerMax,
      "Requests in flight of one caller, over all its connections."),
    .whole(
      "limits.questions_waiting", 1...10_000_000, "", \.callLimits.questionsWaitingMax,
      "Waiting questions of all connections; newer ones are shed."),
    .seconds(
      "limits.question_wait_seconds", 0.001...3_600, \.callLimits.questionSecondsWaitingMax,
      "While a question has waited longer than this, new ones of its caller are shed."),
    .whole(
      "limits.waiting_bytes_per_connection", 1 << 20...1 << 40, "bytes", \.callLimits.waitingBytesPerConnectionMax,
      "Waiting requests of one connection; beyond that nothing more is read from it."),
    .whole(
      "limits.unsent_bytes_per_connection", 1 << 16...1 << 40, "bytes", \.callLimits.unsentBytesPerConnectionMax,
      "Answers that the client of a connection doesn't take; beyond that no more requests of it are begun."),
    .whole(
      "limits.unsent_bytes", 1 << 20...1 << 40, "bytes", \.callLimits.unsentBytesMax,
      "Answers that clients don't take, of all connections; beyond that only small ones are sent."),
    .whole(
      "limits.small_answer_bytes", 1 << 10...1 << 30, "bytes", \.callLimits.smallAnswerBytesMax,
      "An answer that is sent whatever others don't take."),
    .whole(
      "limits.unfinished_bytes", 1 << 20...1 << 40, "bytes", \.callLimits.unfinishedBytesMax,
      "Requests that are incomplete or wait for their turn, of all connections."),
  ]

  private static let times: [Setting] = [
    .seconds(
      "limits.deadline_seconds", 0...86_400, \.callLimits.deadlineSecondsDefault,
      "How long a request without a deadline of its own may take; 0 is no limit."),
    .seconds(
      "limits.deadline_seconds_max", 0...86_400, \.callLimits.deadlineSecondsMax,
      "The latest deadline of a request; 0 is no limit."),
    .seconds(
      "limits.frame_seconds", 0.001...3_600, \.callLimits.frameSecondsMax,
      "A frame, and the next piece of a request, must arrive within this time."),
    .seconds(
      "limits.handshake_seconds", 0.001...3_600, \.callLimits.handshakeSecondsMax,
      "A TLS handshake must be complete within this time."),
    .seconds(
      "limits.slow_reader_seconds", 0.001...86_400, \.callLimits.slowReaderSecondsMax,
      "A client that reads none of its waiting answers for this long is cut off."),
    .seconds(
      "limits.drain_seconds", 0...3_600, \.callLimits.drainSecondsMax,
      "How long requests in flight have left once the server stops."),
    .seconds(
      "limits.linger_seconds", 0...60, \.callLimits.lingerSecondsMax,
      "After its last answer, a connection waits this long for the client to close its side."),
  ]

  private static let engine: [Setting] = [
    .whole("limits.units", 1...1_000_000, "", \.engineLimits.unitsMax, "Units that are known."),
    .whole("limits.closures", 1...1_000_000, "", \.engineLimits.closuresMax, "Closures that are known."),
    .whole("limits.feeds", 1...1_000_000, "", \.engineLimits.feedsMax, "Feeds that are known."),
    .whole(
      "limits.feeds_per_caller", 1...1_000_000, "", \.engineLimits.feedsPerCallerMax, "Feeds of one caller."),
    .whole("limits.ranked_units", 1...100_000, "", \.engineLimits.rankedUnitsMax, "Units in one answer (k)."),
    .whole(
      "limits.closure_points", 3...1_000_000, "", \.engineLimits.closurePointsMax,
      "Points of a closure's lines or areas, together."),
    .seconds(
      "limits.clock_ahead_seconds", 0...86_400, \.engineLimits.clockAheadSecondsMax,
      "How far the time of a unit's position or status may be ahead of the server's clock."),
    .whole("limits.plans", 1...100_000, "", \.engineLimits.plansMax, "Response plans that are known."),
    .whole(
      "limits.plan_choices", 1...100_000, "", \.engineLimits.planChoicesMax,
      "Choices of plans by type, area and hours."),
    .whole(
      "limits.plans_bytes", 1 << 20...1 << 40, "bytes", \.engineLimits.planBytesMax, "The texts of all response plans."),
    .whole("limits.hospitals", 1...100_000, "", \.engineLimits.hospitalsMax, "Hospitals that are known."),
    .whole("limits.posts", 1...10_000, "", \.engineLimits.postsMax, "Posts that are known, or asked about."),
    .whole("limits.layers", 1...10_000, "", \.engineLimits.layersMax, "Layers that are known."),
    .whole(
      "limits.layer_features", 1...100_000_000, "", \.engineLimits.layerFeaturesMax, "Features of all layers."),
    .whole(
      "limits.layer_corners", 3...100_000_000, "", \.engineLimits.layerCornersMax,
      "Corners of all areas of one layer."),
    .whole(
      "limits.layers_bytes", 1 << 20...1 << 40, "bytes", \.engineLimits.layerBytesMax,
      "Texts, points and corners of all layers."),
    .whole(
      "limits.planned_metrics", 2...10_000, "", \.engineLimits.plannedMetricsMax,
      "Metrics of moments to come that are kept, each as large as a profile's own."),
    .whole(
      "limits.tile_cache_bytes", 0...1 << 40, "bytes", \.engineLimits.tileCacheBytesMax,
      "Tiles of the map that are kept; those that nobody asked for longest are forgotten."),
    .whole(
      "limits.subscriptions", 0...10_000_000, "", \.engineLimits.subscriptionsMax,
      "Watched questions and traffic."),
  ]
}
