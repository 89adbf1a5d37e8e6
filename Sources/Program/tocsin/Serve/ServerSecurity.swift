import Access
import Foundation
import Messages
import Settings
import TransportSecurity

/// Who may call a server, and over which transports: as configured, and again whenever the files are reloaded.
struct ServerSecurity: Sendable {
  let access: AccessControl
  let tls: ServerTLS?
  private let configuration: ServerConfiguration

  /// Reads tokens and certificates. Throws `TOKENS_…`, `TLS_…`, `CONFIG_BAD_VALUE`.
  init(_ configuration: ServerConfiguration) throws {
    self.configuration = configuration
    access = AccessControl(try Self.rules(configuration))
    tls = try Self.tls(configuration)
  }

  /// Reads tokens and certificates again. Those with a fault stay as they were.
  func reloadTokens() throws { access.replace(by: try Self.rules(configuration)) }

  /// Reads the certificates again. If they have a fault, those in force stay.
  func reloadCertificates() throws { try tls?.reload() }

  /// Refuses addresses at which anybody on the network could call, unless the configuration says that it is meant so.
  func check(_ addresses: [ServerAddress]) throws {
    guard !configuration.listen.isInsecure else { return }
    let isGuarded = tls != nil && (access.needsSecret || configuration.tls.clientAuthorities != nil)
    guard !isGuarded, let open = addresses.first(where: { !$0.isLocal }) else { return }
    throw CommandFailure(
      "INSECURE_LISTENER",
      "to serve other machines, use TLS with tokens or client certificates, or allow it with --insecure",
      value: "\(open)")
  }

  /// Refuses to show metrics to the network: whoever reaches them may read them.
  func checkMetrics(_ address: ServerAddress) throws {
    guard !configuration.listen.isInsecure, !address.isLocal else { return }
    throw CommandFailure(
      "INSECURE_LISTENER", "metrics are shown to anybody who asks: other machines may see them only with --insecure",
      value: "\(address)"
    )
  }

  private static func rules(_ configuration: ServerConfiguration) throws -> AccessRules {
    var rules = AccessRules()
    rules.tokens = try configuration.access.tokens.map { try TokenFile.read($0) } ?? []
    rules.isTokenFileGiven = configuration.access.tokens != nil
    rules.certificates = configuration.tls.roles
    rules.users = configuration.access.users
    return rules
  }

  private static func tls(_ configuration: ServerConfiguration) throws -> ServerTLS? {
    let tls = configuration.tls
    guard let certificate = tls.certificate, let key = tls.key else {
      guard tls.certificate == nil, tls.key == nil, tls.clientAuthorities == nil else {
        throw CommandFailure("CONFIG_BAD_VALUE", "tls.certificate and tls.key go together")
      }
      return nil
    }
    let clients: ClientCertificates =
      switch tls.clientAuthorities {
      case nil: .ignored
      // A caller with a token needs no certificate.
      case .some(let authorities) where configuration.access.tokens != nil: .accepted(authorities: authorities)
      case .some(let authorities): .required(authorities: authorities)
      }
    return try ServerTLS(CertificateFiles(certificate: certificate, key: key), clientCertificates: clients)
  }
}
