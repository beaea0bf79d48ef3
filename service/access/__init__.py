"""Who may ask for what: keys, tenants, scopes, limits by cost, the headers that guard an answer."""
