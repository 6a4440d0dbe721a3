"""Analytics and reporting of the digital equipment of the schools of Wallonia."""
