import Access
import Engine
import Foundation
import InputFiles
import Profiles
import Settings
import TestSupport

extension FuzzDoor {
  /// Files of a department's own settings.
  static let settings: [FuzzDoor] = [
    FuzzDoor(
      "profile", dictionary: tomlWords,
      samples: texts(
        "name = \"fast\"\nbased_on = \"car\"\nsiren = \"on\"\n[speeds]\nmotorway = 100\nprimary = \"never\"\n",
        "name='a'\n[barriers]\ngate = { seconds = 15, last_resort = true }\n[turns]\nleft_seconds = 2.5\n",
        "name = \"b\"\n[vehicle]\nheight_m = 3.5\n[exemptions]\ncontraflow = \"last_resort\"\n"),
      run: { bytes in
        let profile = try? VehicleProfile(toml: String(decoding: bytes, as: UTF8.self), file: "f") { name in
          name.map { try? ProfileSet.builtIn.profile(named: $0) } ?? VehicleProfile(name: "")
        }
        guard let profile else { return }
        _ = try TocsinEngine(map: SmallCity.map, profiles: ProfileSet([profile]))
      }),
    FuzzDoor(
      "overrides", dictionary: tomlWords + ["[[way]]", "[[station]]", "id = ", "access = "],
      samples: texts(
        "[[way]]\nid = 1\nspeed_kmh = 20\nprofiles = [\"plain\"]\n[[node]]\nid = 3\ndelay_seconds = 5\n",
        "[[turn]]\nfrom_way = 1\nvia_node = 2\nto_way = 2\nrule = \"never\"\n",
        "[[station]]\nstation = \"N\"\nlat = 37.5\nlon = 127.0\nheading = 90\n"),
      run: { bytes in
        guard (try? RoadOverrides(toml: String(decoding: bytes, as: UTF8.self), file: "f")) != nil else { return }
        let folder = TemporaryFolder()
        try Data(bytes).write(to: folder.url("o.toml"))
        let engine = try? TocsinEngine(
          map: SmallCity.map, profiles: SmallCity.profiles, overridesPath: folder.path("o.toml"))
        _ = try? engine?.reload([.overrides], by: .local, within: .none)
      }),
    FuzzDoor(
      "tokens",
      dictionary: tomlWords + ["[[token]]\n", "roles = [\"admin\"]", "expires = \"", "+09:00", "calls_per_day = "],
      samples: texts(
        "[[token]]\nname = \"cad\"\nroles = [\"dispatch\", \"read\"]\nsha256 = \"\(String(repeating: "a1", count: 32))\"\n"
          + "calls_per_second = 50.5\ncalls_per_day = 1000\nexpires = \"2027-01-31T00:00:00Z\"\n"),
      run: { bytes in
        guard let records = try? TokenFile.read(text: String(decoding: bytes, as: UTF8.self), file: "f") else { return }
        let folder = TemporaryFolder()
        for record in records { try TokenFile.append(record, to: folder.path("t.toml")) }
        guard !records.isEmpty else { return }
        try promise(TokenFile.read(folder.path("t.toml")) == records, "tokens that are written and read are the same")
      }),
    FuzzDoor(
      "plans",
      dictionary: tomlWords + [
        "[[plan]]\n", "[[plan.level]]\n", "[[choice]]\n", "needs = [{ has = [", "\"1m30s\"", "count = ",
      ],
      samples: texts(
        "[[plan]]\nid = \"a\"\ntie = 3.5\nagencies = [{ agency = \"x\", tier = \"last\", penalty = \"1m\" }]\n"
          + "[[plan.level]]\ncrew_total_min = 4\nlines = [\n  { name = \"e\", count = 2, minimum = 1, within = \"10m\", needs = [\n"
          + "    { has = [\"e\"], crew_min = 2 }, { agencies = [\"y\"] }] },\n]\n",
        "[[choice]]\ntype = \"f\"\narea = \"l/1\"\nhours = \"Mo-Fr 22:00-05:00\"\nplan = \"a\"\n"),
      run: { bytes in
        guard let file = try? PlanFile(String(decoding: bytes, as: UTF8.self), file: "f") else { return }
        var plans = file.plans
        for index in plans.indices { plans[index].revision = 0 }
        let again = try? PlanFile(PlanFile.text(plans, file.choices?.choices ?? []), file: "again")
        try promise(again?.plans == plans, "plans that are written and read are the same")
        try promise(
          again?.choices?.choices ?? [] == file.choices?.choices ?? [], "choices that are written and read are the same"
        )
      }),
    FuzzDoor(
      "configuration", dictionary: tomlWords + Setting.all.map { "\($0.name) = " },
      samples: {
        [Array(ConfigurationExample.text.utf8), Array(ConfigurationExample.text.replacing("\n#", with: "\n").utf8)]
      },
      run: { bytes in
        var configuration = EffectiveConfiguration()
        try? configuration.read(toml: String(decoding: bytes, as: UTF8.self), file: "/f.toml")
        try? configuration.checkTogether()
        _ = configuration.lines.map { "\($0.setting.key) \($0.value) \($0.origin)" }
      }),
  ]

  private static let tomlWords = [
    "[", "]", "[[", "]]", "{", "}", "=", ".", "\"\"\"", "'''", "\\u0000", "1e999", "nan", "inf", "-0", "0x7f", "#",
    "\n",
    "1979-05-27T07:32:00Z", "07:32:00", "a.b.c = 1\n", "true", "9223372036854775807", "[[way]]\n",
  ]
}
