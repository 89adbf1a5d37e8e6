// Written by Maps/Profiles/embed: edit the TOML files there, then run it.

extension DefaultProfiles {
  /// ambulance.toml
  static let ambulance = #"""
    # An ambulance with lights and siren.
    #
    # Faster than a car mostly by what it need not wait for: its speeds are moderate, for the patient's sake.
    #
    # Edit a copy in a folder of your own, keep its file name, and give the engine that folder:
    # it is read over the built-in profiles when the engine starts, and the map need not be imported again.
    # A copy may leave keys out: say based_on = "ambulance" and only what differs.

    name = "ambulance"
    summary = "Ambulance with lights and siren"
    # "on": tags made for responders hold for it (emergency=yes or no, except=emergency, oneway:emergency=no).
    siren = "on"
    # From the alarm until the wheels turn; a unit may bring its own.
    turnout_seconds = 60

    [speeds]
    # km/h by kind of road (OpenStreetMap's highway=*) where no limit is signed: free-flow averages, not top speeds.
    # "never": this vehicle doesn't drive there.
    motorway = 115
    motorway_link = 60
    trunk = 100
    trunk_link = 55
    primary = 75
    primary_link = 45
    secondary = 65
    secondary_link = 40
    tertiary = 50
    tertiary_link = 35
    unclassified = 40
    residential = 35
    living_street = 15
    service = 20
    track = 15
    busway = 50
    pedestrian = 10
    path = 10
    ferry = 5
    shuttle_train = 10
    # Where a limit is signed, the speed is the limit times this factor, whatever the kind of road.
    maxspeed_factor = 1.1
    # Never faster than this, and on unpaved roads never faster than that.
    max_kmh = 130
    unpaved_max_kmh = 45

    [delays]
    # Seconds lost at each of these: it slows down, even with the siren on.
    traffic_signals_seconds = 3
    stop_seconds = 2
    give_way_seconds = 1
    crossing_seconds = 0
    traffic_calming_seconds = 3

    [turns]
    # Seconds lost by a turn of 90 degrees to either side, and by one of 135 degrees or more. Slight bends cost nothing.
    # Where one drives on the left, exchange left and right.
    left_seconds = 3
    right_seconds = 2.5
    sharp_seconds = 6
    # Turning round on the same road. It always may where the road ends for it; elsewhere as said here:
    # "allowed", "never", "last_resort", a number of seconds more, or a table such as { seconds = 20, last_resort = true }.
    u_turn_seconds = 15
    u_turn_away_from_dead_end = "allowed"

    [barriers]
    # What it takes to pass: "allowed" (no time), seconds, "never", or "last_resort" (only where nothing else leads there;
    # times shown to people leave the reluctance out). { seconds = 60, last_resort = true } is both.
    gate = 20
    lift_gate = 15
    swing_gate = 20
    # Any gate tagged locked=yes.
    locked_gate = { seconds = 120, last_resort = true }
    # Fixed bollards and blocks; bollards that can be taken out; bollards that sink into the ground.
    bollard = "never"
    block = "never"
    removable_bollard = { seconds = 60, last_resort = true }
    rising_bollard = { seconds = 30, last_resort = true }
    # Chains, debris and whatever else mappers call a barrier.
    other = "never"

    [exemptions]
    # What it makes of rules that bind civil traffic; the same words as for barriers. Along a way, seconds count once for
    # each piece of it, and { max_kmh = 20 } sets how fast it goes there.
    turn_bans = "allowed"
    # Against a one-way.
    contraflow = { max_kmh = 25, last_resort = true }
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
    default = 0.4
    # No way past a jam on ramps and narrow streets.
    motorway_link = 0.6
    residential = 0.6
    living_street = 0.8

    """#
}
