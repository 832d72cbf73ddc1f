"""The only way in to communities from pages."""

from comptoir.common.errors import NotVisible
from comptoir.discovery.models import Community, CommunityMember
from comptoir.people.actor import Actor


def community_for(actor: Actor, slug: str) -> Community:
    """The community at that address; one that ended, for those who joined it.

    Raises:
        NotVisible: there is none, or it ended and the actor had not joined.
    """
    community = Community.objects.filter(slug=slug).first()
    if community is None or (community.ended_at and not _joined(actor, community)):
        raise NotVisible
    return community


def _joined(actor: Actor, community: Community) -> bool:
    return CommunityMember.objects.filter(
        community=community, profile=actor.profile_id, how=CommunityMember.How.JOINED
    ).exists()
