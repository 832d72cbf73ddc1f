"""A corner of the demo place: two shops, a few things of each, and those who speak of them."""

from dataclasses import replace

from comptoir.demo.records import Town
from comptoir.demo.town import check, load_town


def small_town() -> Town:
    """Two shops with a few products, and the posts, opinions and orders that need nothing else."""
    whole = load_town()
    wanted = {"maison_zinc": {"cocotte", "poele_fer", "torchon", "lampe"}}
    wanted["terre_basse"] = {"mug_dune", "bol_matin", "theiere", "vase_phare", "assiette_dessert"}
    shops = tuple(
        replace(
            shop,
            products=tuple(p for p in shop.products if p.ref.split("/")[1] in wanted[shop.handle]),
        )
        for shop in whole.shops
        if shop.handle in wanted
    )
    refs = {p.ref for shop in shops for p in shop.products}
    posts = tuple(
        replace(post, shows=kept, scene=None)
        for post in whole.posts
        if (kept := tuple(ref for ref in post.shows if ref in refs))
        and post.by not in {shop.handle for shop in whole.shops} - set(wanted)
    )
    orders = tuple(
        order
        for order in whole.orders
        if order.shop in wanted and {ref for ref, _count in order.lines} <= refs
    )
    people = tuple(
        replace(one, likes=tuple(s for s in one.likes if s in wanted)) for one in whole.people
    )
    town = Town(
        people=people,
        circles=whole.circles,
        shops=shops,
        posts=posts[:6],
        recommendations=tuple(r for r in whole.recommendations if r.ref in refs),
        orders=orders,
    )
    check(town)
    return town
