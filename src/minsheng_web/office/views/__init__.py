"""Views, one module a group of pages."""
