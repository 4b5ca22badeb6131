"""The demo at the scale of a province or of one of its cities: made up from a seed and marked so."""
