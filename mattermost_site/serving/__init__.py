"""The server's processes: one parent that supervises workers."""
