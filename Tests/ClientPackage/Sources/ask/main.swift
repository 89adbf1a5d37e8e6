import API
import Client
import Geometry

/// Which units reach a place first: `ask ADDRESS LAT LON`.
let arguments = CommandLine.arguments
guard arguments.count == 4, let latitude = Double(arguments[2]), let longitude = Double(arguments[3]),
  let place = Coordinate(latitude: latitude, longitude: longitude)
else { fatalError("usage: ask ADDRESS LAT LON") }
let client = try await TocsinClient.connect(to: .parse(arguments[1]))
let answer = try await client.fastestUnits(FastestUnitsRequest(incident: Place(place), count: 3))
for unit in answer.units { print(unit.unit.id, Int(unit.etaSeconds.rounded())) }
