"""The technical base: routes, tables, events, time. It knows aiohttp, pydantic, SQLModel, and nothing of medicine."""
