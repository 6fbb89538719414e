"""A staff directory as an OData v4 service: odatapy does the protocol, this file says what there
is, who may ask, and what a company's service would add of its own (who asked, and when).

    python service.py PORT

Everything is kept in memory. Basic authentication, with `password of LOGIN` for each login that
is among the people."""

import base64
import io
import json
import sys
from datetime import datetime, timezone
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from odatapy.edm.csdl import (
    CsdlAbstractEdmProvider,
    CsdlEntityContainer,
    CsdlEntitySet,
    CsdlEntityType,
    CsdlNavigationProperty,
    CsdlNavigationPropertyBinding,
    CsdlProperty,
    CsdlPropertyRef,
    CsdlSchema,
)
from odatapy.server import OData
from odatapy.server.adapters import ODataWSGIApp
from odatapy.server.inmemory import InMemoryDataStore, InMemoryProcessor
from odatapy.server.processor import CustomETagSupport

# Entity set: its type, its properties, and where its navigation leads (`*` for many).
MODEL = {
    "People": ("Person", "login name email title department office languages*", {"skills*": "Skills"}),
    "Skills": ("Skill", "name", {}),
    "Questions": (
        "Question",
        "title details tags* status created",
        {"asker": "People", "asked*": "People", "answers*": "Answers", "accepted": "Answers"},
    ),
    "Answers": ("Answer", "text created", {"author": "People"}),
}


def structural(name):
    many = name.endswith("*")
    short = 200 if name in ("title", "name") else None
    kind = "Edm.DateTimeOffset" if name == "created" else "Edm.String"
    return CsdlProperty(name=name.rstrip("*"), type=kind, collection=many, max_length=short)


class Provider(CsdlAbstractEdmProvider):
    def get_schemas(self):
        types, sets = [], []
        for entity_set, (kind, names, links) in MODEL.items():
            key = CsdlProperty(name="ID", type="Edm.Int32", nullable=False)
            types.append(
                CsdlEntityType(
                    name=kind,
                    key=[CsdlPropertyRef(name="ID")],
                    properties=[key, *map(structural, names.split())],
                    navigation_properties=[
                        CsdlNavigationProperty(
                            name=name.rstrip("*"), type=f"Staff.{MODEL[target][0]}", collection=name.endswith("*")
                        )
                        for name, target in links.items()
                    ],
                )
            )
            bindings = [
                CsdlNavigationPropertyBinding(path=name.rstrip("*"), target=target) for name, target in links.items()
            ]
            sets.append(
                CsdlEntitySet(name=entity_set, type=f"Staff.{kind}", navigation_property_bindings=bindings)
            )
        container = CsdlEntityContainer(name="Container", entity_sets=sets)
        return [CsdlSchema(namespace="Staff", entity_types=types, entity_container=container)]


class Versions(CustomETagSupport):
    """Questions have a version, so a change must name the one that it is about."""

    def has_etag(self, entity_set_or_singleton):
        return entity_set_or_singleton.name == "Questions"


class Staff:
    """The service behind its sign-in."""

    def __init__(self):
        odata = OData.new_instance()
        handler = odata.create_handler(odata.create_service_metadata(Provider()))
        self.store = InMemoryDataStore()
        self.store.declare_key_auto_generating(*MODEL)
        # Whatever is asked for, a page has at most 15.
        handler.register(InMemoryProcessor(self.store, page_size=15))
        handler.register(Versions())
        self.app = ODataWSGIApp(handler)

    def who(self, environ):
        """The ID of who asks; 0 while there is nobody yet."""
        try:
            scheme, _, code = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
            login, _, password = base64.b64decode(code).decode().partition(":")
        except ValueError:
            return None
        if scheme != "Basic" or password != f"password of {login}":
            return None
        people = self.store.entities("People")
        if not people:
            return 0
        return next((p.get_value("ID") for p in people if p.get_value("login") == login), None)

    def __call__(self, environ, start_response):
        me = self.who(environ)
        if me is None:
            body = json.dumps({"error": {"code": "401", "message": "Who are you? Please sign in."}}).encode()
            challenge = ("WWW-Authenticate", 'Basic realm="Staff"')
            start_response("401 Unauthorized", [("Content-Type", "application/json"), challenge])
            return [body]
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path == "/Me":
            environ["PATH_INFO"] = f"/People({me})"
        elif method == "POST" and path == "/Questions":
            self.complete(environ, "asker", me)
        elif method == "POST" and path.endswith("/answers"):
            self.complete(environ, "author", me)
        return self.app(environ, start_response)

    @staticmethod
    def complete(environ, role, me):
        """Adds who wrote it, unless that is said, and when."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        try:
            value = json.loads(body)
            value.setdefault(f"{role}@odata.bind", f"People({me})")
            value["created"] = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            body = json.dumps(value).encode()
        except (ValueError, AttributeError):
            pass
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def address_string(self):
        return self.client_address[0]


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[1]), Staff(), Server, Quiet).serve_forever()
