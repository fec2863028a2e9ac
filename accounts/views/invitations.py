"""Where an invitation leads: the one page here that anybody may open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions, invitations, lost_edits, sign_in
from accounts.forms import AcceptForm
from lib import throttle


@login_not_required
@never_cache
@throttle.by_address("invitation", 30)
@sensitive_post_parameters()
def invitation_accept(request: HttpRequest, uidb36: str, token: str) -> HttpResponse:
    opened = invitations.opened(uidb36, token)
    if opened.user is None:
        return render(request, "accounts/invitation_over.html", {"problem": opened.problem}, status=410)
    form = AcceptForm(request.POST or None, user=opened.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(opened.user, password=form.cleaned_data["password1"], by=opened.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            request.session[sign_in.INVITED] = opened.user.email
            messages.success(request, "Your password is set. Sign in with it now")
            return redirect("account_login")
    return render(request, "accounts/invitation_accept.html", {"form": form, "person": opened.user})
