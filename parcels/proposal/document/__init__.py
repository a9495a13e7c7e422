"""What is typed: files in and out, quantities in the units of people, what they mean."""
