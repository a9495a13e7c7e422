"""The best mix under the rules, what each of them is worth, and how it changes."""
