"""Routes of pages of accounts, named as links in e-mail and the official web client have them."""

from __future__ import annotations

from django.urls import path

from accounts.web import login, recovery, signup

urlpatterns = [
    path("login", login.Login.as_view(), name="login"),
    path("logout", login.Logout.as_view(), name="logout"),
    path("signup_user_complete/", signup.SignUp.as_view(), name="signup"),
    path("signup_user_complete", signup.SignUp.as_view()),
    path("reset_password", recovery.AskForPassword.as_view(), name="reset_password"),
    path("reset_password_complete", recovery.NewPassword.as_view(), name="new_password"),
    path("do_verify_email", recovery.VerifyEmail.as_view(), name="verify_email"),
]
