import API
import CMessages

extension PostKeep: WireValue {
  static let initialize = tocsin__v1__post_keep__init
  static func read(_ message: Tocsin__V1__PostKeep) throws(CallStatus) -> PostKeep {
    PostKeep(try message.capability.text("capability"), count: Int(message.count))
  }

  func write(to message: inout Tocsin__V1__PostKeep, in arena: MessageArena) {
    message.capability = arena.text(capability)
    message.count = UInt32(clamping: count)
  }
}

extension Post: WireValue {
  static let initialize = tocsin__v1__post__init
  static func read(_ message: Tocsin__V1__Post) throws(CallStatus) -> Post {
    Post(
      id: try message.id.text("id"), name: try message.name.text("name"), place: try .required(message.place, "place"),
      capacity: message.capacity == 0 ? 1 : Int(message.capacity),
      agencies: try .read(message.agencies, message.n_agencies, "agencies"),
      keep: try .read(message.keep, message.n_keep))
  }

  func write(to message: inout Tocsin__V1__Post, in arena: MessageArena) {
    message.id = arena.text(id)
    message.name = arena.text(name)
    message.place = arena.message(place)
    message.capacity = UInt32(clamping: capacity)
    (message.n_agencies, message.agencies) = arena.texts(agencies)
    (message.n_keep, message.keep) = arena.messages(keep)
  }
}

/// Posts to put.
public struct PutPostsRequest: WireValue, Hashable, Sendable {
  public var posts: [Post]

  public init(_ posts: [Post]) { self.posts = posts }

  static let initialize = tocsin__v1__put_posts_request__init
  static func read(_ message: Tocsin__V1__PutPostsRequest) throws(CallStatus) -> PutPostsRequest {
    PutPostsRequest(try .read(message.posts, message.n_posts))
  }

  func write(to message: inout Tocsin__V1__PutPostsRequest, in arena: MessageArena) {
    (message.n_posts, message.posts) = arena.messages(posts)
  }
}

/// Posts to remove.
public struct RemovePostsRequest: WireValue, Sendable {
  public var ids: [String]

  public init(_ ids: [String]) { self.ids = ids }

  static let initialize = tocsin__v1__remove_posts_request__init
  static func read(_ message: Tocsin__V1__RemovePostsRequest) throws(CallStatus) -> RemovePostsRequest {
    RemovePostsRequest(try .read(message.ids, message.n_ids, "ids"))
  }

  func write(to message: inout Tocsin__V1__RemovePostsRequest, in arena: MessageArena) {
    (message.n_ids, message.ids) = arena.texts(ids)
  }
}

extension PostsAnswer: WireValue {
  static let initialize = tocsin__v1__posts_answer__init
  static func read(_ message: Tocsin__V1__PostsAnswer) throws(CallStatus) -> PostsAnswer {
    PostsAnswer(version: message.version, count: Int(message.count), unchangedCount: Int(message.unchanged_count))
  }

  func write(to message: inout Tocsin__V1__PostsAnswer, in arena: MessageArena) {
    (message.version, message.count) = (version, UInt32(clamping: count))
    message.unchanged_count = UInt32(clamping: unchangedCount)
  }
}

extension ListedPost: WireValue {
  static let initialize = tocsin__v1__listed_post__init
  static func read(_ message: Tocsin__V1__ListedPost) throws(CallStatus) -> ListedPost {
    ListedPost(try .required(message.post, "post"), snapped: try .optional(message.snapped))
  }

  func write(to message: inout Tocsin__V1__ListedPost, in arena: MessageArena) {
    message.post = arena.message(post)
    if let snapped { message.snapped = arena.message(snapped) }
  }
}

extension ListPostsAnswer: WireValue {
  static let initialize = tocsin__v1__list_posts_answer__init
  static func read(_ message: Tocsin__V1__ListPostsAnswer) throws(CallStatus) -> ListPostsAnswer {
    ListPostsAnswer(version: message.version, posts: try .read(message.posts, message.n_posts))
  }

  func write(to message: inout Tocsin__V1__ListPostsAnswer, in arena: MessageArena) {
    message.version = version
    (message.n_posts, message.posts) = arena.messages(posts)
  }
}
