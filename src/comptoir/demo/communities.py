"""Communities of taste in the demo place: found as each night, and joined by some of their people.

Run once signals were written, that is after the outbox was delivered.
"""

from random import Random

from comptoir.demo.habits import SEED
from comptoir.discovery.communities.renewal import renew_communities
from comptoir.discovery.models import CommunityMember
from comptoir.discovery.services.communities import join_community
from comptoir.people.actor import Actor

JOINING = 0.6  # of those who are found somewhere


def settle_communities() -> None:
    """Finds them; six in ten of those found join, the same ones each time."""
    renew_communities()
    chance = Random(SEED + 4)
    found = CommunityMember.objects.filter(how=CommunityMember.How.FOUND)
    for member in found.select_related("community", "profile").order_by("profile__handle"):
        if chance.random() < JOINING:
            someone = Actor(member.profile.user_id, member.profile_id)
            join_community(actor=someone, community=member.community)
