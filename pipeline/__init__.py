"""gongkai (公开): annual government information disclosure reports as checked, comparable tables."""
