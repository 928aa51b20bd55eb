"""From findings to digests, and from digests to files, mail and Slack."""
