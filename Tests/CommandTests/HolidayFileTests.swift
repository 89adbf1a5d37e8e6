import Foundation
import InputFiles
import TestSupport
import Testing
import TimeRules

@testable import tocsin

/// Files of holidays, as departments write them.
@Suite struct HolidayFileTests {
  private let folder = TemporaryFolder()

  private func holidays(_ text: String) throws -> Holidays { try HolidayFile.holidays(Array(text.utf8)) }

  private func write(_ text: String, _ name: String) throws -> String {
    try Data(text.utf8).write(to: folder.url(name))
    return folder.path(name)
  }

  @Test func readsDaysAndPeriods() throws {
    let text = "name,kind,first,last\nChristmas,PH,2026-12-25,\n\"Holidays, summer\",sh,2026-07-25,2026-08-23\n"
    let expected = [
      try #require(Holidays.Period(.publicHoliday, first: "2026-12-25", last: "2026-12-25")),
      try #require(Holidays.Period(.schoolHoliday, first: "2026-07-25", last: "2026-08-23")),
    ]
    #expect(try holidays(text).periods == expected)
    #expect(try holidays(text).kinds == [.publicHoliday, .schoolHoliday])
    #expect(try holidays("kind,first\nPH,2026-12-25\n").periods == [expected[0]])
    #expect(expected[1].last == "2026-08-23")
  }

  @Test(arguments: [
    ("kind,first\nXH,2026-12-25\n", "line 2, kind: neither PH nor SH (XH)"),
    (
      "kind,first\nPH,2026-02-30\n",
      "line 2, first, last: no days such as 2026-12-25, or the last one comes first (2026-02-30,)"
    ),
    (
      "kind,first,last\nSH,2026-08-23,2026-07-25\n",
      "line 2, first, last: no days such as 2026-12-25, or the last one comes first (2026-08-23,2026-07-25)"
    ),
    ("kind\nPH\n", "line 1, first: the column is missing"),
  ])
  func refusesFaults(_ text: String, _ fault: String) {
    let error = #expect(throws: FileFault.self) { try holidays(text) }
    #expect(error?.description == fault)
  }

  /// Rules that name holidays hold on the days that the file tells, and the tables say until when.
  @Test(.enabled(if: Program.path != nil, "\(Program.hint)")) func anImportTakesThem() throws {
    let opl = """
      n1 x9.0 y47.0
      n2 x9.001 y47.0
      w1 Thighway=residential,access:conditional=no%20%%40%%20%%28%PH%29% Nn1,n2

      """
    let (source, map) = (try write(opl, "town.osm.opl"), folder.path("town.tocsin"))
    let file = try write("kind,first\nPH,2026-12-25\n", "holidays.csv")
    let without = try Program.run("import", source, "-o", map)
    #expect(without.status == 0 && without.output.contains("condition that is not understood"), "\(without.complaint)")
    #expect(without.complaint.contains("the map's time zone is Europe/"), "\(without.complaint)")
    let imported = try Program.run("import", source, "-o", map, "--time-zone", "Europe/Rome", "--holidays", file)
    #expect(imported.status == 0 && imported.complaint.isEmpty, "\(imported.complaint)")
    let table = try Program.run("inspect", map).output
    #expect(table.contains("holidays known until: PH") && table.contains("2026-12-25"), "\(table)")
    #expect(table.contains("Europe/Rome (given)") && !table.contains("not understood"), "\(table)")
    let bad = try write("kind,first\nXH,2026-12-25\n", "bad.csv")
    let refused = try Program.run("import", source, "-o", map, "--holidays", bad)
    #expect(refused.status != 0 && refused.complaint.hasPrefix("INVALID_HOLIDAY_FILE: line 2, kind"))
  }
}
