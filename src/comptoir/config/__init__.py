"""The only place that knows every app: settings, urls, wiring of events, command line."""
