/// Large cities near borders of time zones, on both sides of them: in most countries tzdata knows one city, and that of
/// the neighbour may be nearer.
enum BorderCities {
  /// Zone, latitude, longitude, name.
  static let table = """
    America/Chicago 29.4 -98.5 San Antonio
    America/Chicago 29.8 -95.4 Houston
    America/Chicago 30.0 -90.1 New Orleans
    America/Chicago 30.4 -87.2 Pensacola
    America/Chicago 32.0 -102.1 Midland
    America/Chicago 32.8 -96.8 Dallas
    America/Chicago 33.5 -86.8 Birmingham
    America/Chicago 35.1 -90.0 Memphis
    America/Chicago 35.2 -101.8 Amarillo
    America/Chicago 36.2 -86.8 Nashville
    America/Chicago 38.6 -90.2 Saint Louis
    America/Chicago 39.1 -94.6 Kansas City
    America/Chicago 41.3 -95.9 Omaha
    America/Chicago 45.0 -93.3 Minneapolis
    America/Denver 31.8 -106.5 El Paso
    America/Denver 35.1 -106.7 Albuquerque
    America/Denver 40.8 -111.9 Salt Lake City
    America/Denver 44.1 -103.2 Rapid City
    America/Edmonton 51.0 -114.1 Calgary
    America/Los_Angeles 32.7 -117.2 San Diego
    America/Los_Angeles 36.2 -115.1 Las Vegas
    America/Los_Angeles 37.8 -122.4 San Francisco
    America/Los_Angeles 39.5 -119.8 Reno
    America/Los_Angeles 45.5 -122.7 Portland
    America/Los_Angeles 47.7 -117.4 Spokane
    America/New_York 30.4 -84.3 Tallahassee
    America/New_York 33.7 -84.4 Atlanta
    America/New_York 35.0 -85.3 Chattanooga
    America/New_York 36.0 -83.9 Knoxville
    America/New_York 39.1 -84.5 Cincinnati
    America/Phoenix 32.7 -114.6 Yuma
    America/Toronto 45.5 -73.6 Montreal
    America/Toronto 46.8 -71.2 Quebec
    Asia/Baghdad 30.5 47.8 Basra
    Asia/Baghdad 35.5 45.4 Sulaymaniyah
    Asia/Bangkok 18.8 99.0 Chiang Mai
    Asia/Bangkok 20.9 106.7 Haiphong
    Asia/Bangkok 21.0 105.8 Hanoi
    Asia/Dhaka 24.9 91.9 Sylhet
    Asia/Ho_Chi_Minh 16.1 108.2 Da Nang
    Asia/Kabul 34.3 62.2 Herat
    Asia/Karachi 30.2 67.0 Quetta
    Asia/Karachi 31.5 74.3 Lahore
    Asia/Karachi 33.7 73.1 Islamabad
    Asia/Karachi 34.0 71.5 Peshawar
    Asia/Kathmandu 26.5 87.3 Biratnagar
    Asia/Kolkata 13.0 77.6 Bengaluru
    Asia/Kolkata 17.4 78.5 Hyderabad
    Asia/Kolkata 19.1 72.9 Mumbai
    Asia/Kolkata 21.1 79.1 Nagpur
    Asia/Kolkata 23.0 72.6 Ahmedabad
    Asia/Kolkata 25.6 85.1 Patna
    Asia/Kolkata 26.1 91.7 Guwahati
    Asia/Kolkata 26.8 80.9 Lucknow
    Asia/Kolkata 26.9 75.8 Jaipur
    Asia/Kolkata 28.6 77.2 Delhi
    Asia/Kolkata 30.7 76.8 Chandigarh
    Asia/Kolkata 31.6 74.9 Amritsar
    Asia/Kolkata 34.1 74.8 Srinagar
    Asia/Riyadh 26.4 50.1 Dammam
    Asia/Seoul 35.2 129.1 Busan
    Asia/Shanghai 22.8 108.3 Nanning
    Asia/Shanghai 25.0 102.7 Kunming
    Asia/Shanghai 29.6 106.5 Chongqing
    Asia/Shanghai 29.7 91.1 Lhasa
    Asia/Shanghai 30.6 104.1 Chengdu
    Asia/Shanghai 34.3 108.9 Xi'an
    Asia/Shanghai 36.1 103.8 Lanzhou
    Asia/Shanghai 36.1 120.4 Qingdao
    Asia/Shanghai 38.9 121.6 Dalian
    Asia/Shanghai 39.1 117.2 Tianjin
    Asia/Shanghai 39.9 116.4 Beijing
    Asia/Shanghai 41.8 123.4 Shenyang
    Asia/Shanghai 43.9 125.3 Changchun
    Asia/Shanghai 45.8 126.6 Harbin
    Asia/Tashkent 41.0 71.7 Fergana
    Asia/Tehran 29.6 52.5 Shiraz
    Asia/Tehran 31.3 48.7 Ahvaz
    Asia/Tehran 36.3 59.6 Mashhad
    Asia/Tehran 38.1 46.3 Tabriz
    Asia/Tokyo 33.6 130.4 Fukuoka
    Asia/Tokyo 43.1 141.4 Sapporo
    Asia/Yangon 22.0 96.1 Mandalay
    Australia/Brisbane -28.0 153.4 Gold Coast
    Australia/Melbourne -34.2 142.2 Mildura
    Europe/Athens 36.4 28.2 Rhodes
    Europe/Athens 39.1 26.6 Mytilene
    Europe/Athens 39.6 19.9 Corfu
    Europe/Athens 39.7 20.9 Ioannina
    Europe/Athens 40.6 22.9 Thessaloniki
    Europe/Bratislava 48.7 21.3 Kosice
    Europe/Brussels 51.2 2.9 Ostend
    Europe/Bucharest 45.8 21.2 Timisoara
    Europe/Bucharest 46.8 23.6 Cluj
    Europe/Bucharest 47.1 21.9 Oradea
    Europe/Budapest 46.3 20.1 Szeged
    Europe/Budapest 47.5 21.6 Debrecen
    Europe/Helsinki 61.1 28.2 Lappeenranta
    Europe/Helsinki 63.1 21.6 Vaasa
    Europe/Helsinki 66.5 25.7 Rovaniemi
    Europe/Istanbul 36.9 30.7 Antalya
    Europe/Istanbul 37.0 35.3 Adana
    Europe/Istanbul 37.1 37.4 Gaziantep
    Europe/Istanbul 38.4 27.1 Izmir
    Europe/Istanbul 39.9 32.9 Ankara
    Europe/Kyiv 46.5 30.7 Odesa
    Europe/Kyiv 48.5 35.0 Dnipro
    Europe/Kyiv 48.6 22.3 Uzhhorod
    Europe/Kyiv 49.8 24.0 Lviv
    Europe/Kyiv 50.0 36.2 Kharkiv
    Europe/Lisbon 37.0 -7.9 Faro
    Europe/Lisbon 38.6 -7.9 Evora
    Europe/Lisbon 41.2 -8.6 Porto
    Europe/London 51.1 1.3 Dover
    Europe/Madrid 37.3 -6.9 Huelva
    Europe/Madrid 38.9 -7.0 Badajoz
    Europe/Madrid 42.2 -8.7 Vigo
    Europe/Madrid 43.4 -8.4 A Coruna
    Europe/Minsk 52.1 23.7 Brest
    Europe/Minsk 53.7 23.8 Grodno
    Europe/Moscow 45.0 39.0 Krasnodar
    Europe/Moscow 47.2 39.7 Rostov
    Europe/Moscow 55.8 37.6 Moscow
    Europe/Moscow 57.8 28.3 Pskov
    Europe/Moscow 59.9 30.3 Saint Petersburg
    Europe/Moscow 69.0 33.1 Murmansk
    Europe/Oslo 69.7 19.0 Tromso
    Europe/Oslo 69.7 30.0 Kirkenes
    Europe/Paris 48.1 -1.7 Rennes
    Europe/Paris 48.4 -4.5 Brest
    Europe/Paris 49.2 -0.4 Caen
    Europe/Paris 51.0 1.9 Calais
    Europe/Skopje 41.0 21.3 Bitola
    Europe/Sofia 42.5 27.5 Burgas
    Europe/Stockholm 63.8 20.3 Umea
    Europe/Stockholm 65.6 22.2 Lulea
    Europe/Tallinn 58.4 26.7 Tartu
    Europe/Tallinn 59.4 28.2 Narva
    Europe/Tirane 40.1 20.1 Gjirokaster
    Europe/Vilnius 55.7 21.1 Klaipeda
    Europe/Warsaw 50.0 22.0 Rzeszow
    Europe/Warsaw 50.1 19.9 Krakow
    Europe/Warsaw 51.2 22.6 Lublin
    Europe/Warsaw 53.1 23.2 Bialystok
    Europe/Warsaw 54.4 18.6 Gdansk
    """
}
