import Geometry
import NIOCore
import NIOPosix

/// Runs loads: on one event loop, so that the server has the other processors.
public enum LoadGenerator {
  /// Connects, puts units, checks some answers, loads, checks again, takes away what it put. The process needs a
  /// descriptor for each connection.
  ///
  /// - Throws: ``LoadError``, or a `CallStatus` for an answer that can't be read.
  public static func run(_ plan: LoadPlan) async throws -> LoadReport {
    try plan.check()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      let report = try await LoadSession(plan, loop: group.next()).run()
      try await group.shutdownGracefully()
      return report
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }
}

/// One run.
private struct LoadSession: Sendable {
  let plan: LoadPlan
  let loop: any EventLoop
  let hub: NIOLoopBound<LineHub>
  let setup: LoadSetup

  init(_ plan: LoadPlan, loop: any EventLoop) async throws {
    (self.plan, self.loop) = (plan, loop)
    let (hub, caller) = try await loop.submit {
      let hub = LineHub()
      let caller = LoadCaller(plan, hub: hub, loop: loop)
      return (NIOLoopBound(hub, eventLoop: loop), NIOLoopBound(caller, eventLoop: loop))
    }.get()
    self.hub = hub
    setup = LoadSetup(plan: plan, loop: loop, caller: caller)
  }

  func run() async throws -> LoadReport {
    let opener = LineOpener(plan: plan, loop: loop, hub: hub)
    try await opener.openLines()
    let places = try await setup.places()
    let fleet = MovingFleet(plan, places: places)
    try await setup.put(fleet)
    do {
      return try await loaded(places, fleet, opener)
    } catch {
      try? await setup.liftClosures()
      try? await setup.remove(fleet)
      throw error
    }
  }

  private func loaded(_ places: [Coordinate], _ fleet: MovingFleet, _ opener: LineOpener) async throws -> LoadReport {
    try await setup.check(places)
    let watch = ProcessWatch(plan: plan)
    var server = watch.server("before")
    let idle = try await opener.openIdle()
    if !idle.isEmpty { server += watch.server("idle") }
    async let samples = watch.run()
    let driver = try await drive(places, fleet)
    let (serverSamples, generator) = await samples
    let idleFigures = idle.isEmpty ? nil : IdleFigures(opened: idle.count, closedByServer: idle.count { !$0.isActive })
    for channel in idle { channel.close(promise: nil) }
    let problem = await endProblem(places, fleet)
    loop.execute { [hub] in hub.value.close() }
    return LoadReport(
      measuredSeconds: plan.durationSeconds, connections: plan.connections, kinds: driver.kinds,
      generator: figures(generator, lag: driver.lag), idle: idleFigures, server: server + serverSamples,
      problem: problem)
  }

  /// Checks the answers again and takes away what was put; a problem then does not undo what was measured.
  private func endProblem(_ places: [Coordinate], _ fleet: MovingFleet) async -> String? {
    do {
      try await setup.liftClosures()
      try await setup.check(places)
      try await setup.remove(fleet)
      return nil
    } catch {
      try? await setup.remove(fleet)
      return (error as? LoadError).map { "\($0.code.rawValue): \($0.message) (\($0.value))" } ?? "\(error)"
    }
  }

  private func drive(_ places: [Coordinate], _ fleet: MovingFleet) async throws -> DriverFigures {
    try await loop.flatSubmit { [plan, hub, loop] () -> EventLoopFuture<DriverFigures> in
      let workload = Workload(plan, places: places, fleet: fleet)
      let driver = LoadDriver(plan, hub: hub.value, loop: loop, workload: workload)
      return driver.run().assumeIsolated().map { driver.figures() }.nonisolated()
    }.get()
  }

  private func figures(_ samples: [ProcessSample], lag: LatencyFigures) -> GeneratorFigures {
    let (first, last) = (samples.first?.cpuSeconds ?? 0, samples.last?.cpuSeconds ?? 0)
    return GeneratorFigures(
      lag: lag, cpuShare: (last - first) / plan.durationSeconds, residentBytes: samples.last?.residentBytes ?? 0)
  }
}
