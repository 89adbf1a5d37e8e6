import API
import AnswerJSON

extension PostsAnswer {
  var json: JSONObject { ["version": version, "count": count, "unchanged": unchangedCount] }
}

extension ListPostsAnswer {
  var json: JSONObject { ["version": version, "posts": posts.map(\.json)] }
}

/// Posts for people.
enum PostText {
  static func list(_ posts: [ListedPost]) -> String {
    if posts.isEmpty { return "No posts.\n" }
    return TextTable("post", "name", ">room", "agencies", "keeps", "road").text(of: posts) { listed in
      let post = listed.post
      return [
        post.id, post.name, "\(post.capacity)", post.agencies.joined(separator: ", "),
        post.keep.map { $0.capability.isEmpty ? "\($0.count)" : "\($0.count) \($0.capability)" }.joined(
          separator: ", "),
        listed.snapped.map { $0.name.isEmpty ? "way \($0.wayOSMID)" : $0.name } ?? "off the map",
      ]
    }
  }
}
