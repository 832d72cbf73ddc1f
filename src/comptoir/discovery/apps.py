from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "comptoir.discovery"
    label = "discovery"
