"""Committed report files of every form and container with the cells that are to be read from them."""
