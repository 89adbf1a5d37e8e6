/// Large cities that lie nearer to a city of tzdata with another clock than to the one that their own clock is named
/// after.
enum BorderCities {
  /// Zone, latitude, longitude, name.
  static let table = """
    Asia/Shanghai 39.9 116.4 Beijing
    Asia/Shanghai 39.1 117.2 Tianjin
    Asia/Shanghai 41.8 123.4 Shenyang
    Asia/Shanghai 38.9 121.6 Dalian
    Asia/Shanghai 43.9 125.3 Changchun
    Asia/Shanghai 45.8 126.6 Harbin
    Asia/Shanghai 36.1 120.4 Qingdao
    Asia/Shanghai 34.3 108.9 Xi'an
    Asia/Shanghai 30.6 104.1 Chengdu
    Asia/Shanghai 29.6 106.5 Chongqing
    Asia/Shanghai 25.0 102.7 Kunming
    Asia/Shanghai 22.8 108.3 Nanning
    Asia/Shanghai 36.1 103.8 Lanzhou
    Asia/Shanghai 29.7 91.1 Lhasa
    Asia/Bangkok 21.0 105.8 Hanoi
    Asia/Bangkok 20.9 106.7 Haiphong
    Asia/Kolkata 28.6 77.2 Delhi
    Asia/Kolkata 19.1 72.9 Mumbai
    Asia/Kolkata 23.0 72.6 Ahmedabad
    Asia/Kolkata 26.9 75.8 Jaipur
    Asia/Kolkata 26.8 80.9 Lucknow
    Asia/Kolkata 25.6 85.1 Patna
    Asia/Kolkata 31.6 74.9 Amritsar
    Asia/Kolkata 30.7 76.8 Chandigarh
    Asia/Kolkata 34.1 74.8 Srinagar
    Asia/Kolkata 21.1 79.1 Nagpur
    Asia/Kolkata 17.4 78.5 Hyderabad
    Asia/Kolkata 13.0 77.6 Bengaluru
    Asia/Kolkata 26.1 91.7 Guwahati
    Asia/Karachi 31.5 74.3 Lahore
    Asia/Karachi 33.7 73.1 Islamabad
    Asia/Karachi 34.0 71.5 Peshawar
    Asia/Yangon 22.0 96.1 Mandalay
    Asia/Tehran 38.1 46.3 Tabriz
    Asia/Tehran 29.6 52.5 Shiraz
    Asia/Tehran 36.3 59.6 Mashhad
    Asia/Tehran 31.3 48.7 Ahvaz
    Asia/Baghdad 35.5 45.4 Sulaymaniyah
    Asia/Riyadh 26.4 50.1 Dammam
    Asia/Ho_Chi_Minh 16.1 108.2 Da Nang
    Asia/Tashkent 41.0 71.7 Fergana
    Europe/Istanbul 38.4 27.1 Izmir
    Europe/Istanbul 36.9 30.7 Antalya
    Europe/Istanbul 37.0 35.3 Adana
    Europe/Istanbul 37.1 37.4 Gaziantep
    Europe/Istanbul 39.9 32.9 Ankara
    Europe/Warsaw 54.4 18.6 Gdansk
    Europe/Warsaw 53.1 23.2 Bialystok
    Europe/Athens 40.6 22.9 Thessaloniki
    Europe/Athens 39.6 19.9 Corfu
    Europe/Athens 39.7 20.9 Ioannina
    Europe/Bucharest 45.8 21.2 Timisoara
    Europe/Bucharest 46.8 23.6 Cluj
    Europe/Bucharest 47.1 21.9 Oradea
    Europe/Kyiv 49.8 24.0 Lviv
    Europe/Kyiv 48.6 22.3 Uzhhorod
    Europe/Kyiv 46.5 30.7 Odesa
    Europe/Minsk 53.7 23.8 Grodno
    Europe/Minsk 52.1 23.7 Brest
    Europe/Moscow 55.8 37.6 Moscow
    Europe/Moscow 59.9 30.3 Saint Petersburg
    Europe/Moscow 57.8 28.3 Pskov
    Europe/Moscow 69.0 33.1 Murmansk
    Europe/Moscow 47.2 39.7 Rostov
    Europe/Moscow 45.0 39.0 Krasnodar
    Europe/Oslo 69.7 30.0 Kirkenes
    Europe/Oslo 69.7 19.0 Tromso
    Europe/Helsinki 66.5 25.7 Rovaniemi
    Europe/Helsinki 63.1 21.6 Vaasa
    Europe/Madrid 42.2 -8.7 Vigo
    Europe/Madrid 43.4 -8.4 A Coruna
    Europe/Madrid 38.9 -7.0 Badajoz
    Europe/Madrid 37.3 -6.9 Huelva
    Europe/Paris 51.0 1.9 Calais
    Europe/Paris 48.4 -4.5 Brest
    Europe/Paris 48.1 -1.7 Rennes
    Europe/Paris 49.2 -0.4 Caen
    Europe/Brussels 51.2 2.9 Ostend
    America/Chicago 36.2 -86.8 Nashville
    America/Chicago 33.5 -86.8 Birmingham
    America/Chicago 35.1 -90.0 Memphis
    America/Chicago 30.0 -90.1 New Orleans
    America/Chicago 32.8 -96.8 Dallas
    America/Chicago 29.8 -95.4 Houston
    America/Chicago 29.4 -98.5 San Antonio
    America/New_York 33.7 -84.4 Atlanta
    America/New_York 35.0 -85.3 Chattanooga
    America/Los_Angeles 36.2 -115.1 Las Vegas
    America/Los_Angeles 32.7 -117.2 San Diego
    America/Los_Angeles 47.7 -117.4 Spokane
    America/Denver 40.8 -111.9 Salt Lake City
    America/Denver 35.1 -106.7 Albuquerque
    America/Denver 31.8 -106.5 El Paso
    Australia/Brisbane -28.0 153.4 Gold Coast
    """
}
