"""Signing in and out, and changing how one signs in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from accounts.actions import code_exchange, sign_in_methods
from accounts.actions import login as actions
from accounts.api.auditing import note
from accounts.api.cookies import drop_session_cookie, set_cookies
from accounts.queries import user_by_email
from accounts.serializers import SELF, user_json
from accounts.user_agents import client_of
from mattermost_site.api import OK, ApiView, Body, json_response
from mattermost_site.errors import AppError, InvalidBodyParam, SessionExpired

CREDENTIALS = ("login_id", "password", "id", "token", "device_id", "deviceId")


class Login(ApiView):
    """Answers the user and, in the header ``Token``, the session's token; cookies for browsers."""

    public = True
    authentication_classes = ()

    def post(self, request: HttpRequest) -> HttpResponse:
        given = self._given()
        user = actions.check_credentials(
            login_id=given["login_id"], password=given["password"], user_id=given["id"], code=given["token"]
        )
        client = client_of(request.headers.get("User-Agent", ""))
        device_id = given["device_id"] or given["deviceId"]
        new = actions.start_session(user=user, client=client, device_id=device_id[:512])
        note(self, f"success session_user={user.id}", user_id=user.id, session_id=new.session.id)
        response = json_response(user_json(user, SELF))
        response["Token"] = new.token
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            set_cookies(request, response, new)
        return response

    def _given(self) -> dict[str, str]:
        """What was sent; nothing at all when it is malformed (recorded)."""
        try:
            body = self.body("login")
            return {key: body.text(key) for key in CREDENTIALS}
        except InvalidBodyParam:
            return dict.fromkeys(CREDENTIALS, "")


class Logout(ApiView):
    """Always 200; ends the session that the request carries."""

    public = True

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.actor.session_id:
            actions.log_out(session_id=self.actor.session_id)
        response = json_response(OK)
        drop_session_cookie(response)
        return response


class CodeExchange(ApiView):
    """Gives an app the session of a sign-in that was done in the browser."""

    public = True

    def post(self, request: HttpRequest) -> dict[str, str]:
        body = self.body("props")
        code, verifier, state = body.text("login_code"), body.text("code_verifier"), body.text("state")
        if not (code and verifier and state):
            raise InvalidBodyParam("login_code")
        client = client_of(request.headers.get("User-Agent", ""))
        new = code_exchange.exchange_code(code=code, verifier=verifier, state=state, client=client)
        return {"token": new.token, "csrf": new.session.props["csrf"]}


class LoginSwitch(ApiView):
    """Goes from another sign-in service to a password; answers where the client goes next."""

    public = True

    def post(self, request: HttpRequest) -> dict[str, str]:
        body = self.body("switch_request")
        current, new = body.text("current_service"), body.text("new_service")
        if not current or not new or current == new:
            raise InvalidBodyParam("request")
        if new != sign_in_methods.EMAIL:
            raise AppError("api.not_implemented.app_error", status=501, params={"Operation": "SwitchAccountType"})
        return {"follow_link": self._to_password(body)}

    def _to_password(self, body: Body) -> str:
        if not self.actor.user_id:
            raise SessionExpired
        user = user_by_email(body.text("email"))
        if user.id != self.actor.user_id:
            raise AppError("api.user.oauth_to_email.context.app_error", status=403)
        return sign_in_methods.switch_to_password(user=user, password=body.text("new_password"))
