"""The book over a store: what every decision about the schedule is carried out with."""
