import API
import AnswerJSON
import ArgumentParser
import InputFiles

/// `tocsin posts`.
struct PostsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "posts", abstract: "List, put or remove posts: places where units stand ready.",
    subcommands: [PutPosts.self, ListPosts.self, RemovePosts.self], defaultSubcommand: ListPosts.self)
}

struct PutPosts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put", abstract: "Add or replace posts from a CSV file: all or none.",
    discussion: """
      The first line names the columns: id, name, lat, lon, heading, capacity (how many units there is room for), \
      agencies (whose units may move there, separated by ;), keep (what stays there, separated by ;: 1 engine, or 2 of \
      whichever units). Only id, lat and lon are required.
      """)

  @Argument(help: "CSV file of posts.")
  var file: String
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let posts = try PostFile.posts(path: file)
    let answer = try await server.withClient { try await $0.putPosts(posts) }
    let same = answer.unchangedCount > 0 ? ", \(Figures.count(answer.unchangedCount)) known so already" : ""
    try output.show(
      answer.json, text: "\(Figures.count(answer.count, of: "post")) put\(same), version \(answer.version)\n")
  }
}

struct ListPosts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List all posts.")

  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await server.withClient { try await $0.listPosts() }
    try geojson.show(
      answer.posts.map { GeoJSON.feature([$0.post.place.coordinate], $0.json) }, output, answer.json,
      text: PostText.list(answer.posts))
  }
}

struct RemovePosts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove posts by id: all or none.")

  @Argument(help: "Ids of posts, as `tocsin posts` lists them.")
  var ids: [String]
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws { if ids.isEmpty { throw ValidationError("Missing expected argument '<ids> ...'") } }

  func run() async throws {
    let answer = try await server.withClient { try await $0.removePosts(ids) }
    try output.show(
      answer.json, text: "\(Figures.count(answer.count, of: "post")) removed, version \(answer.version)\n")
  }
}
