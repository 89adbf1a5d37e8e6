// Written by Maps/Profiles/embed: edit the TOML files there, then run it.

extension DefaultProfiles {
  /// fire_engine.toml
  static let fireEngine = #"""
    # A fire engine with lights and siren.
    #
    # A heavy vehicle: slower than a car on open roads, slow over humps and in turns, helped by the rules it is exempt from.
    #
    # Edit a copy in a folder of your own, keep its file name, and give the engine that folder:
    # it is read over the built-in profiles when the engine starts, and the map need not be imported again.
    # A copy may leave keys out: say based_on = "fire_engine" and only what differs.

    name = "fire_engine"
    summary = "Fire engine with lights and siren"
    # "on": tags made for responders hold for it (emergency=yes or no, except=emergency, oneway:emergency=no).
    siren = "on"
    # From the alarm until the wheels turn; a unit may bring its own.
    turnout_seconds = 80

    [speeds]
    # km/h by kind of road (OpenStreetMap's highway=*) where no limit is signed: free-flow averages, not top speeds.
    # "never": this vehicle doesn't drive there.
    motorway = 90
    motorway_link = 50
    trunk = 80
    trunk_link = 45
    primary = 65
    primary_link = 40
    secondary = 55
    secondary_link = 35
    tertiary = 45
    tertiary_link = 30
    unclassified = 35
    residential = 30
    living_street = 12
    service = 15
    track = 12
    busway = 45
    pedestrian = 8
    path = 8
    ferry = 5
    shuttle_train = 10
    # Where a limit is signed, the speed is the limit times this factor, whatever the kind of road.
    maxspeed_factor = 0.95
    # Never faster than this, and on unpaved roads never faster than that.
    max_kmh = 100
    unpaved_max_kmh = 35

    [delays]
    # Seconds lost at each of these: it slows down, even with the siren on.
    traffic_signals_seconds = 4
    stop_seconds = 3
    give_way_seconds = 2
    crossing_seconds = 0
    traffic_calming_seconds = 5

    [turns]
    # Seconds lost by a turn of 90 degrees to either side, and by one of 135 degrees or more. Slight bends cost nothing.
    # Where one drives on the left, exchange left and right.
    left_seconds = 5
    right_seconds = 4.5
    sharp_seconds = 10
    # Turning round on the same road. It always may where the road ends for it; elsewhere as said here:
    # "allowed", "never", "last_resort", a number of seconds more, or a table such as { seconds = 20, last_resort = true }.
    u_turn_seconds = 40
    u_turn_away_from_dead_end = 20

    [barriers]
    # What it takes to pass: "allowed" (no time), seconds, "never", or "last_resort" (only where nothing else leads there;
    # times shown to people leave the reluctance out). { seconds = 60, last_resort = true } is both.
    gate = 20
    lift_gate = 15
    swing_gate = 20
    # Any gate tagged locked=yes.
    locked_gate = { seconds = 60, last_resort = true }
    # Fixed bollards and blocks; bollards that can be taken out; bollards that sink into the ground.
    bollard = "never"
    block = "never"
    removable_bollard = { seconds = 45, last_resort = true }
    rising_bollard = { seconds = 30, last_resort = true }
    # Chains, debris and whatever else mappers call a barrier.
    other = "never"

    [exemptions]
    # What it makes of rules that bind civil traffic; the same words as for barriers. Along a way, seconds count once for
    # each piece of it, and { max_kmh = 20 } sets how fast it goes there.
    turn_bans = "allowed"
    # Against a one-way.
    contraflow = { max_kmh = 20, last_resort = true }
    # Ways tagged private or no.
    restricted_access = "allowed"
    # Ways open only to those who go to a place on them.
    destination_only = "allowed"
    bus_lanes = "allowed"
    pedestrian_zones = { max_kmh = 12 }
    # Ways that the map opens for responders only (service=emergency_access, access=emergency, emergency=designated).
    emergency_ways = "allowed"
    tracks = "allowed"
    ferries = "last_resort"

    [civil_traffic]
    # The share of civil traffic's delay that this vehicle suffers too: 0 = none, 1 = all of it.
    # "default" holds for every kind of road but those named after it.
    default = 0.5
    # Too wide to pass a jam on ramps and narrow streets.
    motorway_link = 0.7
    residential = 0.8
    living_street = 1.0

    """#
}
