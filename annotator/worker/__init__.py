"""The process apart in which language and untrusted parsing run, and the way to talk to it."""
