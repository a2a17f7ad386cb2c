"""Fills the product from workbooks: people, departments, wards, venues, agreements, rosters and holidays."""
