"""What the evidence says about an indicator, put together for keeping: heavy, so only background work asks for it."""
