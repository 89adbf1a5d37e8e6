// Written by Maps/Profiles/embed: edit the TOML files there, then run it.

extension DefaultProfiles {
  /// car.toml
  static let car = #"""
    # An ordinary car, without lights and siren.
    #
    # For comparison, for staff cars and for units that return without urgency. Its speeds are those that OSRM's car profile
    # uses, so its travel times come close to that engine's.
    #
    # Edit a copy in a folder of your own, keep its file name, and give the engine that folder:
    # it is read over the built-in profiles when the engine starts, and the map need not be imported again.
    # A copy may leave keys out: say based_on = "car" and only what differs.

    name = "car"
    summary = "Civil car without lights and siren"
    # "on": tags made for responders hold for it (emergency=yes or no, except=emergency, oneway:emergency=no).
    siren = "off"
    # From the alarm until the wheels turn; a unit may bring its own.
    turnout_seconds = 0

    [speeds]
    # km/h by kind of road (OpenStreetMap's highway=*) where no limit is signed: free-flow averages, not top speeds.
    # "never": this vehicle doesn't drive there.
    motorway = 90
    motorway_link = 45
    trunk = 85
    trunk_link = 40
    primary = 65
    primary_link = 30
    secondary = 55
    secondary_link = 25
    tertiary = 40
    tertiary_link = 20
    unclassified = 25
    residential = 25
    living_street = 10
    service = 15
    track = "never"
    busway = "never"
    pedestrian = "never"
    path = "never"
    ferry = 5
    shuttle_train = 10
    # Where a limit is signed, the speed is the limit times this factor, whatever the kind of road.
    maxspeed_factor = 0.8
    # Never faster than this, and on unpaved roads never faster than that.
    max_kmh = 140
    unpaved_max_kmh = 40

    [delays]
    # Seconds lost at each of these.
    traffic_signals_seconds = 2
    stop_seconds = 2
    give_way_seconds = 1
    crossing_seconds = 0
    traffic_calming_seconds = 1

    [turns]
    # Seconds lost by a turn of 90 degrees to either side, and by one of 135 degrees or more. Slight bends cost nothing.
    # Where one drives on the left, exchange left and right.
    left_seconds = 5.5
    right_seconds = 2
    sharp_seconds = 7
    # Turning round on the same road. It always may where the road ends for it; elsewhere as said here:
    # "allowed", "never", "last_resort", a number of seconds more, or a table such as { seconds = 20, last_resort = true }.
    u_turn_seconds = 20
    u_turn_away_from_dead_end = "never"

    [barriers]
    # What it takes to pass: "allowed" (no time), seconds, "never", or "last_resort" (only where nothing else leads there;
    # times shown to people leave the reluctance out). { seconds = 60, last_resort = true } is both.
    gate = 60
    lift_gate = 60
    swing_gate = 60
    # Any gate tagged locked=yes.
    locked_gate = "never"
    # Fixed bollards and blocks; bollards that can be taken out; bollards that sink into the ground.
    bollard = "never"
    block = "never"
    removable_bollard = "never"
    rising_bollard = "never"
    # Chains, debris and whatever else mappers call a barrier.
    other = "never"

    [exemptions]
    # What it makes of rules that bind civil traffic; the same words as for barriers. Along a way, seconds count once for
    # each piece of it, and { max_kmh = 20 } sets how fast it goes there.
    turn_bans = "never"
    # Against a one-way.
    contraflow = "never"
    # Ways tagged private or no.
    restricted_access = "never"
    # Ways open only to those who go to a place on them.
    destination_only = "last_resort"
    bus_lanes = "never"
    pedestrian_zones = "never"
    # Ways that the map opens for responders only (service=emergency_access, access=emergency, emergency=designated).
    emergency_ways = "never"
    tracks = "never"
    ferries = "allowed"

    [civil_traffic]
    # The share of civil traffic's delay that this vehicle suffers too: 0 = none, 1 = all of it.
    # "default" holds for every kind of road but those named after it.
    default = 1.0

    """#
}
