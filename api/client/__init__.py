"""A typed client of the HTTP API, over the models that the service itself has."""

from api.client.client import Client
from api.client.errors import ApiError

__all__ = ["ApiError", "Client"]
