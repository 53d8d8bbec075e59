"""An engine as somebody on some access lists sees it: wrappers around the ports, so that no verb can forget."""
