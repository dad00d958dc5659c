"""The first lens: sectors that people declare, compared with what is known of each."""
