"""The door to search. What people search for is kept nowhere."""
