// Written by Maps/Profiles/embed: edit the TOML files there, then run it.

extension DefaultProfiles {
  /// police.toml
  static let police = #"""
    # A police car with lights and siren.
    #
    # The fastest of the four, and the quickest to turn round.
    #
    # Edit a copy in a folder of your own, keep its file name, and give the engine that folder:
    # it is read over the built-in profiles when the engine starts, and the map need not be imported again.
    # A copy may leave keys out: say based_on = "police" and only what differs.

    name = "police"
    summary = "Police car with lights and siren"
    # "on": tags made for responders hold for it (emergency=yes or no, except=emergency, oneway:emergency=no).
    siren = "on"
    # From the alarm until the wheels turn; a unit may bring its own.
    turnout_seconds = 0

    [speeds]
    # km/h by kind of road (OpenStreetMap's highway=*) where no limit is signed: free-flow averages, not top speeds.
    # "never": this vehicle doesn't drive there.
    motorway = 130
    motorway_link = 70
    trunk = 115
    trunk_link = 60
    primary = 85
    primary_link = 50
    secondary = 75
    secondary_link = 45
    tertiary = 60
    tertiary_link = 40
    unclassified = 45
    residential = 40
    living_street = 15
    service = 20
    track = 15
    busway = 60
    pedestrian = 10
    path = 10
    ferry = 5
    shuttle_train = 10
    # Where a limit is signed, the speed is the limit times this factor, whatever the kind of road.
    maxspeed_factor = 1.2
    # Never faster than this, and on unpaved roads never faster than that.
    max_kmh = 160
    unpaved_max_kmh = 50

    [delays]
    # Seconds lost at each of these: it slows down, even with the siren on.
    traffic_signals_seconds = 2
    stop_seconds = 2
    give_way_seconds = 1
    crossing_seconds = 0
    traffic_calming_seconds = 2

    [turns]
    # Seconds lost by a turn of 90 degrees to either side, and by one of 135 degrees or more. Slight bends cost nothing.
    # Where one drives on the left, exchange left and right.
    left_seconds = 2.5
    right_seconds = 2
    sharp_seconds = 5
    # Turning round on the same road. It always may where the road ends for it; elsewhere as said here:
    # "allowed", "never", "last_resort", a number of seconds more, or a table such as { seconds = 20, last_resort = true }.
    u_turn_seconds = 10
    u_turn_away_from_dead_end = "allowed"

    [barriers]
    # What it takes to pass: "allowed" (no time), seconds, "never", or "last_resort" (only where nothing else leads there;
    # times shown to people leave the reluctance out). { seconds = 60, last_resort = true } is both.
    gate = 30
    lift_gate = 20
    swing_gate = 30
    # Any gate tagged locked=yes.
    locked_gate = { seconds = 180, last_resort = true }
    # Fixed bollards and blocks; bollards that can be taken out; bollards that sink into the ground.
    bollard = "never"
    block = "never"
    removable_bollard = { seconds = 90, last_resort = true }
    rising_bollard = { seconds = 30, last_resort = true }
    # Chains, debris and whatever else mappers call a barrier.
    other = "never"

    [exemptions]
    # What it makes of rules that bind civil traffic; the same words as for barriers. Along a way, seconds count once for
    # each piece of it, and { max_kmh = 20 } sets how fast it goes there.
    turn_bans = "allowed"
    # Against a one-way.
    contraflow = { max_kmh = 30, last_resort = true }
    # Ways tagged private or no.
    restricted_access = "allowed"
    # Ways open only to those who go to a place on them.
    destination_only = "allowed"
    bus_lanes = "allowed"
    pedestrian_zones = { max_kmh = 15 }
    # Ways that the map opens for responders only (service=emergency_access, access=emergency, emergency=designated).
    emergency_ways = "allowed"
    tracks = "allowed"
    ferries = "last_resort"

    [civil_traffic]
    # The share of civil traffic's delay that this vehicle suffers too: 0 = none, 1 = all of it.
    # "default" holds for every kind of road but those named after it.
    default = 0.3
    # No way past a jam on ramps and narrow streets.
    motorway_link = 0.5
    residential = 0.5
    living_street = 0.8

    """#
}
