#if Web
import Foundation
import TestSupport
import Testing

private let ogrinfo = "/usr/bin/ogrinfo"
private let routersAreMissing = TestScript.missing(modules: ["routingpy", "vroom"])
private let gdalIsMissing = TestScript.missing(programs: [TestScript.python, ogrinfo])

/// What others wrote for other servers asks this one without a change.
@Suite struct OtherClientTests {
  private static func script(_ path: String) -> String {
    TestScript.package.appendingPathComponent("Tests/\(path)").path
  }

  /// Routes and tables by routingpy, a tour by VROOM.
  @Test(
    .enabled(if: routersAreMissing == nil, "\(routersAreMissing ?? "")"),
    arguments: ["routingpy_client.py", "pyvroom_client.py"])
  func askAsOSRMIsAsked(_ script: String) async throws {
    let town = try WebTown()
    let places = try town.joinedPlaces(5).map { "\($0.coordinate.longitude),\($0.coordinate.latitude)" }
    #expect(places.count == 5)
    try await town.serve { base in
      // VROOM takes no scheme.
      let server = script == "pyvroom_client.py" ? String(base.dropFirst("http://".count)) : base
      let told = try await TestScript.runAside(
        TestScript.python, [Self.script("OSRMPagesTests/Python/\(script)"), server] + places)
      #expect(told.hasSuffix("as expected\n"), "\(told)")
    }
  }

  /// The collections of features as QGIS opens them, by GDAL.
  @Test(.enabled(if: gdalIsMissing == nil, "\(gdalIsMissing ?? "")")) func collectionsAreOpened() async throws {
    let town = try WebTown()
    try await town.serve { base in
      let told = try await TestScript.runAside(
        TestScript.python, [Self.script("MapPagesTests/Python/open_features.py"), base])
      #expect(told.hasSuffix("done\n"), "\(told)")
      #expect(told.contains("units 12 Point"), "\(told)")
      #expect(told.contains("closures 0"), "\(told)")
    }
  }
}
#endif
