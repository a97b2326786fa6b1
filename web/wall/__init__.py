"""The projector's page of a gathering."""
