"""Scans, photos and other pictures: ruling lines by OpenCV, text by RapidOCR. Both are optional; without them nothing here is imported."""
