// Written by Maps/Profiles/embed: edit the TOML files there, then run it.

extension DefaultProfiles {
  /// fire_engine.toml
  static let fireEngine = #"""
    # A fire engine with lights and siren.
    #
    # A heavy vehicle: slower than a car on open roads, slow over humps and in turns, helped by the rules it is exempt from.
    # The size is that of a large pumper or a turntable ladder: give your own truck's.
    #
    # Edit a copy in a folder of your own, keep its file name, and give the engine that folder:
    # it is read over the built-in profiles when the engine starts, and the map need not be imported again.
    # A copy may leave keys out: say based_on = "fire_engine" and only what differs.

    name = "fire_engine"
    summary = "Fire engine with lights and siren"
    # "on": tags made for responders hold for it (emergency=yes or no, except=emergency, oneway:emergency=no).
    # "off": a responder's vehicle that drives without; only emergency=no holds, which says that it can't get through.
    # "none": a civil vehicle.
    siren = "on"
    # From the alarm until the wheels turn; a unit may bring its own.
    turnout_seconds = 80

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
    # Where a limit is signed or a speed is advised, the speed is that times this factor, whatever the kind of road.
    maxspeed_factor = 0.95
    # Never faster than this; nor than that on narrow roads; nor on bridges that open for ships, where no limit is signed.
    max_kmh = 100
    narrow_max_kmh = 20
    movable_bridge_max_kmh = 25

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
    alley = 1.5
    driveway = 1.5
    parking_aisle = 2.0
    drive-through = 2.0
    narrow = 1.5
    alternating = 1.5
    # Ways that responders may use (emergency=yes) but that aren't made for them (emergency=designated).
    emergency_ways = 1.1

    [delays]
    # Seconds lost at each of these: it slows down, even with the siren on.
    traffic_signals_seconds = 4
    stop_seconds = 3
    give_way_seconds = 2
    crossing_seconds = 0
    traffic_calming_seconds = 5
    toll_booth_seconds = 10
    border_control_seconds = 10

    [turns]
    # Seconds lost by a turn of 90 degrees to either side, and by one of 135 degrees or more. Slight bends cost nothing.
    # Where one drives on the left, exchange left and right.
    left_seconds = 5
    right_seconds = 4.5
    sharp_left_seconds = 10
    sharp_right_seconds = 10
    # Waiting for a gap where a lesser road meets a greater one without signals.
    yield_seconds = 2
    # Turning round on the same road. It always may where the road ends for it; elsewhere as said here:
    # "allowed", "never", "last_resort", a number of seconds more, or a table such as { seconds = 20, last_resort = true }.
    u_turn_seconds = 40
    u_turn_away_from_dead_end = 20
    # Where there is no room for it: in tunnels, on motorways, trunk roads and their ramps. Counts besides the rule above.
    u_turn_confined = "never"

    [barriers]
    # What it takes to pass: "allowed" (no time), seconds, "never", or "last_resort" (only where nothing else leads there;
    # times shown to people leave the reluctance out). { seconds = 60, last_resort = true } is both.
    # A gate that is tagged as open to everybody takes no time.
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
    # A bar across the road whose height the map doesn't tell. Where it does, the vehicle fits under it or never passes.
    height_restrictor = "last_resort"
    # Chains, debris and whatever else mappers call a barrier.
    other = "never"

    [exemptions]
    # What it makes of rules that bind civil traffic; the same words as for barriers. Along a way, seconds count once for
    # each piece of it, and { max_kmh = 20 } sets how fast it goes there.
    turn_bans = "allowed"
    # Turn restrictions made for responders (restriction:emergency); they bind vehicles with the siren on.
    emergency_turn_bans = "never"
    # Against a one-way.
    contraflow = { max_kmh = 20, last_resort = true }
    # Ways, and gates, for whom the owner lets in (private, permit). As a last resort, a trip may begin or end there
    # without reluctance, and driving in counts once, however long the way inside.
    private_roads = "allowed"
    # Ways tagged no, agricultural or the like.
    restricted_access = "allowed"
    # Ways open only to those who go to a place on them. As a last resort: as for private roads.
    destination_only = "allowed"
    bus_lanes = "allowed"
    # Ways for cars with several people in them. As a last resort: as for private roads.
    high_occupancy = "allowed"
    pedestrian_zones = { max_kmh = 12 }
    # Paved paths in parks that are wide enough.
    park_paths = { max_kmh = 12, last_resort = true }
    # Ways that the map opens for responders only (service=emergency_access, access=emergency, emergency=designated).
    emergency_ways = "allowed"
    tracks = "allowed"
    # Ferries, and trains for cars.
    ferries = "last_resort"
    # Signs that say the vehicle is too high, wide, long or heavy, where it fits all the same.
    legal_limits = "last_resort"

    [civil_traffic]
    # The share of civil traffic's delay that this vehicle suffers too: 0 = none, 1 = all of it.
    # "default" holds for every kind of road but those named after it.
    default = 0.5
    # Too wide to pass a jam on ramps and narrow streets.
    motorway_link = 0.7
    residential = 0.8
    living_street = 1.0
    # Beside a bus lane, where that is less.
    bus_lane = 0.2

    """#
}
