"""The second lens: groups that the votes themselves show, or the answer that none last."""
