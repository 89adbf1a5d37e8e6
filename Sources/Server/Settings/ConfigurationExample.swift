/// A file with every setting, commented out, that people begin with.
public enum ConfigurationExample {
  /// The text. Uncommented, lines with a default say the default.
  public static let text: String = {
    var text = """
      # What `tocsin serve --config FILE` is told. A line without its first # changes a setting; what stands there is the
      # default, or a sample where there is none. Relative paths begin at the folder of this file.
      #
      # A variable of the environment goes before the file, a flag before both. limits.connections, say, is the variable
      # \(Setting.named("limits.connections")?.variable ?? "") and the flag --set limits.connections=100.
      # `tocsin config check FILE` shows what is in force and where it was set.

      """
    var table = ""
    for setting in Setting.all {
      if case .roles = setting.kind {
        text += "\n# \(setting.summary)\n#[\(setting.key)]\n#\(setting.sample)\n"
        continue
      }
      if setting.table != table { text += "\n[\(setting.table)]" }
      table = setting.table
      text +=
        "\n# \(setting.summary)\(bounds(of: setting))\n#\(setting.name) = \(setting.defaultValue.toml ?? setting.sample)\n"
    }
    return text
  }()

  private static func bounds(of setting: Setting) -> String {
    let bounds: String
    switch setting.kind {
    case .whole(let range): bounds = "\(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      bounds = "\(SettingValue.number(range.lowerBound)) to \(SettingValue.number(range.upperBound))"
    case .choice(let words): bounds = words.joined(separator: ", ")
    default: return ""
    }
    return " (\(bounds)\(setting.unit.isEmpty ? "" : " \(setting.unit)"))"
  }
}
