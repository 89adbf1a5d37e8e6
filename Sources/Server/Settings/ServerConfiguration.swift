import API
import Access
import Calls

/// Everything that `tocsin serve` can be told, with its defaults. ``Setting`` says what each value means.
public struct ServerConfiguration: Sendable {
  /// Where to listen. Without any address the server takes the default socket file.
  public struct Listen: Hashable, Sendable {
    /// A socket file.
    public var socket: String?
    /// `host:port` for frames.
    public var tcp: String?
    /// `host:port` for gRPC.
    public var grpc: String?
    /// `host:port` for the web: JSON, pages, maps.
    public var web: String?
    /// `host:port` for metrics and health.
    public var metrics: String?
    /// Serve TCP beyond the loopback without TLS.
    public var isInsecure = false
  }

  /// Which browsers' pages may ask.
  public struct Web: Hashable, Sendable {
    /// Names of the server, beside numeric addresses and `localhost`.
    public var hosts: [String] = []
    /// Other origins, such as `https://map.city.example`.
    public var origins: [String] = []
  }

  /// Certificates, all in PEM.
  public struct TLS: Sendable {
    public var certificate: String?
    public var key: String?
    /// The authorities that clients' certificates must be signed by.
    public var clientAuthorities: String?
    /// By the subject of a client's certificate.
    public var roles: [String: Set<Role>] = [:]
  }

  /// Who may call.
  public struct AccessSettings: Sendable {
    public var tokens: String?
    /// By the user at the other end of a Unix socket.
    public var users: [String: Set<Role>] = [:]
  }

  /// What vehicles may do, and what the roads are called.
  public struct TrafficSettings: Hashable, Sendable {
    /// The folder of vehicle profiles.
    public var profiles: String?
    /// Only these are served; none named is all.
    public var profileNames: [String] = []
    public var overrides: String?
    public var links: String?
    public var typicalSpeeds: String?
  }

  /// How the server tells what it does.
  public struct Log: Hashable, Sendable {
    /// Levels as swift-log names them.
    public enum Level: String, CaseIterable, Sendable { case trace, debug, info, notice, warning, error, critical }
    /// For people, or one JSON object a line.
    public enum Format: String, CaseIterable, Sendable { case text, json }

    public var level = Level.info
    public var format = Format.text
  }

  public var map: String?
  public var listen = Listen()
  public var web = Web()
  public var tls = TLS()
  public var access = AccessSettings()
  public var traffic = TrafficSettings()
  public var locate = LocateLayers()
  /// The ledger's file.
  public var ledger: String?
  public var log = Log()
  /// Of calls and connections.
  public var callLimits = CallLimits()
  /// Of what the engine keeps and answers.
  public var engineLimits = EngineLimits()

  public init() {}
}
