import Geometry

/// A place where units stand ready: a station, a street corner that is covered by the hour.
public struct Post: Hashable, Codable, Sendable, Identifiable {
  /// The department's name of the post, unique.
  @Composed public var id: String
  /// For people.
  @Composed public var name: String
  public var place: Place
  /// How many units there is room for, 1 or more.
  public var capacity: Int
  /// Whose units may move there; empty for all.
  @Composed public var agencies: [String]
  /// This many of the units that stand there stay.
  public var keep: [PostKeep]

  public init(
    id: String, name: String = "", place: Place, capacity: Int = 1, agencies: [String] = [], keep: [PostKeep] = []
  ) {
    (self.id, self.name, self.place, self.capacity) = (id, name, place, capacity)
    (self.agencies, self.keep) = (agencies, keep)
  }
}

/// A post keeps this many units that can do something.
public struct PostKeep: Hashable, Codable, Sendable {
  /// Empty: whatever they can do.
  @Composed public var capability: String
  /// 1 or more.
  public var count: Int

  public init(_ capability: String = "", count: Int) { (self.capability, self.count) = (capability, count) }
}

/// What became of a change of posts.
public struct PostsAnswer: Hashable, Sendable {
  /// The first version whose answers know the change.
  public var version: UInt64
  /// How many posts were put or removed.
  public var count: Int
  /// How many of them were known just so already.
  public var unchangedCount: Int

  public init(version: UInt64, count: Int, unchangedCount: Int = 0) {
    (self.version, self.count, self.unchangedCount) = (version, count, unchangedCount)
  }
}

/// A post as the engine knows it.
public struct ListedPost: Hashable, Sendable {
  public var post: Post
  /// Where it is on the road; `nil` if no road is near.
  public var snapped: SnappedPlace?

  public init(_ post: Post, snapped: SnappedPlace? = nil) { (self.post, self.snapped) = (post, snapped) }
}

/// All posts by id.
public struct ListPostsAnswer: Hashable, Sendable {
  public var version: UInt64
  public var posts: [ListedPost]

  public init(version: UInt64, posts: [ListedPost]) { (self.version, self.posts) = (version, posts) }
}

extension Validation {
  /// - Throws: ``EngineError`` for the first value that can't be taken; its message names the post.
  public static func post(_ post: Post) throws(EngineError) {
    try id(post.id, .invalidPost)
    try named("post \(post.id)") { () throws(EngineError) in
      try text(post.name, "the name", .invalidPost)
      try place(post.place)
      guard (1...Limits.postCapacityMax).contains(post.capacity) else {
        throw EngineError(
          .invalidPost, "there is room for 1 to \(Limits.postCapacityMax) units", value: "\(post.capacity)")
      }
      try atMost(Limits.planAgenciesMax, "plan_agencies", post.agencies.count, "too many agencies")
      for agency in post.agencies { try text(agency, "an agency", .invalidPost) }
      try atMost(Limits.keepRulesMax, "keep_rules", post.keep.count, "too many keep rules")
      for rule in post.keep {
        try text(rule.capability, "a capability", .invalidPost)
        guard (1...Limits.postCapacityMax).contains(rule.count) else {
          throw EngineError(
            .invalidPost, "a post keeps 1 to \(Limits.postCapacityMax) units", value: "\(rule.count)")
        }
      }
      try unique(post.keep.map(\.capability), .invalidPost)
    }
  }
}
