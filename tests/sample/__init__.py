"""The sample input: one invented district, its reports of 2019 to 2024, and the mistakes that were planted in them."""
