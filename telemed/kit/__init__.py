"""HTTP, tables, events and time: knows aiohttp, pydantic and SQLModel, and nothing of medicine."""
