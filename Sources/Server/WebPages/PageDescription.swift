/// What `/openapi.json` says of pages that are asked for with `GET`.
public struct PageDescription: Sendable {
  /// What a caller sets in the path or the query.
  public struct Parameter: Sendable {
    /// Where it stands.
    public enum Place: String, Sendable { case path, query }
    /// What its text is.
    public enum Kind: String, Sendable {
      case text = "string"
      case whole = "integer"
      case number
      case truth = "boolean"
    }

    public var name: String
    public var place: Place
    public var kind: Kind
    /// Those of the path are always needed.
    public var isNeeded: Bool
    /// The only texts that are taken; none for any.
    public var choices: [String]
    /// For people, as Markdown.
    public var text: String

    public init(
      _ name: String, in place: Place, _ text: String, kind: Kind = .text, isNeeded: Bool = false,
      choices: [String] = []
    ) {
      (self.name, self.place, self.kind, self.choices, self.text) = (name, place, kind, choices, text)
      self.isNeeded = isNeeded || place == .path
    }
  }

  /// What comes back with a status of HTTP.
  public struct Answer: Sendable {
    public var status: Int
    /// `nil` without a body.
    public var contentType: String?
    /// For people, as Markdown.
    public var text: String

    public init(_ status: Int, _ contentType: String?, _ text: String) {
      (self.status, self.contentType, self.text) = (status, contentType, text)
    }
  }

  /// The whole path with its parameters, such as `/nearest/v1/{profile}/{coordinate}`.
  public var path: String
  /// Under which head it stands, such as `OSRM`.
  public var group: String
  /// A short line.
  public var title: String
  /// For people, as Markdown.
  public var text: String
  public var parameters: [Parameter]
  /// One for each status that the page answers with.
  public var answers: [Answer]

  public init(
    _ path: String, group: String, title: String, text: String = "", parameters: [Parameter] = [], answers: [Answer]
  ) {
    (self.path, self.group, self.title, self.text) = (path, group, title, text)
    (self.parameters, self.answers) = (parameters, answers)
  }
}
