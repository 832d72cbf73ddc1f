"""The sandbox bank's page, and the door where payment providers leave their notices."""
