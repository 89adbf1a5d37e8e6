import Foundation
import InputFiles
import TestSupport
import Testing

/// Files of places.
@Suite struct PlaceFileTests {
  private func read(_ text: String) throws -> (places: [PlaceFile.NamedPlace], faults: [FileFault]) {
    try PlaceFile.read(Array(text.utf8))
  }

  @Test func placesAreReadInTheirOrder() throws {
    let (places, faults) = try read("lon,district,id,lat,heading\n126.98,중구,b,37.56,90\n-1.5,,a,-2,\n")
    #expect(faults == [])
    #expect(places.map(\.id) == ["b", "a"])
    #expect(places.map(\.place.headingDegrees) == [90, nil])
    #expect(places[1].place.coordinate.longitudeE7 == -15_000_000)
  }

  @Test func everyFaultIsTold() throws {
    let (places, faults) = try read("id,lat,lon\na,95,0\nb,1,2\nc,1\nd,x,2\n")
    #expect(places.map(\.id) == ["b"])
    #expect(faults.map(\.line) == [2, 4, 5] && faults[0].value == "95")
    let folder = TemporaryFolder()
    try Data("id,lat,lon\na,95,0\n".utf8).write(to: folder.url("p.csv"))
    let error = #expect(throws: InputFileError.self) { try PlaceFile.places(path: folder.path("p.csv")) }
    #expect(error?.code == .invalidPlaceFile)
  }

  @Test(arguments: ["", "id,lat\n", "id,lat,lon\n", "id,lat,lon,lat\n"])
  func whatIsNoListOfPlacesIsRefused(_ text: String) {
    #expect(throws: FileFault.self) { try read(text) }
  }
}
