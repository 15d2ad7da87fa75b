"""Sign-ins of clients, which Cognito reports. The first one is recorded."""
