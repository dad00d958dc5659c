"""What is done: programmes, initiatives, experience and reuse."""
