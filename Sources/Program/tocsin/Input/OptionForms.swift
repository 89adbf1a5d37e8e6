import ArgumentParser
import Foundation
import Geometry

/// Options whose values have a form of their own: one way to read each, one name for it in help texts.
extension Option {
  /// A place: `LAT,LON`.
  init(place help: String) where Value == Coordinate {
    self.init(parsing: .unconditional, help: .init(help, valueName: "lat,lon"), transform: Parse.coordinate)
  }

  init(place help: String) where Value == Coordinate? {
    self.init(parsing: .unconditional, help: .init(help, valueName: "lat,lon"), transform: Parse.coordinate)
  }

  /// A span of time, in seconds.
  init(wrappedValue: Double, duration help: String) where Value == Double {
    self.init(wrappedValue: wrappedValue, help: .init(help, valueName: "duration"), transform: Parse.seconds)
  }

  init(name: NameSpecification = .long, duration help: String) where Value == Double? {
    self.init(name: name, help: .init(help, valueName: "duration"), transform: Parse.seconds)
  }

  /// A moment, or a span of time before now.
  init(moment help: String) where Value == Date? {
    self.init(help: .init(help, valueName: "moment"), transform: { try Parse.moment($0) })
  }

  /// The path of a file.
  init(name: NameSpecification = .long, file help: String) where Value == String {
    self.init(name: name, help: .init(help, valueName: "file"))
  }

  init(name: NameSpecification = .long, file help: String) where Value == String? {
    self.init(name: name, help: .init(help, valueName: "file"))
  }
  init(folder help: String) where Value == String? { self.init(help: .init(help, valueName: "folder")) }
}
