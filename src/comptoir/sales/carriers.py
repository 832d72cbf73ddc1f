"""Where parcels are followed: each carrier's own page, by its name as people write it."""

from urllib.parse import quote

# The first name is the one that forms propose.
CARRIERS: tuple[tuple[str, str], ...] = (
    ("Colissimo", "https://www.laposte.fr/outils/suivre-vos-envois?code={}"),
    ("Chronopost", "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT={}"),
    ("Mondial Relay", "https://www.mondialrelay.fr/suivi-de-colis/?numeroExpedition={}"),
    ("Relais Colis", "https://www.relaiscolis.com/suivi-de-colis/index/tracking/?ref={}"),
    ("La Poste", "https://www.laposte.fr/outils/suivre-vos-envois?code={}"),
    ("Colis Privé", "https://colisprive.com/moncolis/pages/detailColis.aspx?numColis={}"),
    ("DHL", "https://www.dhl.com/fr-fr/home/suivi.html?tracking-id={}"),
    ("DPD", "https://trace.dpd.fr/fr/trace/{}"),
    ("GLS", "https://gls-group.com/FR/fr/suivi-colis/?match={}"),
    ("UPS", "https://www.ups.com/track?tracknum={}"),
    ("FedEx", "https://www.fedex.com/fedextrack/?trknbr={}"),
    ("PostNL", "https://postnl.nl/tracktrace/?B={}"),
    ("bpost", "https://track.bpost.cloud/btr/web/#/search?itemCode={}"),
    ("Deutsche Post", "https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode={}"),
)
NAMES = tuple(name for name, _page in CARRIERS)

_PAGES = {"".join(name.lower().split()): page for name, page in CARRIERS}


def tracking_url(carrier: str, tracking: str) -> str:
    """The page that follows the parcel; '' without a number or for a carrier that is not known."""
    page = _PAGES.get("".join(carrier.lower().split()), "")
    code = "".join(tracking.split())
    return page.format(quote(code, safe="")) if page and code else ""
