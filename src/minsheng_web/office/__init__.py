"""Pages for the people who work on a programme: a form calls an action, no rule lives here."""
