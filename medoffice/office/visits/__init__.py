"""Visits over a store: booked, moved, held, waited for, recalled, reminded of, and answered."""
