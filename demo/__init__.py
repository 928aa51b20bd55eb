"""The demo wire: a small synthetic news world, served over loopback HTTP as real outlets would be."""
