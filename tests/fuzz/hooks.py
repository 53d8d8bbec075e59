"""What Schemathesis does before it sends a request."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import schemathesis

from tests.fuzz.furnished import KB

__all__ = ["before_call"]

KEY = "Idempotency-Key"
FIT = re.compile(r"[\x21-\x7e]{1,200}")
NOTHING = "nothing"


@schemathesis.hook
def before_call(_: schemathesis.HookContext, case: schemathesis.Case[Any], __: dict[str, Any]) -> None:
    """Send idempotency keys that are new, and delete neither the caller's key nor the one knowledge base.

    Later requests would be refused, and tell nothing.
    """
    if case.headers and FIT.fullmatch(str(case.headers.get(KEY, ""))):
        case.headers[KEY] = str(uuid4())
    if case.method == "DELETE":
        caller = str(case.operation.schema.config.headers)
        for name, value in case.path_parameters.items():
            whole = value == KB and case.path.endswith(f"{{{name}}}")
            if whole or f" {value}_" in caller:
                case.path_parameters[name] = NOTHING
