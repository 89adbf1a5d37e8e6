import API
import Messages
import TestSupport
import Testing

@Suite struct ErrorTests {
  /// A line of the table: what is asked for, and the code that it is refused with.
  struct Refusal: CustomTestStringConvertible {
    let url: String
    let code: String
    var message: String?

    init(_ url: String, _ code: String, _ message: String? = nil) {
      (self.url, self.code, self.message) = (url, code, message)
    }

    var testDescription: String { url }
  }

  /// `PLACES` are two of the town, `FAR` is one in the sea.
  static let refusals = [
    Refusal("/route", "InvalidUrl"),
    Refusal("/route/v1", "InvalidUrl"),
    Refusal("/route/v1/driving", "InvalidUrl"),
    Refusal("/route/v2/driving/PLACES", "InvalidVersion", "Service route not found!"),
    Refusal("/trip/v1/driving/PLACES", "InvalidService", "Service trip not found!"),
    Refusal("/route/v1/driving/", "InvalidQuery"),
    Refusal("/route/v1/driving/1,2;", "InvalidQuery"),
    Refusal("/route/v1/driving/1,2,3;PLACES", "InvalidQuery"),
    Refusal("/route/v1/driving/1;PLACES", "InvalidQuery"),
    Refusal("/route/v1/driving/1,x;PLACES", "InvalidQuery"),
    Refusal("/route/v1/driving/-1e2,37;PLACES", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES.xml", "InvalidQuery"),
    Refusal("/route/v1/driving/polyline(%20)", "InvalidQuery"),
    Refusal("/route/v1/driving/polyline()", "InvalidQuery"),
    Refusal("/route/v1/driving/200,37;PLACES", "InvalidValue", "Invalid coordinate value."),
    Refusal("/route/v1/driving/127,91;PLACES", "InvalidValue", "Invalid coordinate value."),
    Refusal("/route/v1/tank/PLACES", "InvalidValue"),
    Refusal("/route/v1/driving/FAR", "InvalidOptions", "Number of coordinates needs to be at least two."),
    Refusal("/route/v1/driving/PLACES;FAR", "NoSegment", "Could not find a matching segment for coordinate 2"),
    Refusal("/route/v1/driving/FAR;PLACES", "NoSegment", "Could not find a matching segment for coordinate 0"),
    Refusal("/route/v1/driving/PLACES?foo=1", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?steps=1", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?overview=some", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?geometries=wkt", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?annotations=foo", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?alternatives=x", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?alternatives=-1", "InvalidQuery"),
    Refusal(
      "/route/v1/driving/PLACES?alternatives=4", "TooBig",
      "Requested number of alternatives is higher than current maximum (3)"),
    Refusal("/route/v1/driving/PLACES?continue_straight=x", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?generate_hints=x", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?snapping=x", "InvalidQuery"),
    Refusal(
      "/route/v1/driving/PLACES?radiuses=5", "InvalidOptions",
      "Number of elements in radiuses size 1 does not match coordinate size 2"),
    Refusal("/route/v1/driving/PLACES?hints=", "InvalidOptions"),
    Refusal("/route/v1/driving/PLACES?radiuses=x;5", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?radiuses=-1;5", "InvalidOptions"),
    Refusal("/route/v1/driving/PLACES?radiuses=nan;5", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?bearings=20;", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?bearings=400,20;", "InvalidOptions"),
    Refusal("/route/v1/driving/PLACES?bearings=4,200;", "InvalidOptions"),
    Refusal("/route/v1/driving/PLACES?approaches=foo;", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?exclude=motorway", "InvalidValue", "Exclude flag combination is not supported."),
    Refusal("/route/v1/driving/PLACES?waypoints=0", "InvalidValue"),
    Refusal("/route/v1/driving/PLACES?waypoints=0;0;1", "InvalidValue"),
    Refusal("/route/v1/driving/PLACES?waypoints=0;x", "InvalidQuery"),
    Refusal("/route/v1/driving/PLACES?waypoints=0;2", "InvalidOptions"),
    Refusal("/table/v1/driving/FAR", "InvalidOptions"),
    Refusal("/table/v1/driving/PLACES;FAR", "NoSegment", "Could not find a matching segment for coordinate 2"),
    Refusal("/table/v1/driving/PLACES?sources=7", "InvalidOptions"),
    Refusal("/table/v1/driving/PLACES?sources=", "InvalidQuery"),
    Refusal("/table/v1/driving/PLACES?destinations=x", "InvalidQuery"),
    Refusal("/table/v1/driving/PLACES?annotations=speed", "InvalidQuery"),
    Refusal("/table/v1/driving/PLACES?scale_factor=0", "InvalidOptions", "scale_factor must be > 0"),
    Refusal("/table/v1/driving/PLACES?fallback_speed=-1", "InvalidOptions", "fallback_speed must be > 0"),
    Refusal("/table/v1/driving/PLACES?fallback_speed=x", "InvalidQuery"),
    Refusal("/table/v1/driving/PLACES?fallback_coordinate=x", "InvalidQuery"),
    Refusal("/table/v1/driving/PLACES?steps=true", "InvalidQuery"),
    Refusal("/nearest/v1/driving/FAR", "NoSegment", "Could not find a matching segment for coordinate 0"),
    Refusal("/nearest/v1/driving/PLACES", "InvalidOptions"),
    Refusal("/nearest/v1/driving/FAR?number=0", "InvalidOptions"),
    Refusal("/nearest/v1/driving/FAR?number=x", "InvalidQuery"),
    Refusal("/nearest/v1/driving/FAR?number=51", "TooBig"),
  ]

  @Test(arguments: refusals)
  func refusedInOSRMsWords(_ refusal: Refusal) throws {
    let town = try Town("A-1-B-2-C")
    let url = refusal.url.replacing("PLACES", with: town.map.url("12")).replacing("FAR", with: "0,0")
    let page = try Desk(town).page(url)
    let answer = try JSON(parsing: page.body)
    #expect(page.status == 400)
    #expect(page.contentType.hasPrefix("application/json"))
    #expect(answer.names == ["code", "message"])
    #expect(answer["code"].text == refusal.code, "\(answer)")
    #expect(answer["message"].text?.isEmpty == false)
    if let message = refusal.message { #expect(answer["message"].text == message) }
  }

  @Test func tooManyCoordinatesAreTooBig() throws {
    let town = try Town("A-1-B-2-C")
    let many = Array(repeating: town.map.url("1"), count: Limits.viaPointsMax + 3).joined(separator: ";")
    #expect(try Desk(town).json("/route/v1/driving/\(many)")["code"].text == "TooBig")
    let all = Array(repeating: "1,2", count: Limits.matrixPlacesMax + 1).joined(separator: ";")
    #expect(try Desk(town).json("/table/v1/driving/\(all)")["code"].text == "TooBig")
  }

  /// What goes wrong outside of the engine has a status that tells clients whether to come again.
  @Test(arguments: [
    (CallCode.rateLimited, 429), (.overloaded, 429), (.shuttingDown, 503), (.deadlineExceeded, 504),
    (.unauthenticated, 401), (.permissionDenied, 403),
  ])
  func statusesOfTheServer(_ code: CallCode, _ status: Int) throws {
    let town = try Town("A-1-B-2-C")
    let page = try Desk(town).page("/route/v1/driving/\(town.map.url("12"))", failing: CallStatus(code, "no"))
    #expect(page.status == status)
    #expect(try JSON(parsing: page.body)["code"].text == code.rawValue)
  }
}
