from django.urls import URLPattern, path

from governance.views import drafting, drafting_actions, drafting_agreeing, drafting_equality

PLAN = "delivery-plans/<slug:slug>/<year:year>/"
ACTION = "actions/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("delivery-plans/", drafting.delivery_plan_list, name="delivery-plan-list"),
    path("delivery-plans/add/", drafting.delivery_plan_add, name="delivery-plan-add"),
    path(PLAN, drafting.delivery_plan_detail, name="delivery-plan-detail"),
    path(f"{PLAN}edit/", drafting.delivery_plan_edit, name="delivery-plan-edit"),
    path(f"{PLAN}actions/add/", drafting_actions.action_add, name="action-add"),
    path(f"{PLAN}equalities/", drafting_equality.equality_detail, name="equality-detail"),
    path(f"{PLAN}equalities/edit/", drafting_equality.equality_edit, name="equality-edit"),
    path(f"{PLAN}submit/", drafting_agreeing.delivery_plan_submit, name="delivery-plan-submit"),
    path(f"{PLAN}send-back/", drafting_agreeing.delivery_plan_send_back, name="delivery-plan-send-back"),
    path(f"{PLAN}agree/", drafting_agreeing.delivery_plan_agree, name="delivery-plan-agree"),
    path(f"{PLAN}record/", drafting_agreeing.approval_record, name="approval-record"),
    path(f"{PLAN}approvals/<int:pk>/withdraw/", drafting_agreeing.approval_withdraw, name="approval-withdraw"),
    path(f"{PLAN}begin/", drafting_agreeing.delivery_plan_begin, name="delivery-plan-begin"),
    path(f"{PLAN}conditions/<int:pk>/end/", drafting_agreeing.condition_end, name="condition-end"),
    path(ACTION, drafting_actions.action_detail, name="action-detail"),
    path(f"{ACTION}edit/", drafting_actions.action_edit, name="action-edit"),
    path(f"{ACTION}take-out/", drafting_actions.action_take_out, name="action-take-out"),
    path(f"{ACTION}milestones/<int:milestone>/tick/", drafting_actions.milestone_tick, name="milestone-tick"),
]
