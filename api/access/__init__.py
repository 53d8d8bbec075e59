"""Who may do what: credentials, principals and the rule of each route."""
