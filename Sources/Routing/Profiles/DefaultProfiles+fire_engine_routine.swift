// Written by Maps/Profiles/embed: edit the TOML files there, then run it.

extension DefaultProfiles {
  /// fire_engine_routine.toml
  static let fireEngineRoutine = #"""
    # A fire engine without lights and siren.
    #
    # It obeys the rules of the road, waits at signals and stands in the same traffic as everybody. It may use private roads
    # and the ways made for responders, since stations and hospitals often lie on them; what is closed otherwise is a
    # last resort.
    #
    # Edit a copy in a folder of your own, keep its file name, and give the engine that folder:
    # it is read over the built-in profiles when the engine starts, and the map need not be imported again.
    # A copy may leave keys out: say based_on = "fire_engine_routine" and only what differs.

    name = "fire_engine_routine"
    summary = "Fire engine without lights and siren"
    # "on": tags made for responders hold for it (emergency=yes or no, except=emergency, oneway:emergency=no).
    # "off": a responder's vehicle that drives without; only emergency=no holds, which says that it can't get through.
    # "none": a civil vehicle.
    siren = "off"
    # From the alarm until the wheels turn; a unit may bring its own.
    turnout_seconds = 120

    [vehicle]
    # Measured, mirrors and ladder included; 0 is small enough for every limit. Where it doesn't fit (maxheight:physical,
    # a height restrictor, a gap between bollards) it never drives; what signs say is a matter of legal_limits below.
    height_meters = 3.3
    width_meters = 2.55
    length_meters = 10.0
    weight_tonnes = 16.0
    axle_load_tonnes = 11.5

    [speeds]
    # km/h by kind of road (OpenStreetMap's highway=*) where no limit is signed: free-flow averages, not top speeds.
    # "never": this vehicle doesn't drive there.
    motorway = 80
    motorway_link = 40
    trunk = 75
    trunk_link = 35
    primary = 55
    primary_link = 30
    secondary = 45
    secondary_link = 25
    tertiary = 40
    tertiary_link = 25
    unclassified = 30
    residential = 25
    living_street = 10
    service = 12
    track = 10
    busway = 40
    pedestrian = 6
    path = 6
    ferry = 5
    shuttle_train = 10
    # Where a limit is signed or a speed is advised, the speed is that times this factor, whatever the kind of road.
    maxspeed_factor = 0.8
    # Never faster than this; nor than that on narrow roads; nor on bridges that open for ships, where no limit is signed.
    max_kmh = 90
    narrow_max_kmh = 15
    movable_bridge_max_kmh = 10

    [surfaces]
    # No faster than this on each (OpenStreetMap's surface=*): "any" is as fast as elsewhere, "never" is not at all.
    paved = "any"
    asphalt = "any"
    concrete = "any"
    cement = 70
    metal = 50
    paving_stones = 50
    bricks = 50
    sett = 35
    cobblestone = 25
    wood = 25
    tartan = 20
    unpaved = 35
    compacted = 50
    fine_gravel = 45
    gravel = 35
    pebblestone = 30
    grass_paver = 15
    grass = 10
    ground = 20
    dirt = 20
    earth = 12
    clay = 15
    stone = 15
    rock = 10
    sand = 8
    mud = 5
    snow = 25
    ice = 15

    [smoothness]
    # Likewise by smoothness=*.
    excellent = "any"
    good = "any"
    intermediate = 70
    bad = 35
    very_bad = 15
    horrible = 8
    very_horrible = "never"
    impassable = "never"

    [track_grades]
    # Likewise by tracktype=*.
    grade1 = 45
    grade2 = 30
    grade3 = 20
    grade4 = 12
    grade5 = 8

    [reluctance]
    # How many seconds a second there feels like, 1 or more: keeps routes out of back yards. Times shown to people leave it
    # out. By service=*, on narrow roads, and where both directions take turns on one lane.
    alley = 2.0
    driveway = 2.0
    parking_aisle = 3.0
    drive-through = 3.0
    narrow = 2.5
    alternating = 2.5
    # Ways that responders may use (emergency=yes) but that aren't made for them (emergency=designated).
    emergency_ways = 1.0

    [delays]
    # Seconds lost at each of these.
    traffic_signals_seconds = 8
    stop_seconds = 4
    give_way_seconds = 2
    crossing_seconds = 1
    traffic_calming_seconds = 6
    toll_booth_seconds = 20
    border_control_seconds = 60

    [turns]
    # Seconds lost by a turn of 90 degrees to either side, and by one of 135 degrees or more. Slight bends cost nothing.
    # Where one drives on the left, exchange left and right.
    left_seconds = 9
    right_seconds = 5
    sharp_left_seconds = 14
    sharp_right_seconds = 12
    # Waiting for a gap where a lesser road meets a greater one without signals.
    yield_seconds = 3
    # Turning round on the same road. It always may where the road ends for it; elsewhere as said here:
    # "allowed", "never", "last_resort", a number of seconds more, or a table such as { seconds = 20, last_resort = true }.
    u_turn_seconds = 60
    u_turn_away_from_dead_end = "last_resort"
    # Where there is no room for it: in tunnels, on motorways, trunk roads and their ramps. Counts besides the rule above.
    u_turn_confined = "never"

    [barriers]
    # What it takes to pass: "allowed" (no time), seconds, "never", or "last_resort" (only where nothing else leads there;
    # times shown to people leave the reluctance out). { seconds = 60, last_resort = true } is both.
    # A gate that is tagged as open to everybody takes no time.
    gate = 30
    lift_gate = 30
    swing_gate = 30
    # Any gate tagged locked=yes.
    locked_gate = { seconds = 120, last_resort = true }
    # Fixed bollards and blocks; bollards that can be taken out; bollards that sink into the ground.
    bollard = "never"
    block = "never"
    removable_bollard = "never"
    rising_bollard = { seconds = 60, last_resort = true }
    # A bar across the road whose height the map doesn't tell. Where it does, the vehicle fits under it or never passes.
    height_restrictor = "last_resort"
    # Chains, debris and whatever else mappers call a barrier.
    other = "never"

    [exemptions]
    # What it makes of rules that bind civil traffic; the same words as for barriers. Along a way, seconds count once for
    # each piece of it, and { max_kmh = 20 } sets how fast it goes there.
    turn_bans = "never"
    # Turn restrictions made for responders (restriction:emergency); they bind vehicles with the siren on.
    emergency_turn_bans = "never"
    # Against a one-way.
    contraflow = "never"
    # Ways, and gates, for whom the owner lets in (private, permit). As a last resort, a trip may begin or end there
    # without reluctance, and driving in counts once, however long the way inside.
    private_roads = "allowed"
    # Ways tagged no, agricultural or the like.
    restricted_access = "last_resort"
    # Ways open only to those who go to a place on them. As a last resort: as for private roads.
    destination_only = "last_resort"
    bus_lanes = "last_resort"
    # Ways for cars with several people in them. As a last resort: as for private roads.
    high_occupancy = "allowed"
    pedestrian_zones = { max_kmh = 10, last_resort = true }
    # Paved paths in parks that are wide enough.
    park_paths = "never"
    # Ways that the map opens for responders only (service=emergency_access, access=emergency, emergency=designated).
    emergency_ways = "allowed"
    tracks = "last_resort"
    # Ferries, and trains for cars.
    ferries = "allowed"
    # Signs that say the vehicle is too high, wide, long or heavy, where it fits all the same.
    legal_limits = "never"

    [civil_traffic]
    # The share of civil traffic's delay that this vehicle suffers too: 0 = none, 1 = all of it.
    # "default" holds for every kind of road but those named after it.
    default = 1.0
    # Beside a bus lane, where that is less.
    bus_lane = 1.0

    """#
}
