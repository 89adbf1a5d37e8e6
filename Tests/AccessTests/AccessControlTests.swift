import Access
import Foundation
import Messages
import Testing

@Suite struct AccessControlTests {
  private static let day = ContinuousClock.now

  private static func rules(
    _ token: AccessToken, _ roles: Set<Role> = [.dispatch],
    _ allowance: CallAllowance = CallAllowance(), expires: Date? = nil
  ) -> AccessRules {
    var rules = AccessRules()
    rules.tokens = [
      TokenRecord(name: "cad", digest: token.digest, roles: roles, allowance: allowance, expires: expires)
    ]
    return rules
  }

  @Test func everybodyMayWhereNothingIsWrittenDown() throws {
    let access = AccessControl()
    #expect(!access.restricts)
    var user = Credentials()
    user.user = "ann"
    #expect(try access.principal(token: "", user).name == "ann")
    #expect(try access.principal(token: "whatever", Credentials()).may(.administer))
  }

  @Test func aTokenSaysWhoCalls() throws {
    let token = AccessToken.make()
    let access = AccessControl(Self.rules(token))
    let principal = try access.principal(token: token.text, Credentials())
    #expect(principal.name == "cad" && principal.roles == [.dispatch])
    for wrong in ["", "tocsin_", String(token.text.dropLast()), token.text + "A"] {
      let error = #expect(throws: CallStatus.self) { try access.principal(token: wrong, Credentials()) }
      #expect(error?.code == "UNAUTHENTICATED" && error?.grpcCode == 16)
      #expect(wrong.isEmpty || error?.description.contains(wrong) == false)
    }
  }

  @Test func rolesMayWhatTheyAreFor() {
    let allowed: [Role: Set<Permission>] = [
      .read: [.checkHealth, .ask], .dispatch: [.checkHealth, .ask, .moveUnits, .keepPlans, .keepLayers],
      .traffic: [.checkHealth, .ask, .changeTraffic, .keepLayers], .admin: Set(Permission.allCases),
    ]
    for role in Role.allCases {
      #expect(Set(Permission.allCases.filter(role.allows)) == allowed[role])
    }
  }

  @Test func tokensExpire() throws {
    let token = AccessToken.make()
    let end = Date(timeIntervalSince1970: 1_800_000_000)
    let access = AccessControl(Self.rules(token, expires: end))
    _ = try access.principal(token: token.text, Credentials(), at: end.addingTimeInterval(-1))
    let error = #expect(throws: CallStatus.self) { try access.principal(token: token.text, Credentials(), at: end) }
    #expect(error?.value == "cad")
  }

  @Test func certificatesAndUsers() throws {
    var rules = Self.rules(AccessToken.make())
    rules.certificates = ["CN=tic,O=Daegu": [.traffic]]
    rules.users = ["cad": [.dispatch]]
    let access = AccessControl(rules)
    var credentials = Credentials()
    credentials.certificateSubject = "CN=tic,O=Daegu"
    #expect(try access.principal(token: "", credentials).roles == [.traffic])
    credentials.certificateSubject = "CN=tic,O=Seoul"
    #expect(throws: CallStatus.self) { try access.principal(token: "", credentials) }
    credentials.user = "cad"
    #expect(try access.principal(token: "", credentials).roles == [.dispatch])
    credentials.user = "eve"
    #expect(throws: CallStatus.self) { try access.principal(token: "", credentials) }
    credentials.isOwner = true
    #expect(try access.principal(token: "", credentials).roles == [.admin])
  }

  @Test func rulesAreReplaced() throws {
    let old = AccessToken.make()
    let new = AccessToken.make()
    let access = AccessControl(Self.rules(old))
    let before = access.generation
    access.replace(by: Self.rules(new))
    #expect(access.generation != before)
    #expect(throws: CallStatus.self) { try access.principal(token: old.text, Credentials()) }
    _ = try access.principal(token: new.text, Credentials())
  }

  @Test func ratesAreHeld() throws {
    let token = AccessToken.make()
    let access = AccessControl(Self.rules(token, [.read], CallAllowance(callsPerSecond: 10)))
    let principal = try access.principal(token: token.text, Credentials())
    #expect((0..<10).allSatisfy { _ in principal.take(at: Self.day) == nil })
    let refusal = try #require(principal.take(at: Self.day))
    #expect(refusal.code == "RATE_LIMITED" && refusal.grpcCode == 8 && refusal.value == "calls_per_second = 10.0")
    let later = Self.day.advanced(by: .milliseconds(250))
    #expect((0..<2).allSatisfy { _ in principal.take(at: later) == nil })
    #expect(principal.take(at: later) != nil)
  }

  @Test func aNewTokenHasNoFreshQuota() throws {
    let old = AccessToken.make()
    let new = AccessToken.make()
    let allowance = CallAllowance(callsPerDay: 3)
    let access = AccessControl(Self.rules(old, [.read], allowance))
    let principal = try access.principal(token: old.text, Credentials())
    #expect((0..<3).allSatisfy { _ in principal.take(at: Self.day) == nil })
    access.replace(by: Self.rules(new, [.read], allowance))
    let again = try access.principal(token: new.text, Credentials())
    #expect(again.take(at: Self.day)?.value == "calls_per_day = 3")
    #expect(again.take(at: Self.day.advanced(by: .seconds(86_400))) == nil)
  }

  @Test func digestsAreWrittenAndRead() {
    let token = AccessToken.make()
    #expect(token.text != AccessToken.make().text && token.text.count == 50)
    #expect(TokenDigest(token.digest.description) == token.digest)
    #expect(
      TokenDigest(of: "abc").description
        == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    for wrong in ["", "sha256:", "sha256:zz", "md5:00", token.digest.description + "0"] {
      #expect(TokenDigest(wrong) == nil)
    }
  }
}
