"""The wire as OpenAPI: what FastAPI finds by itself, and what it cannot know of tokens and uploads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from sync.contract import TOKEN_SCHEME, TUS_VERSION, Refusal

PATH = "/v1/openapi.json"
_OPEN = {"/v1/enrol", "/v1/health", "/v1/ready"}
_TOKEN = (
    f"{TOKEN_SCHEME} base64url(claims).base64url(signature): claims are canonical JSON with device, "
    "operator, issued_at, nonce, method, path and the SHA-256 of the body, signed by the device's Ed25519 "
    'key for the purpose "request". Each is good for one request.'
)
_OCTETS = "application/offset+octet-stream"
_BODIES = {  # read by the handlers themselves
    ("/v1/pages/{digest}", "patch"): _OCTETS,
    ("/v1/packages/{package}/{part}", "put"): "application/octet-stream",
}
_WHOLE = {"type": "integer", "minimum": 0}
_UPLOADS: dict[tuple[str, str], dict[str, Any]] = {
    ("/v1/pages/", "post"): {
        "Upload-Length": _WHOLE,
        "Upload-Metadata": {"type": "string", "description": "digest <base64 of the SHA-256 in hex>"},
    },
    ("/v1/pages/{digest}", "head"): {},
    ("/v1/pages/{digest}", "patch"): {"Upload-Offset": _WHOLE},
}


def install(app: FastAPI) -> None:
    """Have an application publish this at PATH."""
    described: dict[str, Any] = {}

    def describe() -> dict[str, Any]:
        if not described:
            described.update(_described(app))
        return described

    app.openapi = describe  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(title=app.title, version=app.version, routes=app.routes)
    components = found.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Refusal"] = Refusal.model_json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    components["securitySchemes"] = {
        "device": {"type": "apiKey", "in": "header", "name": "Authorization", "description": _TOKEN}
    }
    for path, method, operation in _operations(found):
        operation["responses"].pop("422", None)  # every failure has the one form
        operation["responses"]["default"] = {
            "description": "Refused, with a code and words; 429 and 503 say when to come back (Retry-After).",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
        }
        if path not in _OPEN and method != "options":
            operation["security"] = [{"device": []}]
        if (path, method) in _UPLOADS:
            _describe_upload(operation, _UPLOADS[(path, method)])
        if (path, method) in _BODIES:
            schema = {"type": "string", "format": "binary"}
            operation["requestBody"] = {
                "required": True,
                "content": {_BODIES[(path, method)]: {"schema": schema}},
            }
    return found


def _operations(found: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _describe_upload(operation: dict[str, Any], headers: dict[str, Any]) -> None:
    """Name the headers of tus 1.0, which the handlers read from the request themselves."""
    version = {"type": "string", "enum": [TUS_VERSION]}
    operation.setdefault("parameters", []).extend(
        {"name": name, "in": "header", "required": True, "schema": schema}
        for name, schema in {"Tus-Resumable": version, **headers}.items()
    )
