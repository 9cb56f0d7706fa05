"""What every REST view is made of."""

from mattermost_site.api.base import ApiView
from mattermost_site.api.inputs import Body, Query
from mattermost_site.api.responses import OK, created, json_response, ndjson, not_modified

__all__ = ["OK", "ApiView", "Body", "Query", "created", "json_response", "ndjson", "not_modified"]
