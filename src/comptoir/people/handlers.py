"""What people do about events."""

from allauth.account.models import EmailAddress

from comptoir.people.events import PersonLeft
from comptoir.people.models import User


def on_person_left(event: PersonLeft) -> None:
    """Deletes the login and the profile, and by cascade their acts. Wired last.

    Orders stay for the books, as the law asks of the shop, and name no profile any more.
    """
    EmailAddress.objects.filter(user=event.user_id).delete()
    User.objects.filter(pk=event.user_id, is_active=False).delete()
