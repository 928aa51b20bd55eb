"""One module a channel, all behind the protocol in `alerts.channels.protocol`."""
