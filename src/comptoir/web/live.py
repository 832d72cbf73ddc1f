"""Lists that change while one looks: the script asks again, and is told only what is new.

``static/js/live.js`` sends the digest of what it shows; the same again is answered 204, which costs
no drawing. A page without JavaScript is as new as its last load.
"""

import hashlib

from django.http import HttpRequest, HttpResponse

KNOWN = "Live-Known"
DIGEST = "Live-Digest"


def told_if_new(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with its digest, or 204 for a script that shows the same already."""
    digest = hashlib.blake2b(answer.content, digest_size=12).hexdigest()
    if request.headers.get(KNOWN) == digest:
        return HttpResponse(status=204, headers={DIGEST: digest})
    answer[DIGEST] = digest
    return answer
