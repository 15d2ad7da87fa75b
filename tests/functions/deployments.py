"""A deployment by CodeDeploy, whose hook checks the new version of a function.

CodeDeploy's answers are its documented ones. Lambda runs the function in this process, with the
permissions of its role.
"""

from __future__ import annotations

import io
import json
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace

from functions.deployment_check import deployments, handler
from infra.local import template
from infra.local.functions import Function
from infra.local.permissions import Permissions

HOOK = "DeploymentCheckFunction"
UNVERSIONED = {HOOK, "SignInsFunction", "PasswordMailsFunction"}
"""The functions that are not deployed by versions."""
EVENT = {"DeploymentId": "d-ABCDEF123", "LifecycleEventHookExecutionId": "execution"}
HANDLERS = template.load().handlers()


def the_hook():
    """Return the hook, with the permissions of its role."""
    return Function(HOOK, HANDLERS[HOOK], Permissions(template.load(), HOOK))


class Aws:
    """CodeDeploy with one deployment, and Lambda, which runs the function or another handler."""

    def __init__(self, function):
        self.function = function
        self.handler = HANDLERS[function]
        self.content = json.dumps(app_spec(function))
        self.invoked = []
        self.reported = []
        self.answers = []

    def codedeploy(self, model, params, **_):
        given = json.loads(params["body"])
        if model.name == "GetDeployment":
            return ok(deploymentInfo={"applicationName": "openhour-x", "revision": revision("")})
        if model.name == "GetApplicationRevision":
            assert given["applicationName"] == "openhour-x"
            return ok(revision=revision(self.content))
        assert model.name == "PutLifecycleEventHookExecutionStatus"
        self.reported.append(given)
        return ok()

    def invoke(self, params, **_):
        name = params["url_path"].split("/")[3]
        self.invoked.append((name, params["query_string"]["Qualifier"]))
        function = Function(name, self.handler, Permissions(template.load(), name))
        try:
            answer, error = function.invoke(json.loads(params["body"])), {}
        except Exception as raised:  # noqa: BLE001 - as Lambda does
            answer, error = {"errorType": type(raised).__name__}, {"FunctionError": "Unhandled"}
        self.answers.append(answer)
        return ok(StatusCode=200, Payload=io.BytesIO(json.dumps(answer).encode()), **error)

    @contextmanager
    def used(self):
        """Let the hook's clients call this."""
        codedeploy, functions = deployments.codedeploy_client(), handler.lambda_client()
        hooks = [
            (codedeploy.meta.events, "before-call.codedeploy", self.codedeploy),
            (functions.meta.events, "before-call.lambda.Invoke", self.invoke),
        ]
        with ExitStack() as stack:
            for events, name, hook in hooks:
                events.register(name, hook)
                stack.callback(events.unregister, name, hook)
            yield

    def check(self, hook):
        """Run the hook, and return the status that CodeDeploy got."""
        with self.used():
            hook.invoke(EVENT)
        (reported,) = self.reported
        assert reported["deploymentId"] == EVENT["DeploymentId"]
        assert reported["lifecycleEventHookExecutionId"] == "execution"
        return reported["status"]


def ok(**parsed):
    return SimpleNamespace(status_code=200), parsed


def revision(content):
    return {"revisionType": "String", "string": {"content": content, "sha256": "0"}}


def app_spec(function):
    """The revision that CloudFormation makes for an alias."""
    properties = {"Name": function, "Alias": "live", "CurrentVersion": "6", "TargetVersion": "7"}
    resource = {function: {"Type": "AWS::Lambda::Function", "Properties": properties}}
    return {"version": 0.0, "Resources": [resource], "Hooks": [{"BeforeAllowTraffic": HOOK}]}
