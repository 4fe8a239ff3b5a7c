"""What people get out of the warehouse: the workbook of an office."""
