"""The pages' building blocks: strict template tags that write the design system's markup and our own components."""
