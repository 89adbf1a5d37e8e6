import API

/// The places that some wishes have to fill: a row for each.
struct PlaceRows {
  struct Place: Hashable {
    var wish: Int
    /// Of ``Wish/lines``.
    var line: Int
    /// In the line, from 1.
    var number: Int
    /// Beyond the minimum: takes only who drives no longer than the line's limit.
    var isExtra: Bool
  }

  /// In the order of the plans, line by line.
  let places: [Place]
  let kindOfRow: [Int]
  /// Places that cost a unit the same.
  let kinds: [Place]

  init(_ wishes: [(wish: Int, lines: [PlanLine])]) {
    var (places, kindOfRow, kinds): ([Place], [Int], [Place]) = ([], [], [])
    for (wish, lines) in wishes {
      for (index, line) in lines.enumerated() where !line.isOnlyIfFirst {
        for number in 1...max(line.count, 1) {
          let place = Place(wish: wish, line: index, number: number, isExtra: number > line.minimum)
          if number == 1 || number == line.minimum + 1 { kinds.append(place) }
          places.append(place)
          kindOfRow.append(kinds.count - 1)
        }
      }
    }
    (self.places, self.kindOfRow, self.kinds) = (places, kindOfRow, kinds)
  }

  /// First the minimum places of all, then the others.
  var importance: [Int] {
    places.indices.filter { !places[$0].isExtra } + places.indices.filter { places[$0].isExtra }
  }
}
