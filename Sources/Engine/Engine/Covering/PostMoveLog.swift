import API
import Foundation
import Geometry
import Synchronization

/// Which posts units came from when they moved up, as far as this process has seen it: nobody is sent back and forth.
final class PostMoveLog: Sendable {
  /// A unit that left for a post.
  private struct Departure {
    /// The post that it covered before; empty if none was named.
    var postID: String
    /// Where it stood.
    var coordinate: Coordinate
    var at: Date
  }

  private let departures = Mutex<[String: Departure]>([:])

  /// Notes units whose task is another post than before. O(units).
  func note(_ units: [ReportedUnit], at moment: Date) {
    let moved = units.compactMap { reported -> (String, Departure)? in
      let unit = reported.now.unit
      guard let known = reported.known?.unit, let postID = unit.task?.postID, !postID.isEmpty,
        postID != known.task?.postID
      else { return nil }
      return (
        unit.id,
        Departure(
          postID: known.task?.postID ?? "", coordinate: known.coordinate, at: unit.statusAt ?? moment)
      )
    }
    if moved.isEmpty { return }
    departures.withLock { departures in
      departures = departures.filter { moment.timeIntervalSince($0.value.at) < Limits.bounceSecondsMax }
      for (id, departure) in moved { departures[id] = departure }
    }
  }

  /// The post that a unit came from within ``Limits/bounceSecondsMax``, by its position; `nil` if there is none.
  func origin(of unitID: String, among posts: PostFinder, at moment: Date) -> Int? {
    guard let departure = departures.withLock({ $0[unitID] }),
      moment.timeIntervalSince(departure.at) < Limits.bounceSecondsMax
    else { return nil }
    return posts.position(ofID: departure.postID) ?? posts.position(near: departure.coordinate)
  }
}

/// Finds posts by id and by place.
struct PostFinder {
  private let posts: [Post]
  private let positions: [String: Int]

  /// A unit no farther from a post stands there.
  static let atPostMeters = 200.0
  /// As degrees of latitude, with some room.
  private static let atPostDegrees = 0.002

  init(_ posts: [Post]) {
    self.posts = posts
    positions = Dictionary(uniqueKeysWithValues: posts.enumerated().map { ($1.id, $0) })
  }

  func position(ofID id: String) -> Int? { positions[id] }

  /// The nearest post at which somebody stands; `nil` if none is. O(posts).
  func position(near place: Coordinate) -> Int? {
    var best: (position: Int, meters: Double)?
    for (position, post) in posts.enumerated() {
      guard abs(post.place.coordinate.latitude - place.latitude) < Self.atPostDegrees else { continue }
      let meters = post.place.coordinate.distanceMeters(to: place)
      if meters <= Self.atPostMeters, meters < best?.meters ?? .infinity { best = (position, meters) }
    }
    return best?.position
  }
}
