"""Which statement a person is asked next. `choosing` knows no numpy: it runs where phones are answered."""
