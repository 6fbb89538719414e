"""The addresses of both APIs, and of signing in."""

from django.urls import include, path
from staff import api, jsonapi, session

urlpatterns = [
    path("session/", session.sign_in),
    path("api/", include(api.router.urls)),
    path("jsonapi/", include(jsonapi.router.urls)),
]
