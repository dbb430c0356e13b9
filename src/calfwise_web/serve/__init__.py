"""One command starts everything: the folder is prepared, then server and worker run as one process tree."""
