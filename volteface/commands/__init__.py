"""The commands of `volteface`, one a module."""
