// Written by Maps/Profiles/embed: edit the TOML files there, then run it.

extension DefaultProfiles {
  /// police_routine.toml
  static let policeRoutine = #"""
    # A police car without lights and siren.
    #
    # It obeys the rules of the road, waits at signals and stands in the same traffic as everybody. It may use private roads
    # and the ways made for responders, since stations and hospitals often lie on them; what is closed otherwise is a
    # last resort.
    #
    # Edit a copy in a folder of your own, keep its file name, and give the engine that folder:
    # it is read over the built-in profiles when the engine starts, and the map need not be imported again.
    # A copy may leave keys out: say based_on = "police_routine" and only what differs.

    name = "police_routine"
    summary = "Police car without lights and siren"
    # "on": tags made for responders hold for it (emergency=yes or no, except=emergency, oneway:emergency=no).
    # "off": a responder's vehicle that drives without; only emergency=no holds, which says that it can't get through.
    # "none": a civil vehicle.
    siren = "off"
    # From the alarm until the wheels turn; a unit may bring its own.
    turnout_seconds = 0

    [vehicle]
    # Measured, mirrors and ladder included; 0 is small enough for every limit. Where it doesn't fit (maxheight:physical,
    # a height restrictor, a gap between bollards) it never drives; what signs say is a matter of legal_limits below.
    height_meters = 1.8
    width_meters = 2.0
    length_meters = 5.0
    weight_tonnes = 2.5
    axle_load_tonnes = 1.4

    [speeds]
    # km/h by kind of road (OpenStreetMap's highway=*) where no limit is signed: free-flow averages, not top speeds.
    # "never": this vehicle doesn't drive there.
    motorway = 90
    motorway_link = 45
    trunk = 85
    trunk_link = 40
    primary = 65
    primary_link = 35
    secondary = 55
    secondary_link = 30
    tertiary = 45
    tertiary_link = 25
    unclassified = 30
    residential = 25
    living_street = 10
    service = 15
    track = 10
    busway = 40
    pedestrian = 8
    path = 8
    ferry = 5
    shuttle_train = 10
    # Where a limit is signed or a speed is advised, the speed is that times this factor, whatever the kind of road.
    maxspeed_factor = 0.8
    # Never faster than this; nor than that on narrow roads; nor on bridges that open for ships, where no limit is signed.
    max_kmh = 130
    narrow_max_kmh = 40
    movable_bridge_max_kmh = 10

    [surfaces]
    # No faster than this on each (OpenStreetMap's surface=*): "any" is as fast as elsewhere, "never" is not at all.
    paved = "any"
    asphalt = "any"
    concrete = "any"
    cement = 80
    metal = 60
    paving_stones = 60
    bricks = 60
    sett = 40
    cobblestone = 30
    wood = 40
    tartan = 40
    unpaved = 50
    compacted = 80
    fine_gravel = 80
    gravel = 45
    pebblestone = 40
    grass_paver = 40
    grass = 20
    ground = 40
    dirt = 40
    earth = 20
    clay = 30
    stone = 20
    rock = 15
    sand = 15
    mud = 10
    snow = 30
    ice = 20

    [smoothness]
    # Likewise by smoothness=*.
    excellent = "any"
    good = "any"
    intermediate = 80
    bad = 40
    very_bad = 20
    horrible = 10
    very_horrible = 5
    impassable = "never"

    [track_grades]
    # Likewise by tracktype=*.
    grade1 = 60
    grade2 = 45
    grade3 = 30
    grade4 = 25
    grade5 = 15

    [reluctance]
    # How many seconds a second there feels like, 1 or more: keeps routes out of back yards. Times shown to people leave it
    # out. By service=*, on narrow roads, and where both directions take turns on one lane.
    alley = 2.0
    driveway = 2.0
    parking_aisle = 2.0
    drive-through = 2.0
    narrow = 2.0
    alternating = 2.5
    # Ways that responders may use (emergency=yes) but that aren't made for them (emergency=designated).
    emergency_ways = 1.0

    [delays]
    # Seconds lost at each of these.
    traffic_signals_seconds = 8
    stop_seconds = 4
    give_way_seconds = 2
    crossing_seconds = 1
    traffic_calming_seconds = 2
    toll_booth_seconds = 20
    border_control_seconds = 60

    [turns]
    # Seconds lost by a turn of 90 degrees to either side, and by one of 135 degrees or more. Slight bends cost nothing.
    # Where one drives on the left, exchange left and right.
    left_seconds = 7
    right_seconds = 2.5
    sharp_left_seconds = 9
    sharp_right_seconds = 7
    # Waiting for a gap where a lesser road meets a greater one without signals.
    yield_seconds = 3
    # Turning round on the same road. It always may where the road ends for it; elsewhere as said here:
    # "allowed", "never", "last_resort", a number of seconds more, or a table such as { seconds = 20, last_resort = true }.
    u_turn_seconds = 25
    u_turn_away_from_dead_end = "last_resort"
    # Where there is no room for it: in tunnels, on motorways, trunk roads and their ramps. Counts besides the rule above.
    u_turn_confined = "never"

    [barriers]
    # What it takes to pass: "allowed" (no time), seconds, "never", or "last_resort" (only where nothing else leads there;
    # times shown to people leave the reluctance out). { seconds = 60, last_resort = true } is both.
    # A gate that is tagged as open to everybody takes no time.
    gate = 40
    lift_gate = 40
    swing_gate = 40
    # Any gate tagged locked=yes.
    locked_gate = { seconds = 180, last_resort = true }
    # Fixed bollards and blocks; bollards that can be taken out; bollards that sink into the ground.
    bollard = "never"
    block = "never"
    removable_bollard = "never"
    rising_bollard = { seconds = 60, last_resort = true }
    # A bar across the road whose height the map doesn't tell. Where it does, the vehicle fits under it or never passes.
    height_restrictor = "allowed"
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
