"""What the proofreading pages show, as plain values a template prints."""
