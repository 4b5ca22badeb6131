"""Settings, urls and the server entry. The list of settings is ``settings_list.SETTINGS``."""
