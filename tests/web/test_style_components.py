"""What the components print: sentences, prices, states."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template import engines
from django.utils import translation

from comptoir.common import clock
from comptoir.discovery.acts import Act, Match
from comptoir.discovery.reasons import Reason
from comptoir.media.queries import PictureView
from comptoir.people.faces import Face
from comptoir.web.formats import called, initials, linkify, number
from comptoir.web.style.scene import AWA, CARDS, INES, MALO, POST, PRODUCTS, TOM, ZINC


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def printed(template: str, **context: Any) -> str:
    return str(engines["jinja2"].from_string(template).render(context))


def sentence(*acts: tuple[Face, str], count: int) -> str:
    told = tuple(Act(face, kind, clock.now()) for face, kind in acts)
    return printed(
        '{% from "components/reason.html" import sentence %}{{ sentence(r) }}',
        r=Reason(told[0].kind, count, told),
    ).strip()


def test_one_friend_is_named() -> None:
    assert sentence((INES, "bought"), count=1) == "Inès bought it"
    assert sentence((INES, "recommended"), count=1) == "Inès recommends it"
    assert sentence((INES, "kept"), count=1) == "Inès keeps it"


def test_two_friends_are_both_named() -> None:
    assert sentence((INES, "bought"), (MALO, "bought"), count=2) == "Inès and Malo bought it"


def test_more_friends_are_counted() -> None:
    acts = ((AWA, "kept"), (INES, "kept"), (MALO, "kept"), (TOM, "kept"))
    assert sentence(*acts, count=14) == "Awa and 13 friends keep it"


def test_two_whose_second_is_not_shown_are_counted() -> None:
    assert sentence((INES, "bought"), (MALO, "kept"), count=2) == "Inès and 1 friend bought it"


def test_people_of_one_s_taste_are_named_alone_and_counted_together() -> None:
    def of_taste(*acts: tuple[Face, str]) -> str:
        told = tuple(Act(face, kind, clock.now()) for face, kind in acts)
        people = len({face.id for face, _kind in acts})
        return printed(
            '{% from "components/reason.html" import sentence %}{{ sentence(r) }}',
            r=Reason("taste", people, told),
        ).strip()

    assert of_taste((AWA, "kept")) == "Awa, who shares your taste, keeps it"
    assert of_taste((AWA, "bought"), (AWA, "kept")) == "Awa, who shares your taste, bought it"
    assert of_taste((AWA, "kept"), (TOM, "kept")) == "2 people who share your taste keep it"
    assert of_taste((AWA, "kept"), (TOM, "bought")) == "2 people who share your taste chose it"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("pair", match=Match(7, "Bol", "kept")), "Goes with “Bol”, which you keep"),
        (Reason("pair", match=Match(7, "Bol", "bought")), "Goes with “Bol”, which you bought"),
        (Reason("loved", 12), "Loved by 12 different people"),
        (Reason("new"), "New here"),
    ],
)
def test_a_reason_without_faces_leads_to_why(reason: Reason, words: str) -> None:
    template = '{% from "components/reason.html" import reason %}{{ reason(r, p) }}'
    line = printed(template, r=reason, p=CARDS[0])
    assert words in line
    assert f'href="/products/{CARDS[0].id}/why"' in line


def test_a_reason_opens_onto_the_exact_people() -> None:
    acts = (Act(INES, "bought", clock.now()), Act(TOM, "recommended", clock.now()))
    whole = printed(
        '{% from "components/reason.html" import reason %}{{ reason(r) }}',
        r=Reason("bought", 1, acts),
    )
    assert "<details" in whole
    html = whole.split("reason-acts")[1]
    assert html.index('href="/@ines"') < html.index("bought it</span>") < html.index("/@tom")


def test_without_a_reason_nothing_is_dressed_up() -> None:
    template = '{% from "components/reason.html" import reason %}{{ reason(r, p, word) }}'
    assert printed(template, r=Reason(), p=CARDS[0], word="").strip() == ""
    assert "Newest" in printed(template, r=Reason(), p=CARDS[0], word="Newest")
    assert "which you follow" in printed(template, r=Reason("shop"), p=CARDS[0], word="")


def test_a_sale_says_both_prices_to_those_who_listen() -> None:
    html = printed('{% from "components/price.html" import price %}{{ price(p) }}', p=CARDS[1])
    assert "Price now:" in html
    assert "€14.90" in html
    assert "<s " in html
    assert "€19.00" in html


def test_availability_says_when_few_are_left() -> None:
    template = '{% from "components/price.html" import availability %}{{ availability(p) }}'
    assert "3 left" in printed(template, p=CARDS[1])
    assert "Last one" in printed(template, p=CARDS[2])
    assert "Sold out" in printed(template, p=CARDS[4])
    assert "In stock" in printed(template, p=CARDS[5])


def test_what_is_sold_out_cannot_be_bought_from_its_card() -> None:
    template = '{% from "components/card.html" import card %}{{ card(p) }}'
    assert "/products/1/buy" in printed(template, p=CARDS[0])
    assert "/products/5/buy" not in printed(template, p=CARDS[4])


def test_a_title_is_escaped() -> None:
    evil = CARDS[0]._replace(title='<img src=x onerror="alert(1)">')
    html = printed('{% from "components/card.html" import card %}{{ card(p) }}', p=evil)
    assert "<img src=x" not in html


def test_a_picture_has_its_size_renditions_and_words() -> None:
    shot = PictureView(7, "ready", "ab" + "c" * 62, 1600, 1200, "#aabbcc")
    html = printed(
        '{% from "components/picture.html" import picture %}{{ picture(s, "A bowl") }}', s=shot
    )
    assert 'width="1600" height="1200" alt="A bowl"' in html
    assert 'type="image/avif"' in html
    assert "640w" in html
    assert 'fill="#aabbcc"' in html


def test_a_picture_that_is_not_ready_holds_its_place_with_its_colour() -> None:
    shot = PictureView(7, "pending", "", 0, 0, "#aabbcc")
    html = printed(
        '{% from "components/picture.html" import picture %}{{ picture(s, "A bowl") }}', s=shot
    )
    assert "<img" not in html
    assert 'fill="#aabbcc"' in html
    assert 'aria-label="A bowl"' in html


def test_points_stay_on_their_thing_whatever_the_photos_proportions() -> None:
    html = printed(
        '{% from "components/tag.html" import tag_layer %}{{ tag_layer(s, pts, ps, n) }}',
        s=POST.photos[0].picture, pts=POST.photos[0].points, ps=PRODUCTS, n={1: 1, 2: 2},
    )  # fmt: skip
    assert 'viewBox="0 0 1000 750"' in html
    assert f'cx="420" cy="{560 * 750 // 1000}"' in html
    assert 'href="/products/1"' in html


def test_a_toggle_is_a_button_of_the_pages_form() -> None:
    template = '{% from "components/button.html" import follow %}{{ follow(f, on) }}'
    off, on = printed(template, f=ZINC, on=False), printed(template, f=ZINC, on=True)
    assert 'form="acts" formaction="/@maison_zinc/follow" name="on" value="1"' in off
    assert ">Follow<" in off
    assert 'value="0"' in on
    assert ">Following<" in on


def test_people_are_called_by_their_first_name_and_shops_by_their_whole_one() -> None:
    assert called(INES) == "Inès"
    assert called(ZINC) == "la Maison Zinc"
    assert called(Face(1, "lb", "Le Bihan Yann", "person", None)) == "Le Bihan Yann"


def test_initials() -> None:
    assert initials("Inès Le Goff") == "IG"
    assert initials("la Maison Zinc") == "MZ"
    assert initials("L'Atelier Brume") == "AB"
    assert initials("awa") == "A"
    assert initials("La") == "L"
    assert initials("✿") == ""


def test_numbers_are_short_when_large() -> None:
    assert number(1234) == "1,234"
    assert number(12_400) == "12K"


def test_typed_text_is_escaped_and_linked() -> None:
    html = linkify("<b>Hi</b> @Maison_zinc #grès")
    assert "<b>" not in html
    assert 'href="/@maison_zinc"' in html
    assert 'href="/search?q=%23gr%C3%A8s"' in html
