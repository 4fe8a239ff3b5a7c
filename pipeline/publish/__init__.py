"""What people get: the workbook."""
