"""What is promised: plans, versions, provisions, goals, approvals and adoption."""
