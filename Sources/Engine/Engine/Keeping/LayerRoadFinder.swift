import API
import Geometry
import RoadGraph

/// Finds the roads that points belong to by the rule of their layer.
struct LayerRoadFinder {
  private let network: RoadNetwork
  private let rule: LayerRule
  private static let neighboursMax = 24

  init(_ network: RoadNetwork, _ rule: LayerRule) { (self.network, self.rule) = (network, rule) }

  /// The nearest one first; none if none is near. No ferry's line is among them, and no tunnel if a street is about as
  /// near, unless tunnels are what the rule means.
  func roads(near point: Coordinate, view: LayerView?) -> [SnapCandidate] {
    guard var nearest = candidates(near: point, within: rule.roadMetersMax, count: 1).first else { return [] }
    let isBelow = network.isInTunnel(nearest.position.piece)
    if isBelow {
      let meters = min(rule.roadMetersMax, nearest.distanceMeters + SiteFinder.aboveTunnelMeters)
      if let street = candidates(near: point, within: meters, count: 1, inTunnels: false).first { nearest = street }
    }
    let inTunnels = network.isInTunnel(nearest.position.piece)
    func all(within meters: Double) -> [SnapCandidate] {
      candidates(
        near: point, within: min(meters, rule.roadMetersMax), count: Self.neighboursMax,
        inTunnels: inTunnels ? nil : false)
    }
    switch rule.side {
    case .nearest: return all(within: nearest.distanceMeters + SiteFinder.asNearMeters)
    case .both: return all(within: rule.roadMetersMax)
    case .faced:
      guard let view else { return all(within: nearest.distanceMeters + SiteFinder.asNearMeters) }
      return faced(by: view, at: point, among: all(within: rule.roadMetersMax))
    }
  }

  /// The roads that a camera looks at where they are nearest to it within its view.
  private func faced(
    by view: LayerView, at point: Coordinate, among roads: [SnapCandidate]
  ) -> [SnapCandidate] {
    let sector = ViewSector(
      at: point, headingDegrees: view.headingDegrees, degrees: view.viewDegrees ?? LayerView.degreesUnknown,
      rangeMeters: rule.roadMetersMax)
    let seen = roads.compactMap { road -> (road: SnapCandidate, meters: Double)? in
      let shape = network.shape(of: road.position.segment)
      let meters = zip(shape, shape.dropFirst()).compactMap { sector.nearestMeters(onLineFrom: $0, to: $1) }.min()
      return meters.map { (road, $0) }
    }
    guard let nearest = seen.map(\.meters).min() else { return [] }
    return seen.filter { $0.meters <= nearest + SiteFinder.asNearMeters }.map(\.road)
  }

  /// - Parameter inTunnels: `nil` for all roads.
  private func candidates(
    near point: Coordinate, within meters: Double, count: Int, inTunnels: Bool? = nil
  ) -> [SnapCandidate] {
    Snapper(network).candidates(Snapper.Query(point, radiusMeters: meters, count: count)) { _, piece in
      network.isWalked(piece, rule.levels) && (inTunnels ?? network.isInTunnel(piece)) == network.isInTunnel(piece)
    }
  }
}

extension LayerView {
  /// What a camera whose width of view is not known looks at: all that lies ahead of it.
  fileprivate static let degreesUnknown = 180.0
}

extension ViewSector {
  /// How far the nearest seen part of a line is; `nil` if nothing of it is seen.
  fileprivate func nearestMeters(onLineFrom start: Coordinate, to end: Coordinate) -> Double? {
    parts(ofLineFrom: start, to: end).map { part in
      plane.nearestPoint(
        onLineFrom: start.interpolated(to: end, fraction: part.lowerBound),
        to: start.interpolated(to: end, fraction: part.upperBound)
      ).distanceMeters
    }.min()
  }
}

extension RoadNetwork {
  private func attributes(of piece: PieceID) -> RoadAttributes? {
    way(of: piece).map { attributes[ways[$0].attributes] }
  }

  func isInTunnel(_ piece: PieceID) -> Bool { attributes(of: piece)?.flags.contains(.tunnel) ?? false }

  /// True on land, on a road of the meant levels.
  func isWalked(_ piece: PieceID, _ levels: LevelFilter) -> Bool {
    guard let road = attributes(of: piece) else { return true }
    return road.roadClass != .ferry && road.roadClass != .shuttleTrain && levels.includes(road)
  }
}
