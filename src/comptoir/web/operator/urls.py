"""Addresses of the operator's pages."""

from django.urls import path

from comptoir.web.operator import payments, reports, views

urlpatterns = [
    path("operator", views.operator, name="operator"),
    path("operator/shops", views.shops, name="operator_shops"),
    path("operator/shops/<str:handle>/admission", views.shop_admission, name="shop_admission"),
    path("operator/payments", payments.payments, name="operator_payments"),
    path("operator/payments/<int:payment_id>", payments.decision, name="operator_payment"),
    path("operator/dac7.csv", reports.dac7, name="operator_dac7"),
    path("operator/profiles", views.profiles, name="operator_profiles"),
    path(
        "operator/profiles/<str:handle>/suspension",
        views.profile_suspension,
        name="profile_suspension",
    ),
]
