"""Erase a person: from what was landed, built and published; and prove it.

`erasure.erase` is the whole of it. What an erased person is known by afterwards are
salted hashes (`register`), by which `keeping` leaves them out of later exports.
"""
