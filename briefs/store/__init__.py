"""What is kept: SQLAlchemy on SQLite or PostgreSQL."""
