"""The Teams app package: the manifest, its words in both languages, the commands and the icons."""
