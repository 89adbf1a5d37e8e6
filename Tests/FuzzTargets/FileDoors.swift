import API
import Foundation
import Geometry
import InputFiles
import Messages
import TimeRules

extension FuzzDoor {
  /// Files that people give to commands.
  static let inputFiles: [FuzzDoor] = [
    FuzzDoor(
      "csv", dictionary: ["\"", "\"\"", ",", ";", "\t", "\r\n", "\n", "\u{FEFF}"],
      samples: texts("a,b\n1,\"x,\"\"y\"\"\"\r\n", "\u{FEFF}a\n\n\"b\nc\"\n"),
      run: { bytes in
        guard let records = try? CSVReader.records(of: bytes) else { return }
        let text = records.map { csvLine($0.fields) }.joined()
        let again = try? CSVReader.records(of: Array(text.utf8))
        try promise(again?.map(\.fields) == records.map(\.fields), "CSV that is written and read is the same")
      }),
    FuzzDoor(
      "geojson", dictionary: ["\"coordinates\":", "[[", "]]", "null", "1e999", "true", "\"MultiLineString\"", "-90"],
      samples: texts(
        #"{"type":"LineString","coordinates":[[4.5,52.1],[4.6,52.2]]}"#,
        #"{"features":[{"id":7,"geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4],[1,2]]]},"properties":{"a":1}}]}"#,
        #"{"type":"Feature","geometry":{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[]]}}"#,
        #"{"type":"GeometryCollection","geometries":[{"type":"MultiPolygon","coordinates":[[[[1,2],[3,4],[5,1]]]]},null]}"#
      ),
      run: { bytes in
        guard let features = try? GeoJSONReader.features(bytes) else { return }
        let places = features.flatMap(\.shapes).flatMap { shape in
          (shape.line ?? []) + (shape.area.map { $0.corners + $0.holes.joined() } ?? [])
        }
        try promise(places.allSatisfy { abs($0.latitude) <= 90 && abs($0.longitude) <= 180 }, "places are on earth")
      }),
    FuzzDoor(
      "layers", dictionary: ["nan", "1e999", ",", "\n", "weight", "heading", "\"Point\"", "\"properties\":{"],
      samples: texts(
        "id,lat,lon,weight,heading,x\nA,52.1,4.5,2,90,y\n",
        #"{"features":[{"id":7,"geometry":{"type":"Point","coordinates":[1,2]},"properties":{"heading":3,"weight":1e3}}]}"#
      ),
      run: { bytes in
        var features = (try? LayerFile.read(csv: bytes)).flatMap { $0.faults.isEmpty ? $0.features : nil } ?? []
        if let read = try? GeoJSONReader.features(bytes) {
          let (contents, faults) = LayerFile.read(read)
          if faults.isEmpty { features += contents.features }
        }
        for feature in features { try promise((try? Validation.feature(feature)) != nil, "a feature can be put") }
      }),
    FuzzDoor(
      "hospitals", dictionary: ["nan", "1e999", ",", ";", "\n", "=", ":", "open", "diversion", "states", "keep"],
      samples: texts(
        "id,name,lat,lon,capabilities,offload_seconds,states\nA,B,52.1,4.5,pci;ct,60,open;pci=diversion:0\n",
        "id,lat,lon,capacity,agencies,keep\nA,52.1,4.5,2,fire,1 engine;2\n"),
      run: { bytes in
        if let read = try? HospitalFile.read(bytes), read.faults.isEmpty {
          for hospital in read.hospitals {
            try promise(hospital.offloadSeconds.isFinite && !hospital.id.isEmpty, "a hospital can be put")
          }
        }
        if let read = try? PostFile.read(bytes), read.faults.isEmpty {
          for post in read.posts { try promise(post.capacity > 0 && !post.id.isEmpty, "a post can be put") }
        }
      }),
    FuzzDoor(
      "links", dictionary: [",", "\n", "9223372036854775808", "-1"],
      samples: texts("link_id,quality,way_osm_id,from_osm_node,to_osm_node\nA,0.97,5,1,2\nA,0.97,6,2,3\n"),
      run: { bytes in
        guard let stretches = try? LinkTableFile.stretches(bytes) else { return }
        _ = try SmallCity.engine(links: stretches).status()
      }),
    FuzzDoor(
      "units", dictionary: ["nan", "inf", "1e999", ",", "\n", "heading", "turnout_seconds", "status_at"],
      samples: texts(
        "id,agency,station,capabilities,profile,status,lat,lon,turnout_seconds,heading\nA-1,EMS,N,als;bls,car,available,52.1,4.5,60,90\n",
        "id,profile,status,status_at,lat,lon\nA-1,car,available,2026-05-01T12:00:00Z,52.1,4.5\n"
      ),
      run: { bytes in
        guard let (units, faults) = try? UnitFile.read(bytes, now: SmallCity.moment), faults.isEmpty else { return }
        try promise(units.allSatisfy { !$0.id.isEmpty && !$0.profile.isEmpty }, "units have a name and a profile")
        try promise(units.allSatisfy { $0.turnoutSeconds?.isFinite ?? true }, "turnout is a time")
      }),
    FuzzDoor(
      "stations", dictionary: ["nan", "1e999", ",", "\n", "district", "gu"],
      samples: texts("id,name,lat,lon,gu\n1,Noord,52.1,4.5,A\n"),
      run: { bytes in
        guard let stations = try? StationFile.stations(bytes) else { return }
        try promise(!stations.isEmpty && stations.allSatisfy { !$0.id.isEmpty }, "stations have an id")
      }),
  ]

  /// Short texts.
  static let texts: [FuzzDoor] = [
    FuzzDoor(
      "duration", bytesMax: 1_000, dictionary: ["d", "h", "m", "s", "1", "."], samples: texts("1h30m", "1.5d", "45s"),
      run: { bytes in
        guard let seconds = DurationText.seconds(String(decoding: bytes, as: UTF8.self)) else { return }
        try promise((0...DurationText.secondsMax).contains(seconds), "a span of \(seconds) s")
      }),
    FuzzDoor(
      "address", bytesMax: 1_000, dictionary: ["unix:", "tcp:", "[::1]", ":", "/", "65535"],
      samples: texts("/run/tocsin.sock", "unix:a.sock", "localhost:4650", "tcp:127.0.0.1:0", "[::1]:80"),
      run: { bytes in
        guard let address = try? ServerAddress.parse(String(decoding: bytes, as: UTF8.self)) else { return }
        guard case .tcp = address else { return }
        try promise((try? ServerAddress.parse("tcp:\(address)")) == address, "\(address) is read as it is written")
      }),
    FuzzDoor(
      "hours", bytesMax: 1_000, dictionary: timeWords,
      samples: texts(
        "Mo-Fr 07:00-09:00,16:00-18:00", "Oct-Mar 22:00-06:00; Sa,Su off", "Dec 24-Jan 02", "24/7",
        "Jul 01-15 Mo-We 08:00-24:00, Sa 10:00-12:00", "2026 Nov 30-2027 Feb 28 22:00-05:00", "week 48-15/2 Mo[-1]",
        "(sunset-00:30)-sunrise; Fr 18:00+", "2026 Nov 29 08:00-2026 Dec 4 18:00"),
      run: { bytes in
        guard let rule = TimeRule(String(decoding: bytes, as: UTF8.self)) else { return }
        let now = SmallCity.moment
        let clock = LocalClock(.gmt)
        _ = rule.holds(at: now, in: clock)
        guard let next = rule.nextChange(after: now, in: clock) else { return }
        try promise(next > now, "the next change is to come")
        try promise(rule.holds(at: next, in: clock) != rule.holds(at: now, in: clock), "it changes then")
      }),
    FuzzDoor(
      "conditional", bytesMax: 1_000, dictionary: timeWords + ["@", "(", ")", " @ ("],
      samples: texts("no @ (Mo-Fr 07:00-09:00); destination @ (22:00-06:00)", "yes @ 24/7", "no @ (weight>7.5)"),
      run: { bytes in
        guard let tag = ConditionalTag(String(decoding: bytes, as: UTF8.self)) else { return }
        try promise(!tag.clauses.isEmpty, "a tag has a clause")
        for clause in tag.clauses {
          let reading = clause.reading(knowing: [])
          let again = RuleCondition.reading(reading.text, knowing: [])
          try promise(reading.isForOthers || again.condition == reading.condition, "it is stored as it is read")
        }
      }),
  ]

  private static let timeWords = [
    "Mo", "Su", "Jan", "Dec", "00:00", "24:00", "-", ",", ";", " off", "24/7", "–", "31", "Feb 29", "48:00", "week ",
    "2026 ", "[1]", "[-1]", "+", "/2", "sunset", "dawn", "(sunrise+01:00)", "PH", "SH", " AND ", "weight>7.5", " day",
  ]
}
