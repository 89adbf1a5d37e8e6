import WebPages

/// What a web server shows, and to pages of which other addresses it answers.
public struct WebSettings: Sendable {
  /// Names by which browsers may call the server, such as `tocsin.city.example`: beside numeric addresses and
  /// `localhost`, which no stranger's page can take.
  public var hosts: [String] = []
  /// Other origins whose pages may ask, such as `https://map.city.example`.
  public var origins: [String] = []
  /// Answered below their paths.
  public var folders: [any PageFolder] = []
  /// `GET /metrics`, for callers that may ask; `nil` where there is none.
  public var metrics: (@Sendable () -> PageAnswer)?
  /// `GET /health`, for everybody.
  public var health: (@Sendable () -> PageAnswer)?

  public init() {}
}
