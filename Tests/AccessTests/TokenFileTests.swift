import Access
import Foundation
import TOMLText
import TestSupport
import Testing

@Suite struct TokenFileTests {
  @Test func whatIsWrittenIsRead() throws {
    let folder = TemporaryFolder()
    let path = folder.path("tokens.toml")
    var first = TokenRecord(name: "cad \"119\"\n", digest: AccessToken.make().digest, roles: [.dispatch, .traffic])
    first.allowance = CallAllowance(callsPerSecond: 2.5, callsPerDay: 1_000)
    first.expires = Date(timeIntervalSince1970: 1_800_000_000)
    let second = TokenRecord(name: "대구", digest: AccessToken.make().digest, roles: [.read])
    try TokenFile.append(first, to: path)
    try TokenFile.append(second, to: path)
    #expect(try TokenFile.read(path) == [first, second])
    #expect(try mode(of: path) == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")) == ["tokens.toml"])
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    try TokenFile.append(
      TokenRecord(name: "third", digest: AccessToken.make().digest, roles: [.read]), to: path)
    #expect(try mode(of: path) == 0o640, "what the operator chose stays")
  }

  private func mode(of path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test(arguments: [
    ("[[token]]\nname = \"a\"\nroles = [\"read\"]\n", "TOKENS_BAD_VALUE", "sha256"),
    ("[[token]]\nname = \"a\"\nroles = [\"king\"]\nsha256 = \"HASH\"\n", "TOKENS_BAD_VALUE", "2:token[1].roles"),
    ("[[token]]\nroles = [\"read\"]\nsha256 = \"HASH\"\n", "TOKENS_BAD_VALUE", "name"),
    ("[[token]]\nname = \"a\"\nroles = [\"read\"]\nsha256 = \"HASH\"\ncalls = 1\n", "TOKENS_UNKNOWN_KEY", "calls"),
    (
      "[[token]]\nname = \"a\"\nroles = [\"read\"]\nsha256 = \"HASH\"\nexpires = \"soon\"\n", "TOKENS_BAD_VALUE",
      "expires"
    ),
    ("tokens = 1\n", "TOKENS_UNKNOWN_KEY", "tokens"), ("[[token]", "TOKENS_UNREADABLE", "t.toml"),
  ])
  func faultsAreNamed(_ text: String, _ code: String, _ place: String) {
    let hash = "\(AccessToken.make().digest)".dropFirst("sha256:".count)
    let error = #expect(throws: FileError.self) {
      try TokenFile.read(text: text.replacingOccurrences(of: "HASH", with: hash), file: "t.toml")
    }
    #expect(error?.code.rawValue == code)
    #expect(error?.message.contains(place.replacingOccurrences(of: "2:", with: "")) == true, "\(error?.message ?? "")")
  }

  @Test func oneTokenStandsOnce() throws {
    let folder = TemporaryFolder()
    let path = folder.path("tokens.toml")
    let record = TokenRecord(name: "a", digest: AccessToken.make().digest, roles: [.read])
    try TokenFile.append(record, to: path)
    try TokenFile.append(record, to: path)
    let error = #expect(throws: FileError.self) { try TokenFile.read(path) }
    #expect(error?.code == .init(.tokens, .badValue))
  }
}
