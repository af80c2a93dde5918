"""The book under any interleaving of its decisions, beside a naive book; the program in benchmarks/ runs more of it."""

from hypothesis import settings

from benchmarks.book_machine import BookMachine

BookMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestBook = BookMachine.TestCase
