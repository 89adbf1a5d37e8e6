import API
import Ledger

/// Posts that are kept: put and removed.
extension TocsinEngine {
  public func putPosts(_ posts: [Post], by origin: ChangeOrigin) throws(EngineError) -> PostsAnswer {
    try Validation.atMost(limits.postsMax, "limits.posts", posts.count, "too many posts in one call")
    for post in posts { try Validation.post(post) }
    try Validation.unique(posts.map(\.id), .invalidPost)
    return try changePosts(by: origin) { [limits] roster, drafted throws(EngineError) in
      var unchangedCount = 0
      for post in posts {
        if roster[post.id] == post {
          unchangedCount += 1
          continue
        }
        drafted.changes.append(.put(.post(post.id), try post.ledgerData()))
        roster.put(post)
      }
      try Validation.atMost(limits.postsMax, "limits.posts", roster.count, "too many posts")
      return PostsAnswer(version: 0, count: posts.count, unchangedCount: unchangedCount)
    }
  }

  public func removePosts(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> PostsAnswer {
    let ids = ids.composed
    try Validation.unique(ids, .invalidPost)
    return try changePosts(by: origin) { roster, drafted throws(EngineError) in
      if let id = roster.unknown(among: ids) { throw .unknownPost(id) }
      for id in ids { roster.remove(id) }
      drafted.changes = ids.map { .remove(.post($0)) }
      return PostsAnswer(version: 0, count: ids.count)
    }
  }

  public func listPosts(within limit: WorkLimit) throws(EngineError) -> ListPostsAnswer {
    let state = currentState()
    let posts = state.posts.sorted
    let snapped = try snappedPlaces(posts.map(\.place), postGoals, in: state, within: limit)
    return ListPostsAnswer(
      version: state.snapshot.version, posts: zip(posts, snapped).map { ListedPost($0, snapped: $1) })
  }

  private func changePosts(
    by origin: ChangeOrigin,
    _ body: @escaping @Sendable (inout Roster<Post>, inout DraftedChange) throws(EngineError) -> PostsAnswer
  ) throws(EngineError) -> PostsAnswer {
    let committed = try change(by: origin) { draft, _ throws(EngineError) in
      var drafted = DraftedChange()
      drafted.posts = try body(&draft.posts, &drafted)
      return drafted
    }
    var answer = committed.change.posts ?? PostsAnswer(version: 0, count: 0)
    answer.version = committed.version
    return answer
  }
}

extension EngineError {
  static func unknownPost(_ id: String) -> EngineError {
    EngineError(.unknownPost, "no post has this id", value: id)
  }
}
