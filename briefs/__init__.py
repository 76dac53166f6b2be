"""The news desk: articles in, briefings and answers out. It has never heard of Discord."""
