"""Weather that is fetched over the network, one file a service, behind the protocol WeatherSource."""
