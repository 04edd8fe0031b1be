"""The journey map: stages across, lanes down, one map for each persona."""
