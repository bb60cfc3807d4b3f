"""GraphQL documents as the objects that OPA makes of them: reading them, and checking them against a schema."""
